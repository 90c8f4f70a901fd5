//! Signing and submitting many transactions, and following each into a block.

use super::{
	At, Chain, Config,
	accounts::id_of,
	clock,
	follow::{Follower, Head, Outcome},
	rpc_params,
};
use anyhow::{Context, Result, anyhow, bail};
use futures::{StreamExt, TryStreamExt, stream};
use indicatif::ProgressBar;
use std::{
	collections::HashMap,
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
	signer: [u8; 32],
	bytes: Vec<u8>,
	hash: H256,
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
		let transaction = signable.sign(signer).with_context(|| fits_not(call))?;
		let bytes = transaction.into_encoded();
		let hash = sp_crypto_hashing::blake2_256(&bytes).into();
		Ok(Signed { what, signer: id_of(signer).0, bytes, hash })
	}

	/// Submits transactions and waits until all are in the blocks that it follows. The first failed one is an error.
	pub async fn run(&mut self, transactions: Vec<Signed>, progress: &ProgressBar) -> Result<Vec<Outcome>> {
		let (submitted, all_submitted) = (AtomicUsize::new(0), AtomicBool::new(false));
		let chain = self.chain;
		let submitting = async {
			let submissions = by_signer(&transactions).into_iter().map(|of_one| async {
				for transaction in of_one {
					submit(chain, transaction).await?;
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
		let mut waiting: HashMap<H256, usize> = transactions
			.iter()
			.enumerate()
			.map(|(position, transaction)| (transaction.hash, position))
			.collect();
		let mut outcomes: Vec<Option<Outcome>> = transactions.iter().map(|_| None).collect();
		let last_block = u64::from(self.anchor_number()) + MORTALITY;
		let mut in_vain = false;
		let mut barren = 0;
		let mut refused = None;
		while !waiting.is_empty() {
			let included = transactions.len() - waiting.len();
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
				let before = waiting.len();
				for (index, hash) in (0..).zip(&block.transactions) {
					let Some(position) = waiting.remove(hash) else { continue };
					let outcome = block.outcomes.remove(&index).unwrap_or_default();
					if let Some(error) = &outcome.error {
						bail!("{}: {error} (block {})", transactions[position].what, block.number);
					}
					outcomes[position] = Some(Outcome { block: block.number, ..outcome });
				}
				let found = before - waiting.len();
				barren = if found == 0 { barren + 1 } else { 0 };
				in_vain &= found == 0;
				progress.inc(found as u64);
				self.included += found;
				self.blocks += usize::from(found > 0);
			}
			if barren >= PATIENCE && all_submitted.load(Ordering::Relaxed) {
				barren = 0;
				refused = self.submit_again(transactions, waiting.values().copied().collect()).await;
			}
			if let Some(lost) =
				waiting.values().min().filter(|_| u64::from(self.follower.seen()) > last_block)
			{
				let expired = anyhow!("{}: in no block until it expired", transactions[*lost].what);
				return Err(match refused {
					Some(refusal) => refusal.context("given to the node again").context(expired),
					None => expired,
				});
			}
		}
		Ok(outcomes.into_iter().flatten().collect())
	}

	/// Gives transactions to the node once more, those with the lowest nonces first. One that its pool still has is
	/// refused, which is as good. Returns why the first was refused.
	async fn submit_again(
		&self,
		transactions: &[Signed],
		mut positions: Vec<usize>,
	) -> Option<anyhow::Error> {
		positions.sort_unstable();
		let mut refused = None;
		for position in positions {
			refused = refused.or(submit(self.chain, &transactions[position]).await.err());
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
		let at = *accounts.entry(transaction.signer).or_insert(grouped.len());
		match grouped.get_mut(at) {
			Some(of_one) => of_one.push(transaction),
			None => grouped.push(vec![transaction]),
		}
	}
	grouped
}

async fn submit(chain: &Chain, transaction: &Signed) -> Result<()> {
	let bytes = format!("0x{}", hex::encode(&transaction.bytes));
	let _: H256 = chain
		.request("author_submitExtrinsic", rpc_params![bytes])
		.await
		.with_context(|| transaction.what.clone())?;
	Ok(())
}

fn fits_not(call: &impl Payload) -> String {
	format!("the chain's runtime has no fitting {}.{}", call.pallet_name(), call.call_name())
}
