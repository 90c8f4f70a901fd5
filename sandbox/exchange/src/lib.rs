//! What owners, consumers and operators hand each other.
//!
//! The chain carries agreements and hashes, never content. Content goes as files through a folder of the operator's, the
//! *exchange*, by whatever transport the operator offers: an SFTP account, a synchronised folder, a USB stick.
//!
//! ```text
//! EXCHANGE/
//!     blocks/                             owner → operator: ciphertext, unless it is in a Kubo node
//!     envelopes/CID.OWNER.standing.json   owner → operator: data keys, sealed to the operator
//!     envelopes/CID.OWNER.permit-17.json
//!     uploads/HASH                        consumer → operator: code and parameters, named by their blake2-256; of a
//!                                         job that is repeated from anybody who has them
//!     held/17.ASSET                       operator → owner: output that waits, sealed with the asset's data key
//!     notes/17.ASSET                      operator → owner: which files were left out, sealed likewise
//!     decisions/17.ENTRY.OWNER.json       owner → operator: what becomes of it, signed
//!     released/17/                        operator → consumer: bundles, report, and what is in the bundles
//! ```
//!
//! **Nothing in it is trusted.** Names are only where to look: blocks and uploads are checked against their hashes,
//! envelopes open for the binding that final state of the chain gives and for no other, decisions are checked against
//! the key of the asset's owner on chain. Whoever can write into the folder can make jobs wait, and nothing else: links,
//! pipes and devices are refused wherever they stand ([`heirloom_seal::folder`]).
//!
//! **Who may read what.** `held` and `notes` are sealed under the data key, which only the owner and the operators it was
//! sealed to have, padded to a power of two, and written when a report may come: a job chooses both how much it writes and
//! when it ends. Whoever can list `held` still sees that output is held and which of some fifteen lengths it has, four bits at
//! most, so consumers are better not let see it. `released` is what may leave, but it is the consumer's: an operator that
//! serves several gives each its own account.

mod decision;
mod folder;
mod held;
mod note;
mod padded;
mod whole;

pub use decision::{Decision, DecisionError, SignedDecision};
pub use folder::{Exchange, ExchangeError};
pub use held::{Held, HeldError, Hold};
pub use note::{LeftOut, Note, NoteError};
pub use whole::write_whole;
