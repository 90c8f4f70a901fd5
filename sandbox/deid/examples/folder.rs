//! De-identifies a folder: `folder INPUT OUTPUT`, with a salt of 64 hexadecimal digits in `DEID_SALT`.
//! The report goes to standard output as JSON.

use heirloom_deid::{Deidentifier, Options, Salt};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
	let arguments: Vec<String> = std::env::args().collect();
	let [_, input, output] = arguments.as_slice() else { return Err("usage: folder INPUT OUTPUT".into()) };
	let mut secret = [0; 32];
	hex::decode_to_slice(std::env::var("DEID_SALT")?, &mut secret)?;
	let deidentifier = Deidentifier::new(Salt::new(secret), Options::new(2026));
	let report = deidentifier.deidentify_folder(Path::new(input), Path::new(output), |progress| {
		eprintln!("{} of {}", progress.done, progress.total);
	})?;
	println!("{}", serde_json::to_string_pretty(&report)?);
	Ok(())
}
