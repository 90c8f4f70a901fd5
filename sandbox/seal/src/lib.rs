//! Sensitive data at rest: sealed by its owner before it is uploaded, opened by an operator's runner for a permit.
//!
//! - [`archive`]: a folder as one file, where an asset is several.
//! - [`mod@format`]: the sealed file, encrypted under a random [`DataKey`] in authenticated chunks.
//! - [`Envelope`]: the data key, sealed to an operator's [`SealingPublicKey`] for one chain, owner, file and purpose.
//! - [`ContentId`]: the CID of the ciphertext, which the chain stores; [`dag`] is the tree of blocks under it.
//! - [`store`]: where the blocks are, a folder or a Kubo node, neither of them trusted.
//! - [`folder`]: reading and writing where strangers can make links, pipes and devices.
//! - [`seal_file`], [`open_asset`]: all of that together.
//!
//! Everything is a stream: memory does not grow with files. Keys are overwritten in memory when dropped, are not shown
//! by `Debug`, and lie in files of their own ([`SealingKey::save`], [`DataKey::save`]).
//!
//! Without the feature `files` there are formats, keys and content ids alone: what a browser can do.
//!
//! # Security considerations
//!
//! - The content id is that of the ciphertext, which is random: nothing on chain is a hash of the data. Length is not
//!   hidden: the ciphertext's tells the plaintext's.
//! - An operator that has opened an envelope once has the data key for good. Nothing here revokes it; the chain's bond
//!   and admission stand against its misuse. Data sealed again under a new key is a new content id.
//! - The sealing key has no forward secrecy: whoever gets it opens all envelopes sealed to it. An operator that changes
//!   its key throws the old one away once no policy depends on it.
//! - X25519 does not stand against a quantum computer; ciphertext recorded today could be opened by one later.
//! - Whoever opens must take the [`Binding`] from finalized state of the chain: the envelope's own fields are claims.

#[cfg(feature = "files")]
pub mod archive;
#[cfg(feature = "files")]
mod asset;
pub mod content;
pub mod dag;
#[cfg(feature = "files")]
mod durable;
mod envelope;
#[cfg(feature = "files")]
pub mod folder;
pub mod format;
mod hexed;
mod keyfile;
mod secret;
pub mod store;

#[cfg(feature = "files")]
pub use asset::{
	OpenAssetError, Progress, SealFileError, SealedAsset, check_asset_key, open_asset, open_asset_file,
	seal_file,
};
pub use content::{ContentId, ContentIdError};
pub use envelope::{Binding, Envelope, EnvelopeError, Origin, Purpose};
#[cfg(feature = "files")]
pub use keyfile::KeyFileError;
pub use secret::{
	DataKey, KEY_BYTES, NoRandomness, NotAPublicKey, SealingKey, SealingPublicKey, SigningSeed,
};
pub use store::{BlockStore, StoreError};
#[cfg(feature = "files")]
pub use store::{Kubo, KuboTimeouts, LocalStore};
