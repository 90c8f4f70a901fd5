//! Signing and submitting many transactions, and following each into a block.

use super::{
	At, Chain, Config, Refusal,
	accounts::id_of,
	clock,
	follow::{Follower, Head, Outcome},
	rpc_params,
};
use anyhow::{Context, Result, anyhow, bail};
use futures::{StreamExt, TryStreamExt, stream};
use indicatif::ProgressBar;
use std::{
	collections::{BTreeSet, HashMap},
	sync::atomic::{AtomicBool, AtomicUsize, Ordering},
	time::Duration,
};
use subxt::{
	config::DefaultExtrinsicParamsBuilder,
	transactions::Payload,
	utils::{AccountId32, H256},
};
use subxt_signer::sr25519::Keypair;

/// Blocks for which a transaction can be included: half an hour.
const MORTALITY: u64 = 256;
/// Blocks that the transaction pool may be behind.
const BEHIND: u32 = 4;
/// Accounts whose transactions are on their way to the node at once: as many as it has instances of the runtime to
/// validate them in. Those of one account go one after another: one that overtakes the nonce before it can be dropped with
/// the block that it was validated at, and a pool refuses what it dropped for half an hour.
const IN_FLIGHT: usize = 8;
/// On a development chain a block is asked for once so many transactions wait.
const BLOCK_WORTH: usize = 250;
/// How long to wait before looking for new blocks again, or asking for one after an empty one: the pool needs time to
/// offer what it was given to the next block.
const POLL: Duration = Duration::from_millis(50);
/// Blocks without any of them after which transactions are given to the node again: its pool may have let them go.
const PATIENCE: u32 = 8;

/// A signed transaction.
pub struct Signed {
	/// What it does, for a person who has to know that it failed.
	pub what: String,
	signer: Keypair,
	payload: Vec<u8>,
	bytes: Vec<u8>,
	signature_at: usize,
}

impl Signed {
	/// `bytes` have the signature of `payload`.
	fn new(
		what: String,
		signer: &Keypair,
		payload: Vec<u8>,
		signature: &[u8],
		bytes: Vec<u8>,
	) -> Option<Self> {
		let signature_at = bytes.windows(signature.len()).position(|part| part == signature)?;
		Some(Self { what, signer: signer.clone(), payload, bytes, signature_at })
	}

	/// The same transaction with another signature, since sr25519 signs with new randomness each time: it has another hash,
	/// the same nonce, and expires with the first.
	fn signed_anew(&self) -> Vec<u8> {
		let signature = self.signer.sign(&self.payload).0;
		let mut bytes = self.bytes.clone();
		let (_, tail) = bytes.split_at_mut(self.signature_at);
		tail.iter_mut().zip(signature).for_each(|(old, new)| *old = new);
		bytes
	}
}

/// Signs with its own count of nonces and follows what it submits.
pub struct Submitter<'a> {
	chain: &'a Chain,
	follower: Follower,
	anchor: At,
	nonces: HashMap<[u8; 32], u64>,
	simulated: bool,
	/// Transactions included so far.
	pub included: usize,
	/// Blocks that any of them is in.
	pub blocks: usize,
}

impl<'a> Submitter<'a> {
	/// A submitter that follows the chain from now on, and waits for final blocks.
	pub async fn new(chain: &'a Chain) -> Result<Self> {
		Self::following(chain, Head::Final).await
	}

	/// A submitter that follows the chain from now on.
	pub async fn following(chain: &'a Chain, head: Head) -> Result<Self> {
		let mut simulated = clock::is_simulated(chain);
		// Before its first block a chain does not know the hash of its genesis.
		while head.number(chain).await? == 0 {
			if simulated {
				simulated = clock::seal(chain).await?;
			} else {
				tokio::time::sleep(POLL).await;
			}
		}
		let anchor = anchor(chain).await?;
		let follower = Follower::start(chain, head).await?;
		Ok(Self { chain, follower, anchor, nonces: HashMap::new(), simulated, included: 0, blocks: 0 })
	}

	/// The chain it submits to.
	pub fn chain(&self) -> &'a Chain {
		self.chain
	}

	/// The bytes of a call, to be wrapped in another.
	pub fn encode(&self, call: &impl Payload) -> Result<Vec<u8>> {
		self.anchor.tx().call_data(call).with_context(|| fits_not(call))
	}

	/// Signs a mortal transaction with the signer's next nonce.
	pub async fn sign(&mut self, signer: &Keypair, call: &impl Payload, what: String) -> Result<Signed> {
		let nonce = self.next_nonce(&id_of(signer)).await?;
		let from = (u64::from(self.anchor_number()), self.anchor.block_hash());
		let params = DefaultExtrinsicParamsBuilder::<Config>::new()
			.nonce(nonce)
			.mortal_from_unchecked(MORTALITY, from.0, from.1)
			.build();
		let mut signable =
			self.anchor.tx().create_signable_offline(call, params).with_context(|| fits_not(call))?;
		let payload = signable.signer_payload().with_context(|| fits_not(call))?;
		let signature = signer.sign(&payload);
		let transaction = signable
			.sign_with_account_and_signature(&id_of(signer), &signature.into())
			.with_context(|| fits_not(call))?;
		Signed::new(what, signer, payload, &signature.0, transaction.into_encoded())
			.context("a transaction without its signature")
	}

	/// Submits transactions and waits until all are in the blocks that it follows. The first failed one is an error.
	pub async fn run(&mut self, transactions: Vec<Signed>, progress: &ProgressBar) -> Result<Vec<Outcome>> {
		let (submitted, all_submitted) = (AtomicUsize::new(0), AtomicBool::new(false));
		let chain = self.chain;
		let submitting = async {
			let submissions = by_signer(&transactions).into_iter().map(|of_one| async {
				for transaction in of_one {
					submit(chain, &transaction.what, &transaction.bytes).await?;
					submitted.fetch_add(1, Ordering::Relaxed);
				}
				Ok::<_, anyhow::Error>(())
			});
			stream::iter(submissions).buffer_unordered(IN_FLIGHT).try_collect::<Vec<()>>().await?;
			all_submitted.store(true, Ordering::Relaxed);
			Ok(())
		};
		let following = self.follow(&transactions, &submitted, &all_submitted, progress);
		let ((), outcomes) = futures::try_join!(submitting, following)?;
		self.anchor = anchor(self.chain).await?;
		Ok(outcomes)
	}

	/// Signs, submits and follows one transaction.
	pub async fn run_one(&mut self, signer: &Keypair, call: &impl Payload, what: &str) -> Result<Outcome> {
		let signed = self.sign(signer, call, what.into()).await?;
		let outcomes = self.run(vec![signed], &ProgressBar::hidden()).await?;
		outcomes.into_iter().next().context("a transaction without an outcome")
	}

	async fn follow(
		&mut self,
		transactions: &[Signed],
		submitted: &AtomicUsize,
		all_submitted: &AtomicBool,
		progress: &ProgressBar,
	) -> Result<Vec<Outcome>> {
		let mut waiting = Waiting::for_all(transactions);
		let mut outcomes: Vec<Option<Outcome>> = transactions.iter().map(|_| None).collect();
		let last_block = u64::from(self.anchor_number()) + MORTALITY;
		let mut in_vain = false;
		let mut barren = 0;
		let mut refused = None;
		while !waiting.positions.is_empty() {
			let included = transactions.len() - waiting.positions.len();
			let enough = submitted.load(Ordering::Relaxed).saturating_sub(included) >= BLOCK_WORTH;
			let seal = self.simulated && (enough || all_submitted.load(Ordering::Relaxed));
			if in_vain || !seal {
				tokio::time::sleep(POLL).await;
			}
			if seal {
				self.simulated = clock::seal(self.chain).await?;
			}
			in_vain = true;
			for mut block in self.follower.new_blocks(self.chain).await? {
				let before = waiting.positions.len();
				for (index, hash) in (0..).zip(&block.transactions) {
					let Some(position) = waiting.found(hash) else { continue };
					let outcome = block.outcomes.remove(&index).unwrap_or_default();
					if let Some(error) = &outcome.error {
						bail!("{}: {error} (block {})", transactions[position].what, block.number);
					}
					outcomes[position] = Some(Outcome { block: block.number, ..outcome });
				}
				let found = before - waiting.positions.len();
				barren = if found == 0 { barren + 1 } else { 0 };
				in_vain &= found == 0;
				progress.inc(found as u64);
				self.included += found;
				self.blocks += usize::from(found > 0);
			}
			if barren >= PATIENCE && all_submitted.load(Ordering::Relaxed) {
				barren = 0;
				refused = self.submit_again(transactions, &mut waiting).await;
			}
			if let Some(lost) =
				waiting.positions.first().filter(|_| u64::from(self.follower.seen()) > last_block)
			{
				let expired = anyhow!("{}: no block took it before it expired", transactions[*lost].what);
				return Err(match refused {
					Some(refusal) => refusal.context("given to the node again").context(expired),
					None => expired,
				});
			}
		}
		Ok(outcomes.into_iter().flatten().collect())
	}

	/// Gives transactions to the node once more, those with the lowest nonces first. One that its pool still has is
	/// refused, which is as good; one that it dropped it refuses by its hash, so that is signed anew. Returns why the first
	/// was refused.
	async fn submit_again(&self, transactions: &[Signed], waiting: &mut Waiting) -> Option<anyhow::Error> {
		let mut refused = None;
		for position in waiting.positions.clone() {
			let Some(transaction) = transactions.get(position) else { continue };
			let mut refusal = submit(self.chain, &transaction.what, &transaction.bytes).await.err();
			if refusal.as_ref().and_then(Refusal::of).is_some_and(Refusal::is_of_banned) {
				let bytes = transaction.signed_anew();
				waiting.hashes.insert(hash(&bytes), position);
				refusal = submit(self.chain, &transaction.what, &bytes).await.err();
			}
			refused = refused.or(refusal);
		}
		refused
	}

	async fn next_nonce(&mut self, account: &AccountId32) -> Result<u64> {
		let next = match self.nonces.get(&account.0) {
			Some(next) => *next,
			None => self.chain.request("system_accountNextIndex", rpc_params![account]).await?,
		};
		self.nonces.insert(account.0, next + 1);
		Ok(next)
	}

	fn anchor_number(&self) -> u32 {
		u32::try_from(self.anchor.block_number()).unwrap_or(u32::MAX)
	}
}

/// Transactions that are in no block yet.
struct Waiting {
	/// Their positions among all, in the order of their nonces.
	positions: BTreeSet<usize>,
	/// The position by the hash of each signed form, of which a chain has one at most.
	hashes: HashMap<H256, usize>,
}

impl Waiting {
	fn for_all(transactions: &[Signed]) -> Self {
		Self {
			positions: (0..transactions.len()).collect(),
			hashes: (0..)
				.zip(transactions)
				.map(|(position, signed)| (hash(&signed.bytes), position))
				.collect(),
		}
	}

	/// Takes out the transaction that a block has by this hash.
	fn found(&mut self, hash: &H256) -> Option<usize> {
		let position = self.hashes.remove(hash)?;
		self.positions.remove(&position).then_some(position)
	}
}

/// The block from which transactions are mortal. The pool may be a few blocks behind, and refuses what begins in a
/// block that it does not know. It is counted from the best block, so that finality may stand still for hours.
async fn anchor(chain: &Chain) -> Result<At> {
	let number = Head::Best.number(chain).await?.saturating_sub(BEHIND);
	chain.at(chain.block_hash(number).await?).await
}

/// The transactions of each account, in the order of their nonces.
fn by_signer(transactions: &[Signed]) -> Vec<Vec<&Signed>> {
	let mut accounts = HashMap::<[u8; 32], usize>::new();
	let mut grouped: Vec<Vec<&Signed>> = Vec::new();
	for transaction in transactions {
		let at = *accounts.entry(id_of(&transaction.signer).0).or_insert(grouped.len());
		match grouped.get_mut(at) {
			Some(of_one) => of_one.push(transaction),
			None => grouped.push(vec![transaction]),
		}
	}
	grouped
}

async fn submit(chain: &Chain, what: &str, bytes: &[u8]) -> Result<()> {
	let bytes = format!("0x{}", hex::encode(bytes));
	let submitted = chain.request::<H256>("author_submitExtrinsic", rpc_params![bytes]).await;
	submitted.map_err(naming_loom).with_context(|| what.to_owned())?;
	Ok(())
}

/// Says which money a fee is paid in where there is too little of it: the node's refusal names none.
fn naming_loom(error: anyhow::Error) -> anyhow::Error {
	if !Refusal::of(&error).is_some_and(Refusal::is_of_fee) {
		return error;
	}
	error.context(
		"the account has too little LOOM for the fee; this program pays fees in LOOM, the explorer's pages also in U",
	)
}

fn hash(bytes: &[u8]) -> H256 {
	sp_crypto_hashing::blake2_256(bytes).into()
}

fn fits_not(call: &impl Payload) -> String {
	format!("the chain's runtime has no fitting {}.{}", call.pallet_name(), call.call_name())
}

#[cfg(test)]
mod tests {
	use super::*;
	use subxt_signer::sr25519::{Signature, dev, verify};

	#[test]
	fn what_is_signed_anew_differs_in_a_signature_that_counts() {
		let payload = b"payload".to_vec();
		let first = dev::alice().sign(&payload);
		let bytes = [b"head".as_slice(), &first.0, b"tail"].concat();
		let signed =
			Signed::new("a test".into(), &dev::alice(), payload.clone(), &first.0, bytes.clone()).unwrap();

		let anew = signed.signed_anew();
		assert_ne!(hash(&anew), hash(&bytes));
		let (head, rest) = anew.split_at(4);
		let (second, tail) = rest.split_at(64);
		assert_eq!((head, tail), (b"head".as_slice(), b"tail".as_slice()));
		assert!(verify(&Signature(second.try_into().unwrap()), &payload, &dev::alice().public_key()));
	}

	#[test]
	fn fee_that_cannot_be_paid_should_name_the_money_that_is_missing() {
		let said = |code, text: &str| {
			let refusal = Refusal { code, text: format!("Invalid Transaction: {text}") };
			format!("{:#}", naming_loom(refusal.into()))
		};
		let unpaid = said(1_010, "Inability to pay some fees (e.g. account balance too low)");
		assert!(unpaid.starts_with("the account has too little LOOM for the fee; "), "{unpaid}");
		assert!(unpaid.ends_with("Inability to pay some fees (e.g. account balance too low)"), "{unpaid}");
		let stale = "Transaction is outdated";
		assert_eq!(said(1_010, stale), "Invalid Transaction: Transaction is outdated");
	}

	#[test]
	fn a_transaction_is_found_once_by_either_of_its_hashes() {
		let signature = dev::bob().sign(b"payload");
		let signed = |what: &str| {
			let bytes = [what.as_bytes(), &signature.0].concat();
			Signed::new(what.into(), &dev::bob(), b"payload".to_vec(), &signature.0, bytes).unwrap()
		};
		let transactions = [signed("first"), signed("second")];
		let mut waiting = Waiting::for_all(&transactions);
		let anew = hash(&transactions[1].signed_anew());
		waiting.hashes.insert(anew, 1);

		assert_eq!(waiting.found(&anew), Some(1));
		assert_eq!(waiting.found(&hash(&transactions[1].bytes)), None);
		assert_eq!(waiting.found(&H256::zero()), None);
		assert_eq!(waiting.positions, [0].into());
	}
}
