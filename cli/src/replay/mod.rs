//! `heirloom replay`: a whole month on a chain, from the first call to the last payment, each of them checked.

mod check;
mod permits;
mod settle;
mod show;
mod uses;

use crate::{
	args::ReplayArgs,
	chain::{
		AccountId, Chain,
		accounts::Accounts,
		read::{self, AssetRef, for_each},
		submit::Submitter,
	},
	output::{self, count},
};
use anyhow::{Context, Result, bail};
use heirloom_primitives::{AssetView, MicroU, Period, format_u};
use heirloom_scenario::{Call, Scenario, model};
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};

/// A scenario and the chain it is replayed on.
struct Replay<'a> {
	chain: &'a Chain,
	scenario: &'a Scenario,
	period: Period,
	/// The scenario's assets as the chain has them, in the scenario's order.
	assets: Vec<AssetView<AccountId>>,
	/// Everybody who takes part.
	wallets: BTreeMap<String, Wallet>,
}

/// Somebody who takes part.
struct Wallet {
	account: AccountId,
	/// U at the start, free and held.
	before: MicroU,
	/// What the month's calls and revenue take from it.
	spends: MicroU,
}

/// What it took.
struct Effort {
	started: Instant,
	transactions: usize,
	blocks: usize,
	replayed: Duration,
}

/// Runs the command.
pub async fn run(args: &ReplayArgs, url: &str, json: bool) -> Result<()> {
	let started = Instant::now();
	let scenario = Scenario::read(&args.directory)?;
	let expected = model::settle(&scenario.month())
		.with_context(|| format!("{} cannot be settled", args.directory.display()))?;
	let chain = Chain::connect(url).await?;
	let mut accounts = Accounts::development()?;
	let replay = Replay::prepare(&chain, &scenario, &mut accounts).await?;
	let mut submitter = Submitter::new(&chain).await?;

	let mut transactions = uses::transactions(&replay, &mut submitter, &mut accounts).await?;
	transactions.extend(permits::preparations(&replay, &mut submitter, &mut accounts).await?);
	let progress = output::bar("calls and revenue reports", transactions.len());
	submitter.run(transactions, &progress).await?;
	output::done(&progress, replay.plainly_replayed());
	permits::uses(&replay, &mut submitter, &mut accounts).await?;
	settle::delist(&replay, &mut submitter, &mut accounts).await?;
	let effort = Effort {
		started,
		transactions: submitter.included,
		blocks: submitter.blocks,
		replayed: started.elapsed(),
	};
	if chain.progress().await?.open > replay.period {
		bail!("{} ended before all of it was replayed: the chain's interval is too short", replay.period);
	}
	settle::wait(&replay).await?;
	let checked = check::everything(&replay, &expected).await?;
	show::result(&replay, &checked, &effort, url, json).await
}

impl<'a> Replay<'a> {
	/// Finds the scenario's assets and accounts on the chain.
	async fn prepare(chain: &'a Chain, scenario: &'a Scenario, accounts: &mut Accounts) -> Result<Self> {
		let period = Period(scenario.period.0);
		let open = chain.progress().await?.open;
		// Before its first block a chain has no month yet.
		if open != period && open != Period::default() {
			bail!("the chain is in {open}, and {} is about {period}", scenario.name);
		}
		let progress = output::spinner("reading the chain's assets");
		let handles = scenario.assets.iter().map(|asset| AssetRef::Handle(asset.handle.clone()));
		let assets = for_each(handles, |handle| async move { chain.asset(&handle).await })
			.await
			.with_context(|| format!("was the chain's spec made from {}?", scenario.name))?;
		let mut replay = Self { chain, scenario, period, assets, wallets: BTreeMap::new() };
		replay.open_wallets(accounts).await?;
		let (assets, wallets) = (replay.assets.len(), replay.wallets.len());
		output::done(
			&progress,
			format!("{} and {} are on the chain", count(assets, "asset"), count(wallets, "account")),
		);
		Ok(replay)
	}

	async fn open_wallets(&mut self, accounts: &mut Accounts) -> Result<()> {
		let mut spends = BTreeMap::<&str, MicroU>::new();
		for asset in &self.scenario.assets {
			spends.entry(&asset.creator).or_default();
		}
		for call in &self.scenario.calls {
			*spends.entry(&call.caller).or_default() += self.fee(call)?;
		}
		for revenue in &self.scenario.revenue {
			*spends.entry(&self.scenario.assets[revenue.asset].creator).or_default() += revenue.amount;
		}
		let at = self.chain.finalized().await?;
		let mut ids = Vec::new();
		for name in spends.keys() {
			ids.push(accounts.id(name)?);
		}
		let balances = for_each(&ids, |id| read::balance_u(&at, id)).await?;
		for (((name, spends), account), before) in spends.into_iter().zip(ids).zip(balances) {
			if before < spends {
				bail!("{name} has {} U and is to pay {} U", format_u(before), format_u(spends));
			}
			self.wallets.insert(name.into(), Wallet { account, before, spends });
		}
		Ok(())
	}

	fn fee(&self, call: &Call) -> Result<MicroU> {
		self.scenario.fee(call).context("a fee is too large")
	}

	/// Whether a call needs a permit.
	fn is_sandboxed(&self, call: &Call) -> bool {
		self.assets[call.asset].sandboxed
	}

	/// What was replayed without permits.
	fn plainly_replayed(&self) -> String {
		let calls = self.scenario.calls.iter().filter(|call| !self.is_sandboxed(call)).count();
		let reports = self.scenario.revenue.len();
		format!("{} and {}", count(calls, "call"), count(reports, "revenue report"))
	}

	fn handle(&self, asset: usize) -> &str {
		&self.scenario.assets[asset].handle
	}
}
