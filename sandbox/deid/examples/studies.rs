//! Writes CT studies with planted identifiers, every second one with a nodule: `studies FOLDER COUNT`. What was planted
//! goes to standard output, one JSON object a value.

use heirloom_deid::plant::Study;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
	let arguments: Vec<String> = std::env::args().collect();
	let [_, folder, count] = arguments.as_slice() else { return Err("usage: studies FOLDER COUNT".into()) };
	for seed in 0..count.parse()? {
		let study = Path::new(folder).join(format!("{seed:06}"));
		std::fs::create_dir_all(&study)?;
		let slices = Study { seed, nodule: seed % 2 == 0, ..Study::default() }.files();
		for (number, slice) in slices.iter().enumerate() {
			std::fs::write(study.join(format!("{number:03}.dcm")), &slice.file.bytes)?;
			for planted in &slice.file.planted {
				let (class, place) = (planted.class, planted.place);
				let needle = hex::encode(&planted.needle);
				let line = serde_json::json!({"study": seed, "slice": number, "nodule": slice.nodule,
					"class": class, "place": place, "hex": needle});
				println!("{line}");
			}
		}
	}
	Ok(())
}
