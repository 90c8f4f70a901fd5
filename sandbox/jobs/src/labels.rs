//! Labels that stand in a table beside the images.

use crate::Failure;
use std::collections::BTreeMap;

/// Column of SOP Instance UIDs. The table's policy gives them the pseudonyms that they have in the images.
const INSTANCE: &str = "sop_instance_uid";
/// Column that says whether there is a nodule: 1 or 0.
const NODULE: &str = "nodule";

/// What tables say about slices, by SOP Instance UID.
///
/// A table is a CSV file whose header has the columns `sop_instance_uid` and `nodule`; it may have others.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Labels(BTreeMap<String, bool>);

impl Labels {
	/// Takes the rows of a file, if it is such a table. Where tables disagree the last one counts.
	///
	/// # Errors
	///
	/// [`Failure::LabelsInvalid`] for a table with a row that has no UID, or neither 1 nor 0.
	pub fn read(&mut self, bytes: &[u8]) -> Result<(), Failure> {
		let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
		// What has no such header is another file: an image, a model.
		let Ok(header) = table.headers() else { return Ok(()) };
		let place = |name: &str| header.iter().position(|column| column == name);
		let (Some(instance), Some(nodule)) = (place(INSTANCE), place(NODULE)) else { return Ok(()) };
		for row in table.records() {
			let row = row.map_err(|_| Failure::LabelsInvalid)?;
			let uid = row.get(instance).filter(|uid| !uid.is_empty()).ok_or(Failure::LabelsInvalid)?;
			let marked = match row.get(nodule) {
				Some("1") => true,
				Some("0") => false,
				Some(_) | None => return Err(Failure::LabelsInvalid),
			};
			self.0.insert(uid.to_owned(), marked);
		}
		Ok(())
	}

	/// What is said about a slice, if anything.
	pub fn of(&self, instance: &str) -> Option<bool> {
		self.0.get(instance).copied()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn rows_should_be_found_by_their_uid() {
		let mut labels = Labels::default();
		labels.read(b"reader,nodule,sop_instance_uid\r\n\"a, b\",1,2.25.7\r\nb,0,\"2.25.8\"\r\n").unwrap();
		assert_eq!(["2.25.7", "2.25.8", "2.25.9"].map(|uid| labels.of(uid)), [Some(true), Some(false), None]);
	}

	#[test]
	fn other_files_should_be_passed_over() {
		let mut labels = Labels::default();
		let others: [&[u8]; 4] = [b"", b"age,sex\n1,f\n", b"\xff\xfe\n1", b"nodule\n1\n"];
		for other in others {
			labels.read(other).unwrap();
		}
		assert_eq!(labels, Labels::default());
	}

	#[test]
	fn row_without_a_label_should_be_refused() {
		let wrong: [&[u8]; 4] = [b"2.25.7,yes", b"2.25.7", b",1", b"2.25.7,\xff"];
		for row in wrong {
			let table = [b"sop_instance_uid,nodule\n", row].concat();
			assert!(matches!(Labels::default().read(&table), Err(Failure::LabelsInvalid)));
		}
	}
}
