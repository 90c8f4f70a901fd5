//! Refusals 17 and 18: small groups, differences, dominance, extremes.

mod common;

use common::{manifest, output, policy, reasons, verdict};
use heirloom_gate::{Account, Cell, Error, Gate, Ledger, Reason, Release, Reservation, Verdict, decode};
use proptest::prelude::*;

const COUNTS: &str = r#"{"name":"t.csv","kind":"table","keys":["age"],"counts":["patients"]}"#;

fn table(columns: &str, rows: &str) -> Vec<heirloom_gate::Output> {
	let declared = format!(
		"{{\"name\":\"t.csv\",\"kind\":\"table\",\"keys\":[\"age\"],\"counts\":[\"patients\"],{columns}}}"
	);
	vec![manifest(&declared), output("t.csv", rows)]
}

fn counts(rows: &str) -> Vec<heirloom_gate::Output> {
	vec![manifest(COUNTS), output("t.csv", rows)]
}

fn table_reasons(columns: &str, rows: &str) -> Vec<Reason> {
	reasons(&policy(), table(columns, rows), &[])
}

fn released(outputs: Vec<heirloom_gate::Output>) -> Release {
	match verdict(&policy(), outputs, &[]) {
		Verdict::Released(release) => release,
		other => panic!("not released: {other:?}"),
	}
}

fn content(release: &Release) -> String {
	let outputs = decode(release.bundle.bytes()).expect("the gate's own bundle");
	String::from_utf8(outputs[0].bytes.clone()).expect("a table is text")
}

#[test]
fn a_table_of_large_groups_should_be_released_in_canonical_form() {
	let columns = r#""values":[{"column":"mm","statistic":"mean","of":"patients"}]"#;
	let release = released(table(columns, "patients,mm,age\n0120, 7.123456,60\n44,6.5e0,\"50\"\n"));
	assert_eq!(content(&release), "age,patients,mm\n50,44,6.5\n60,120,7.123\n");
	assert_eq!(release.cells.len(), 2);
}

#[test]
fn refusal_17_a_cell_below_the_group_should_be_held() {
	assert_eq!(reasons(&policy(), counts("age,patients\n50,9\n60,120\n"), &[]), [Reason::GroupTooSmall]);
	assert_eq!(reasons(&policy(), counts("age,patients\n50,10\n60,120\n"), &[]), []);
}

#[test]
fn refusal_17_a_cell_of_zero_should_be_held() {
	assert_eq!(reasons(&policy(), counts("age,patients\n50,0\n60,120\n"), &[]), [Reason::GroupTooSmall]);
}

#[test]
fn refusal_17_a_share_that_stands_for_few_should_be_held() {
	let columns = r#""values":[{"column":"smokers","statistic":"share","of":"patients"}]"#;
	assert_eq!(table_reasons(columns, "age,patients,smokers\n50,100,0.03\n"), [Reason::GroupTooSmall]);
	assert_eq!(table_reasons(columns, "age,patients,smokers\n50,100,0.95\n"), [Reason::GroupTooSmall]);
	assert_eq!(table_reasons(columns, "age,patients,smokers\n50,100,0.5\n"), []);
}

#[test]
fn refusal_17_metrics_of_few_records_should_be_held() {
	let metrics = |records: u64| {
		let declared = format!("{{\"name\":\"m.json\",\"kind\":\"metrics\",\"records\":{records}}}");
		reasons(&policy(), vec![manifest(&declared), output("m.json", "{\"auc\":0.91}")], &[])
	};
	assert_eq!(metrics(9), [Reason::GroupTooSmall]);
	assert_eq!(metrics(10), []);
}

#[test]
fn refusal_17_two_jobs_whose_difference_isolates_one_record_should_be_held() {
	let first = released(counts("age,patients\n50,44\n60,120\n"));
	let policy = policy();
	let gate = Gate::new(&policy, &first.cells, &[]).expect("no identifiers");
	let check = |rows: &str| gate.check(counts(rows), [Ok(&[][..])]).expect("nothing to read");
	match check("age,patients\n50,44\n60,119\n") {
		Verdict::Held { reasons, .. } => assert_eq!(reasons, [Reason::DifferenceTooSmall]),
		other => panic!("not held: {other:?}"),
	}
	assert!(matches!(check("age,patients\n50,44\n60,120\n"), Verdict::Released(_)));
	assert!(matches!(check("age,patients\n50,44\n60,99\n"), Verdict::Released(_)));
}

#[test]
fn refusal_17_two_tables_of_one_job_that_isolate_should_be_held() {
	let declared = r#"{"name":"a.csv","kind":"table","keys":["age"],"counts":["patients"]},
		{"name":"b.csv","kind":"table","keys":["sex","age"],"counts":["patients"]}"#;
	let by_both = output("b.csv", "age,sex,patients\n50,f,60\n50,m,57\n");
	let outputs = vec![manifest(declared), output("a.csv", "age,patients\n50,120\n"), by_both];
	assert_eq!(reasons(&policy(), outputs, &[]), [Reason::DifferenceTooSmall]);
}

/// What is reserved for a job with these outputs, which the gate has nothing against by themselves.
fn reservation(job: u64, outputs: Vec<heirloom_gate::Output>) -> Reservation {
	let Release { bundle, cells } = released(outputs);
	Reservation {
		job,
		accounts: vec![Account { consumer: [1; 32], asset: 7 }],
		digest: bundle.digest(),
		bytes: bundle.padded_len(),
		cells,
		budget: 1 << 20,
		smallest_group: 10,
	}
}

#[test]
fn refusal_17_jobs_at_the_same_time_should_not_isolate() {
	let directory = tempfile::tempdir().expect("a place to write");
	let mut ledger = Ledger::open(&directory.path().join("ledger")).expect("a new ledger");
	// Both passed the gate before either was reserved.
	let mut reserve = |job: u64, rows: &str| ledger.reserve(reservation(job, counts(rows)));
	reserve(1, "age,patients\n50,44\n").expect("the first");
	let error = reserve(2, "age,patients\n50,43\n").expect_err("the second isolates");
	assert!(matches!(error, Error::Overtaken(Reason::DifferenceTooSmall)));
}

#[test]
fn refusal_17_a_job_in_between_should_not_hide_what_two_others_isolate() {
	let directory = tempfile::tempdir().expect("a place to write");
	let path = directory.path().join("ledger");
	// Every job finds the counts as they were written.
	let reserve = |job, outputs| Ledger::open(&path).expect("a ledger").reserve(reservation(job, outputs));
	let everybody = r#"{"name":"all.csv","kind":"table","keys":[],"counts":["patients"]}"#;
	let by_sex = r#"{"name":"sex.csv","kind":"table","keys":["sex"],"counts":["patients"]}"#;
	let of_sex = |row: &str| output("sex.csv", format!("sex,patients\n{row}\n"));
	let both = manifest(&format!("{everybody},{by_sex}"));
	reserve(1, vec![both, output("all.csv", "patients\n100\n"), of_sex("f,60")]).expect("40 are left");
	reserve(2, vec![manifest(by_sex), of_sex("f,50")]).expect("10 are in one and not the other");
	let error = reserve(3, vec![manifest(by_sex), of_sex("m,38")]).expect_err("2 are left");
	assert!(matches!(error, Error::Overtaken(Reason::DifferenceTooSmall)));
	reserve(3, vec![manifest(by_sex), of_sex("m,30")]).expect("10 are left, or 20");
}

const SUMS: &str = r#""values":[{"column":"cost","statistic":"sum","of":"patients",
	"contributions":{"largest":"first_cost","second":"second_cost"}}]"#;

#[test]
fn refusal_17_a_dominated_cell_should_be_held() {
	let rows = |largest: u32, second: u32| {
		format!("age,patients,cost,first_cost,second_cost\n50,20,1000,{largest},{second}\n")
	};
	assert_eq!(table_reasons(SUMS, &rows(501, 10)), [Reason::DominantContributor]);
	// The second can take the first for all that is not its own: to within 10 %.
	assert_eq!(table_reasons(SUMS, &rows(490, 470)), [Reason::DominantContributor]);
	assert_eq!(table_reasons(SUMS, &rows(490, 100)), []);
}

#[test]
fn contributions_should_not_be_released() {
	let release = released(table(SUMS, "age,patients,cost,first_cost,second_cost\n50,20,1000,90,80\n"));
	assert_eq!(content(&release), "age,patients,cost\n50,20,1000\n");
}

#[test]
fn refusal_18_minimum_columns_should_be_held() {
	for statistic in ["minimum", "maximum"] {
		let columns = format!(r#""values":[{{"column":"mm","statistic":"{statistic}","of":"patients"}}]"#);
		assert_eq!(table_reasons(&columns, "age,patients,mm\n50,1000,7\n"), [Reason::ExtremeValue]);
	}
}

#[test]
fn refusal_18_a_column_called_after_an_extreme_should_be_held() {
	let columns = r#""values":[{"column":"mm_max","statistic":"mean","of":"patients"}]"#;
	assert_eq!(table_reasons(columns, "age,patients,mm_max\n50,1000,7\n"), [Reason::ExtremeValue]);
	let metrics = r#"{"name":"m.json","kind":"metrics","records":100}"#;
	let outputs = vec![manifest(metrics), output("m.json", "{\"largest_mm\":31}")];
	assert_eq!(reasons(&policy(), outputs, &[]), [Reason::ExtremeValue]);
}

#[test]
fn refusal_18_a_quantile_at_the_edge_should_be_held() {
	let at = |q: f64, patients: u32| {
		let columns =
			format!(r#""values":[{{"column":"mm","statistic":"quantile","q":{q},"of":"patients"}}]"#);
		table_reasons(&columns, &format!("age,patients,mm\n50,{patients},7\n"))
	};
	assert_eq!(at(0.999, 100), [Reason::ExtremeValue]);
	assert_eq!(at(0.001, 100), [Reason::ExtremeValue]);
	assert_eq!(at(0.9, 99), [Reason::ExtremeValue]);
	assert_eq!(at(0.5, 20), []);
	assert_eq!(at(0.95, 1_000), []);
}

#[test]
fn a_table_other_than_declared_should_be_held() {
	for rows in [
		"",
		"age\n50\n",
		"age,patients,name\n50,44,Doe\n",
		"age,age,patients\n50,50,44\n",
		"age,patients\n50,44,1\n",
		"age,patients\n50,+44\n",
		"age,patients\n50,44.5\n",
		"age,patients\n50,44\n50,45\n",
		"age,patients\n50,99999999999999999999\n",
		"age,patients\n\u{7},44\n",
	] {
		assert_eq!(reasons(&policy(), counts(rows), &[]), [Reason::TableInvalid], "{rows:?}");
	}
}

#[test]
fn metrics_of_another_form_should_be_held() {
	let declared = || manifest(r#"{"name":"m.json","kind":"metrics","records":100}"#);
	let many: Vec<String> = (0..65).map(|at| format!("\"m{at}\":1")).collect();
	for content in [
		"",
		"[1]",
		"{\"a\":\"x\"}",
		"{\"a\":[1]}",
		"{\"A b\":1}",
		"{\"a\":1e999}",
		&format!("{{{}}}", many.join(",")),
	] {
		let found = reasons(&policy(), vec![declared(), output("m.json", content)], &[]);
		assert_eq!(found, [Reason::MetricsInvalid], "{content}");
	}
}

#[test]
fn metrics_should_be_rounded() {
	let declared = manifest(r#"{"name":"m.json","kind":"metrics","records":100}"#);
	let release = released(vec![declared, output("m.json", "{ \"loss\": 0.1234567, \"auc\": 0.9 }")]);
	assert_eq!(content(&release), "{\"auc\":0.9,\"loss\":0.1235}\n");
}

#[test]
fn a_manifest_with_anything_unknown_should_be_held() {
	for declared in [
		r#"{"name":"t.csv","kind":"picture"}"#,
		r#"{"name":"t.csv","kind":"table","keys":[],"counts":["n"],"note":"x"}"#,
		r#"{"name":"t.csv","kind":"table","keys":[],"counts":[]}"#,
		r#"{"name":"t.csv","kind":"table","keys":["a","a"],"counts":["n"]}"#,
		r#"{"name":"t.csv","kind":"table","keys":["a","b","c","d","e","f","g"],"counts":["n"]}"#,
		r#"{"name":"t.csv","kind":"table","keys":[],"counts":["n"],"values":[{"column":"q","statistic":"quantile","of":"n"}]}"#,
		r#"{"name":"t.csv","kind":"table","keys":[],"counts":["n"],"values":[{"column":"q","statistic":"quantile","q":1.0,"of":"n"}]}"#,
		r#"{"name":"t.csv","kind":"table","keys":[],"counts":["n"],"values":[{"column":"m","statistic":"mean","of":"x"}]}"#,
		r#"{"name":"t.csv","kind":"model"},{"name":"t.csv","kind":"model"}"#,
		r#"{"name":"t.csv","kind":"model","note":"x"}"#,
		r#"{"name":"../t.csv","kind":"model"}"#,
	] {
		let found = reasons(&policy(), vec![manifest(declared), output("t.csv", "n\n10\n")], &[]);
		assert_eq!(found, [Reason::ManifestInvalid, Reason::OutputUndeclared], "{declared}");
	}
}

#[test]
fn an_undeclared_output_should_be_held() {
	let found = reasons(&policy(), vec![output("t.csv", "age,patients\n50,100\n")], &[]);
	assert_eq!(found, [Reason::OutputUndeclared]);
	assert_eq!(reasons(&policy(), vec![manifest(COUNTS)], &[]), [Reason::OutputMissing]);
}

proptest! {
	#[test]
	fn a_released_table_should_have_no_small_cell(cells in prop::collection::vec(0_u64..40, 1..20)) {
		let rows: String = cells.iter().enumerate().map(|(age, count)| format!("{age},{count}\n")).collect();
		let verdict = verdict(&policy(), counts(&format!("age,patients\n{rows}")), &[]);
		let is_released = matches!(verdict, Verdict::Released(_));
		prop_assert_eq!(is_released, cells.iter().all(|&count| count >= 10));
	}

	#[test]
	fn the_order_of_rows_should_not_be_released(seed in 0_usize..1_000) {
		let mut rows: Vec<String> = (0..20).map(|age| format!("{age},{}\n", 100 + age)).collect();
		let sorted = released(counts(&format!("age,patients\n{}", rows.concat())));
		for at in 0..rows.len() {
			rows.swap(at, (at * 7 + seed) % 20);
		}
		let shuffled = released(counts(&format!("age,patients\n{}", rows.concat())));
		prop_assert_eq!(sorted.bundle, shuffled.bundle);
	}

	#[test]
	fn no_two_released_tables_should_isolate(a in 10_u64..200, b in 10_u64..200) {
		let earlier: Vec<Cell> = released(counts(&format!("age,patients\n50,{a}\n"))).cells;
		let policy = policy();
		let gate = Gate::new(&policy, &earlier, &[]).expect("no identifiers");
		let verdict = gate.check(counts(&format!("age,patients\n50,{b}\n")), [Ok(&[][..])]).expect("nothing to read");
		let is_released = matches!(verdict, Verdict::Released(_));
		prop_assert_eq!(is_released, a == b || a.abs_diff(b) >= 10);
	}
}
