//! What is done at a final block.

use super::{
	ServeError,
	agreement::Agreement,
	aside::Set,
	chain_report,
	daemon::Daemon,
	decisions,
	jobs::{Ended, Ending, State},
	modes, pace, review,
	settle::{give_back, hand_out},
	standing,
	watch::{self, Next},
	work::Bench,
};
use crate::{Charge, OperatorFault, Refusal, Verdict};
use heirloom_exchange::Decision;
use heirloom_gate::{self as gate, Account, EntryId};
use heirloom_sandbox_chain::{
	At, H256, read,
	report::{Context, Role},
	types::{Moment, PermitId, PermitRecord, PermitStatus},
};
use std::time::Instant;
use tracing::{error, info, warn};

impl Daemon {
	/// Acts on what the state of a final block says.
	pub(super) async fn look(&mut self, block: H256) -> Result<(), ServeError> {
		let at = self.chain.at(block).await.map_err(ServeError::Chain)?;
		let now = read::now(&at).await.map_err(ServeError::Chain)?;
		let operator = read::operator(&at, &self.own.operator).await.map_err(ServeError::Chain)?;
		self.say_fitness(standing::check(operator.as_ref(), &self.own));
		self.stop_ended(&at, now).await?;
		self.follow_ended(&at, now).await?;
		let open = read::open_permits(&at, &self.own.operator).await.map_err(ServeError::Chain)?;
		let doubted = read::open_challenges(&at, &self.own.operator).await.map_err(ServeError::Chain)?;
		self.forget_others(&open, &doubted);
		self.take_new(&at, open, now).await?;
		self.take_challenges(&at, doubted, now).await?;
		self.looked(block);
		Ok(())
	}

	/// Stops running jobs whose permits have ended, or are about to expire.
	async fn stop_ended(&mut self, at: &At, now: Moment) -> Result<(), ServeError> {
		for (permit, cancel) in &self.running {
			let record = read::permit(at, *permit).await.map_err(ServeError::Chain)?;
			if let Some(stop) = watch::stop(record.as_ref(), now)
				&& cancel.stopped().is_none()
			{
				warn!(permit, ?stop, "the permit ended, or is about to; the job is stopped");
				cancel.stop(stop);
			}
		}
		Ok(())
	}

	/// Brings jobs that ran to their permits' end.
	async fn follow_ended(&mut self, at: &At, now: Moment) -> Result<(), ServeError> {
		for (permit, state) in self.jobs.unsettled() {
			if !self.aside.is_due(permit, Instant::now()) || self.telling.contains(&permit) {
				continue;
			}
			let record = match &state {
				// What was taken and does not run any more is taken again, or its permit has ended.
				State::Taken if self.running.contains_key(&permit) => continue,
				State::Taken | State::Ended(_) => {
					read::permit(at, permit).await.map_err(ServeError::Chain)?
				}
				State::Settled { .. } => continue,
			};
			let followed = match state {
				State::Taken => self.drop_taken(permit, record.as_ref()),
				State::Ended(ended) => self.follow(at, permit, *ended, record.as_ref(), now).await,
				State::Settled { .. } => Ok(()),
			};
			self.or_set_aside(permit, followed)?;
		}
		Ok(())
	}

	/// What fails of one permit alone holds up no other.
	fn or_set_aside(&mut self, permit: PermitId, result: Result<(), ServeError>) -> Result<(), ServeError> {
		let Err(error) = result else {
			self.aside.forget(permit);
			return Ok(());
		};
		match self.aside.set(permit, error, Instant::now()) {
			Set::Aside { tell, error } => {
				if tell {
					error!(permit, code = error.code(), %error, "set aside, and tried again later");
				}
				Ok(())
			}
			Set::Fatal(error) => Err(error),
		}
	}

	/// A job that was interrupted, and whose permit ended meanwhile.
	fn drop_taken(&mut self, permit: PermitId, record: Option<&PermitRecord>) -> Result<(), ServeError> {
		match record.map(|record| record.status) {
			Some(PermitStatus::Approved | PermitStatus::Requested) => Ok(()),
			Some(PermitStatus::Revoked) => self.settle(permit, Ending::Revoked),
			Some(PermitStatus::Expired) => self.settle(permit, Ending::Expired),
			Some(PermitStatus::Completed | PermitStatus::Refused | PermitStatus::Consumed { .. }) | None => {
				self.settle(permit, Ending::Otherwise)
			}
		}
	}

	async fn follow(
		&mut self,
		at: &At,
		permit: PermitId,
		mut ended: Ended,
		record: Option<&PermitRecord>,
		now: Moment,
	) -> Result<(), ServeError> {
		let (genesis, operator) = (self.chain.genesis(), self.own.operator);
		let signed = Context { genesis, permit, operator, role: Role::First };
		let hash = chain_report::of(&ended.report).hash(&signed);
		let next = watch::next(&ended, record, &hash, now);
		if let (Next::AskOwners | Next::Report, Some(record)) = (next, record)
			&& !self.may_be_known(at, permit, &ended, record, now).await?
		{
			return Ok(());
		}
		match (next, record) {
			(Next::AskOwners, Some(record)) => self.ask_owners(at, permit, ended, record, now).await,
			(Next::Report, Some(record)) => {
				if self.may_try_report(permit, record, now) && self.may_report(ended.report.verdict) {
					if modes::log_shows_medical(at, &ended.report).await? {
						warn!(permit, "an asset was put into medical mode since it was read; the log stays");
						ended.withhold();
						return self.set_refused(permit, ended);
					}
					info!(permit, verdict = ?ended.report.verdict, "reporting");
					self.report(permit, ended.report);
				}
				Ok(())
			}
			(Next::RefuseAsExpired, _) => {
				warn!(permit, "the permit expired before its report could be final");
				ended.refuse(Refusal::PermitExpired);
				self.set_refused(permit, ended)
			}
			(Next::HandOut(ending), _) => {
				// While the report was on its way.
				if modes::log_shows_medical(at, &ended.report).await? {
					warn!(permit, "an asset was put into medical mode since it was read; the log stays");
					self.jobs.drop_kept(permit)?;
				}
				let genesis = self.chain.genesis();
				let (exchange, place) = (&self.bench.sources.exchange, &self.bench.place);
				hand_out(exchange, place, &self.jobs, &genesis, permit, &ended)?;
				info!(permit, ?ending, to = %exchange.released_path(permit).display(), "handed out");
				self.settle(permit, ending)
			}
			(Next::Drop(ending), _) => {
				if ending == Ending::Otherwise {
					error!(
						permit,
						"another report than this runner's ended the permit; nothing is handed out"
					);
				}
				self.settle(permit, ending)?;
				self.erase_held(permit, &ended)
			}
			(Next::AskOwners | Next::Report, None) => self.settle(permit, Ending::Otherwise),
		}
	}

	/// Looks for what owners decided about held output, and acts on it.
	async fn ask_owners(
		&mut self,
		at: &At,
		permit: PermitId,
		ended: Ended,
		record: &PermitRecord,
		now: Moment,
	) -> Result<(), ServeError> {
		let Some(entry) = entry_of(&ended) else { return Ok(()) };
		let agreement = Agreement::read(at, permit, record.clone()).await.map_err(ServeError::Chain)?;
		let (exchange, genesis) = (&self.bench.sources.exchange, self.chain.genesis());
		let owners = agreement.owners().unwrap_or_default();
		let decided = decisions::decided(exchange, &genesis, permit, entry, &owners);
		let decision = match decided {
			Some(decision @ (Decision::Approve | Decision::Refuse)) => decision,
			Some(Decision::Share) if now < review::decide_by(record) => Decision::Share,
			None if now < review::decide_by(record) => return Ok(()),
			Some(Decision::Share) | None => {
				warn!(permit, "no owner decided about the output in time");
				Decision::Refuse
			}
		};
		match decision {
			Decision::Share => {
				if self.shared.insert(permit) {
					info!(permit, "all owners let the others see the output; it is shown to them");
					let Bench { sources, place } = &self.bench;
					review::tell_held(sources, place, &agreement, entry, true);
				}
				return Ok(());
			}
			Decision::Approve => {
				self.approve(permit, ended, entry, record)?;
				// What leaves of it is kept beside the job's state, which does not speak of the entry any more.
				self.bench.place.quarantine().forget(entry).map_err(OperatorFault::from)?;
			}
			Decision::Refuse => {
				info!(permit, "the output stays");
				let held = ended.clone();
				self.keep_reason(permit, ended)?;
				self.erase_held(permit, &held)?;
			}
		}
		review::untell_owners(&self.bench.sources.exchange, permit);
		Ok(())
	}

	/// Lets held output go, if the chain would take its report and the budget has room for it.
	fn approve(
		&mut self,
		permit: PermitId,
		mut ended: Ended,
		entry: EntryId,
		record: &PermitRecord,
	) -> Result<(), ServeError> {
		let place = self.bench.place.clone();
		match place.quarantine().approve(entry) {
			// Approved before a crash.
			Ok(_) | Err(gate::Error::EntryUnknown) => {}
			Err(error) => return Err(OperatorFault::from(error).into()),
		}
		let groups_fit =
			ended.report.smallest_group.is_none_or(|group| group >= record.limits.smallest_group);
		let charge = Charge {
			permit_id: permit,
			accounts: record
				.uses
				.iter()
				.map(|used| Account { consumer: record.consumer.0, asset: used.asset })
				.collect(),
			budget: record.limits.release_budget,
			smallest_group: record.limits.smallest_group.into(),
		};
		let release = match place.release_approved(entry, &charge) {
			Ok(release) => release,
			Err(OperatorFault::Gate(gate::Error::Overtaken(reason))) => {
				warn!(permit, %reason, "an owner approved what was released meanwhile forbids");
				ended.refuse(Refusal::Held(reason));
				return self.set_refused(permit, ended);
			}
			Err(fault) => return Err(fault.into()),
		};
		if !groups_fit || release.bundle.padded_len() > record.output_cap {
			warn!(permit, "an owner approved what the permit does not allow");
			return self.keep_reason(permit, ended);
		}
		self.jobs.keep_output(permit, &release.bundle)?;
		ended.report.verdict = Verdict::Released;
		ended.report.output_bytes = release.bundle.padded_len();
		ended.held = None;
		info!(permit, "the owners let the output leave");
		self.jobs.set(permit, State::Ended(Box::new(ended)))
	}

	/// Erases what is held of a job, and takes back what owners were handed of it.
	fn erase_held(&self, permit: PermitId, ended: &Ended) -> Result<(), ServeError> {
		let Some(entry) = entry_of(ended) else { return Ok(()) };
		match self.bench.place.quarantine().refuse(entry) {
			Ok(()) | Err(gate::Error::EntryUnknown) => {}
			Err(error) => return Err(OperatorFault::from(error).into()),
		}
		review::untell_owners(&self.bench.sources.exchange, permit);
		Ok(())
	}

	/// Refuses what only its owners' approval was missing for; what the gate found stays the reason otherwise.
	fn keep_reason(&mut self, permit: PermitId, mut ended: Ended) -> Result<(), ServeError> {
		match ended.report.verdict {
			Verdict::AwaitingOwner => ended.refuse(Refusal::OwnerRefused),
			Verdict::Released | Verdict::Refused { .. } => ended.held = None,
		}
		self.set_refused(permit, ended)
	}

	/// Keeps that a job is refused, and erases what was to leave. In this order: a machine that stopped in between the other
	/// way round would report as released what is not there any more.
	pub(super) fn set_refused(&mut self, permit: PermitId, ended: Ended) -> Result<(), ServeError> {
		self.jobs.set(permit, State::Ended(Box::new(ended)))?;
		self.jobs.drop_kept(permit)?;
		give_back(&self.bench.place, permit)
	}

	/// Takes open permits that nothing was done about, as long as there is room, in their turn.
	async fn take_new(&mut self, at: &At, open: Vec<PermitId>, now: Moment) -> Result<(), ServeError> {
		for permit in self.later.in_turn(open, Instant::now()) {
			if !self.is_free(permit) || !matches!(self.jobs.state(permit)?, None | Some(State::Taken)) {
				continue;
			}
			let record = read::permit(at, permit).await.map_err(ServeError::Chain)?;
			let Some(record) = record else { continue };
			if pace::is_too_late(now, record.expires_at) {
				warn!(permit, "the permit expired, or is about to, before its job could run");
				self.refuse_unrun(permit, &record, Refusal::PermitExpired)?;
				continue;
			}
			if record.status == PermitStatus::Approved && self.is_due(permit) && self.has_room() {
				let agreement = Agreement::read(at, permit, record).await.map_err(ServeError::Chain)?;
				match agreement.uses.iter().find(|used| used.content.is_none()) {
					None => self.begin(agreement),
					Some(used) => {
						warn!(permit, asset = used.asset, "the asset was minted without a content id");
						self.refuse_unrun(permit, &agreement.record, Refusal::OtherInput)?;
					}
				}
			}
		}
		Ok(())
	}

	/// Refuses a permit whose job was not run.
	fn refuse_unrun(
		&mut self,
		permit: PermitId,
		record: &PermitRecord,
		why: Refusal,
	) -> Result<(), ServeError> {
		let ended = Ended::not_run(chain_report::not_run(record, permit, self.own.measurement, why));
		self.jobs.set(permit, State::Ended(Box::new(ended)))
	}

	/// A permit has ended: what was kept of its job goes.
	fn settle(&mut self, permit: PermitId, ending: Ending) -> Result<(), ServeError> {
		// Of what was handed out nothing is reserved any more.
		give_back(&self.bench.place, permit)?;
		self.forget(permit);
		info!(permit, ?ending, "settled");
		self.jobs.set(permit, State::Settled { ending })
	}
}

/// The entry in the quarantine that a job's owners decide about.
pub(super) fn entry_of(ended: &Ended) -> Option<EntryId> {
	ended.held.as_deref()?.parse().ok()
}
