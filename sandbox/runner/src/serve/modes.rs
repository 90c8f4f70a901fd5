//! Logs of jobs whose assets were put into medical mode after they were read.
//!
//! The chain completes no job that read an asset of medical mode as it is. A refusal it takes, since that refunds; so that the
//! log of a failed job does not show what the mode keeps back is seen to here.

use super::ServeError;
use crate::{JobReport, Verdict};
use heirloom_sandbox_chain::{
	At, read,
	types::{AssetId, Mode},
};

/// Whether the log that leaves with a refusal may show an asset as it is that is in medical mode by this block.
///
/// # Errors
/// [`ServeError::Chain`].
pub(super) async fn log_shows_medical(at: &At, report: &JobReport) -> Result<bool, ServeError> {
	for asset in shown_as_they_are(report) {
		if read::mode(at, asset).await.map_err(ServeError::Chain)? == Some(Mode::Medical) {
			return Ok(true);
		}
	}
	Ok(false)
}

/// The assets that the log which leaves with a refusal may show as they are; none where no log leaves.
fn shown_as_they_are(report: &JobReport) -> impl Iterator<Item = AssetId> {
	let log_leaves = matches!(report.verdict, Verdict::Refused { .. }) && report.output_bytes > 0;
	report.inputs.iter().filter(move |input| log_leaves && !input.deidentified).map(|input| input.asset)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::InputReport;

	fn shown(verdict: Verdict, output_bytes: u64) -> Vec<AssetId> {
		let input =
			|asset, deidentified| InputReport { asset, commitment: [5; 32], findings: 0, deidentified };
		let report = JobReport {
			permit_id: 17,
			measurement: [1; 32],
			code_hash: [2; 32],
			parameters_hash: [3; 32],
			inputs: vec![input(3, true), input(4, false)],
			output: [4; 32],
			output_bytes,
			smallest_group: None,
			fuel: 1 << 20,
			verdict,
		};
		shown_as_they_are(&report).collect()
	}

	#[test]
	fn log_of_a_refusal_should_show_what_was_not_deidentified() {
		assert_eq!(shown(Verdict::Refused { code: 47 }, 4_096), [4]);
	}

	#[test]
	fn refusal_without_a_log_should_show_nothing() {
		assert!(shown(Verdict::Refused { code: 47 }, 0).is_empty());
	}

	#[test]
	fn mode_of_a_release_should_be_left_to_the_chain() {
		assert!(shown(Verdict::Released, 4_096).is_empty());
	}
}
