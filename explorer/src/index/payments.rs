//! Payments of a block, and what waits for payees.

use super::{
	News, Result,
	block::{Context, height},
};
use crate::{
	chain::decode::{
		Event,
		royalty::{self, Payment},
	},
	store::{
		Money, Month,
		write::{NewPayment, Tx},
	},
};
use std::collections::HashMap;

/// What waits for payees while a block is taken in. What waited before it is known only where the block has payments.
type Held = HashMap<String, Money>;

/// Takes in payments, and follows what waits for payees, in the order of the events: the block that pays may have claims
/// before the payments, and has releases behind them only.
pub async fn take_in(tx: &mut Tx, context: &Context<'_>, news: &mut Vec<News>) -> Result<()> {
	let events = context.block.noted.events.iter().filter_map(|placed| match &placed.event {
		Event::Royalty(event) => Some((placed.index, event)),
		_ => None,
	});
	let is_payment = |event: &royalty::Event| {
		matches!(event, royalty::Event::Paid(_) | royalty::Event::PaymentUndelivered(_))
	};
	let mut held =
		if events.clone().any(|(_, event)| is_payment(event)) { tx.all_held().await? } else { Held::new() };
	let mut rows = Vec::new();
	for (index, event) in events {
		match event {
			royalty::Event::Paid(payment) => {
				rows.push(paid(tx, &mut held, index, payment, true, news).await?);
			}
			royalty::Event::PaymentUndelivered(payment) => {
				rows.push(paid(tx, &mut held, index, payment, false, news).await?);
			}
			royalty::Event::Claimed(claimed) => {
				let payee = claimed.payee.to_string();
				tx.set_held(&payee, Money(0)).await?;
				held.remove(&payee);
			}
			royalty::Event::Released(released) => {
				let Some(payee) = released.to.as_ref().map(ToString::to_string) else { continue };
				let amount = Money::of("what was held", released.amount)?;
				tx.add_held(&payee, amount).await?;
				let waits = held.entry(payee).or_default();
				waits.0 = waits.0.saturating_add(amount.0);
			}
			royalty::Event::RevenueReported(_)
			| royalty::Event::Closed(_)
			| royalty::Event::Withheld(_)
			| royalty::Event::Reported(_) => {}
		}
	}
	Ok(tx.payments(height(context.block), context.at(), &rows).await?)
}

/// A payment that arrived, or did not.
async fn paid(
	tx: &mut Tx,
	held: &mut Held,
	index: u32,
	payment: &Payment,
	delivered: bool,
	news: &mut Vec<News>,
) -> Result<NewPayment> {
	let (payee, period) = (payment.payee.to_string(), Month(payment.period.into()));
	let amount = Money::of("a payment", payment.amount)?;
	let held_before = held.get(&payee).copied().unwrap_or_default();
	// What could not be delivered is all that waits now: what waited before was tried again with it.
	let waits = if delivered { Money(0) } else { amount };
	if waits != held_before {
		tx.set_held(&payee, waits).await?;
		held.insert(payee.clone(), waits);
	}
	news.push(News::Paid { period, payee: payee.clone(), amount, delivered });
	Ok(NewPayment { event: index.into(), period, payee, amount, delivered, held_before })
}
