//! Answers of the node that are asked for by many pages at once: each is kept until the next block.

use std::{
	collections::HashMap,
	future::Future,
	hash::Hash,
	sync::{Mutex, PoisonError},
};

/// Answers that are kept at most. The next one makes place by forgetting them.
const MOST: usize = 100_000;

/// Answers of one block, by what was asked.
pub struct PerBlock<Key, Answer> {
	kept: Mutex<(i64, HashMap<Key, Answer>)>,
}

impl<Key, Answer> Default for PerBlock<Key, Answer> {
	fn default() -> Self {
		Self { kept: Mutex::new((i64::MIN, HashMap::new())) }
	}
}

impl<Key: Copy + Eq + Hash, Answer: Clone> PerBlock<Key, Answer> {
	/// The answer that was kept since a block, else the one that is asked for now. Errors are not kept.
	pub async fn get<Error>(
		&self,
		height: i64,
		key: Key,
		ask: impl Future<Output = Result<Answer, Error>>,
	) -> Result<Answer, Error> {
		if let Some(known) = self.known(height, &key) {
			return Ok(known);
		}
		let answer = ask.await?;
		let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
		if kept.0 < height || kept.1.len() >= MOST {
			*kept = (height, HashMap::new());
		}
		// What was asked for in an earlier block than others meanwhile is old.
		if kept.0 == height {
			kept.1.insert(key, answer.clone());
		}
		Ok(answer)
	}

	fn known(&self, height: i64, key: &Key) -> Option<Answer> {
		let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
		kept.1.get(key).filter(|_| kept.0 == height).cloned()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::cell::Cell;

	#[tokio::test]
	async fn an_answer_should_be_asked_for_once_a_block() {
		let (answers, asked) = (PerBlock::<u32, u32>::default(), Cell::new(0));
		let ask = async |height, key| {
			let count = async {
				asked.set(asked.get() + 1);
				Ok::<_, ()>(asked.get())
			};
			answers.get(height, key, count).await.unwrap()
		};
		assert_eq!((ask(7, 1).await, ask(7, 1).await, ask(7, 2).await), (1, 1, 2));
		assert_eq!((ask(8, 1).await, ask(8, 1).await), (3, 3));
		// Whoever is behind does not take others' answers away.
		assert_eq!((ask(7, 1).await, ask(8, 1).await), (4, 3));
	}

	#[tokio::test]
	async fn an_error_should_not_be_kept() {
		let answers = PerBlock::<u32, u32>::default();
		assert_eq!(answers.get(7, 1, async { Err("late") }).await, Err("late"));
		assert_eq!(answers.get(7, 1, async { Ok::<_, ()>(5) }).await, Ok(5));
	}
}
