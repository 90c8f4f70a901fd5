//! Permits that cannot be gone on with for now, so that one of them does not hold up the others.
//!
//! What strangers wrote can make a step fail again and again: a folder where a report is to be handed out, an owner's
//! folder that is a link. That is told once, the permit is set aside, and the step is tried again later.

use super::ServeError;
use heirloom_sandbox_chain::types::PermitId;
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};

/// When what failed is tried again.
const AGAIN: Duration = Duration::from_secs(30);

/// What was set aside.
#[derive(Debug, Default)]
pub struct Aside(BTreeMap<PermitId, Failure>);

#[derive(Debug)]
struct Failure {
	said: String,
	again: Instant,
}

/// What to do about an error of one permit.
#[derive(Debug)]
pub enum Set {
	/// It is set aside; whether this is to be told, because it was not before.
	Aside {
		/// Whether it is new.
		tell: bool,
		/// What failed.
		error: ServeError,
	},
	/// It concerns all permits.
	Fatal(ServeError),
}

impl Aside {
	/// Whether a permit may be gone on with.
	pub fn is_due(&self, permit: PermitId, now: Instant) -> bool {
		self.0.get(&permit).is_none_or(|failure| failure.again <= now)
	}

	/// Sets a permit aside for an error, if the error is of this permit alone.
	pub fn set(&mut self, permit: PermitId, error: ServeError, now: Instant) -> Set {
		if !is_of_one(&error) {
			return Set::Fatal(error);
		}
		let (said, again) = (error.to_string(), now + AGAIN);
		let before = self.0.insert(permit, Failure { said: said.clone(), again });
		Set::Aside { tell: before.is_none_or(|before| before.said != said), error }
	}

	/// Forgets a permit's failure: a step of it went well, or it has ended.
	pub fn forget(&mut self, permit: PermitId) {
		self.0.remove(&permit);
	}
}

/// Whether an error comes of what belongs to one permit: its entries in the exchange, its output. The node and the
/// operator's own folder concern all.
fn is_of_one(error: &ServeError) -> bool {
	match error {
		ServeError::Exchange(_) | ServeError::Store(_) | ServeError::Fault(_) => true,
		ServeError::Unfit(_)
		| ServeError::OtherChain(_)
		| ServeError::Chain(_)
		| ServeError::Key(_)
		| ServeError::Jobs(..)
		| ServeError::Runtime(_) => false,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_exchange::ExchangeError;
	use std::io;

	fn hostile(why: &str) -> ServeError {
		ExchangeError::Malformed("released/17/report.json".into(), why.into()).into()
	}

	#[test]
	fn hostile_entry_should_be_told_once_and_hold_up_no_other_permit() {
		let (mut aside, now) = (Aside::default(), Instant::now());
		assert!(matches!(aside.set(17, hostile("a pipe"), now), Set::Aside { tell: true, .. }));
		assert!(!aside.is_due(17, now));
		assert!(aside.is_due(18, now));
		let later = now + AGAIN;
		assert!(aside.is_due(17, later));
		assert!(matches!(aside.set(17, hostile("a pipe"), later), Set::Aside { tell: false, .. }));
		assert!(matches!(aside.set(17, hostile("a link"), later), Set::Aside { tell: true, .. }));
		aside.forget(17);
		assert!(aside.is_due(17, later));
	}

	#[test]
	fn what_concerns_all_permits_should_not_be_set_aside() {
		let mut aside = Aside::default();
		let errors = [
			ServeError::Jobs("jobs".into(), io::ErrorKind::StorageFull.into()),
			ServeError::Chain(anyhow::anyhow!("no answer")),
		];
		for error in errors {
			assert!(matches!(aside.set(17, error, Instant::now()), Set::Fatal(_)));
		}
		assert!(aside.is_due(17, Instant::now()));
	}
}
