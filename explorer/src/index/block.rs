//! One block: what its transactions and events leave in the tables.

use super::{News, Result, history, payments, settled};
use crate::{
	chain::{
		Chain,
		blocks::{Block, text},
		decode::{
			Event, Placed, lineage, money, royalty, sandbox,
			values::{self, AssetRecord, number},
		},
		pages,
	},
	store::{
		Money, Month,
		read::{overview::OPEN_MONTH, periods::FORMULA},
		write::{
			AssetChange, Head, NewAsset, NewBlock, NewCheck, NewExtrinsic, NewParent, NewPermit, NewReceipt,
			NewTransfer, NewWithheld, Tx,
		},
	},
};
use heirloom_primitives::{Period, PeriodReport};
use std::collections::{BTreeMap, HashMap};
use subxt::utils::{AccountId32, H256};

/// Says which period a moment lies in.
pub type Clock = Box<dyn Fn(u64) -> Period + Send + Sync>;

/// What a block is taken in with.
pub struct Context<'a> {
	/// The node, for state that no event says.
	pub chain: &'a Chain,
	/// The block.
	pub block: &'a Block,
	/// Who made it.
	pub author: Option<String>,
	/// Which period a moment lies in.
	pub schedule: Clock,
}

impl Context<'_> {
	/// When the block was made, in milliseconds.
	pub fn at(&self) -> i64 {
		number(self.block.body.at)
	}

	/// The period that the block lies in.
	pub fn month(&self) -> Month {
		(self.schedule)(self.block.body.at).into()
	}
}

/// A block's number as a database has it.
pub fn height(block: &Block) -> i64 {
	number(block.number)
}

/// Takes in a block, without the cursor.
pub async fn take_in(tx: &mut Tx, context: &Context<'_>) -> Result<Vec<News>> {
	let (block, height, at) = (context.block, height(context.block), context.at());
	tx.block(&NewBlock {
		height,
		hash: text(block.hash),
		parent: text(block.parent),
		state_root: text(block.state_root),
		at,
		spec_version: block.spec_version.into(),
		extrinsics: block.body.extrinsics.len().try_into().unwrap_or(i64::MAX),
		events: block.noted.count.into(),
		author: context.author.clone(),
	})
	.await?;
	tx.extrinsics(height, &extrinsics(block)).await?;
	tx.transfers(height, at, &transfers(block)).await?;
	let mut news = vec![News::Block { height, hash: text(block.hash), at }];
	minted(tx, context, &mut news).await?;
	receipts(tx, context, &mut news).await?;
	payments::take_in(tx, context, &mut news).await?;
	for placed in &block.noted.events {
		event(tx, context, placed, &mut news).await?;
	}
	for (asset, record) in &block.revised {
		tx.change_asset((*asset).into(), &AssetChange::Generation(record.generation.into())).await?;
	}
	Ok(news)
}

/// Notes the period that is open behind a block, and its rule: what pages explain before that period is settled. No period is
/// open before the first block behind the genesis, which sets the clock.
pub async fn note_open(tx: &mut Tx, context: &Context<'_>) -> Result<()> {
	let month = context.month();
	if context.block.number > 0 {
		tx.note(OPEN_MONTH, &month.0.to_string()).await?;
	}
	let formula = pages::formula(context.chain, &context.block.state, month.period()).await?;
	let json =
		serde_json::to_string(&formula).map_err(|error| crate::chain::Error::unreadable("a rule", error))?;
	Ok(tx.note(FORMULA, &json).await?)
}

fn extrinsics(block: &Block) -> Vec<NewExtrinsic> {
	let numbered = (0u32..).zip(&block.body.extrinsics);
	let with_outcome = numbered.map(|(position, extrinsic)| {
		let outcome = block.noted.outcomes.get(&position).cloned().unwrap_or_default();
		NewExtrinsic {
			position: position.into(),
			hash: extrinsic.hash.clone(),
			pallet: extrinsic.pallet.clone(),
			call: extrinsic.call.clone(),
			signer: extrinsic.signer.as_ref().map(ToString::to_string),
			fee: outcome.fee.map(|fee| fee.amount.to_string()),
			fee_currency: outcome.fee.map(|fee| fee.currency.text()),
			error: outcome.error,
			args: extrinsic.args.clone(),
			first_event: (!outcome.events.is_empty()).then_some(outcome.events.start.into()),
			events: outcome.events.len().try_into().unwrap_or(i64::MAX),
		}
	});
	with_outcome.collect()
}

fn transfers(block: &Block) -> Vec<NewTransfer> {
	let sent = block.noted.events.iter().filter_map(|placed| match &placed.event {
		Event::Sent(sent) => Some((placed.index, sent)),
		_ => None,
	});
	let transfer = |(index, sent): (u32, &money::Sent)| NewTransfer {
		event: index.into(),
		currency: sent.currency.text(),
		sender: sent.from.to_string(),
		receiver: sent.to.to_string(),
		amount: sent.amount.to_string(),
	};
	sent.map(transfer).collect()
}

/// A row of an asset as its record says.
pub fn row(
	id: u32,
	record: &AssetRecord,
	domains: &BTreeMap<i64, String>,
	minted_in: i64,
	minted_at: Option<i64>,
) -> NewAsset {
	NewAsset {
		id: id.into(),
		handle: values::text(&record.handle),
		kind: record.kind.text(),
		creator: record.creator.to_string(),
		content: values::text(&record.content),
		domain: record.domain.and_then(|domain| domains.get(&i64::from(domain)).cloned()),
		scenario: values::text(&record.scenario),
		terms: record.terms.text(),
		share_rate: record.terms.rate(),
		price: record.terms.price(),
		call_fee: record.call_fee.to_string(),
		accuracy: record.evidence.accuracy.map(Into::into),
		speed_gain: record.evidence.speed_gain.map(Into::into),
		quality: record.quality.map(|quality| quality.bps.into()),
		attested: record.quality.is_some_and(|quality| quality.attested),
		impact: record.impact.into(),
		status: record.status.text(),
		minted: Month(record.minted.into()),
		minted_at,
		minted_in,
		minted_event: None,
		generation: record.generation.into(),
		ancestors: record.ancestors.into(),
	}
}

async fn minted(tx: &mut Tx, context: &Context<'_>, news: &mut Vec<News>) -> Result<()> {
	let block = context.block;
	if block.minted.is_empty() {
		return Ok(());
	}
	let domains = tx.domain_names().await?;
	let (height, at) = (height(block), Some(context.at()));
	let mints = block.noted.events.iter().filter_map(|placed| match &placed.event {
		Event::Lineage(lineage::Event::Minted(minted)) => Some((minted.asset, placed.index)),
		_ => None,
	});
	let mints: HashMap<u32, u32> = mints.collect();
	let of = |(id, record): &(u32, AssetRecord)| {
		let minted_event = mints.get(id).copied().map(i64::from);
		NewAsset { minted_event, ..row(*id, record, &domains, height, at) }
	};
	let rows: Vec<_> = block.minted.iter().map(of).collect();
	tx.assets(&rows).await?;
	let handles: HashMap<_, _> = rows.iter().map(|row| (row.id, row.handle.clone())).collect();
	let mut parents = Vec::new();
	for placed in &block.noted.events {
		let Event::Lineage(lineage::Event::Minted(minted)) = &placed.event else { continue };
		let child = i64::from(minted.asset);
		parents.extend((0i64..).zip(&minted.parents).map(|(position, parent)| NewParent {
			child,
			position,
			parent: parent.asset.into(),
			relation: parent.relation.text(),
		}));
		news.push(News::Minted {
			asset: child,
			handle: handles.get(&child).cloned().unwrap_or_default(),
			creator: minted.creator.to_string(),
			parents: minted.parents.iter().map(|parent| parent.asset.into()).collect(),
		});
	}
	Ok(tx.parents(&parents).await?)
}

/// Receipts, each compared with the running hash of the one before.
async fn receipts(tx: &mut Tx, context: &Context<'_>, news: &mut Vec<News>) -> Result<()> {
	let height = height(context.block);
	let mut heads = BTreeMap::<i64, Head>::new();
	let mut callers = BTreeMap::<i64, Option<&AccountId32>>::new();
	let mut rows = Vec::new();
	for placed in &context.block.noted.events {
		let Event::Lineage(lineage::Event::Called(called)) = &placed.event else { continue };
		let asset = i64::from(called.asset);
		let head = match heads.get(&asset) {
			Some(head) => head.clone(),
			None => tx.head(asset).await?,
		};
		let expected = values::hash(lineage::running_hash(&hash_of(&head.hash), called));
		let found = values::hash(called.hash);
		if head.receipts != number(called.index) || expected != found {
			tx.check(&NewCheck {
				kind: "receipts",
				subject: asset.to_string(),
				height,
				ok: false,
				compared: 1,
				expected: format!("receipt {} with hash {expected}", head.receipts),
				found: format!("receipt {} with hash {found}", called.index),
			})
			.await?;
		}
		let caller = callers.entry(asset).or_insert(Some(&called.caller));
		*caller = caller.filter(|caller| **caller == called.caller);
		let (owner, payee) = (head.owner.clone(), head.payee.clone());
		let receipts = number(called.index).saturating_add(1);
		heads.insert(asset, Head { receipts, hash: found.clone(), ..head });
		let fee = Money::of("a fee", called.fee)?;
		rows.push(NewReceipt {
			asset,
			number: number(called.index),
			event: placed.index.into(),
			caller: called.caller.to_string(),
			units: called.units.to_string(),
			paid_units: if fee.0 > 0 { number(called.units) } else { 0 },
			purpose: called.purpose.text(),
			fee,
			permit: called.permit.map(number),
			derivation: called.derivation.map(number),
			at: number(called.at),
			period: (context.schedule)(called.at).into(),
			hash: found,
		});
		news.push(News::Called {
			asset,
			number: number(called.index),
			caller: called.caller.to_string(),
			owner,
			payee,
			units: called.units.to_string(),
			fee,
			at: number(called.at),
		});
	}
	tx.receipts(height, &rows).await?;
	for (asset, head) in &heads {
		let caller = callers.get(asset).copied().flatten().map(ToString::to_string);
		tx.set_head(*asset, head, height, caller.as_deref()).await?;
	}
	Ok(())
}

/// A stored hash; zero where it is none, so that what follows from it shows as different.
pub fn hash_of(text: &str) -> H256 {
	let bytes = hex::decode(text.trim_start_matches("0x")).ok().and_then(|bytes| bytes.try_into().ok());
	H256::from(bytes.unwrap_or([0u8; 32]))
}

async fn event(tx: &mut Tx, context: &Context<'_>, placed: &Placed, news: &mut Vec<News>) -> Result<()> {
	let (height, at) = (height(context.block), context.at());
	let place = (height, i64::from(placed.index));
	match &placed.event {
		Event::Sent(_) => {}
		Event::Handed(handed) => history::handed(tx, place, handed, at).await?,
		Event::Lineage(lineage::Event::Bought(bought)) => {
			let price = Money::of("a licence's price", bought.price)?;
			let when = (at, context.month());
			tx.licence(place, bought.asset.into(), &bought.buyer.to_string(), price, when).await?;
		}
		Event::Lineage(event) => history::lineage(tx, place, event, at).await?,
		Event::Royalty(event) => royalty(tx, context, place, event, news).await?,
		Event::Sandbox(sandbox::Event::Operator(event)) => tx.operator(place, event, at).await?,
		Event::Sandbox(sandbox::Event::Requested(requested)) => {
			let id = number(requested.permit);
			tx.permit(height, at, &permit(requested)?).await?;
			tx.permit_event(place, id, "Requested", Some(requested.consumer.to_string()), None, at).await?;
		}
		Event::Sandbox(sandbox::Event::Permit(step)) => {
			let (id, account) = (number(step.permit), step.account.as_ref().map(ToString::to_string));
			tx.permit_event(place, id, &step.name, account, step.reason.as_deref(), at).await?;
			tx.change_permit(step, at, context.month()).await?;
		}
		Event::Sandbox(event) => history::sandbox(tx, place, event, at).await?,
	}
	Ok(())
}

fn permit(requested: &sandbox::Requested) -> Result<NewPermit<'_>> {
	Ok(NewPermit {
		id: number(requested.permit),
		consumer: requested.consumer.to_string(),
		operator: requested.operator.to_string(),
		purpose: requested.purpose.text(),
		code_hash: values::hash(requested.code_hash),
		parameters_hash: values::hash(requested.parameters_hash),
		output_cap: requested.output_cap.to_string(),
		expires_at: number(requested.expires_at),
		operator_fee: Money::of("an operator's fee", requested.operator_fee)?,
		uses: &requested.uses,
	})
}

async fn royalty(
	tx: &mut Tx,
	context: &Context<'_>,
	place: (i64, i64),
	event: &royalty::Event,
	news: &mut Vec<News>,
) -> Result<()> {
	let (height, at) = (place.0, context.at());
	match event {
		royalty::Event::RevenueReported(reported) => {
			let amount = Money::of("a revenue", reported.amount)?;
			let (period, who) = (Month(reported.period.into()), reported.who.to_string());
			tx.revenue(place, period, reported.asset.into(), &who, amount, at).await?;
		}
		royalty::Event::Closed(closed) => {
			let period = Month(closed.period.into());
			tx.closed(period, closed.assets.into(), height, number(closed.at)).await?;
			news.push(News::Closed { period });
		}
		royalty::Event::Claimed(claimed) => {
			let amount = Money::of("a claim", claimed.amount)?;
			tx.claim(place, &claimed.payee.to_string(), amount, at).await?;
		}
		royalty::Event::Withheld(withheld) => {
			let held = NewWithheld {
				period: Month(withheld.period.into()),
				derivative: withheld.derivative.into(),
				ancestor: withheld.ancestor.into(),
				payee: withheld.payee.to_string(),
				amount: Money::of("what is held", withheld.amount)?,
			};
			let held = tx.withhold(place, &held, at).await?;
			news.extend(held.into_iter().map(Box::new).map(News::Withheld));
		}
		royalty::Event::Released(released) => {
			let to = released.to.as_ref().map(ToString::to_string);
			let pair = (released.derivative.into(), released.ancestor.into());
			let released = tx.release(place, pair, to.as_deref(), at).await?;
			news.extend(released.into_iter().map(Box::new).map(News::Released));
		}
		royalty::Event::Reported(reported) => {
			let period = Month(reported.period.into());
			let report = PeriodReport::from(reported.report.clone());
			let json = serde_json::to_string(&report)
				.map_err(|error| crate::chain::Error::unreadable("a report", error))?;
			tx.reported(period, height, at, &json).await?;
			settled::take_in(tx, context, period.period(), &report).await?;
			news.push(News::Reported { period });
		}
		royalty::Event::Paid(_) | royalty::Event::PaymentUndelivered(_) => {}
	}
	Ok(())
}
