//! 7: path traversal, symbolic links, device files.

mod common;

use common::{Guest, Place, job, passes, plain, refusal};
use heirloom_sandbox::{Refusal, Verdict};
use std::{fs, os::unix::fs::symlink};

/// Error numbers of preview 1.
const EXIST: u16 = 20;
const NOENT: u16 = 44;
const NOTDIR: u16 = 54;
const NOTCAPABLE: u16 = 76;
const READ: u64 = 2;
const WRITE: u64 = 64;
const CREATE: u32 = 1;

#[test]
fn paths_that_lead_out_should_be_refused() {
	let mut guest = Guest::new();
	for path in ["/etc/passwd", "../etc/passwd", "data/../../etc/passwd", "out/../../x", "..", "/"] {
		guest = guest.refused(path, 0, READ, NOTCAPABLE);
	}
	passes(&guest);
}

#[test]
fn devices_and_other_files_of_the_machine_should_not_be_there() {
	let mut guest = Guest::new();
	for path in
		["dev/null", "dev/urandom", "proc/self/maps", "proc/self/environ", "etc/passwd", "tmp", "home"]
	{
		guest = guest.refused(path, 0, READ, NOENT);
	}
	passes(&guest);
}

#[test]
fn inputs_should_not_be_written() {
	let place = Place::new();
	let guest = Guest::new()
		.refused("data/0/content", 0, READ | WRITE, NOTCAPABLE)
		.refused("data/0/content", CREATE, READ, NOTCAPABLE)
		.refused("data/0/new", CREATE, WRITE, NOENT)
		.refused("params.json", 0, WRITE, NOTCAPABLE);
	let mut spec = job(guest.module());
	spec.inputs = vec![place.input("in", b"data")];
	let outcome = place.run(&spec);
	assert_eq!(outcome.report.verdict, Verdict::Released, "{:?}", outcome.refusal);
}

#[test]
fn outputs_should_be_new_files_that_are_not_read() {
	let guest = Guest::new()
		.emit("a", b"x")
		.refused("out/a", CREATE, WRITE, EXIST)
		.refused("out/a", 0, READ, NOTCAPABLE)
		.refused("out/b", 0, READ, NOENT)
		.refused("out/b/c", CREATE, WRITE, NOTDIR);
	let outcome = Place::new().run(&job(guest.module()));
	// What it wrote is not declared, so it stays; the attempts did what they should, or it would have trapped.
	assert!(matches!(refusal(&outcome), Refusal::Held(_)), "{:?}", outcome.refusal);
}

#[test]
fn links_and_folders_should_not_be_made() {
	let mut guest = Guest::new();
	let (target, link) = (guest.bytes(b"/etc/passwd"), guest.bytes(b"out/link"));
	let guest = guest.then(&format!(
		"(call $expect (call $path_symlink {target} (i32.const 3) {link}) (i32.const 76))
		 (call $expect (call $path_link (i32.const 3) (i32.const 0) {target} (i32.const 3) {link}) (i32.const 76))
		 (call $expect (call $path_rename (i32.const 3) {target} (i32.const 3) {link}) (i32.const 76))
		 (call $expect (call $path_unlink_file (i32.const 3) {link}) (i32.const 76))
		 (call $expect (call $path_create_directory (i32.const 3) {link}) (i32.const 76))"
	));
	passes(&guest);
}

#[test]
fn link_in_an_asset_should_refuse_it() {
	let place = Place::new();
	let folder = place.folder.path().join("asset");
	fs::create_dir(&folder).unwrap();
	fs::write(folder.join("a"), "x").unwrap();
	symlink("/etc/passwd", folder.join("b")).unwrap();
	let mut spec = job(Guest::new().module());
	spec.inputs = vec![plain(folder)];
	assert_eq!(refusal(&place.run(&spec)), Refusal::ArchiveInvalid);
}

/// An archive whose one entry has a name and a kind that nobody checked.
fn archive(name: &str, kind: tar::EntryType) -> Vec<u8> {
	let mut header = tar::Header::new_ustar();
	header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
	header.set_size(0);
	header.set_entry_type(kind);
	header.set_cksum();
	let mut archive = tar::Builder::new(Vec::new());
	archive.append(&header, &[][..]).unwrap();
	archive.into_inner().unwrap()
}

#[test]
fn archive_that_leads_out_should_be_refused() {
	use tar::EntryType;
	for (name, kind) in [
		("../../etc/cron.d/x", EntryType::Regular),
		("/etc/passwd", EntryType::Regular),
		("link", EntryType::Symlink),
		("link", EntryType::Link),
		("device", EntryType::Char),
		("device", EntryType::Block),
		("pipe", EntryType::Fifo),
	] {
		let place = Place::new();
		let mut spec = job(Guest::new().module());
		spec.inputs = vec![place.input("in.tar", &archive(name, kind))];
		assert_eq!(refusal(&place.run(&spec)), Refusal::ArchiveInvalid, "{name} {kind:?}");
	}
}

#[test]
fn output_names_that_lead_elsewhere_should_be_held() {
	let outcome = Place::new().run(&job(Guest::new().emit("..name", b"x").emit("NAME", b"y").module()));
	assert_eq!(refusal(&outcome), Refusal::Held(heirloom_gate::Reason::NameNotAllowed));
}

#[test]
fn files_of_an_archive_should_be_found_below_the_asset_s_number() {
	let place = Place::new();
	place.input("asset/ct/1.dcm", b"one");
	let folder = place.folder.path().join("asset");
	let mut spec =
		job(Guest::new().echo("data/0/ct/1.dcm").echo("data/1/content").echo("params.json").module());
	spec.inputs = vec![plain(folder), place.input("single", b"two")];
	let outcome = place.run(&spec);
	assert_eq!(outcome.report.verdict, Verdict::Released, "{:?}", outcome.refusal);
	let log = heirloom_gate::decode(outcome.log.unwrap().bytes()).unwrap();
	assert_eq!(log[0].bytes, b"onetwo{}");
}
