//! Waiting for what a network does by itself: never for a fixed time, always for something seen.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

/// How long to wait before looking again.
const POLL: Duration = Duration::from_millis(250);
/// How long one look may take: a node that hangs does not answer at all.
const LOOK: Duration = Duration::from_secs(30);

/// Looks until something is there. What fails is looked at again: nodes are down on purpose.
///
/// # Errors
/// Where it is not there within `limit`, with what was the matter last.
pub async fn until<Found>(
	what: &str,
	limit: Duration,
	mut look: impl AsyncFnMut() -> Result<Option<Found>>,
) -> Result<Found> {
	let begun = Instant::now();
	loop {
		let last = match timeout(LOOK, look()).await {
			Ok(Ok(Some(found))) => return Ok(found),
			Ok(Ok(None)) => String::new(),
			Ok(Err(error)) => format!(" ({error:#})"),
			Err(_) => format!(" (no answer within {} s)", LOOK.as_secs()),
		};
		if begun.elapsed() >= limit {
			bail!("not within {} s: {what}{last}", limit.as_secs());
		}
		sleep(POLL).await;
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[tokio::test]
	async fn what_fails_is_looked_at_again() {
		let mut looks = 0;
		let found = until("the third look", Duration::from_secs(60), async || {
			looks += 1;
			match looks {
				1 => bail!("down"),
				2 => Ok(None),
				_ => Ok(Some(looks)),
			}
		});
		assert_eq!(found.await.unwrap(), 3);
	}

	#[tokio::test]
	async fn what_never_comes_is_named_with_its_cause() {
		let failing = async || -> Result<Option<()>> { bail!("nobody answers") };
		let error = until("finality", Duration::ZERO, failing).await.unwrap_err().to_string();
		assert_eq!(error, "not within 0 s: finality (nobody answers)");
	}
}
