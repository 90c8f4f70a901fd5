//! What the gate says of three outputs of one job, and where they go.

use heirloom_gate::{
	Account, Gate, Ledger, Output, Policy, Quarantine, Release, Reservation, Reserved, Verdict, decode,
};
use std::{error::Error, path::Path};

const DECLARED: &str = r#"{ "version": 1, "outputs": [ { "name": "nodules.csv", "kind": "table",
	"keys": ["age_group"], "counts": ["patients"],
	"values": [{ "column": "mean_mm", "statistic": "mean", "of": "patients" }] } ] }"#;

/// Stands for what the runner derives from the data keys.
const BLINDING: [u8; 32] = [2; 32];

fn main() -> Result<(), Box<dyn Error>> {
	let directory = tempfile::tempdir()?;
	let mut ledger = Ledger::open(&directory.path().join("ledger"))?;
	let quarantine = Quarantine::open(&directory.path().join("quarantine"))?;
	let account = Account { consumer: [1; 32], asset: 312 };
	// Stands for 40 MB of sealed studies; the gate reads any number of any readers.
	let input = "case 0017: spiculated nodule, 11.3 mm, right upper lobe\n".repeat(200);

	let tables = [
		"age_group,patients,mean_mm\n60-69,131,7.31882\n50-59,88,6.90114\n",
		"age_group,patients,mean_mm\n60-69,130,7.29006\n50-59,88,6.90114\n",
		"age_group,patients,mean_mm\n\"spiculated nodule, 11.3 mm, right upper lobe\",20,11.3\n",
	];
	for (job, table) in (1..).zip(tables) {
		let standing = ledger.standing(&[account], job);
		let policy = Policy {
			permit_cap: 64 << 10,
			largest_output: None,
			largest_model: 0,
			smallest_group: Policy::SMALLEST_GROUP,
			input_bytes: 40_000_000,
			released_bytes: standing.released_bytes,
			release_budget: 1 << 20,
			significant_digits: Policy::SIGNIFICANT_DIGITS,
		};
		let gate = Gate::new(&policy, &standing.cells, &[])?;
		let outputs = [("outputs.json", DECLARED), ("nodules.csv", table)]
			.map(|(name, text)| Output { name: name.to_owned(), bytes: text.as_bytes().to_vec() });
		match gate.check(outputs.to_vec(), [Ok(input.as_bytes())])? {
			Verdict::Released(Release { bundle, cells }) => {
				let (bytes, digest) = (bundle.padded_len(), bundle.digest());
				let (budget, smallest_group) = (policy.release_budget, policy.smallest_group);
				let accounts = vec![account];
				let reservation = Reservation { job, accounts, digest, bytes, cells, budget, smallest_group };
				if ledger.reserve(reservation)? != Reserved::Committed {
					std::fs::write(Path::new(directory.path()).join("out.bundle"), bundle.bytes())?;
					ledger.commit(job)?;
				}
				println!("job {job}: released, {bytes} bytes");
				for output in decode(bundle.bytes())? {
					print!("{}:\n{}", output.name, String::from_utf8_lossy(&output.bytes));
				}
			}
			Verdict::AwaitingOwner(release) => {
				println!(
					"job {job}: awaiting its owner as {}",
					quarantine.keep(job, BLINDING, &[], &release)?
				);
			}
			Verdict::Held { reasons, kept } => {
				let id = quarantine.keep(job, BLINDING, &reasons, &kept)?.to_string();
				for reason in &reasons {
					println!("job {job}: held, {} {}: {reason}", reason.number(), reason.code());
				}
				println!("job {job}: kept as {}...", &id[..8]);
			}
		}
	}
	Ok(())
}
