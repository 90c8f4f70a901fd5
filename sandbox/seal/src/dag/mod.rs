//! Files of any size as trees of blocks, so that each block can be checked as it comes.
//!
//! The tree is UnixFS (<https://specs.ipfs.tech/unixfs/>) under the profile `unixfs-v1-2025` of IPIP-0499
//! (<https://specs.ipfs.tech/ipips/ipip-0499>): CIDv1 with sha2-256, leaves of 1 MiB as raw blocks, up to 1,024 links
//! a node, balanced. Kubo 0.40 and later give a file the same content id under that profile:
//!
//! ```text
//! ipfs init --profile=unixfs-v1-2025
//! ipfs add --only-hash FILE
//! ```
//!
//! and so do older ones that take `--cid-version=1 --raw-leaves --chunker=size-1048576 --max-file-links=1024`. A file
//! of one leaf is that raw block.
//!
//! Why not one hash of the whole file: a file of gigabytes could be checked only after its last byte, a node of the
//! network does not exchange blocks of more than 2 MiB, and `ipfs add` would never give that id. Why not a tree of our
//! own: nobody else could check it.

mod node;
mod reader;
mod writer;

pub use reader::{DagError, DagReader};
pub use writer::{DagRoot, DagWriter};

use crate::store::MAX_BLOCK_BYTES;

/// Bytes of every leaf but the last.
pub const LEAF_BYTES: usize = MAX_BLOCK_BYTES;
/// The most links of a node.
pub const MAX_LINKS: usize = 1_024;
/// The most levels of nodes above the leaves: 1,024 TiB, four times what a sealed file can have.
const MAX_LEVELS: usize = 3;
