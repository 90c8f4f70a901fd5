//! Delivery: each webhook by itself, in order, again and again until a message is accepted.

use super::{
	Webhook,
	message::Message,
	send::{Outcome, Sender},
};
use crate::{
	chain::Node,
	store::{
		Store,
		read::alerts::{Alert, Place},
	},
};
use anyhow::{Context, Result};
use futures::future::join_all;
use std::{sync::Arc, time::Duration};

/// Messages that are read at once.
const AT_ONCE: i64 = 100;

/// Blocks that are looked through at once.
const BLOCKS: i64 = 1_000;

/// How long the pauses are.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
	/// Between two looks at what is new, and before a database or a node is asked again.
	pub look: Duration,
	/// Before a message is sent again for the first time; each pause behind it is twice as long.
	pub first: Duration,
	/// The longest between two attempts.
	pub longest: Duration,
	/// How long a receiver may take to answer.
	pub answer: Duration,
}

impl Default for Pace {
	fn default() -> Self {
		Self {
			look: Duration::from_secs(1),
			first: Duration::from_secs(1),
			longest: Duration::from_secs(60 * 60),
			answer: Duration::from_secs(20),
		}
	}
}

/// Tells all webhooks what happens, for ever. Those that are not among them any more are forgotten, unless none is named at all.
pub async fn follow(store: &Store, node: &Arc<Node>, hooks: Vec<Webhook>, pace: Pace) -> Result<()> {
	if hooks.is_empty() {
		return std::future::pending().await;
	}
	let names: Vec<_> = hooks.iter().map(|hook| hook.name.clone()).collect();
	store.forget_webhooks_but(&names).await.context("webhooks that are not in the file any more")?;
	let mut deliveries = Vec::new();
	for hook in hooks {
		let sender = Sender::new(hook.allow_private).context("webhooks need certificate authorities")?;
		deliveries.push(Delivery { store: store.clone(), node: node.clone(), hook, sender, pace });
	}
	join_all(deliveries.iter().map(Delivery::run)).await;
	// All receivers are gone.
	std::future::pending().await
}

/// One webhook.
struct Delivery {
	store: Store,
	node: Arc<Node>,
	hook: Webhook,
	sender: Sender,
	pace: Pace,
}

/// Whether there will be more messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Receiver {
	Listens,
	Gone,
}

impl Delivery {
	/// Ends where the receiver is gone.
	async fn run(&self) {
		let mut told = self.begin().await;
		let mut kept = told;
		loop {
			match self.go_on(&mut told).await {
				Ok(Receiver::Gone) => {
					tracing::warn!(
						"webhook {}: its receiver is gone (410); no more until the next start",
						self.hook.name
					);
					return;
				}
				Ok(Receiver::Listens) => {}
				Err(error) => tracing::warn!("webhook {}: {error:#}", self.hook.name),
			}
			// Blocks without a message are worth a write only once they are many.
			if told.height >= kept.height.saturating_add(BLOCKS) {
				self.keep(told).await;
				kept = told;
			}
			tokio::time::sleep(self.pace.look).await;
		}
	}

	/// The place that this webhook was told up to. A new one begins behind the last final block: what was before is in the
	/// record and in the feed.
	async fn begin(&self) -> Place {
		let mut said = false;
		loop {
			match self.try_begin().await {
				Ok(place) => return place,
				Err(_) if said => {}
				Err(error) => tracing::warn!("webhook {} waits to begin: {error:#}", self.hook.name),
			}
			said = true;
			tokio::time::sleep(self.pace.look).await;
		}
	}

	async fn try_begin(&self) -> Result<Place> {
		let Webhook { name, account, .. } = &self.hook;
		if let Some(place) = self.store.webhook(name, account).await? {
			return Ok(place);
		}
		let last = self.node.last_final().await?.0;
		let taken_in = self.store.cursor().await?.map_or(-1, |cursor| cursor.height);
		let place = Place::behind(i64::try_from(last)?.max(taken_in));
		self.store.set_webhook(name, account, place).await?;
		tracing::info!("webhook {name} begins behind block {}", place.height);
		Ok(place)
	}

	/// Sends all that is taken in and was not told yet.
	async fn go_on(&self, told: &mut Place) -> Result<Receiver> {
		let taken_in = self.store.cursor().await?.map_or(-1, |cursor| cursor.height);
		loop {
			let until = taken_in.min(told.height.saturating_add(BLOCKS));
			if Place::behind(until) <= *told {
				return Ok(Receiver::Listens);
			}
			let alerts = self.store.alerts_after(&self.hook.account, *told, until, AT_ONCE).await?;
			let complete = i64::try_from(alerts.len())? < AT_ONCE;
			for alert in alerts {
				if self.tell(&alert).await? == Receiver::Gone {
					return Ok(Receiver::Gone);
				}
				*told = alert.place();
				self.keep(*told).await;
			}
			if complete {
				*told = Place::behind(until);
			}
		}
	}

	/// Sends one message until it is accepted.
	async fn tell(&self, alert: &Alert) -> Result<Receiver> {
		let message = Message::new(&self.hook, alert)?;
		let mut wait = self.pace.first;
		loop {
			let moment = chrono::Utc::now().timestamp();
			match self.sender.send(&self.hook, &message, moment, self.pace.answer).await {
				Outcome::Accepted => return Ok(Receiver::Listens),
				Outcome::Gone => return Ok(Receiver::Gone),
				Outcome::Failed { why, pause } => {
					// Up to a fifth more, so that receivers that failed together are not asked together.
					let longer = wait.max(pause.unwrap_or_default()).min(self.pace.longest);
					let longer = longer.mul_f64(1.0 + fastrand::f64() / 5.0);
					let (name, id) = (&self.hook.name, &message.id);
					tracing::warn!("webhook {name}: {why}; {id} again in {:.1} s", longer.as_secs_f64());
					tokio::time::sleep(longer).await;
					wait = wait.saturating_mul(2).min(self.pace.longest);
				}
			}
		}
	}

	/// Writes down up to where it was told. Where that fails it is done with the next message: at worst, an explorer that is
	/// started again sends something twice.
	async fn keep(&self, told: Place) {
		let Webhook { name, account, .. } = &self.hook;
		if let Err(error) = self.store.set_webhook(name, account, told).await {
			tracing::warn!("webhook {name}: {error}");
		}
	}
}
