//! Questions at a fixed rate, whether or not those before are answered.

use super::{
	process::Process,
	questions::{Method, Questions},
};
use anyhow::Result;
use std::{
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::{task::JoinSet, time};

/// Questions a second.
pub const PER_SECOND: u32 = 200;
/// Connections they come over, one after the other.
pub const CONNECTIONS: usize = 16;

/// An answer, and how long after the moment its question was due it was there: a node that falls behind is not helped
/// by questions that wait to be sent.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
	/// What was asked.
	pub method: Method,
	/// How long it took.
	pub took: Duration,
}

/// Asks for so many seconds, and for as long as `more` says so, and waits for all answers.
pub async fn run(
	node: &Process,
	questions: &mut Questions,
	seconds: u32,
	more: impl Fn() -> bool,
) -> Result<Vec<Answer>> {
	let mut connections = Vec::with_capacity(CONNECTIONS);
	for _ in 0..CONNECTIONS {
		connections.push(Arc::new(node.connect().await?));
	}
	let begun = Instant::now();
	let mut asked = JoinSet::new();
	for number in (0..).take_while(|number| *number < seconds * PER_SECOND || more()) {
		let due = begun + Duration::from_secs(1) * number / PER_SECOND;
		time::sleep_until(due.into()).await;
		let question = questions.next();
		let connection = connections[number as usize % CONNECTIONS].clone();
		asked.spawn(async move { question.ask(&connection, due).await });
	}
	asked.join_all().await.into_iter().collect()
}
