//! Small jobs, written as text, for tests to which the work does not matter.

/// What a quiet job writes: figures over forty records, which the gate lets leave.
const FILES: [(&str, &str); 2] = [
	(
		"out/outputs.json",
		r#"{"version":1,"outputs":[{"name":"quality.json","kind":"metrics","records":40}]}"#,
	),
	("out/quality.json", r#"{"accuracy":0.5}"#),
];

/// A job that never ends.
pub fn endless() -> Vec<u8> {
	module("(loop (br 0))", &[])
}

/// A job that ends at once, and writes a figure.
pub fn quick() -> Vec<u8> {
	quiet_for(0)
}

/// A job that counts so far, and then writes a figure. Ten billion take some seconds.
pub fn quiet_for(rounds: u64) -> Vec<u8> {
	let counting = format!(
		"(local $n i64) (local.set $n (i64.const {rounds}))
		(block (loop
			(br_if 1 (i64.eqz (local.get $n)))
			(local.set $n (i64.sub (local.get $n) (i64.const 1)))
			(br 0)))"
	);
	module(&counting, &FILES)
}

/// A job that writes files: path and content.
pub fn writing(files: &[(&str, &str)]) -> Vec<u8> {
	module("", files)
}

/// A job that writes a line into its log, and fails.
pub fn failing(line: &str) -> Vec<u8> {
	let letters: String = line
		.bytes()
		.zip(64..)
		.map(|(letter, at)| format!("(i32.store8 (i32.const {at}) (i32.const {letter}))"))
		.collect();
	// One buffer of all of it.
	let start = format!(
		"{letters}
		(i32.store (i32.const 8) (i32.const 64))
		(i32.store (i32.const 12) (i32.const {}))
		(drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16)))
		unreachable",
		line.len()
	);
	module(&start, &[])
}

/// A command of WASI preview 1 with such a start, that then writes files. The folder of all is descriptor 3.
fn module(start: &str, files: &[(&str, &str)]) -> Vec<u8> {
	let (mut data, mut writes, mut at) = (String::new(), String::new(), 64);
	for (path, content) in files {
		let (path_at, content_at) = (at, at + path.len());
		at = content_at + content.len();
		let escaped: String =
			[*path, *content].concat().bytes().map(|byte| format!("\\{byte:02x}")).collect();
		data += &format!("(data (i32.const {path_at}) \"{escaped}\")\n");
		// New, to be written; then one buffer of all of it. Anything but 0 is a failure.
		writes += &format!(
			"(if (call $open (i32.const 3) (i32.const 0) (i32.const {path_at}) (i32.const {}) (i32.const 5)
				(i64.const 64) (i64.const 0) (i32.const 0) (i32.const 0)) (then unreachable))
			(i32.store (i32.const 8) (i32.const {content_at}))
			(i32.store (i32.const 12) (i32.const {}))
			(if (call $write (i32.load (i32.const 0)) (i32.const 8) (i32.const 1) (i32.const 16)) (then unreachable))\n",
			path.len(),
			content.len(),
		);
	}
	let text = format!(
		r#"(module
		(import "wasi_snapshot_preview1" "path_open"
			(func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
		(import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
		(memory (export "memory") 1)
		{data}
		(func (export "_start") {start} {writes}))"#
	);
	wat::parse_str(text).expect("the job is well-formed")
}
