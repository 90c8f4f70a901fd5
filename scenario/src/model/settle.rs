//! From bookings to payments.

use super::{Error, Month, Version, Weight, ancestors, weight::Figures};

/// Fractional bits of what a weight unit earns.
const FRACTION_BITS: u32 = 48;
/// Payments are made in whole cents: 10,000 micro-U.
pub(crate) const CENT: u128 = 10_000;

/// A settled month. Amounts are micro-U.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
	/// The assets that weighed something or were due something, by position.
	pub rows: Vec<Row>,
	/// The derivatives with a pot, by position.
	pub pots: Vec<Pot>,
	/// All together.
	pub totals: Totals,
}

/// What one asset was due and what comes of it: `shared + call_fees + carried_in = due = paid + carried`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
	/// Position of the asset.
	pub asset: usize,
	/// Its weight, where a pot reached it.
	pub weight: Option<Weight>,
	/// Its shares of its descendants' pots.
	pub shared: u128,
	/// Its own part of what was booked for it.
	pub call_fees: u128,
	/// Carried from earlier months.
	pub carried_in: u128,
	/// The sum of these three.
	pub due: u128,
	/// The whole cents of it.
	pub paid: u128,
	/// The rest.
	pub carried: u128,
}

/// What one derivative shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pot {
	/// Position of the derivative.
	pub asset: usize,
	/// The amount, of which the ancestors get 80 %.
	pub amount: u128,
	/// The eligible ancestors that share it, ascending.
	pub ancestors: Vec<usize>,
	/// Sum of their weights.
	pub total_weight: u128,
	/// What a weight unit gets: `⌈80 % of amount × 2^48 / total_weight⌉`.
	pub per_weight: u128,
}

/// The totals of a month. `revenue + call_fees + carried_in = paid + carried + pool`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
	/// Assets in all.
	pub assets: u32,
	/// Assets on the list at the close.
	pub active: u32,
	/// Pairs of earning derivative and ancestor that shares its pot.
	pub pairs: u64,
	/// Derivatives with a pot.
	pub pots: u32,
	/// Sum of the pots.
	pub revenue: u128,
	/// Sum of what stayed with the assets it was booked for.
	pub call_fees: u128,
	/// Carried in from earlier months.
	pub carried_in: u128,
	/// Sum of the ancestors' shares.
	pub shared: u128,
	/// To the ecosystem pool.
	pub pool: u128,
	/// Paid out.
	pub paid: u128,
	/// Carried to the next month.
	pub carried: u128,
	/// Assets that are paid something.
	pub payees: u32,
	/// Average attested quality by [`Kind::ALL`](super::Kind::ALL).
	pub averages: [Option<u32>; 3],
}

/// One descendant's part in an ancestor's share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
	/// The descendant's pot.
	pub pot: &'a Pot,
	/// This line alone, rounded down; the share is rounded once, over all lines.
	pub amount: u128,
}

impl Settlement {
	/// The lines that an ancestor's share is made of, by position of the descendant.
	pub fn lines(&self, ancestor: &Row) -> impl Iterator<Item = Line<'_>> {
		let (asset, weight) = (ancestor.asset, ancestor.weight.map_or(0, |weight| u128::from(weight.bps)));
		let reached = self.pots.iter().filter(move |pot| pot.ancestors.binary_search(&asset).is_ok());
		// Less than the share that `settle` computed from the sum of these rates, so it fits.
		reached.map(move |pot| Line { pot, amount: (weight * pot.per_weight) >> FRACTION_BITS })
	}

	/// The statement of an asset, where it has one.
	pub fn row(&self, asset: usize) -> Option<&Row> {
		self.rows.binary_search_by_key(&asset, |row| row.asset).ok().map(|found| &self.rows[found])
	}
}

/// What was booked for one asset.
#[derive(Clone, Copy, Default)]
struct Booked {
	gross: u128,
	reported: u128,
	units: u128,
}

/// Settles a month.
pub fn settle(month: &Month) -> Result<Settlement, Error> {
	let eligible = eligible_ancestors(month)?;
	let booked = bookings(month)?;
	let units: Vec<_> = booked.iter().map(|booked| booked.units).collect();
	let figures = Figures::new(month, &units)?;

	let mut call_fees = vec![0; month.assets.len()];
	let mut weights: Vec<Option<Weight>> = vec![None; month.assets.len()];
	let mut rates = vec![0u128; month.assets.len()];
	let mut pots = Vec::new();
	for (asset, ancestors) in eligible.into_iter().enumerate() {
		let amount = pot(month, &ancestors, &booked[asset])?;
		call_fees[asset] = add(booked[asset].gross, booked[asset].reported)? - amount;
		if amount == 0 {
			continue;
		}
		let ancestors = sharing(month, ancestors);
		let mut total_weight = 0;
		for &ancestor in &ancestors {
			let weight = match weights[ancestor] {
				Some(weight) => weight,
				None => *weights[ancestor].insert(figures.weigh(&month.assets[ancestor], units[ancestor])?),
			};
			total_weight += u128::from(weight.bps);
		}
		// Rounded up: a share that comes out even stays even.
		let scaled = part(amount)?.checked_mul(1 << FRACTION_BITS).ok_or(Error::Overflow)?;
		let per_weight = scaled.div_ceil(total_weight);
		for &ancestor in &ancestors {
			rates[ancestor] = add(rates[ancestor], per_weight)?;
		}
		pots.push(Pot { asset, amount, ancestors, total_weight, per_weight });
	}

	let mut rows = Vec::new();
	for (asset, facts) in month.assets.iter().enumerate() {
		let weight = weights[asset];
		let weighed = u128::from(weight.map_or(0, |weight| weight.bps));
		let shared = weighed.checked_mul(rates[asset]).ok_or(Error::Overflow)? >> FRACTION_BITS;
		let due = add(add(shared, call_fees[asset])?, facts.carried_in)?;
		if weight.is_some() || due > 0 {
			let (paid, carried) = (due / CENT * CENT, due % CENT);
			let (call_fees, carried_in) = (call_fees[asset], facts.carried_in);
			rows.push(Row { asset, weight, shared, call_fees, carried_in, due, paid, carried });
		}
	}
	let totals = totals(month, &rows, &pots, figures.averages)?;
	Ok(Settlement { rows, pots, totals })
}

/// The transitive ancestors that a derivative shares with: `Share` terms and active.
fn eligible_ancestors(month: &Month) -> Result<Vec<Vec<usize>>, Error> {
	let eligible = |asset: &usize| month.assets[*asset].active && month.assets[*asset].share_rate.is_some();
	let mut ancestors = ancestors(&month.assets)?;
	ancestors.iter_mut().for_each(|ancestors| ancestors.retain(eligible));
	Ok(ancestors)
}

/// Which of its eligible ancestors share a pot: by the second version the proven ones, where there are any.
fn sharing(month: &Month, eligible: Vec<usize>) -> Vec<usize> {
	let proven = |ancestor: &usize| month.assets[*ancestor].is_proven();
	match month.version {
		Version::V2 if eligible.iter().any(proven) => eligible.into_iter().filter(proven).collect(),
		Version::V1 | Version::V2 => eligible,
	}
}

fn bookings(month: &Month) -> Result<Vec<Booked>, Error> {
	let mut booked = vec![Booked::default(); month.assets.len()];
	for call in &month.calls {
		let of = booked.get_mut(call.asset).ok_or(Error::UnknownAsset(call.asset))?;
		of.gross = add(of.gross, call.fee)?;
		// Only what others pay for counts as use.
		if call.fee > 0 && !call.own {
			of.units = add(of.units, u128::from(call.units))?;
		}
	}
	for revenue in &month.revenue {
		let of = booked.get_mut(revenue.asset).ok_or(Error::UnknownAsset(revenue.asset))?;
		of.reported = add(of.reported, revenue.amount)?;
	}
	Ok(booked)
}

/// What is shared of an asset's bookings: of the call fees the highest rate among its eligible ancestors, and all
/// reported revenue; without such an ancestor nothing.
fn pot(month: &Month, eligible: &[usize], booked: &Booked) -> Result<u128, Error> {
	let rates = eligible.iter().filter_map(|ancestor| month.assets[*ancestor].share_rate);
	let Some(rate) = rates.max() else { return Ok(0) };
	let shared = booked.gross.checked_mul(u128::from(rate)).ok_or(Error::Overflow)? / 10_000;
	add(shared, booked.reported)
}

/// The ancestors' 80 % of a pot.
fn part(pot: u128) -> Result<u128, Error> {
	Ok(pot.checked_mul(80).ok_or(Error::Overflow)? / 100)
}

fn totals(month: &Month, rows: &[Row], pots: &[Pot], averages: [Option<u32>; 3]) -> Result<Totals, Error> {
	let count = |count: usize| u32::try_from(count).map_err(|_| Error::Overflow);
	let revenue = sum(pots.iter().map(|pot| pot.amount))?;
	let shared = sum(rows.iter().map(|row| row.shared))?;
	let totals = Totals {
		assets: count(month.assets.len())?,
		active: count(month.assets.iter().filter(|asset| asset.active).count())?,
		pairs: pots.iter().map(|pot| pot.ancestors.len() as u64).sum(),
		pots: count(pots.len())?,
		revenue,
		call_fees: sum(rows.iter().map(|row| row.call_fees))?,
		carried_in: sum(rows.iter().map(|row| row.carried_in))?,
		shared,
		// Its 20 %, and what rounding left over.
		pool: revenue.checked_sub(shared).ok_or(Error::TooMuchWeight)?,
		paid: sum(rows.iter().map(|row| row.paid))?,
		carried: sum(rows.iter().map(|row| row.carried))?,
		payees: count(rows.iter().filter(|row| row.paid > 0).count())?,
		averages,
	};
	if sum(pots.iter().map(|pot| pot.total_weight))? >= 1 << FRACTION_BITS {
		return Err(Error::TooMuchWeight);
	}
	check_balance(month, pots, &totals)?;
	Ok(totals)
}

/// Money in = paid + carried + pool, and the pool has at least its own part of each pot.
fn check_balance(month: &Month, pots: &[Pot], totals: &Totals) -> Result<(), Error> {
	let fees = month.calls.iter().map(|call| call.fee);
	let reported = month.revenue.iter().map(|revenue| revenue.amount);
	let carried_in = month.assets.iter().map(|asset| asset.carried_in);
	let money_in = sum(fees.chain(reported).chain(carried_in))?;
	let mut pool_part = 0;
	for pot in pots {
		pool_part = add(pool_part, pot.amount - part(pot.amount)?)?;
	}
	let money_out = add(add(totals.paid, totals.carried)?, totals.pool)?;
	if money_in == money_out && totals.pool >= pool_part { Ok(()) } else { Err(Error::Unbalanced) }
}

fn add(a: u128, b: u128) -> Result<u128, Error> {
	a.checked_add(b).ok_or(Error::Overflow)
}

fn sum(mut amounts: impl Iterator<Item = u128>) -> Result<u128, Error> {
	amounts.try_fold(0, add)
}
