//! Writes slices with planted identifiers: `plant FOLDER COUNT`. A list of what was planted goes to standard output,
//! one JSON object a value.

use heirloom_deid::plant::Plan;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
	let arguments: Vec<String> = std::env::args().collect();
	let [_, folder, count] = arguments.as_slice() else { return Err("usage: plant FOLDER COUNT".into()) };
	std::fs::create_dir_all(folder)?;
	for seed in 0..count.parse()? {
		let file = Plan { seed, ..Plan::default() }.file();
		std::fs::write(Path::new(folder).join(format!("{seed:06}.dcm")), &file.bytes)?;
		for planted in &file.planted {
			let (class, place) = (planted.class, planted.place);
			let line = serde_json::json!({"file": seed, "class": class, "place": place, "hex": hex::encode(&planted.needle)});
			println!("{line}");
		}
	}
	Ok(())
}
