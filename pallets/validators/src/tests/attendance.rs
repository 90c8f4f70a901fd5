//! Absence: what counts, and what it leads to.

use super::mock::*;
use crate::{Attendance, Attendances, Event, attendance::after_session};
use proptest::prelude::*;

/// A session of these validators in which those of `authors` made blocks.
fn session(validators: &[AccountId], authors: &[AccountId]) {
	authors.iter().for_each(Validators::note_author);
	Validators::end_session(validators);
}

#[test]
fn absent_validator_should_be_removed_at_the_limit() {
	execute(|| {
		for sessions in 1..4 {
			session(&[1, 2, 3, 4], &[1, 2, 3]);
			assert_eq!(last_event(), Event::Absent { validator: 4, sessions });
			assert!(removed().is_empty());
		}
		session(&[1, 2, 3, 4], &[1, 2, 3]);
		assert_eq!(removed(), [4]);
		assert_eq!(last_event(), Event::Removed { validator: 4 });
	});
}

#[test]
fn a_block_should_end_an_absence() {
	execute(|| {
		for _ in 0..3 {
			session(&[1, 2, 3, 4], &[1, 2, 3]);
		}
		session(&[1, 2, 3, 4], &[1, 2, 3, 4]);
		for _ in 0..3 {
			session(&[1, 2, 3, 4], &[1, 2, 3]);
		}
		assert!(removed().is_empty());
	});
}

#[test]
fn absence_of_a_third_should_not_count() {
	execute(|| {
		for _ in 0..10 {
			session(&[1, 2, 3], &[1, 2]);
			session(&[1, 2, 3, 4], &[1, 2]);
			session(&[1], &[]);
		}
		assert!(removed().is_empty());
	});
}

#[test]
fn leaving_validator_should_be_forgotten() {
	execute(|| {
		session(&[1, 2, 3, 4], &[1, 2, 3]);
		assert_eq!(Attendances::<Test>::get(4), Attendance { authored: false, missed: 1 });
		session(&[1, 2, 3], &[1, 2, 3]);
		assert_eq!(Attendances::<Test>::iter().count(), 0);
	});
}

#[test]
fn removed_validator_should_not_be_removed_twice() {
	execute(|| {
		for _ in 0..8 {
			session(&[1, 2, 3, 4], &[1, 2, 3]);
		}
		assert_eq!(removed(), [4]);
	});
}

proptest! {
	/// Who made a block has missed nothing; others have missed one session more, or where a third is absent none.
	#[test]
	fn an_absence_should_count_unless_a_third_is_absent(
		before in prop::collection::vec((any::<bool>(), 0u32..1_000), 0..20),
	) {
		let (total, absent) = (before.len(), before.iter().filter(|(authored, _)| !authored).count());
		let before: Vec<_> =
			before.into_iter().map(|(authored, missed)| Attendance { authored, missed }).collect();
		let after = after_session(&before);
		prop_assert_eq!(after.len(), total);
		for (before, after) in before.iter().zip(after) {
			let counted = u32::from(absent < total.div_ceil(3));
			let missed = if before.authored { 0 } else { before.missed + counted };
			prop_assert_eq!(after, Attendance { authored: false, missed });
		}
	}
}
