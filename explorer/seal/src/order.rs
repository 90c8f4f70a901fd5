//! What a page asks for and is answered.

use heirloom_seal::{ContentId, Envelope, SealingPublicKey};
use serde::{Deserialize, Serialize};

/// What is to be done with a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub enum Order {
	/// Compute its content id as it is.
	Identify,
	/// Seal it.
	Seal(Seal),
}

/// How a file is to be sealed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
	/// Who can open it beforehand; nobody, where the owner approves each use.
	pub beforehand: Option<Beforehand>,
}

/// Operators that can open a file for any permit, and whose file it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beforehand {
	/// Hash of the chain's genesis block.
	#[serde(with = "hex")]
	pub genesis: [u8; 32],
	/// The account that will own the asset.
	#[serde(with = "hex")]
	pub owner: [u8; 32],
	/// The operators' sealing keys.
	pub recipients: Vec<SealingPublicKey>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Answer {
	/// The file's own content id.
	Identified {
		/// The content id.
		content: ContentId,
		/// Bytes of the file.
		bytes: u64,
	},
	/// The file is sealed.
	Sealed {
		/// Content id of the ciphertext: what the asset is minted with.
		content: ContentId,
		/// Bytes of the ciphertext.
		bytes: u64,
		/// Bytes of the file.
		plain_bytes: u64,
		/// One for each recipient, in their order.
		envelopes: Vec<Envelope>,
	},
	/// It was not done. What was written by then is to be thrown away.
	Refused(Refusal),
}

/// Why a file is not sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Refusal {
	/// The page's order cannot be understood.
	BadOrder {
		/// Why not.
		detail: String,
	},
	/// The file cannot be read any more: it was moved, changed or taken away.
	Unreadable,
	/// The page does not take the ciphertext.
	Unwritable,
	/// More than 256 TiB.
	TooLong,
	/// The browser gives no random bytes.
	NoRandomness,
	/// The ciphers refused lengths that they take by their definition.
	Cipher,
	/// An operator's key is one that nothing can be sealed to.
	WeakRecipient {
		/// Which one.
		recipient: SealingPublicKey,
	},
}
