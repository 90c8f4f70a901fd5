//! Signing a transaction, and following it into a final block.

use crate::{At, Chain, Config, Keypair, keys::id_of, rpc_params};
use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use std::time::Duration;
use subxt::{
	config::DefaultExtrinsicParamsBuilder,
	error::DispatchError,
	events::{Event, Phase},
	ext::scale_value::{At as _, Composite, Value},
	transactions::Payload,
	utils::H256,
};

/// Blocks for which a transaction can be included: ten minutes and more.
const MORTALITY: u64 = 128;
/// Blocks that the transaction pool may be behind the last final one.
const BEHIND: u32 = 4;
/// How long to wait before looking for new final blocks.
const POLL: Duration = Duration::from_millis(200);
/// Blocks without the transaction after which the node is given it again: its pool may have let it go.
const PATIENCE: u32 = 8;

/// A transaction in a final block, that did what it was to do.
#[derive(Debug)]
pub struct Included {
	/// The block's number.
	pub block: u32,
	/// The events it left.
	pub events: Vec<Left>,
}

/// An event.
#[derive(Debug)]
pub struct Left {
	/// Its pallet.
	pub pallet: String,
	/// Its name.
	pub name: String,
	/// Its fields.
	pub fields: Composite<()>,
}

/// Why a transaction did not do what it was to do.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
	/// It is in a final block and failed there.
	#[error("{name}: {sentence}")]
	Failed {
		/// The chain's error: `Pallet::Error`.
		name: String,
		/// What the chain says of it.
		sentence: String,
	},
	/// The node does not take it.
	#[error("the node does not take the transaction: {0}")]
	Refused(String),
	/// It is in no block, and cannot be any more.
	#[error("the transaction is in no block, and has expired")]
	Expired,
	/// The node does not answer, or its chain is another one. Nothing is known of the transaction.
	#[error(transparent)]
	Chain(#[from] anyhow::Error),
}

/// A transaction that was given to a node.
pub struct Pending {
	bytes: Vec<u8>,
	hash: H256,
	/// The next block to look into.
	next: u32,
	/// The last block that it can be in.
	last: u32,
}

impl Included {
	/// A number that an event of this transaction has in a field.
	///
	/// # Errors
	/// It left no such event.
	pub fn number(&self, pallet: &str, event: &str, field: &str) -> Result<u64> {
		let found = self.events.iter().find(|left| left.pallet == pallet && left.name == event);
		let number = found.and_then(|left| left.fields.at(field)).and_then(Value::as_u128);
		number
			.and_then(|number| number.try_into().ok())
			.ok_or_else(|| anyhow!("the transaction left no {event} event with a {field}"))
	}

	/// Whether it left an event.
	pub fn has(&self, pallet: &str, event: &str) -> bool {
		self.events.iter().any(|left| left.pallet == pallet && left.name == event)
	}
}

/// Signs a mortal transaction with the account's next nonce and gives it to the node.
///
/// The next nonce counts what waits in the node's pool, so two calls for one account must not overlap.
///
/// # Errors
/// [`SubmitError::Refused`], [`SubmitError::Chain`].
pub async fn submit(chain: &Chain, signer: &Keypair, call: &impl Payload) -> Result<Pending, SubmitError> {
	let finalized = chain.finalized_number().await?;
	// The pool refuses what begins in a block that it does not know.
	let anchor = chain.at(chain.block_hash(finalized.saturating_sub(BEHIND)).await?).await?;
	let number = u32::try_from(anchor.block_number()).context("a block's number")?;
	let nonce: u64 = chain.request("system_accountNextIndex", rpc_params![id_of(signer)]).await?;
	let params = DefaultExtrinsicParamsBuilder::<Config>::new()
		.nonce(nonce)
		.mortal_from_unchecked(MORTALITY, u64::from(number), anchor.block_hash())
		.build();
	let mut signable = anchor.tx().create_signable_offline(call, params).with_context(|| fits_not(call))?;
	let bytes = signable.sign(signer).with_context(|| fits_not(call))?.into_encoded();
	let hash = crate::blake2_256(&bytes);
	let last = number + u32::try_from(MORTALITY).context("a number of blocks")?;
	let pending = Pending { bytes, hash, next: finalized + 1, last };
	give(chain, &pending).await.map_err(|error| SubmitError::Refused(format!("{error:#}")))?;
	Ok(pending)
}

/// Waits until a final block holds a transaction, and says what became of it there.
///
/// # Errors
/// [`SubmitError`].
pub async fn follow(chain: &Chain, mut pending: Pending) -> Result<Included, SubmitError> {
	let mut barren = 0;
	loop {
		let finalized = chain.finalized_number().await?;
		while pending.next <= finalized {
			if let Some(included) = look(chain, pending.next, &pending.hash).await? {
				return included;
			}
			pending.next += 1;
			barren += 1;
		}
		if finalized >= pending.last {
			return Err(SubmitError::Expired);
		}
		if barren >= PATIENCE {
			barren = 0;
			// One that the pool still has is refused, which is as good.
			let _refused = give(chain, &pending).await.is_err();
		}
		tokio::time::sleep(POLL).await;
	}
}

/// Signs and submits a transaction, and waits until it is final.
///
/// # Errors
/// [`SubmitError`].
pub async fn run(chain: &Chain, signer: &Keypair, call: &impl Payload) -> Result<Included, SubmitError> {
	let pending = submit(chain, signer, call).await?;
	follow(chain, pending).await
}

async fn give(chain: &Chain, pending: &Pending) -> Result<()> {
	let bytes = format!("0x{}", hex::encode(&pending.bytes));
	let _: H256 = chain.request("author_submitExtrinsic", rpc_params![bytes]).await?;
	Ok(())
}

/// The transaction's outcome, if it is in this block.
async fn look(chain: &Chain, number: u32, wanted: &H256) -> Result<Option<Result<Included, SubmitError>>> {
	#[derive(Deserialize)]
	struct Signed {
		block: Body,
	}
	#[derive(Deserialize)]
	struct Body {
		extrinsics: Vec<String>,
	}
	let hash = chain.block_hash(number).await?;
	let signed: Option<Signed> = chain.request("chain_getBlock", rpc_params![hash]).await?;
	let Signed { block } = signed.with_context(|| format!("the node has no block {number}"))?;
	for (index, text) in (0..).zip(&block.extrinsics) {
		let bytes = hex::decode(text.trim_start_matches("0x")).context("a transaction in hexadecimal")?;
		if crate::blake2_256(&bytes) == *wanted {
			return outcome(chain, hash, number, index).await.map(Some);
		}
	}
	Ok(None)
}

async fn outcome(
	chain: &Chain,
	hash: H256,
	number: u32,
	index: u32,
) -> Result<Result<Included, SubmitError>> {
	let at = chain.at(hash).await?;
	let events = at.events().fetch().await.with_context(|| format!("the events of block {number}"))?;
	let mut left = Vec::new();
	for event in events.iter() {
		let event = event.with_context(|| format!("an event of block {number}"))?;
		if !matches!(event.phase(), Phase::ApplyExtrinsic(of) if of == index) {
			continue;
		}
		if event.pallet_name() == "System" && event.event_name() == "ExtrinsicFailed" {
			return Ok(Err(failure(&event, &at)?));
		}
		left.push(Left {
			pallet: event.pallet_name().into(),
			name: event.event_name().into(),
			fields: event.decode_fields_unchecked_as().context("the fields of an event")?,
		});
	}
	Ok(Ok(Included { block: number, events: left }))
}

/// The error of an `ExtrinsicFailed` event, whose first field it is.
fn failure(event: &Event<'_, Config>, at: &At) -> Result<SubmitError> {
	let error = DispatchError::decode_from(event.field_bytes(), at.metadata())?;
	let DispatchError::Module(error) = error else {
		return Ok(SubmitError::Failed { name: "dispatch".into(), sentence: error.to_string() });
	};
	let sentence = error.details().map(|details| details.variant.docs.join(" ")).unwrap_or_default();
	Ok(SubmitError::Failed { name: error.details_string(), sentence: sentence.trim().into() })
}

fn fits_not(call: &impl Payload) -> String {
	format!("the chain's runtime has no fitting {}.{}", call.pallet_name(), call.call_name())
}
