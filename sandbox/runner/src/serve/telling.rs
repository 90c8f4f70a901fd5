//! When it may be known that a job ended.
//!
//! What owners are told lies in the exchange, where others may see when it came. A job chooses when it ends, so owners are told
//! when a report may come ([`pace`]), and no sooner.

use super::{
	ServeError,
	agreement::Agreement,
	daemon::{Daemon, Event},
	jobs::Ended,
	look::entry_of,
	pace, review,
};
use heirloom_sandbox_chain::{
	At,
	types::{Moment, PermitId, PermitRecord},
};
use std::time::Duration;

impl Daemon {
	/// Whether it may be known that a job ended: the time of its report has come, and its owners were told what they are to
	/// know. Begins to tell them; until that is done the permit is not gone on with.
	pub(super) async fn may_be_known(
		&mut self,
		at: &At,
		permit: PermitId,
		ended: &Ended,
		record: &PermitRecord,
		now: Moment,
	) -> Result<bool, ServeError> {
		if !pace::may_report(ended.report_after, pace::now(), now, record.expires_at) {
			return Ok(false);
		}
		if self.told.contains(&permit) {
			return Ok(true);
		}
		let (notes, held) = (self.jobs.notes(permit)?, review::to_decide(entry_of(ended), record, now));
		if notes.is_empty() && held.is_none() {
			return Ok(true);
		}
		let agreement = Agreement::read(at, permit, record.clone()).await.map_err(ServeError::Chain)?;
		let (bench, sender) = (self.bench.clone(), self.sender.clone());
		self.telling.insert(permit);
		// A Kubo node may have to ask others for the ciphertext that a data key is checked with.
		tokio::task::spawn_blocking(move || {
			review::tell_owners(&bench.sources, &bench.place, &agreement, &notes, held);
			// The loop ends before this thread only when the program does.
			drop(sender.send(Event::Told(permit)));
		});
		Ok(false)
	}

	/// Looks again when the time of a report has come. Without this the next look may be seconds later, and how many would depend
	/// on when the job ended.
	pub(super) fn look_again_at(&self, time: Moment) {
		let wait = Duration::from_millis(time.saturating_sub(pace::now()));
		let sender = self.sender.clone();
		tokio::spawn(async move {
			tokio::time::sleep(wait).await;
			drop(sender.send(Event::Due));
		});
	}
}
