//! The loop: final blocks come in, jobs and reports go out.

use super::{
	ServeArgs, ServeError,
	aside::Aside,
	jobs::{Jobs, State},
	keys::Keys,
	later::Later,
	pace,
	prepare::{Blocks, Missing, Sources},
	standing::{self, Own, Unfit},
	undecided::erase_undecided,
	work::{Attempt, Bench},
};
use crate::{Cancel, OperatorFault, Setting, Stop, Verdict, Workplace};
use heirloom_exchange::Exchange;
use heirloom_sandbox_chain::{
	Chain, H256, read,
	submit::{Included, SubmitError},
	types::{Moment, PermitId, PermitRecord, Reported},
};
use std::{
	collections::{BTreeMap, BTreeSet},
	io,
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::{
	signal::unix::{SignalKind, signal},
	sync::{
		Mutex,
		mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
	},
	time::{MissedTickBehavior, interval, timeout},
};
use tracing::{info, warn};

/// How often the node is asked for a new final block.
const POLL: Duration = Duration::from_millis(500);
/// After so long everything is looked at again, also without a new block.
const REST: Duration = Duration::from_secs(5);
/// When what is missing is first looked for again.
pub(super) const MISSING_AGAIN: Duration = Duration::from_secs(5);
/// When what failed on this machine, or was not taken by the chain, is first tried again.
pub(super) const FAILED_AGAIN: Duration = Duration::from_secs(30);
/// How long the end of running jobs is waited for at a shutdown.
const FAREWELL: Duration = Duration::from_secs(10);
/// The longest pause between two attempts to reach the node.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The running daemon.
pub(super) struct Daemon {
	pub(super) chain: Chain,
	url: String,
	pub(super) own: Own,
	pub(super) keys: Arc<Keys>,
	pub(super) turn: Arc<Mutex<()>>,
	pub(super) bench: Bench,
	pub(super) jobs: Jobs,
	/// Jobs that are prepared or run.
	pub(super) running: BTreeMap<PermitId, Cancel>,
	/// Other operators' jobs that are repeated.
	pub(super) repeating: BTreeMap<PermitId, Cancel>,
	/// Challenges that cannot be answered here, by permit and by when they end: another challenge of the same permit ends
	/// at another time.
	pub(super) declined: BTreeSet<(PermitId, Moment)>,
	/// Of permits whose jobs are to be repeated, the block that each was requested in.
	pub(super) requested: BTreeMap<PermitId, H256>,
	/// Permits whose report, or whose challenge's answer, is on its way.
	pub(super) reporting: BTreeSet<PermitId>,
	/// Permits that are not to be tried before a time.
	pub(super) later: Later,
	/// What was said to be missing, so that it is said once.
	pub(super) said: BTreeMap<PermitId, Missing>,
	/// Permits of which a step failed for a reason of their own.
	pub(super) aside: Aside,
	/// Permits whose held output all owners were shown, since all let the others see it.
	pub(super) shared: BTreeSet<PermitId>,
	/// Permits whose owners are being told what came of the job.
	pub(super) telling: BTreeSet<PermitId>,
	/// Permits whose owners were told since this runner started.
	pub(super) told: BTreeSet<PermitId>,
	/// What the operator was last seen to be.
	fit: Result<(), Unfit>,
	most: usize,
	pub(super) sender: UnboundedSender<Event>,
	receiver: UnboundedReceiver<Event>,
	/// Since the node does not answer.
	lost: Option<Lost>,
	/// The final block that was last looked at.
	seen: Option<(H256, Instant)>,
}

/// A connection that was lost.
#[derive(Clone, Copy)]
struct Lost {
	/// When to try again.
	again: Instant,
	/// How long the last pause was.
	pause: Duration,
}

/// A report that this operator was named to repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Doubted {
	/// Its permit.
	pub(super) permit: PermitId,
	/// After this moment the challenge cannot be answered.
	pub(super) answer_until: Moment,
	/// What the chain keeps of it.
	pub(super) reported: Reported,
}

/// What threads and tasks tell the loop.
pub(super) enum Event {
	/// A job's parts are there, and it begins.
	Started(PermitId),
	/// An attempt is over.
	Finished(PermitId, Attempt),
	/// A repetition is over.
	Repeated(Doubted, Attempt),
	/// The time of a report has come.
	Due,
	/// The owners of a permit's assets were told what came of the job.
	Told(PermitId),
	/// A report is final, or is not.
	Reported(PermitId, Result<Included, SubmitError>),
}

impl Daemon {
	/// Checks everything that must be right before a job can be taken.
	pub(super) async fn start(args: &ServeArgs) -> Result<Self, ServeError> {
		let setting = Setting {
			scratch: args.scratch.clone(),
			require_walls: !args.accept_missing_walls,
			..Setting::new(args.home.clone())
		};
		let place = Arc::new(Workplace::open(setting)?);
		let (keys, sealing_key) = Keys::load(&args.home)?;
		let chain = Chain::connect(&args.url).await.map_err(ServeError::Chain)?;
		let own = Own {
			operator: args.operator,
			measurement: H256(place.measurement()),
			signing_key: keys.account(),
			sealing_key: sealing_key.public(),
		};
		let at = chain.finalized().await.map_err(ServeError::Chain)?;
		let record = read::operator(&at, &own.operator).await.map_err(ServeError::Chain)?;
		standing::check(record.as_ref(), &own)?;
		let jobs = Jobs::open(&args.home, &chain.genesis())?;
		erase_undecided(place.quarantine(), &jobs).map_err(OperatorFault::from)?;

		let exchange = Exchange::open(&args.exchange())?;
		let blocks = match &args.kubo {
			Some(address) => Blocks::Kubo(address.clone()),
			None => Blocks::Folder(exchange.blocks()),
		};
		blocks.open()?;
		let sources = Arc::new(Sources { exchange, blocks, sealing_key, genesis: chain.genesis() });
		let (sender, receiver) = unbounded_channel();
		info!(operator = %own.operator, measurement = ?own.measurement, jobs = args.jobs, "serving");
		for (permit, state) in jobs.unsettled() {
			match state {
				State::Taken => info!(permit, "was running when this runner stopped; it runs again"),
				State::Ended(_) => {
					info!(permit, "had ended when this runner stopped; its report is looked for")
				}
				State::Settled { .. } => {}
			}
		}
		Ok(Self {
			chain,
			url: args.url.clone(),
			own,
			keys: Arc::new(keys),
			turn: Arc::default(),
			bench: Bench { sources, place },
			jobs,
			running: BTreeMap::new(),
			repeating: BTreeMap::new(),
			declined: BTreeSet::new(),
			requested: BTreeMap::new(),
			reporting: BTreeSet::new(),
			later: Later::default(),
			said: BTreeMap::new(),
			aside: Aside::default(),
			shared: BTreeSet::new(),
			telling: BTreeSet::new(),
			told: BTreeSet::new(),
			fit: Ok(()),
			most: args.jobs.into(),
			sender,
			receiver,
			lost: None,
			seen: None,
		})
	}

	/// Serves until it is told to stop.
	pub(super) async fn run(mut self) -> Result<(), ServeError> {
		let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Runtime)?;
		let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Runtime)?;
		let mut poll = interval(POLL);
		poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
		loop {
			tokio::select! {
				_ = terminate.recv() => break,
				_ = interrupt.recv() => break,
				Some(event) = self.receiver.recv() => self.on(event)?,
				_ = poll.tick() => self.look_if_new().await?,
			}
		}
		self.stop().await
	}

	/// Looks at the last final block, if it was not looked at before or something may have changed beside it.
	async fn look_if_new(&mut self) -> Result<(), ServeError> {
		if let Some(lost) = self.lost {
			return self.reconnect(lost).await;
		}
		let looked = match self.chain.finalized_hash().await {
			Ok(hash) => {
				let seen = self.seen.is_some_and(|(seen, when)| seen == hash && when.elapsed() < REST);
				if seen {
					return Ok(());
				}
				self.look(hash).await
			}
			Err(error) => Err(ServeError::Chain(error)),
		};
		match looked {
			// A node that is restarted is waited for; running jobs go on meanwhile.
			Err(ServeError::Chain(error)) => {
				warn!(
					error = format!("{error:#}"),
					"the node does not answer as it should; connecting again"
				);
				self.lost = Some(Lost { again: Instant::now(), pause: POLL });
				Ok(())
			}
			looked => looked,
		}
	}

	/// Tries once to reach the node again, when it is time to.
	async fn reconnect(&mut self, lost: Lost) -> Result<(), ServeError> {
		if Instant::now() < lost.again {
			return Ok(());
		}
		match Chain::connect(&self.url).await {
			Ok(chain) if chain.genesis() == self.chain.genesis() => {
				info!("connected");
				self.chain = chain;
				self.lost = None;
			}
			Ok(_) => return Err(ServeError::OtherChain(self.bench.place.setting().home.clone())),
			Err(error) => {
				warn!(error = format!("{error:#}"), "no connection");
				let pause = (2 * lost.pause).min(LONGEST_PAUSE);
				self.lost = Some(Lost { again: Instant::now() + pause, pause });
			}
		}
		Ok(())
	}

	fn on(&mut self, event: Event) -> Result<(), ServeError> {
		// Something happened: the next look must not wait for a block.
		self.seen = None;
		match event {
			Event::Started(permit) => {
				self.said.remove(&permit);
				self.jobs.set(permit, State::Taken)
			}
			Event::Finished(permit, attempt) => {
				self.running.remove(&permit);
				self.finished(permit, attempt)
			}
			Event::Repeated(doubted, attempt) => {
				self.repeating.remove(&doubted.permit);
				self.repeated(&doubted, attempt);
				Ok(())
			}
			Event::Due => Ok(()),
			Event::Told(permit) => {
				self.telling.remove(&permit);
				self.told.insert(permit);
				Ok(())
			}
			Event::Reported(permit, result) => {
				self.reporting.remove(&permit);
				self.reported(permit, result)
			}
		}
	}

	/// Says once that the operator became fit or unfit. Unfit, it takes no jobs; what it has goes on until it is reported,
	/// since it may be admitted again.
	pub(super) fn say_fitness(&mut self, fit: Result<(), Unfit>) {
		if fit == self.fit {
			return;
		}
		match &fit {
			Ok(()) => info!("the operator can be given jobs again"),
			Err(unfit) => warn!(code = unfit.code(), why = %unfit, "no jobs are taken"),
		}
		self.fit = fit;
	}

	/// Whether there is room for another job, of an operator that may take one.
	pub(super) fn has_room(&self) -> bool {
		self.fit.is_ok() && self.running.len() + self.repeating.len() < self.most
	}

	/// Whether the chain takes a report of this verdict from the operator now.
	pub(super) fn may_report(&self, verdict: Verdict) -> bool {
		standing::may_report(&self.fit, verdict)
	}

	/// Whether a permit may be tried now.
	pub(super) fn is_due(&self, permit: PermitId) -> bool {
		self.is_free(permit) && self.later.is_due(permit, Instant::now())
	}

	/// Whether a report may be tried at a block of time `now`. What is not taken costs a fee each time; where the permit is about
	/// to expire, waiting costs the whole job.
	pub(super) fn may_try_report(&self, permit: PermitId, record: &PermitRecord, now: Moment) -> bool {
		let is_pressing = pace::is_pressing(now, record.expires_at);
		let most = if is_pressing { FAILED_AGAIN } else { Duration::MAX };
		self.is_free(permit) && self.later.is_due_within(most, permit, Instant::now())
	}

	/// Whether nothing of a permit is under way.
	pub(super) fn is_free(&self, permit: PermitId) -> bool {
		!self.running.contains_key(&permit) && !self.reporting.contains(&permit)
	}

	/// Forgets what was remembered about trying a permit.
	pub(super) fn forget(&mut self, permit: PermitId) {
		self.later.forget(permit);
		self.said.remove(&permit);
		self.aside.forget(permit);
		self.shared.remove(&permit);
		self.told.remove(&permit);
	}

	/// Forgets what was remembered about trying permits of which nothing is left to be tried: they are not among the open and
	/// the doubted ones, and no job waits for its report. One that ended before its job began is settled nowhere else.
	pub(super) fn forget_others(&mut self, open: &[PermitId], doubted: &[PermitId]) {
		let unsettled = self.jobs.unsettled().into_iter().map(|(permit, _)| permit);
		let kept: BTreeSet<PermitId> = open.iter().chain(doubted).copied().chain(unsettled).collect();
		self.later.retain(&kept);
		self.said.retain(|permit, _| kept.contains(permit));
	}

	/// Notes that a block was looked at.
	pub(super) fn looked(&mut self, block: H256) {
		self.seen = Some((block, Instant::now()));
	}

	/// Stops running jobs; they run again after the next start.
	async fn stop(mut self) -> Result<(), ServeError> {
		info!(jobs = self.running.len(), "stopping");
		for cancel in self.running.values().chain(self.repeating.values()) {
			cancel.stop(Stop::Shutdown);
		}
		let all_ended = async {
			while !(self.running.is_empty() && self.repeating.is_empty()) {
				match self.receiver.recv().await {
					Some(event) => self.on(event)?,
					None => break,
				}
			}
			Ok(())
		};
		match timeout(FAREWELL, all_ended).await {
			Ok(ended) => ended,
			Err(_) => {
				let late = io::Error::new(io::ErrorKind::TimedOut, "a job does not stop");
				Err(ServeError::Runtime(late))
			}
		}
	}
}
