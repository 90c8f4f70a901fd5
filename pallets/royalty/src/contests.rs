//! What is held while it is disputed whether an asset is an ancestor of another one.
//!
//! A month is split by the genealogy as it stands at its close, and so is every statement. What is held is a part of a
//! payment, and only of one party's, so that everybody else is paid in full and on time:
//!
//! * of an ancestor that is said not to be one: its share of the derivative's pot;
//! * for an ancestor that is said to be left out: what it would have got of the derivative's pot beside the others. It is
//!   held from the derivative's own payment, as far as that reaches: who left an ancestor out bears it, not those that
//!   were named.
//!
//! Pots of assets that descend from the derivative are not held. The amounts are computed when the derivative is spread,
//! rounded down to whole cents, and held back when the payment is stated. A contest counts for months that close after it
//! was opened and before it is decided or its time is over, and only where it agrees with the genealogy at the close: of an
//! ancestor that is said to be missing and has become one in another way nothing is held, and nothing for one that is said
//! to be inserted and is none any more.

use crate::{
	AccountIdOf, Booking, BookingPages, Config, Contest, DuePages, Error, Event, OpenContests, OpenPeriod,
	Pallet, PendingPeriod, Totals, WeightInfo, settlement::due::write_dues,
};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{Get, Time},
	weights::Weight,
};
use heirloom_primitives::{
	AssetId, Bookings, Bps, Contests, EdgeEdit, Formula, Genealogy, Heirs, HeldFor, MicroU, Moment,
	PERIOD_LIMIT, Period, Standing, page_of, payee_page_of, payee_slot_of, rate_per_weight, share, split,
	whole_cents,
};
use sp_runtime::{DispatchError, DispatchResult};

/// The most contests of one derivative: settling it reads so many more pages.
pub const MAX_CONTESTS_OF_ONE: u32 = 8;

/// The contests that count for a settlement, in memory.
pub(crate) struct Contested {
	/// By derivative and ancestor, as they are stored.
	all: Vec<Contest>,
	/// Assets from whose payment something is wanted, with the position of the contest, in order.
	wanting: Vec<(AssetId, usize)>,
	period: Period,
	closed_at: Moment,
	changed: bool,
}

impl Contested {
	/// Those for a period that was closed at that time.
	pub fn load<T: Config>(period: Period, closed_at: Moment) -> Self {
		let all = OpenContests::<T>::get().into_inner();
		let wanted = |(at, contest): (usize, &Contest)| contest.wanted.map(|(from, _)| (from, at));
		let mut wanting: Vec<_> = all.iter().enumerate().filter_map(wanted).collect();
		wanting.sort_unstable();
		Self { all, wanting, period, closed_at, changed: false }
	}

	/// The ancestors that are contested for a derivative, each with whether it is said to be missing.
	pub fn ancestors_of(&self, derivative: AssetId) -> impl Iterator<Item = (AssetId, bool)> {
		let first = self.all.partition_point(|contest| contest.derivative < derivative);
		let of_it = self.all.iter().skip(first).take_while(move |contest| contest.derivative == derivative);
		let counts = |contest: &&Contest| contest.since <= self.period && self.closed_at <= contest.until;
		of_it.filter(counts).map(|contest| (contest.ancestor, contest.missing))
	}

	/// Notes what is to be held of the payment for `from`.
	pub fn want(&mut self, derivative: AssetId, ancestor: AssetId, from: AssetId, amount: MicroU) {
		let (amount, _) = whole_cents(amount);
		let found = self.all.binary_search_by_key(&(derivative, ancestor), Contest::pair);
		let found = found.ok().filter(|_| amount > 0).and_then(|at| self.all.get_mut(at));
		if let Some(contest) = found {
			contest.wanted = Some((from, amount));
			self.changed = true;
		}
	}

	/// Holds what is wanted of a payment for `asset`, as far as it reaches. Returns what is held for which derivative and
	/// ancestor.
	pub fn hold(&mut self, asset: AssetId, paid: MicroU) -> Vec<(AssetId, AssetId, MicroU)> {
		let mut left = paid;
		let mut holds = Vec::new();
		let first = self.wanting.partition_point(|(from, _)| *from < asset);
		for (_, at) in self.wanting.iter().skip(first).take_while(|(from, _)| *from == asset) {
			let Some(contest) = self.all.get_mut(*at) else { continue };
			let Some((_, wanted)) = contest.wanted.take() else { continue };
			self.changed = true;
			let held = wanted.min(left);
			left -= held;
			// Sums of what came in, which the periods' limits keep from overflowing.
			contest.held = contest.held.saturating_add(held);
			if held > 0 {
				holds.push((contest.derivative, contest.ancestor, held));
			}
		}
		holds
	}

	/// Forgets what is still wanted: there was no payment to hold it from.
	pub fn forget(&mut self) {
		for contest in &mut self.all {
			self.changed |= contest.wanted.take().is_some();
		}
	}

	pub fn store<T: Config>(&mut self) {
		if core::mem::take(&mut self.changed) {
			OpenContests::<T>::put(frame_support::BoundedVec::truncate_from(self.all.clone()));
		}
	}
}

/// A pot before it is spread, and the ancestors that it is spread over.
pub(crate) struct Spread<'a> {
	pub booking: &'a Booking,
	pub heirs: Heirs,
}

impl Spread<'_> {
	/// What an eligible ancestor that takes part gets: nothing where only proven ones share and it is none. None on an
	/// overflow, which the period's limit excludes.
	pub fn share_of(&self, formula: &Formula, weight: Bps, proven: bool) -> Option<MicroU> {
		if !self.heirs.includes(formula, proven) {
			return Some(0);
		}
		let pot = split(self.booking.gross, self.booking.reported, self.heirs.highest_rate)?.pot;
		share(weight, rate_per_weight(formula, pot, self.heirs.total(formula))?)
	}

	/// What an ancestor with this weight and standing would get if it took part as well.
	pub fn share_with(&self, formula: &Formula, weight: Bps, standing: Standing) -> Option<MicroU> {
		let mut heirs = self.heirs;
		heirs.add(weight, standing);
		Spread { booking: self.booking, heirs }.share_of(formula, weight, standing.proven)
	}
}

impl<T: Config> Pallet<T> {
	/// What is held for all contests, in micro-U.
	pub(crate) fn contested_amount() -> MicroU {
		OpenContests::<T>::get().iter().fold(0, |sum, contest| contest.held.saturating_add(sum))
	}

	/// Adds to what a payee is due: it is paid with the next settlement, and can be claimed before. Returns who that is.
	fn owe(asset: AssetId, amount: MicroU) -> Result<AccountIdOf<T>, DispatchError> {
		let payee = T::Genealogy::find_payee(asset).ok_or(Error::<T>::NotFound)?;
		let mut dues = DuePages::<T>::get(payee_page_of(payee));
		let slot = payee_slot_of(payee);
		if dues.len() <= slot {
			dues.bounded_resize(slot + 1, 0);
		}
		let due = dues.get_mut(slot).ok_or(Error::<T>::NotFound)?;
		*due = due.checked_add(amount).ok_or(Error::<T>::PeriodLimitReached)?;
		write_dues::<T>(payee_page_of(payee), dues);
		let accounts = T::Genealogy::payee_accounts(payee_page_of(payee));
		accounts.into_iter().nth(slot).ok_or(Error::<T>::NotFound.into())
	}

	/// Books what was held as revenue of the derivative in the open period, where it is split once more.
	fn book_again(asset: AssetId, amount: MicroU) -> DispatchResult {
		let period = OpenPeriod::<T>::get();
		let total = Totals::<T>::get(period).checked_add(amount).filter(|total| *total < PERIOD_LIMIT);
		Totals::<T>::insert(period, total.ok_or(Error::<T>::PeriodLimitReached)?);
		BookingPages::<T>::try_mutate(period, page_of(asset), |page| {
			let mut booking = page.get(asset);
			let reported = booking.reported.checked_add(amount);
			booking.reported = reported.ok_or(Error::<T>::PeriodLimitReached)?;
			page.set(asset, booking);
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::RevenueReported { period, asset, who: T::PotAccount::get(), amount });
		Ok(())
	}
}

impl<T: Config> Contests for Pallet<T> {
	fn is_settling() -> bool {
		PendingPeriod::<T>::exists()
	}

	fn open(doubted: &EdgeEdit, until: Moment) -> DispatchResult {
		let EdgeEdit { child: derivative, parent: ancestor, .. } = *doubted;
		OpenContests::<T>::try_mutate(|contests| {
			let of_it = contests.iter().filter(|contest| contest.derivative == derivative);
			let Err(at) = contests.binary_search_by_key(&(derivative, ancestor), Contest::pair) else {
				return Err(Error::<T>::AlreadyContested.into());
			};
			ensure!(of_it.count() < MAX_CONTESTS_OF_ONE as usize, Error::<T>::TooManyContests);
			let (missing, since) = (doubted.is_addition(), OpenPeriod::<T>::get());
			let contest = Contest { derivative, ancestor, missing, since, until, wanted: None, held: 0 };
			contests.try_insert(at, contest).map_err(|_| Error::<T>::TooManyContests.into())
		})
	}

	fn decided(derivative: AssetId, ancestor: AssetId) {
		let now = T::Time::now();
		OpenContests::<T>::mutate(|contests| {
			let found = contests.binary_search_by_key(&(derivative, ancestor), Contest::pair);
			if let Some(contest) = found.ok().and_then(|at| contests.get_mut(at)) {
				contest.until = contest.until.min(now);
			}
		});
	}

	fn end(derivative: AssetId, ancestor: AssetId, to: HeldFor) -> Result<MicroU, DispatchError> {
		ensure!(!<Self as Contests>::is_settling(), Error::<T>::SettlementUnderWay);
		let held = OpenContests::<T>::try_mutate(|contests| {
			let at = contests.binary_search_by_key(&(derivative, ancestor), Contest::pair);
			Ok::<_, Error<T>>(contests.remove(at.map_err(|_| Error::<T>::NotFound)?).held)
		})?;
		if held > 0 {
			let to = match to {
				HeldFor::Payee(asset) => Some(Self::owe(asset, held)?),
				HeldFor::Revenue => Self::book_again(derivative, held).map(|()| None)?,
			};
			Self::deposit_event(Event::Released { derivative, ancestor, to, amount: held });
		}
		Ok(held)
	}

	fn end_weight(ancestors: u32) -> Weight {
		T::WeightInfo::end_contest()
			.saturating_add(<Self as Bookings<AccountIdOf<T>>>::settlement_weight(ancestors))
	}

	fn held(derivative: AssetId, ancestor: AssetId) -> Option<MicroU> {
		let contests = OpenContests::<T>::get();
		let at = contests.binary_search_by_key(&(derivative, ancestor), Contest::pair).ok()?;
		contests.get(at).map(|contest| contest.held)
	}

	fn count() -> u32 {
		OpenContests::<T>::decode_len().unwrap_or_default() as u32
	}
}
