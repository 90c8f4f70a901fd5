//! What of a settled month one statement is recomputed from, read page by page.
//!
//! Reading goes in stages: what a stage looks for follows from what the stage before found. A stage looks for all of its
//! keys before it stops for one that is not proven, so that few questions are needed.

use crate::{
	answer::{AncestorsOf, Refusal},
	before,
	keys::{ANCESTORS, BOOKINGS, CLOSE, Item, LONG_ANCESTORS, PAYEES, POTS, REPORTS, STATEMENTS},
	proof::{Header, Proofs, State},
	question::Question,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use codec::Decode;
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetId, AtClose, Booking, MicroU, PackedStatement, PageIndex, Period, PeriodReport,
	Pot,
	packed::{InPage, PackedSets, unpack},
	page_of, pages_below, payee_page_of, payee_slot_of, slot_of,
};

/// The most pages of assets of which every asset is looked at: 16,384 assets, some half a megabyte of proofs.
pub const MAX_PAGES: u32 = 64;

/// The most descendants of one asset.
const MAX_DESCENDANTS: usize = 2_000;

/// The most periods without a settlement before the one that carried: those a chain may have slept through.
const MAX_GAP: u32 = 12;

/// A page that holds a value for some of its assets, by their positions.
type Sparse<V> = Vec<(u8, V)>;
type Pages<V> = BTreeMap<PageIndex, V>;

/// Why reading stopped.
pub(crate) enum Stop {
	/// Keys were looked for that are not proven yet.
	Lacking,
	/// The headers of the blocks of these numbers are to be named.
	NeedHeaders(Vec<u32>),
	/// The descendants have to be named.
	NeedDescendants,
	/// There is nothing to recompute.
	Refused(Refusal),
}

impl From<Refusal> for Stop {
	fn from(refusal: Refusal) -> Self {
		Self::Refused(refusal)
	}
}

/// A settled month, as far as one statement needs it.
pub(crate) struct Month {
	pub period: Period,
	pub asset: AssetId,
	pub report: PeriodReport,
	pub statement: PackedStatement,
	/// Who the statement's payee is.
	pub payee: Option<[u8; 32]>,
	/// What the settlement before carried out.
	pub carried: MicroU,
	/// Assets that may share with this one, ascending: it is one of their ancestors.
	pub descendants: Vec<AssetId>,
	/// Where the sets of ancestors are from.
	pub ancestors_of: AncestorsOf,
	/// The ancestors of the asset and of its descendants.
	pub ancestors: BTreeMap<AssetId, Vec<AssetId>>,
	/// Whether all pages of the period were read.
	pub complete: bool,
	close: Pages<Vec<AtClose>>,
	bookings: Pages<Sparse<Booking>>,
	pots: Pages<Sparse<Pot>>,
}

/// Reads what the statement of a question is recomputed from.
pub(crate) fn read(proofs: &Proofs, header: Header, question: &Question) -> Result<Month, Stop> {
	let state = &proofs.state(header);
	let (asset, period) = (question.asset, question.period);
	let report = state.read::<PeriodReport>(REPORTS, &[period.0])?;
	let statement = stated(state, period, asset)?;
	let before = settled_before(state, period)?;
	let report = report.ok_or(Stop::Lacking)?.ok_or(Refusal::NotSettled)?;
	if asset >= report.assets {
		return Err(Refusal::NoSuchAsset.into());
	}
	let (statement, before) = (statement.ok_or(Stop::Lacking)?, before.ok_or(Stop::Lacking)?);

	let then = before::of_report(proofs, state, question, &report);
	let pages = pages_to_read(question, report.assets)?;
	let of_period = |page: &PageIndex| [period.0, *page];
	let bookings = all::<Sparse<Booking>, _>(state, BOOKINGS, &pages, of_period)?;
	let pots = all::<Sparse<Pot>, _>(state, POTS, &pages, of_period)?;
	let close = all::<Vec<AtClose>, _>(state, CLOSE, &pages, of_period)?;
	// Parents can be corrected later, and what the month was split by lies in the block of its report.
	let (then, ancestors_of) = then?;
	let sets = all::<PackedSets, _>(&then, ANCESTORS, &pages, |page| [*page])?;
	let carried_before = before.map(|before| stated(state, before, asset)).transpose()?;
	let payee = payee_of(state, &statement)?;
	let (bookings, sets) = (bookings.ok_or(Stop::Lacking)?, sets.ok_or(Stop::Lacking)?);
	let (pots, close) = (pots.ok_or(Stop::Lacking)?, close.ok_or(Stop::Lacking)?);
	let payee = payee.ok_or(Stop::Lacking)?;
	let carried = match carried_before {
		Some(before) => divided(&before.ok_or(Stop::Lacking)?)?.1,
		None => 0,
	};

	let candidates = match &question.descendants {
		Some(named) => named.iter().copied().filter(|named| *named < report.assets).collect(),
		None => in_order(&bookings).map(|(booked, _)| booked).collect::<BTreeSet<_>>(),
	};
	let with_asset: BTreeSet<_> = candidates.iter().copied().chain([asset]).collect();
	let mut ancestors = sets_of(&then, &sets, &with_asset)?.ok_or(Stop::Lacking)?;
	ancestors.retain(|descendant, set| *descendant == asset || set.binary_search(&asset).is_ok());
	let descendants: Vec<_> =
		candidates.into_iter().filter(|one| *one != asset && ancestors.contains_key(one)).collect();
	if descendants.len() > MAX_DESCENDANTS {
		return Err(Refusal::TooLarge.into());
	}

	let related = ancestors.values().flatten().filter(|ancestor| **ancestor < report.assets);
	let missing: BTreeSet<_> =
		related.map(|ancestor| page_of(*ancestor)).filter(|page| !close.contains_key(page)).collect();
	let mut close = close;
	close.extend(all::<Vec<AtClose>, _>(state, CLOSE, &missing, of_period)?.ok_or(Stop::Lacking)?);
	if close.values().any(Vec::is_empty) {
		return Err(Refusal::Pruned.into());
	}
	let complete = question.descendants.is_none();
	Ok(Month {
		period,
		asset,
		report,
		statement,
		payee,
		carried,
		descendants,
		ancestors_of,
		ancestors,
		complete,
		close,
		bookings,
		pots,
	})
}

impl Month {
	/// An asset as it stood at the close; none of one that took no part.
	pub fn at_close(&self, asset: AssetId) -> Result<Option<AtClose>, Refusal> {
		if asset >= self.report.assets {
			return Ok(None);
		}
		let found = self.close.get(&page_of(asset)).and_then(|page| page.get(slot_of(asset)));
		found.copied().map(Some).ok_or_else(|| Refusal::Unreadable { item: CLOSE.name() })
	}

	/// All assets as they stood at the close, where all pages were read.
	pub fn all_at_close(&self) -> impl Iterator<Item = (AssetId, &AtClose)> {
		let assets = |page: PageIndex| (page * ASSETS_PER_PAGE)..;
		self.close.iter().flat_map(move |(page, entries)| assets(*page).zip(entries))
	}

	/// What came in for an asset.
	pub fn booking(&self, asset: AssetId) -> Booking {
		of(&self.bookings, asset).unwrap_or_default()
	}

	/// What an asset shared, as recorded.
	pub fn pot(&self, asset: AssetId) -> MicroU {
		of(&self.pots, asset).map_or(0, |pot| pot.amount)
	}
}

/// What of a statement is paid and what is carried.
pub(crate) fn divided(statement: &PackedStatement) -> Result<(MicroU, MicroU), Refusal> {
	statement.divided().ok_or_else(|| Refusal::Unreadable { item: STATEMENTS.name() })
}

/// The pages that bookings, pots and ancestors are read of: all of them, or those of the named descendants.
fn pages_to_read(question: &Question, assets: u32) -> Result<BTreeSet<PageIndex>, Stop> {
	match &question.descendants {
		None if pages_below(assets) > MAX_PAGES => Err(Stop::NeedDescendants),
		None => Ok((0..pages_below(assets)).collect()),
		Some(named) if named.len() > MAX_DESCENDANTS => Err(Refusal::TooLarge.into()),
		Some(named) => {
			let named = named.iter().copied().filter(|named| *named < assets);
			Ok(named.chain([question.asset]).map(page_of).collect())
		}
	}
}

/// An asset's statement; an empty one where it was due nothing.
fn stated(state: &State, period: Period, asset: AssetId) -> Result<Option<PackedStatement>, Refusal> {
	let page = state.read::<Sparse<PackedStatement>>(STATEMENTS, &[period.0, page_of(asset)])?;
	Ok(page.map(|page| slot(&page.unwrap_or_default(), asset).unwrap_or_default()))
}

/// The last period before this one that was settled; an inner none where there is none.
fn settled_before(state: &State, period: Period) -> Result<Option<Option<Period>>, Refusal> {
	for gap in 1..=MAX_GAP {
		let Some(before) = period.minus(gap) else { break };
		match state.read::<PeriodReport>(REPORTS, &[before.0])? {
			None => return Ok(None),
			Some(Some(_)) => return Ok(Some(Some(before))),
			Some(None) => {}
		}
	}
	Ok(Some(None))
}

/// The account of a statement's payee.
fn payee_of(state: &State, statement: &PackedStatement) -> Result<Option<Option<[u8; 32]>>, Refusal> {
	let Some(index) = statement.payee else { return Ok(Some(None)) };
	let Some(accounts) = state.read::<Vec<[u8; 32]>>(PAYEES, &[payee_page_of(index)])? else {
		return Ok(None);
	};
	let account = accounts.unwrap_or_default().get(payee_slot_of(index)).copied();
	account.map(|account| Some(Some(account))).ok_or_else(|| Refusal::Unreadable { item: PAYEES.name() })
}

/// Reads all of some pages; a page that the chain does not have is empty.
fn all<V: Decode + Default, const KEYS: usize>(
	state: &State,
	item: Item,
	pages: &BTreeSet<PageIndex>,
	keys: impl Fn(&PageIndex) -> [u32; KEYS],
) -> Result<Option<Pages<V>>, Refusal> {
	let read = |page: &PageIndex| Ok((*page, state.read::<V>(item, &keys(page))?));
	let found = pages.iter().map(read).collect::<Result<Vec<_>, Refusal>>()?;
	Ok(found.into_iter().map(|(page, value)| Some((page, value?.unwrap_or_default()))).collect())
}

/// The ancestors of some assets, ascending.
fn sets_of(
	state: &State,
	sets: &Pages<PackedSets>,
	assets: &BTreeSet<AssetId>,
) -> Result<Option<BTreeMap<AssetId, Vec<AssetId>>>, Refusal> {
	let mut found = Some(BTreeMap::new());
	for (page, sets) in sets {
		let first = page * ASSETS_PER_PAGE;
		for (asset, set) in (first..).zip(sets.iter()).filter(|(asset, _)| assets.contains(asset)) {
			let ancestors = match set {
				InPage::Packed(set) => Some(unpack(set).collect()),
				InPage::Apart => {
					let set = state.read::<Vec<u8>>(LONG_ANCESTORS, &[asset])?;
					set.map(|set| unpack(&set.unwrap_or_default()).collect())
				}
			};
			match (&mut found, ancestors) {
				(Some(found), Some(ancestors)) => _ = found.insert(asset, ancestors),
				_ => found = None,
			}
		}
	}
	Ok(found)
}

fn in_order<V>(pages: &Pages<Sparse<V>>) -> impl Iterator<Item = (AssetId, &V)> {
	let asset = |page: PageIndex, slot: u8| page * ASSETS_PER_PAGE + AssetId::from(slot);
	pages.iter().flat_map(move |(page, entries)| {
		entries.iter().map(move |(slot, value)| (asset(*page, *slot), value))
	})
}

fn of<V: Copy>(pages: &Pages<Sparse<V>>, asset: AssetId) -> Option<V> {
	pages.get(&page_of(asset)).and_then(|page| slot(page, asset))
}

fn slot<V: Copy>(page: &Sparse<V>, asset: AssetId) -> Option<V> {
	let found = page.binary_search_by_key(&slot_of(asset), |(slot, _)| usize::from(*slot));
	found.ok().and_then(|at| page.get(at)).map(|(_, value)| *value)
}
