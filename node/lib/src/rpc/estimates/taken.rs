//! Estimates at one block, and the thread that gives them.

use super::{Best, lock};
use crate::{rpc::Error, service::FullClient};
use heirloom_primitives::{AssetId, Estimate, Period, api::RoyaltyApi as _};
use sp_api::{ApiError, ProvideRuntimeApi};
use std::{
	sync::{
		Arc, Mutex,
		mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
	},
	thread,
	time::{Duration, Instant},
};

/// How long a thread waits for another question. What it knows takes some 50 bytes an asset.
const PATIENCE: Duration = Duration::from_secs(600);

/// What is answered: none for an asset that the block does not have.
pub(super) type Answer = Result<Option<Estimate>, Error>;
type Question = (AssetId, SyncSender<Answer>);
/// Gives the answers of a function for as long as there are questions.
pub(super) type Serve<'a> = dyn Fn(&mut dyn FnMut(AssetId) -> Answer) + 'a;

/// All estimates at one block.
pub(super) struct Taken {
	/// The block.
	pub block: Best,
	/// The month that is open at it.
	pub month: Period,
	/// When they were there.
	pub since: Instant,
	/// How long they took.
	pub cost: Duration,
	/// Its thread ends with it.
	questions: Mutex<Sender<Question>>,
}

impl Taken {
	/// Has a thread prepare and then serve, and waits until it does.
	pub fn with(
		block: Best,
		month: Period,
		prepare: impl FnOnce(&Serve<'_>) -> Result<(), Error> + Send + 'static,
	) -> Result<Self, Error> {
		let (questions, asked) = channel();
		let (ready, prepared) = sync_channel(1);
		let begun = Instant::now();
		let work = move || {
			let serve = |answer: &mut dyn FnMut(AssetId) -> Answer| {
				if ready.send(Ok(())).is_ok() {
					serve(&asked, answer);
				}
			};
			if let Err(error) = prepare(&serve) {
				// Whoever waited may have left.
				_ = ready.send(Err(error));
			}
		};
		thread::Builder::new()
			.name("estimates".into())
			.spawn(work)
			.map_err(|error| Error::Runtime(error.to_string()))?;
		prepared.recv().map_err(|_| Error::Busy)??;
		let questions = Mutex::new(questions);
		Ok(Self { block, month, since: Instant::now(), cost: begun.elapsed(), questions })
	}

	/// Settles a block's open month in state that lasts as long as its thread.
	pub fn take(client: Arc<FullClient>, block: Best, month: Period) -> Result<Self, Error> {
		let told = move |error: ApiError| Error::of_api(block.hash, error);
		Self::with(block, month, move |serve| {
			// Its changes of state last as long as this value.
			let api = client.runtime_api();
			api.prepare_estimates(block.hash).map_err(told)?;
			serve(&mut |asset| api.prepared_estimate(block.hash, asset).map_err(told));
			Ok(())
		})
	}

	/// Asks for an asset. None when the thread has ended.
	pub fn ask(&self, asset: AssetId) -> Option<Answer> {
		let (reply, answered) = sync_channel(1);
		lock(&self.questions).send((asset, reply)).ok()?;
		answered.recv().ok()
	}
}

/// Answers until nobody can ask any more, or nobody did for long.
fn serve(asked: &Receiver<Question>, answer: &mut dyn FnMut(AssetId) -> Answer) {
	while let Ok((asset, reply)) = asked.recv_timeout(PATIENCE) {
		// Whoever asked may have left.
		_ = reply.send(answer(asset));
	}
}
