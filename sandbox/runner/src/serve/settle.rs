//! Bringing a report to the chain, and handing out what it lets leave.

use super::{
	ServeError, chain_report,
	jobs::{Ended, Jobs, Kept, Shown},
	keys::Keys,
};
use crate::{JobReport, OperatorFault, Verdict, Workplace};
use heirloom_exchange::Exchange;
use heirloom_gate as gate;
use heirloom_sandbox_chain::{
	AccountId, Chain, H256, calls,
	report::{Context, Role, Verdict as Final},
	submit::{self, Included, SubmitError},
	types::PermitId,
};
use serde::Serialize;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Brings reports to the chain, one signature after the other.
#[derive(Clone)]
pub struct Reporter {
	chain: Chain,
	keys: Arc<Keys>,
	operator: AccountId,
	/// Held while a transaction gets its nonce and reaches the pool.
	turn: Arc<Mutex<()>>,
}

/// What the consumer gets beside output, log and report.
#[derive(Serialize)]
struct Receipt {
	permit: PermitId,
	#[serde(serialize_with = "hex::serde::serialize")]
	genesis: [u8; 32],
	shown: Shown,
}

impl Reporter {
	/// Reports for this operator through this connection.
	pub fn new(chain: Chain, keys: Arc<Keys>, operator: AccountId, turn: Arc<Mutex<()>>) -> Self {
		Self { chain, keys, operator, turn }
	}

	fn context(&self, permit: PermitId, role: Role) -> Context {
		Context { genesis: self.chain.genesis(), permit, operator: self.operator, role }
	}

	/// Completes or refuses a permit with a signed report, and waits until that is final.
	///
	/// # Errors
	/// [`SubmitError`].
	pub async fn report(&self, permit: PermitId, report: &JobReport) -> Result<Included, SubmitError> {
		let report = chain_report::of(report);
		let key = self.keys.pair();
		let signature = report.sign(key, &self.context(permit, Role::First));
		let pending = {
			let _turn = self.turn.lock().await;
			match report.verdict {
				Final::Released => {
					submit::submit(&self.chain, key, &calls::complete(permit, report, signature)).await?
				}
				Final::Refused { .. } => {
					submit::submit(&self.chain, key, &calls::refuse(permit, report, signature)).await?
				}
			}
		};
		submit::follow(&self.chain, pending).await
	}

	/// Answers a challenge with the report of a repetition, and waits until that is final.
	///
	/// # Errors
	/// [`SubmitError`].
	pub async fn answer(&self, permit: PermitId, report: &JobReport) -> Result<Included, SubmitError> {
		let report = chain_report::of(report);
		let key = self.keys.pair();
		let signature = report.sign(key, &self.context(permit, Role::Answer));
		let call = calls::answer_challenge(permit, report, signature);
		let pending = {
			let _turn = self.turn.lock().await;
			submit::submit(&self.chain, key, &call).await?
		};
		submit::follow(&self.chain, pending).await
	}
}

/// Hands out what a final report lets leave, under the names that `heirloom-sandbox run` gives it; doing it again writes
/// the same files again. The report comes last: where it is, everything is.
///
/// # Errors
/// [`ServeError`].
pub fn hand_out(
	exchange: &Exchange,
	place: &Workplace,
	jobs: &Jobs,
	genesis: &H256,
	permit: PermitId,
	ended: &Ended,
) -> Result<(), ServeError> {
	let put = |name: &str, bytes: &[u8]| exchange.put_released(permit, name, bytes);
	let Kept { outputs, log } = jobs.kept(permit)?;
	// A report of a refusal lets at most a log leave.
	let outputs = outputs.filter(|_| ended.report.verdict == Verdict::Released);
	// What was to leave before a job was refused after all may not have been erased when the machine stopped.
	let log = log.filter(|_| ended.report.output_bytes > 0);
	let any = outputs.is_some() || log.is_some();
	for (name, bundle) in [("outputs.bundle", outputs), ("log.bundle", log)] {
		let Some(bundle) = bundle else { continue };
		for output in gate::decode(&bundle).map_err(|error| OperatorFault::from(gate::Error::from(error)))? {
			put(&format!("released/{}", output.name), &output.bytes)?;
		}
		put(name, &bundle)?;
	}
	let Ended { report, opening, shown, .. } = ended;
	if let Some(opening) = opening.filter(|_| any) {
		put("opening.json", &pretty(&opening)?)?;
	}
	put("receipt.json", &pretty(&Receipt { permit, genesis: genesis.0, shown: *shown })?)?;
	put("report.json", &pretty(&report.disclosed())?)?;
	if any {
		place.commit(permit)?;
	}
	Ok(())
}

fn pretty(document: &impl Serialize) -> Result<Vec<u8>, ServeError> {
	let mut text = serde_json::to_vec_pretty(document).map_err(|error| ServeError::Runtime(error.into()))?;
	text.push(b'\n');
	Ok(text)
}

/// Gives back what is reserved for a job of which nothing was handed out.
///
/// # Errors
/// [`ServeError::Fault`].
pub fn give_back(place: &Workplace, permit: PermitId) -> Result<(), ServeError> {
	match place.abandon(permit) {
		// Nothing was reserved.
		Err(OperatorFault::Gate(gate::Error::NotReserved)) | Ok(()) => Ok(()),
		Err(fault) => Err(fault.into()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{Refusal, Setting};
	use std::fs;

	const GENESIS: H256 = H256([1; 32]);

	fn refused(permit: PermitId) -> Ended {
		Ended::not_run(JobReport {
			permit_id: permit,
			measurement: [1; 32],
			code_hash: [2; 32],
			parameters_hash: [3; 32],
			inputs: vec![],
			output: [0; 32],
			output_bytes: 0,
			smallest_group: None,
			fuel: 0,
			verdict: Verdict::Refused { code: Refusal::Trapped.number() },
		})
	}

	#[test]
	fn handing_out_should_fail_for_one_permit_when_a_stranger_made_something_in_its_place() {
		let home = tempfile::tempdir().unwrap();
		let place = Workplace::open(Setting::new(home.path().join("home"))).unwrap();
		let jobs = Jobs::open(home.path(), &GENESIS).unwrap();
		let exchange = Exchange::open(&home.path().join("exchange")).unwrap();
		fs::create_dir_all(exchange.released_path(17).join("report.json")).unwrap();
		let hand_out = |permit| hand_out(&exchange, &place, &jobs, &GENESIS, permit, &refused(permit));
		assert!(matches!(hand_out(17), Err(ServeError::Exchange(_))));
		hand_out(18).unwrap();
		let report = fs::read_to_string(exchange.released_path(18).join("report.json")).unwrap();
		assert!(report.contains("48"), "how it failed is not said: {report}");
		fs::remove_dir(exchange.released_path(17).join("report.json")).unwrap();
		hand_out(17).unwrap();
	}
}
