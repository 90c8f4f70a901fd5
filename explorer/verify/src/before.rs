//! From a block back to the one that reported a period.
//!
//! The state of each block holds the hashes of the [`REMEMBERED`] blocks before it. So whoever trusts a block has the hash
//! of an earlier one proven, with it that one's header, with that its state, and in it the hash of a still earlier one.

use crate::{
	answer::{AncestorsOf, Refusal},
	keys::{BLOCK_HASHES, REPORTS},
	month::Stop,
	proof::{Header, Proofs, State},
	question::Question,
};
use alloc::vec::Vec;
use heirloom_primitives::PeriodReport;
use sp_core::H256;

/// How many hashes a state holds: the runtime's `BlockHashCount`.
const REMEMBERED: u32 = 2_400;

/// The most steps back that are proven, 42 days of blocks: each takes a header and a proof of 2.5 kilobytes, and a node
/// answers 1,200 questions a minute. Beyond it, which block it was is the word of whoever names it.
const MAX_STEPS: usize = 256;

/// The state that the sets of ancestors are read of, and how it was come by.
pub(crate) fn of_report<'a>(
	proofs: &'a Proofs,
	now: &State<'a>,
	question: &Question,
	report: &PeriodReport,
) -> Result<(State<'a>, AncestorsOf), Stop> {
	let reported_in = report.reported_in;
	if question.forgotten {
		return Ok((*now, AncestorsOf::Now { reported_in }));
	}
	let (wanted, proven) = way(now.header.number, reported_in);
	let headers = match &question.before {
		None if !wanted.is_empty() => return Err(Stop::NeedHeaders(wanted)),
		before => before.iter().flatten().map(|header| Header::of(header)).collect::<Result<Vec<_>, _>>()?,
	};
	let (mut state, mut lacking) = (*now, false);
	for number in &wanted {
		let other = || Refusal::OtherAncestor { number: *number };
		let header = headers.iter().find(|header| header.number == *number).ok_or_else(other)?;
		if proven {
			// All steps are looked at before it stops, so that one round of questions suffices.
			match state.read::<H256>(BLOCK_HASHES, &[*number])? {
				None => lacking = true,
				Some(hash) if hash == Some(header.hash) => {}
				Some(_) => return Err(other().into()),
			}
		}
		state = proofs.state(*header);
	}
	if !proven {
		// A block that somebody names has at least to have reported the same.
		match state.read::<PeriodReport>(REPORTS, &[question.period.0])? {
			None => lacking = true,
			Some(same) if same.as_ref() == Some(report) => {}
			Some(_) => return Err(Refusal::OtherAncestor { number: reported_in }.into()),
		}
	}
	if lacking {
		return Err(Stop::Lacking);
	}
	let steps = proven.then_some(wanted.len() as u32);
	Ok((state, AncestorsOf::Report { block: state.header.block(), steps }))
}

/// The numbers of the blocks on the way back, and whether each is proven by the one before it.
fn way(from: u32, to: u32) -> (Vec<u32>, bool) {
	let steps = from.saturating_sub(to).div_ceil(REMEMBERED) as usize;
	if steps > MAX_STEPS {
		return (Vec::from([to]), false);
	}
	let between = (1..).map(|step| from - step * REMEMBERED).take(steps.saturating_sub(1));
	(between.chain((steps > 0).then_some(to)).collect(), true)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn way_should_go_back_as_far_as_each_state_remembers() {
		assert_eq!(way(100, 100), (vec![], true));
		assert_eq!(way(100, 99), (vec![99], true));
		assert_eq!(way(2_500, 100), (vec![100], true));
		assert_eq!(way(2_501, 100), (vec![101, 100], true));
		assert_eq!(way(7_300, 100), (vec![4_900, 2_500, 100], true));
	}

	#[test]
	fn way_that_is_too_long_should_not_be_proven() {
		let most = REMEMBERED * MAX_STEPS as u32;
		assert_eq!((way(most, 0).0.len(), way(most, 0).1), (MAX_STEPS, true));
		assert_eq!(way(most + 1, 0), (vec![0], false));
	}
}
