//! How long answers take: kinds of pages in turn, each time about another asset or account.

use crate::{http, paths::Kind};
use anyhow::{Result, ensure};
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// Questions that are under way at once.
const AT_ONCE: usize = 2;

/// The answers to one kind of question.
#[derive(Clone, Debug)]
pub struct Answers {
	/// Which.
	pub name: &'static str,
	/// Whether it is of the API.
	pub api: bool,
	/// What each took, ascending.
	pub took: Vec<Duration>,
	/// The largest, in bytes, as it was transferred.
	pub largest: usize,
}

impl Answers {
	/// The least that `part` of the answers are not above, in milliseconds.
	pub fn millis(&self, part: f64) -> f64 {
		let rank = (part * self.took.len() as f64).ceil() as usize;
		let took = self.took.get(rank.saturating_sub(1)).copied().unwrap_or_default();
		took.as_secs_f64() * 1_000.0
	}
}

/// Asks for each kind so many times. In turn, so that no kind has the caches for itself.
pub async fn measure(server: SocketAddr, kinds: Vec<Kind>, questions: usize) -> Result<Vec<Answers>> {
	let kinds = Arc::new(kinds);
	// The first questions find nothing in any cache, once; they count for nobody.
	for kind in kinds.iter() {
		http::ask(server, &kind.paths[0], true).await?;
	}
	let asking = (0..AT_ONCE).map(|first| {
		let kinds = kinds.clone();
		tokio::spawn(async move {
			let mut answers: Vec<Vec<(Duration, usize)>> = vec![Vec::new(); kinds.len()];
			for number in (first..questions).step_by(AT_ONCE) {
				for (kind, answers) in kinds.iter().zip(&mut answers) {
					let path = &kind.paths[number % kind.paths.len()];
					let answer = http::ask(server, path, true).await?;
					// A search that finds one asset leads to its page.
					ensure!(matches!(answer.status, 200 | 303), "{path}: status {}", answer.status);
					answers.push((answer.took, answer.bytes.len()));
				}
			}
			anyhow::Ok(answers)
		})
	});
	let asking: Vec<_> = asking.collect();
	let mut measured: Vec<Answers> = kinds
		.iter()
		.map(|kind| Answers { name: kind.name, api: kind.api, took: Vec::new(), largest: 0 })
		.collect();
	for task in asking {
		for (answers, found) in measured.iter_mut().zip(task.await??) {
			answers.largest =
				found.iter().map(|(_, bytes)| *bytes).max().unwrap_or_default().max(answers.largest);
			answers.took.extend(found.into_iter().map(|(took, _)| took));
		}
	}
	measured.iter_mut().for_each(|answers| answers.took.sort());
	Ok(measured)
}
