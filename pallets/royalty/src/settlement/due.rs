//! What is due: every asset's statement, what it carries on, and the sum for each payee.

use super::{Budget, Outcome, StepWeights};
use crate::{
	AccrualPages, BookingPages, Carry, CarryPage, CarryPages, Config, DuePages, DuesPage, Event,
	PackedStatement, Pallet, PotPages, Settlement, StatementPages, StatementsPage, WeightPages,
	contests::Contested, views::assets_of,
};
use alloc::{vec, vec::Vec};
use frame_support::{traits::Get, weights::Weight};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetId, CENT, Genealogy, MicroU, PAYEE_BUCKETS, PAYEES_PER_BUCKET, PAYEES_PER_PAGE,
	PageIndex, PayeeIndex, Period, pages_below, payee_page_of, payee_slot_of, share,
};

/// Pages of dues in memory before they are written back: those of 1,048,576 payees, 32 MiB of the runtime's 128.
const MAX_LOADED: u32 = 4_096;

/// The dues that one hook adds to, by page; the pages of a bucket follow each other.
struct Dues {
	buckets: Vec<Vec<Option<DuesPage>>>,
	loaded: u32,
	contested: Contested,
}

/// Pages of a bucket.
const BUCKET: PageIndex = PAYEES_PER_BUCKET / PAYEES_PER_PAGE;

impl Dues {
	fn new<T: Config>(settlement: &Settlement) -> Self {
		let contested = Contested::load::<T>(settlement.period, settlement.report.closed_at);
		Self { buckets: vec![Vec::new(); PAYEE_BUCKETS as usize], loaded: 0, contested }
	}

	/// Adds to what a payee is due, and counts into `reads` what had to be read.
	fn add<T: Config>(&mut self, payee: PayeeIndex, amount: MicroU, reads: &mut u32) -> Option<()> {
		let page = payee_page_of(payee);
		let (bucket, at) = (self.buckets.get_mut((page / BUCKET) as usize)?, (page % BUCKET) as usize);
		if bucket.len() <= at {
			bucket.resize(at + 1, None);
		}
		let kept = bucket.get_mut(at)?;
		let dues = kept.get_or_insert_with(|| {
			*reads += 1;
			self.loaded += 1;
			DuePages::<T>::get(page)
		});
		let slot = payee_slot_of(payee);
		if dues.len() <= slot {
			dues.bounded_resize(slot + 1, 0);
		}
		let due = dues.get_mut(slot)?;
		*due = due.checked_add(amount)?;
		Some(())
	}

	fn store<T: Config>(&mut self) {
		self.loaded = 0;
		self.contested.store::<T>();
		for (first, bucket) in (0..).step_by(BUCKET as usize).zip(&mut self.buckets) {
			for (page, dues) in (first..).zip(bucket) {
				if let Some(dues) = dues.take() {
					write_dues::<T>(page, dues);
				}
			}
		}
	}
}

/// Writes a page of dues, or removes it where nothing is due.
pub(crate) fn write_dues<T: Config>(page: PageIndex, dues: DuesPage) {
	if dues.iter().any(|due| *due > 0) {
		DuePages::<T>::insert(page, dues);
	} else {
		DuePages::<T>::remove(page);
	}
}

/// How much work a page of assets was.
#[derive(Default)]
struct Work {
	statements: u32,
	lookups: u32,
	reads: u32,
}

impl<T: Config> Pallet<T> {
	/// States what is due page by page.
	pub(crate) fn due(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let mut dues = Dues::new::<T>(settlement);
		let mut outcome = Outcome::Done;
		while settlement.page < pages_below(settlement.report.assets) {
			if !budget.admits(Self::greatest_due_page()) {
				outcome = Outcome::Paused;
				break;
			}
			if dues.loaded + ASSETS_PER_PAGE > MAX_LOADED {
				dues.store::<T>();
			}
			let work = Self::due_page(settlement, &mut dues);
			budget.spend(T::WeightInfo::due_page(work.statements, work.lookups, work.reads));
			settlement.page += 1;
		}
		if outcome == Outcome::Done {
			dues.contested.forget();
		}
		dues.store::<T>();
		outcome
	}

	/// The greatest weight of stating a page: each asset's payee is looked up, and one for each payment that is held back.
	pub(super) fn greatest_due_page() -> Weight {
		let looks = ASSETS_PER_PAGE.saturating_add(T::MaxContests::get());
		T::WeightInfo::due_page(ASSETS_PER_PAGE, looks, ASSETS_PER_PAGE)
	}

	/// States what the assets of the settlement's page are due.
	fn due_page(settlement: &mut Settlement, dues: &mut Dues) -> Work {
		let (period, page) = (settlement.period, settlement.page);
		let bookings = BookingPages::<T>::get(period, page);
		let pots = PotPages::<T>::get(period, page);
		let carries = CarryPages::<T>::get(page);
		let weights = WeightPages::<T>::get(period, page).weights;
		let accruals = AccrualPages::<T>::take(page);
		let payees = T::Genealogy::payees_page(page);
		let (mut booked, mut shared) = (bookings.iter(page).peekable(), pots.iter(page).peekable());
		let mut carried = carries.iter(page).peekable();
		let (mut statements, mut carrying) = (StatementsPage::default(), CarryPage::default());
		let mut work = Work::default();
		let first = page * ASSETS_PER_PAGE;
		for asset in assets_of(page, settlement.report.assets) {
			let slot = (asset - first) as usize;
			let booking = booked.next_if(|(next, _)| *next == asset).map(|(_, booking)| *booking);
			let pot = shared.next_if(|(next, _)| *next == asset).map_or(0, |(_, pot)| pot.amount);
			let carried_in = carried.next_if(|(next, _)| *next == asset).map_or(0, |(_, carry)| carry.amount);
			let rate = accruals.get(slot).copied().unwrap_or_default();
			if rate == 0 && booking.is_none() && carried_in == 0 {
				continue;
			}
			let weight = weights.get(slot).copied().filter(|_| rate > 0);
			let call_fees = booking.unwrap_or_default().total().and_then(|total| total.checked_sub(pot));
			let statement = PackedStatement {
				weight,
				shared: share(weight.unwrap_or_default(), rate).unwrap_or_default(),
				call_fees: call_fees.unwrap_or_default(),
				carried_in,
				payee: payees.get(slot).copied().flatten(),
			};
			let carried_out = Self::state(settlement, dues, asset, statement, &mut statements, &mut work);
			carrying.set(asset, Carry { amount: carried_out });
		}
		if !statements.is_empty() {
			StatementPages::<T>::insert(period, page, statements);
		}
		match (carrying.is_empty(), carries.is_empty()) {
			(false, _) => CarryPages::<T>::insert(page, carrying),
			(true, false) => CarryPages::<T>::remove(page),
			(true, true) => {}
		}
		work
	}

	/// Writes down one statement and adds it to what its payee is due. Returns what the asset carries on.
	fn state(
		settlement: &mut Settlement,
		dues: &mut Dues,
		asset: AssetId,
		mut statement: PackedStatement,
		statements: &mut StatementsPage,
		work: &mut Work,
	) -> MicroU {
		// Sums of what came in, which the period's limit keeps from overflowing.
		let due = statement.due().unwrap_or_default();
		if due < CENT {
			statement.payee = None;
		} else if statement.payee.is_none() {
			work.lookups += 1;
			statement.payee = T::Genealogy::find_payee(asset);
		}
		let (paid, carried_out) = statement.divided().unwrap_or_default();
		if let Some(payee) = statement.payee {
			let holds = dues.contested.hold(asset, paid);
			let held = holds.iter().map(|(_, _, amount)| amount).sum();
			dues.add::<T>(payee, paid.saturating_sub(held), &mut work.reads);
			settlement.report.held_out += held;
			work.lookups += holds.len() as u32;
			for hold in holds {
				Self::announce(settlement.period, payee, hold);
			}
			settlement.report.earning += 1;
			settlement.due += paid;
		}
		settlement.report.shared += statement.shared;
		settlement.report.carried_in += statement.carried_in;
		settlement.report.carried_out += carried_out;
		if due > 0 {
			work.statements += 1;
			statements.set(asset, statement);
		}
		carried_out
	}

	/// Announces what is held of a payment.
	fn announce(
		period: Period,
		payee: PayeeIndex,
		(derivative, ancestor, amount): (AssetId, AssetId, MicroU),
	) {
		let accounts = T::Genealogy::payee_accounts(payee_page_of(payee));
		if let Some(payee) = accounts.into_iter().nth(payee_slot_of(payee)) {
			Self::deposit_event(Event::Withheld { period, derivative, ancestor, payee, amount });
		}
	}
}
