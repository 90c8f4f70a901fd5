//! What is told of an account: uses of its assets, payments to it, what disputes hold of them.

use super::{
	payments::Payment,
	receipts::NamedReceipt,
	withheld::{Withheld, named},
};
use crate::{
	on,
	store::{Money, Month, NEWEST, Result, Store},
};

/// Months whose payments are among the latest that is told.
const MONTHS: i64 = 24;

/// Where something that is told stands among all: its block, its event in the block. One event can release what was held of
/// several months, so the month is the last part; 0 of all else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow)]
pub struct Place {
	/// The block.
	pub height: i64,
	/// The event's position in it.
	pub event: i64,
	/// The month.
	pub part: i64,
}

impl Place {
	/// Behind everything in a block.
	pub const fn behind(height: i64) -> Self {
		Self { height, event: i64::MAX, part: i64::MAX }
	}
}

/// Something that happened to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alert {
	/// Somebody else used an asset of its.
	Used(NamedReceipt),
	/// It was paid, or could not receive.
	Paid(Payment),
	/// A part of a payment to it is held while an edge of the genealogy is disputed.
	Withheld(Withheld),
	/// What was held of a payment to it was given away, or what was held of another's became due to it.
	Released(Withheld),
}

impl Alert {
	/// Where it stands among all.
	pub fn place(&self) -> Place {
		match self {
			Self::Used(NamedReceipt { receipt, .. }) => {
				Place { height: receipt.height, event: receipt.event, part: 0 }
			}
			Self::Paid(payment) => Place { height: payment.height, event: payment.event, part: 0 },
			Self::Withheld(held) => Place { height: held.height, event: held.event, part: 0 },
			Self::Released(held) => Place {
				height: held.released_in.unwrap_or(held.height),
				event: held.released_event.unwrap_or_default(),
				part: held.period.0,
			},
		}
	}

	/// When it happened, in milliseconds.
	pub fn at(&self) -> i64 {
		match self {
			Self::Used(NamedReceipt { receipt, .. }) => receipt.at,
			Self::Paid(payment) => payment.at,
			Self::Withheld(held) => held.at,
			Self::Released(held) => held.released_at.unwrap_or(held.at),
		}
	}

	/// What it is known by, for ever and of no other of the same account.
	pub fn key(&self) -> String {
		match self {
			Self::Used(NamedReceipt { receipt, .. }) => {
				format!("receipt-{}-{}", receipt.asset, receipt.number)
			}
			Self::Paid(payment) => format!("payment-{}", payment.period),
			Self::Withheld(held) => format!("withheld-{}-{}", held.height, held.event),
			Self::Released(held) => format!("released-{}-{}", held.height, held.event),
		}
	}

	/// How much money it is about.
	pub fn amount(&self) -> Money {
		match self {
			Self::Used(NamedReceipt { receipt, .. }) => receipt.fee,
			Self::Paid(payment) => payment.amount,
			Self::Withheld(held) | Self::Released(held) => held.amount,
		}
	}

	/// The month that it counts for.
	pub fn period(&self) -> Month {
		match self {
			Self::Used(NamedReceipt { receipt, .. }) => receipt.period,
			Self::Paid(payment) => payment.period,
			Self::Withheld(held) | Self::Released(held) => held.period,
		}
	}
}

impl Store {
	/// The latest that is told of an account, the newest first.
	pub async fn alerts_of(&self, account: &str, limit: i64) -> Result<Vec<Alert>> {
		const RELEASED: &str = named!(
			"(w.payee = $1 OR w.released_to = $1) AND w.released_in IS NOT NULL
			ORDER BY w.released_in DESC, w.released_event DESC, w.period DESC LIMIT $2"
		);
		let uses = self.uses_of_owner(account, limit).await?.items;
		let payments = self.payments_of(account, NEWEST, MONTHS).await?.items;
		let held = self.withheld_of(account, NEWEST, limit).await?.items;
		let released: Vec<Withheld> = on!(self, pool => sqlx::query_as(RELEASED)
			.bind(account).bind(limit).fetch_all(pool).await)?;
		let mut alerts = merged(uses, payments, held, released);
		alerts.reverse();
		alerts.truncate(usize::try_from(limit).unwrap_or_default());
		Ok(alerts)
	}

	/// What is told of an account behind a place and up to a block, in order, at most `limit`. An asset's uses are told to
	/// whoever owns it when this is asked: the month pays that account.
	pub async fn alerts_after(
		&self,
		account: &str,
		after: Place,
		until: i64,
		limit: i64,
	) -> Result<Vec<Alert>> {
		// The receipts of some blocks are few; those of an owner's assets can be millions.
		const USES: &str = "SELECT a.handle, r.* FROM receipts r CROSS JOIN assets a
			WHERE (r.height, r.event) > ($2, $3) AND r.height <= $4 AND a.id = r.asset AND a.owner = $1
				AND r.caller <> $1 ORDER BY r.height, r.event LIMIT $5";
		// Among an account's own, whatever else the blocks paid.
		const PAYMENTS: &str = "SELECT * FROM payments WHERE payee = $1
			AND (height + 0, event) > ($2, $3) AND height + 0 <= $4 ORDER BY height + 0, event LIMIT $5";
		const HELD: &str = named!(
			"w.payee = $1 AND (w.height, w.event) > ($2, $3) AND w.height <= $4
			ORDER BY w.height, w.event LIMIT $5"
		);
		const RELEASED: &str = named!(
			"(w.payee = $1 OR w.released_to = $1) AND (w.released_in, w.released_event, w.period) > ($2, $3, $6)
				AND w.released_in <= $4 ORDER BY w.released_in, w.released_event, w.period LIMIT $5"
		);
		let Place { height, event, part } = after;
		let uses: Vec<NamedReceipt> = on!(self, pool => sqlx::query_as(USES).bind(account).bind(height)
			.bind(event).bind(until).bind(limit).fetch_all(pool).await)?;
		let payments: Vec<Payment> = on!(self, pool => sqlx::query_as(PAYMENTS).bind(account).bind(height)
			.bind(event).bind(until).bind(limit).fetch_all(pool).await)?;
		let held: Vec<Withheld> = on!(self, pool => sqlx::query_as(HELD).bind(account).bind(height)
			.bind(event).bind(until).bind(limit).fetch_all(pool).await)?;
		let released: Vec<Withheld> = on!(self, pool => sqlx::query_as(RELEASED).bind(account).bind(height)
			.bind(event).bind(until).bind(limit).bind(part).fetch_all(pool).await)?;
		// Each list goes as far as the limit, so the first of all of them together are complete.
		let mut alerts = merged(uses, payments, held, released);
		alerts.truncate(usize::try_from(limit).unwrap_or_default());
		Ok(alerts)
	}
}

/// Everything in order.
fn merged(
	uses: Vec<NamedReceipt>,
	payments: Vec<Payment>,
	held: Vec<Withheld>,
	released: Vec<Withheld>,
) -> Vec<Alert> {
	let uses = uses.into_iter().map(Alert::Used);
	let payments = payments.into_iter().map(Alert::Paid);
	let held = held.into_iter().map(Alert::Withheld);
	let released = released.into_iter().map(Alert::Released);
	let mut alerts: Vec<Alert> = uses.chain(payments).chain(held).chain(released).collect();
	alerts.sort_by_key(Alert::place);
	alerts
}
