//! Every mistake in a scenario is told with its place, in one line.

use heirloom_scenario::Scenario;
use std::fs;
use tempfile::TempDir;

const META: &str = r#"{ "name": "small", "period": "2026-03", "about": "two assets" }"#;
const HEADER: &str = "asset,kind,creator,minted,domain,terms,share_rate_bps,buyout_price,call_fee,\
	quality_bps,quality_attested,impact_bps,status\n";
const ROOT: &str = "ROOT,data,ann,2025-01,nlp,share,3000,,0.5,9000,yes,,active\n";
const TUNED: &str = "TUNED,model,bob,2025-02,,share,10000,,1,,no,0,active\n";
const EDGES: &str = "child,parent,relation\nTUNED,ROOT,trained_on\n";
const CALLS: &str = "caller,asset,units\nzed,ROOT,7\n";
const REVENUE: &str = "asset,amount\nTUNED,12.50\n";

/// A small scenario in which each test spoils one thing.
struct Files(TempDir);

impl Files {
	fn new() -> Self {
		let files = Self(TempDir::new().unwrap());
		files
			.with("scenario.json", META)
			.with("assets.csv", format!("{HEADER}{ROOT}{TUNED}"))
			.with("edges.csv", EDGES)
			.with("calls.csv", CALLS)
			.with("revenue.csv", REVENUE)
	}

	fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
		fs::write(self.0.path().join(name), content).unwrap();
		self
	}

	fn with_assets(self, rows: &str) -> Self {
		self.with("assets.csv", format!("{HEADER}{rows}"))
	}

	fn without(self, name: &str) -> Self {
		fs::remove_file(self.0.path().join(name)).unwrap();
		self
	}

	/// The one line that reading gives, without the directory.
	fn error(&self) -> String {
		let error = Scenario::read(self.0.path()).unwrap_err().to_string();
		assert!(!error.contains('\n'), "{error:?} has more than one line");
		error.replacen(&format!("{}/", self.0.path().display()), "", 1)
	}
}

#[test]
fn small_scenario_is_read() {
	let scenario = Scenario::read(Files::new().0.path()).unwrap();
	assert_eq!((scenario.name.as_str(), scenario.period.to_string().as_str()), ("small", "2026-03"));
	assert_eq!((scenario.assets.len(), scenario.calls.len(), scenario.revenue.len()), (2, 1, 1));
	assert_eq!(scenario.revenue[0].amount, 12_500_000);
	assert!(scenario.expected.is_none());
}

#[test]
fn columns_are_found_by_name() {
	let files = Files::new().with("calls.csv", "units,note,asset,caller\r\n7,\"a, b\",ROOT,zed\r\n");
	assert_eq!(Scenario::read(files.0.path()).unwrap().calls[0].units, 7);
}

#[test]
fn child_may_stand_before_its_parent() {
	let files = Files::new().with_assets(&format!("{TUNED}{ROOT}"));
	let scenario = Scenario::read(files.0.path()).unwrap();
	assert_eq!(
		scenario.assets.iter().map(|asset| asset.handle.as_str()).collect::<Vec<_>>(),
		["ROOT", "TUNED"]
	);
}

#[test]
fn missing_file() {
	let error = Files::new().without("edges.csv").error();
	assert!(error.starts_with("edges.csv: cannot be read: "), "{error}");
}

#[test]
fn empty_file() {
	assert_eq!(Files::new().with("calls.csv", "").error(), "calls.csv: the file is empty");
}

#[test]
fn file_that_is_not_utf8() {
	let error = Files::new().with("calls.csv", b"caller,asset,units\nz\xffd,ROOT,7\n").error();
	assert_eq!(error, "calls.csv:2: not UTF-8");
}

#[test]
fn scenario_without_assets() {
	assert_eq!(Files::new().with_assets("").error(), "assets.csv: no assets");
}

#[test]
fn missing_column() {
	let error = Files::new().with("calls.csv", "caller,asset\nzed,ROOT\n").error();
	assert_eq!(error, "calls.csv:1: column units: the header lacks it");
}

#[test]
fn repeated_column() {
	let error = Files::new().with("calls.csv", "caller,asset,units,units\nzed,ROOT,1,2\n").error();
	assert_eq!(error, "calls.csv:1: column units: the header names it twice");
}

#[test]
fn row_of_another_length() {
	let error = Files::new().with("calls.csv", "caller,asset,units\nzed,ROOT,7\nzed,ROOT\n").error();
	assert_eq!(error, "calls.csv:3: 2 fields where the header has 3");
}

#[test]
fn bad_number() {
	for units in ["3x", "-1", "1.5", "+2", "18446744073709551616"] {
		let error = Files::new().with("calls.csv", format!("caller,asset,units\nzed,ROOT,{units}\n")).error();
		assert_eq!(error, format!("calls.csv:2: column units: {units:?} is not a whole number"));
	}
}

#[test]
fn zero_units() {
	let error = Files::new().with("calls.csv", "caller,asset,units\nzed,ROOT,0\n").error();
	assert_eq!(error, "calls.csv:2: column units: must be more than 0");
}

#[test]
fn missing_value() {
	let error = Files::new().with("calls.csv", "caller,asset,units\n,ROOT,1\n").error();
	assert_eq!(error, "calls.csv:2: column caller: is empty");
}

#[test]
fn unknown_called_asset() {
	let error = Files::new().with("calls.csv", "caller,asset,units\nzed,NOBODY,1\n").error();
	assert_eq!(error, "calls.csv:2: column asset: unknown asset \"NOBODY\"");
}

#[test]
fn unknown_parent() {
	let error = Files::new().with("edges.csv", "child,parent,relation\nTUNED,NOBODY,merge\n").error();
	assert_eq!(error, "edges.csv:2: column parent: unknown asset \"NOBODY\"");
}

#[test]
fn unknown_child() {
	let error = Files::new().with("edges.csv", "child,parent,relation\nNOBODY,ROOT,merge\n").error();
	assert_eq!(error, "edges.csv:2: column child: unknown asset \"NOBODY\"");
}

#[test]
fn unknown_relation() {
	let error = Files::new().with("edges.csv", "child,parent,relation\nTUNED,ROOT,copied\n").error();
	assert!(error.starts_with("edges.csv:2: column relation: \"copied\" is none of trained_on, "), "{error}");
}

#[test]
fn duplicate_edge() {
	let error = Files::new().with("edges.csv", format!("{EDGES}TUNED,ROOT,merge\n")).error();
	assert_eq!(error, "edges.csv:3: column parent: the same as line 2");
}

#[test]
fn cycle() {
	let error = Files::new().with("edges.csv", format!("{EDGES}ROOT,TUNED,merge\n")).error();
	assert_eq!(error, "edges.csv:3: column parent: a cycle: ROOT → TUNED → ROOT");
}

#[test]
fn own_parent() {
	let error = Files::new().with("edges.csv", format!("{EDGES}ROOT,ROOT,merge\n")).error();
	assert_eq!(error, "edges.csv:3: column parent: a cycle: ROOT → ROOT");
}

#[test]
fn duplicate_handle() {
	let error = Files::new().with_assets(&format!("{ROOT}{TUNED}{ROOT}")).error();
	assert_eq!(error, "assets.csv:4: column asset: \"ROOT\" is already on line 2");
}

#[test]
fn handle_too_long() {
	let error = Files::new().with_assets(&ROOT.replace("ROOT", &"R".repeat(257))).error();
	assert!(error.starts_with("assets.csv:2: column asset: a handle is 1 to 256 printable"), "{error}");
}

#[test]
fn handle_with_a_space() {
	let error = Files::new().with_assets(&ROOT.replace("ROOT", "MY ROOT")).error();
	assert!(error.starts_with("assets.csv:2: column asset: a handle is 1 to 256 printable"), "{error}");
}

#[test]
fn handle_with_a_control_character() {
	let error = Files::new().with_assets(&ROOT.replace("ROOT", "R\u{7}")).error();
	assert!(error.starts_with("assets.csv:2: column asset: a handle is 1 to 256 printable"), "{error}");
}

/// One field of the root's row is spoilt; the error names its column.
fn spoilt(good: &str, bad: &str) -> String {
	Files::new().with_assets(&format!("{TUNED}{}", ROOT.replacen(good, bad, 1))).error()
}

#[test]
fn unknown_kind() {
	assert_eq!(
		spoilt("data", "dataset"),
		"assets.csv:3: column kind: \"dataset\" is none of data, model, script"
	);
}

#[test]
fn unknown_terms() {
	assert_eq!(spoilt("share", "gift"), "assets.csv:3: column terms: \"gift\" is none of share, buyout");
}

#[test]
fn unknown_status() {
	assert_eq!(spoilt("active", "gone"), "assets.csv:3: column status: \"gone\" is none of active, delisted");
}

#[test]
fn unknown_attestation() {
	assert_eq!(spoilt("yes", "maybe"), "assets.csv:3: column quality_attested: \"maybe\" is none of yes, no");
}

#[test]
fn bad_month() {
	let problem = "column minted: \"2025-13\" is not a month of the form 2026-03";
	assert_eq!(spoilt("2025-01", "2025-13"), format!("assets.csv:3: {problem}"));
}

#[test]
fn rate_above_one_hundred_percent() {
	let problem = "column share_rate_bps: 10001 basis points are more than 10,000 (100 %)";
	assert_eq!(spoilt("3000", "10001"), format!("assets.csv:3: {problem}"));
}

#[test]
fn more_than_six_decimals() {
	assert_eq!(
		spoilt("0.5", "0.1234567"),
		"assets.csv:3: column call_fee: \"0.1234567\" has more than six decimals"
	);
}

#[test]
fn amount_that_is_none() {
	let problem = "\"free\" is not an amount in U (digits, and a point before up to six decimals)";
	assert_eq!(spoilt("0.5", "free"), format!("assets.csv:3: column call_fee: {problem}"));
}

#[test]
fn buyout_without_a_price() {
	assert_eq!(spoilt("share", "buyout"), "assets.csv:3: column buyout_price: is empty");
}

#[test]
fn share_without_a_rate() {
	assert_eq!(spoilt("3000", ""), "assets.csv:3: column share_rate_bps: is empty");
}

#[test]
fn revenue_on_an_unknown_asset() {
	let error = Files::new().with("revenue.csv", "asset,amount\nNOBODY,1\n").error();
	assert_eq!(error, "revenue.csv:2: column asset: unknown asset \"NOBODY\"");
}

#[test]
fn revenue_without_an_eligible_ancestor() {
	let error = Files::new().with("revenue.csv", "asset,amount\nROOT,1\n").error();
	assert!(error.starts_with("revenue.csv:2: column asset: \"ROOT\" has no eligible ancestor"), "{error}");
}

#[test]
fn revenue_of_nothing() {
	let error = Files::new().with("revenue.csv", "asset,amount\nTUNED,0.00\n").error();
	assert_eq!(error, "revenue.csv:2: column amount: must be more than 0");
}

#[test]
fn description_that_is_no_json() {
	let error = Files::new().with("scenario.json", "{ \"name\": \"x\",\n oops }").error();
	assert!(error.starts_with("scenario.json:2: "), "{error}");
}

#[test]
fn description_without_a_period() {
	let error = Files::new().with("scenario.json", r#"{ "name": "x", "about": "y" }"#).error();
	assert!(error.contains("missing field `period`"), "{error}");
}

#[test]
fn description_with_a_bad_period() {
	let error = Files::new().with("scenario.json", META.replace("2026-03", "March")).error();
	assert_eq!(error, "scenario.json: column period: \"March\" is not a month of the form 2026-03");
}

#[test]
fn expectation_for_an_unknown_asset() {
	let header = "asset,weight_bps,shared_micro,call_fees_micro,paid_micro,carried_micro\n";
	let error = Files::new().with("expected.csv", format!("{header}NOBODY,,0,0,0,0\n")).error();
	assert_eq!(error, "expected.csv:2: column asset: unknown asset \"NOBODY\"");
}

#[test]
fn expectation_twice_for_one_asset() {
	let header = "asset,weight_bps,shared_micro,call_fees_micro,paid_micro,carried_micro\n";
	let error = Files::new().with("expected.csv", format!("{header}ROOT,,0,0,0,0\nROOT,,0,0,0,0\n")).error();
	assert_eq!(error, "expected.csv:3: column asset: the same as line 2");
}
