//! What the chain said earlier.

use heirloom_sandbox_chain::{At, Chain, read, types::PermitId};

/// The chain at the block that a permit was requested in, of one that is there at `at`.
///
/// # Errors
/// The node does not answer, or does not keep states for so long: those of about twice the permit's age are looked at.
pub async fn at_request(chain: &Chain, at: &At, permit: PermitId) -> anyhow::Result<At> {
	let known = u32::try_from(at.block_number())?;
	let state = async |number| -> anyhow::Result<At> { chain.at(chain.block_hash(number).await?).await };
	let is_there = async |number| -> anyhow::Result<bool> {
		Ok(read::permit(&state(number).await?, permit).await?.is_some())
	};
	state(first(known, is_there).await?).await
}

/// The first number at which something holds that holds at `known`, at no number before some other, and not at 0.
async fn first(known: u32, holds: impl AsyncFn(u32) -> anyhow::Result<bool>) -> anyhow::Result<u32> {
	let (mut holding, mut stride) = (known, 1_u32);
	// In strides that double, so that nothing far older is asked for.
	let mut lacking = loop {
		let before = holding.saturating_sub(stride);
		if before == 0 || !holds(before).await? {
			break before;
		}
		holding = before;
		stride = stride.saturating_mul(2);
	};
	while holding - lacking > 1 {
		let middle = lacking + (holding - lacking) / 2;
		if holds(middle).await? {
			holding = middle;
		} else {
			lacking = middle;
		}
	}
	Ok(holding)
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::cell::{Cell, RefCell};

	#[tokio::test]
	async fn first_block_should_be_found_wherever_it_is() {
		for known in 1..70 {
			for begin in 1..=known {
				let found = first(known, async |number| Ok(number >= begin)).await;
				assert_eq!(found.unwrap(), begin);
			}
		}
	}

	#[tokio::test]
	async fn few_blocks_should_be_looked_at_and_none_of_more_than_twice_the_age() {
		let (known, begin) = (50_000_000, 49_700_000);
		let (looks, oldest) = (Cell::new(0), Cell::new(known));
		let found = first(known, async |number| {
			looks.set(looks.get() + 1);
			oldest.set(oldest.get().min(number));
			Ok(number >= begin)
		});
		assert_eq!(found.await.unwrap(), begin);
		assert!(looks.get() <= 40, "{}", looks.get());
		assert!(known - oldest.get() <= 2 * (known - begin), "{}", oldest.get());
	}

	#[tokio::test]
	async fn search_should_end_when_a_state_is_not_kept() {
		let asked = RefCell::new(Vec::new());
		let found = first(1_000, async |number| {
			asked.borrow_mut().push(number);
			anyhow::ensure!(number > 990, "discarded");
			Ok(true)
		});
		assert!(found.await.is_err());
		assert_eq!(*asked.borrow(), [999, 997, 993, 985]);
	}
}
