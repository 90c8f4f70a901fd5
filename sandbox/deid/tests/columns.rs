//! Tables under their owner's policies.

use dicom_object::DefaultDicomObject;
use heirloom_deid::columns::{
	ColumnPolicy, Generalisation, TableError, TableLimits, TablePolicy, TableReport, deidentify_csv,
	deidentify_json_lines,
};
use heirloom_deid::{Deidentifier, Options, Salt, plant};
use proptest::prelude::*;

const CSV: &str = "id,name,born,zip,age,score,note\n\
	7,Jane Kowalski,1957-03-12,94110,66,0.5,stable\n\
	8,Ivan Petrov,1931-01-02,03601,94,0.7,\"Petrov, stable\"\n";

fn policy() -> TablePolicy {
	serde_json::from_str(
		r#"{"columns": {
			"id": "hash",
			"born": {"generalise": {"year": {"oldest": 1937}}},
			"zip": {"generalise": "zip3"},
			"age": {"generalise": {"bins": {"width": 10.0, "top": 90.0}}},
			"score": "keep",
			"note": "keep"
		}}"#,
	)
	.unwrap()
}

fn csv(input: &str) -> Result<(String, TableReport), TableError> {
	csv_with(input, &policy(), &TableLimits::default())
}

fn csv_with(
	input: &str,
	policy: &TablePolicy,
	limits: &TableLimits,
) -> Result<(String, TableReport), TableError> {
	let mut output = Vec::new();
	let report = deidentify_csv(input.as_bytes(), &mut output, policy, &Salt::new([7; 32]), limits)?;
	Ok((String::from_utf8(output).unwrap(), report))
}

fn json(input: &str) -> Result<(String, TableReport), TableError> {
	let mut output = Vec::new();
	let (salt, limits) = (Salt::new([7; 32]), TableLimits::default());
	let report = deidentify_json_lines(input.as_bytes(), &mut output, &policy(), &salt, &limits)?;
	Ok((String::from_utf8(output).unwrap(), report))
}

#[test]
fn each_policy_should_be_applied_to_its_column() {
	let (output, report) = csv(CSV).unwrap();
	let rows: Vec<Vec<&str>> = output.lines().map(|line| line.split(',').collect()).collect();
	assert_eq!(rows[0], ["id", "born", "zip", "age", "score", "note"]);
	assert_eq!(rows[1][1..], ["1957", "941", "60..70", "0.5", "stable"]);
	assert_eq!(rows[2][1..5], ["<1937", "000", ">=90", "0.7"]);
	assert_eq!(rows[1][0].len(), 32);
	assert_ne!(rows[1][0], rows[2][0]);
	assert_eq!((report.rows, report.dropped, report.emptied), (2, 2, 1));
	assert!(
		["JANE KOWALSKI", "PETROV", "1957-03-12"].iter().all(|taken| report.identifiers.contains(*taken))
	);
	assert!(!report.identifiers.contains("STABLE"));
}

#[test]
fn a_dropped_name_should_not_stay_in_a_note() {
	let (output, _) = csv(CSV).unwrap();
	assert!(!output.contains("Petrov"));
}

#[test]
fn an_unknown_column_should_be_dropped() {
	let (output, _) = csv("id,score,surprise,born,zip,age,note\n1,2,secret,1960,94110,3,x\n").unwrap();
	assert!(!output.contains("surprise") && !output.contains("secret"));
}

#[test]
fn hashes_should_agree_within_the_asset_alone() {
	let hash = |secret| {
		let mut output = Vec::new();
		let columns = [("id".to_owned(), ColumnPolicy::Hash)].into();
		let salt = Salt::new([secret; 32]);
		deidentify_csv(
			"id\n7\n7\n".as_bytes(),
			&mut output,
			&TablePolicy { columns },
			&salt,
			&TableLimits::default(),
		)
		.unwrap();
		String::from_utf8(output).unwrap()
	};
	let own = hash(1);
	let rows: Vec<&str> = own.lines().collect();
	assert_eq!(rows[1], rows[2]);
	assert_ne!(own, hash(2));
}

#[test]
fn a_policy_for_another_table_should_be_refused() {
	assert!(matches!(csv("id,score\n1,2\n"), Err(TableError::UnknownColumn)));
}

#[test]
fn a_missing_header_should_be_refused() {
	assert!(matches!(
		csv_with("", &TablePolicy::default(), &TableLimits::default()),
		Err(TableError::Header)
	));
}

#[test]
fn a_repeated_column_should_be_refused() {
	let result = csv_with("a,a\n1,2\n", &TablePolicy::default(), &TableLimits::default());
	assert!(matches!(result, Err(TableError::Header)));
}

#[test]
fn a_malformed_row_should_be_named_by_its_line_alone() {
	let error = csv(&format!("{CSV}9,Secretive\n")).unwrap_err();
	assert!(matches!(error, TableError::Row { line: 4 }), "{error:?}");
	assert!(!format!("{error} {error:?}").contains("Secretive"));
}

#[test]
fn a_cell_that_cannot_be_generalised_should_be_named_by_its_line_alone() {
	let error = csv(&CSV.replace("66", "secret")).unwrap_err();
	assert!(matches!(error, TableError::Cell { line: 2 }), "{error:?}");
	assert!(!format!("{error} {error:?}").contains("secret"));
}

#[test]
fn a_quote_that_is_never_closed_should_not_fill_the_memory() {
	let limits = TableLimits { row_bytes: 1000, ..TableLimits::default() };
	let endless = format!("a\n\"{}", "x".repeat(1 << 20));
	let columns = [("a".to_owned(), ColumnPolicy::Keep)].into();
	let result = csv_with(&endless, &TablePolicy { columns }, &limits);
	assert!(matches!(result, Err(TableError::RowTooLarge { line: 2 })), "{result:?}");
}

#[test]
fn too_many_rows_should_be_refused() {
	let limits = TableLimits { rows: 1, ..TableLimits::default() };
	assert!(matches!(csv_with(CSV, &policy(), &limits), Err(TableError::TooManyRows)));
}

#[test]
fn bins_without_width_should_be_refused() {
	let form = Generalisation::Bins { width: 0.0, top: None };
	let columns = [("a".to_owned(), ColumnPolicy::Generalise(form))].into();
	let result = csv_with("a\n1\n", &TablePolicy { columns }, &TableLimits::default());
	assert!(matches!(result, Err(TableError::Policy)));
}

#[test]
fn json_objects_should_follow_the_same_policies() {
	let input =
		r#"{"id": 7, "name": {"family": "Kowalski"}, "age": 66, "score": 0.5, "note": "Mrs Kowalski"}"#;
	let (output, report) = json(input).unwrap();
	let row: serde_json::Value = serde_json::from_str(&output).unwrap();
	assert_eq!(row["age"], "60..70");
	assert_eq!(row["score"], 0.5);
	assert_eq!(row["note"], "");
	assert!(row.get("name").is_none());
	assert_eq!((report.rows, report.dropped, report.emptied), (1, 1, 1));
}

#[test]
fn a_nested_value_should_not_stay() {
	let error = json(r#"{"note": {"text": "hidden"}}"#).unwrap_err();
	assert!(matches!(error, TableError::Cell { line: 1 }));
}

#[test]
fn a_malformed_line_should_be_named_without_its_values() {
	let error = json("{\"score\": 1}\n\n{\"score\": secret}\n").unwrap_err();
	assert!(matches!(error, TableError::Row { line: 3 }));
	assert!(!format!("{error:?}").contains("secret"));
}

#[test]
fn a_long_line_should_be_refused() {
	let limits = TableLimits { row_bytes: 10, ..TableLimits::default() };
	let mut output = Vec::new();
	let input = "{\"note\": \"0123456789\"}".as_bytes();
	let result = deidentify_json_lines(input, &mut output, &policy(), &Salt::new([7; 32]), &limits);
	assert!(matches!(result, Err(TableError::RowTooLarge { line: 1 })));
}

proptest! {
	#[test]
	fn a_dropped_column_should_never_be_in_the_output(name in "[A-Z][a-z]{5,12}zq", note in "[a-z ]{0,20}", at in 0..20usize) {
		let at = at.min(note.len());
		let note = format!("{} {name} {}", &note[..at], &note[at..]);
		let input = format!("name,note\n{name},\"{note}\"\n");
		let columns = [("note".to_owned(), ColumnPolicy::Keep)].into();
		let (output, _) = csv_with(&input, &TablePolicy { columns }, &TableLimits::default()).unwrap();
		prop_assert!(!output.contains(&name));
	}

	#[test]
	fn any_bytes_should_give_an_answer(input in prop::collection::vec(any::<u8>(), 0..300)) {
		let (salt, limits) = (Salt::new([7; 32]), TableLimits::default());
		let policy = TablePolicy::default();
		let _ = deidentify_csv(&input[..], Vec::new(), &policy, &salt, &limits);
		let _ = deidentify_json_lines(&input[..], Vec::new(), &policy, &salt, &limits);
	}
}

#[test]
fn labels_should_name_the_instances_as_the_images_do() {
	let planted = plant::Plan::default().file();
	let (_, report) =
		Deidentifier::new(Salt::new([7; 32]), Options::new(2026)).deidentify(&planted.bytes).unwrap();
	let original = DefaultDicomObject::from_reader(&planted.bytes[..]).unwrap();
	let uid = original.element_by_name("SOPInstanceUID").unwrap().to_str().unwrap();
	let uid = uid.trim_end_matches('\0');

	let policy = serde_json::from_str(r#"{"columns": {"instance": "uid", "malignant": "keep"}}"#).unwrap();
	let table = format!("instance,malignant\n{uid},1\n,0\n");
	let (result, _) = csv_with(&table, &policy, &TableLimits::default()).unwrap();
	assert_eq!(result, format!("instance,malignant\n{},1\n,0\n", report.instance));
}
