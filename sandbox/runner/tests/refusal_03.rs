//! 3: sockets and look-ups of names.

mod common;

use common::{Guest, passes, refused, wasm};
use heirloom_sandbox::Refusal;

/// A module that imports a function.
fn importing(module: &str, name: &str, signature: &str) -> Vec<u8> {
	wasm(&format!(
		r#"(module (import "{module}" "{name}" (func {signature})) (memory (export "memory") 1) (func (export "_start")))"#
	))
}

#[test]
fn sockets_of_preview_1_should_be_refused() {
	for (name, signature) in [
		("sock_accept", "(param i32 i32 i32) (result i32)"),
		("sock_recv", "(param i32 i32 i32 i32 i32 i32) (result i32)"),
		("sock_send", "(param i32 i32 i32 i32 i32) (result i32)"),
		("sock_shutdown", "(param i32 i32) (result i32)"),
	] {
		assert_eq!(
			refused(importing("wasi_snapshot_preview1", name, signature)),
			Refusal::ImportRefused,
			"{name}"
		);
	}
}

#[test]
fn sockets_of_other_hosts_should_be_refused() {
	for (module, name) in [
		("wasi_snapshot_preview1", "sock_open"),
		("wasi_snapshot_preview1", "sock_connect"),
		("wasi_snapshot_preview1", "sock_getaddrinfo"),
		("wasi:sockets/tcp-create-socket@0.2.0", "create-tcp-socket"),
		("wasi:sockets/ip-name-lookup@0.2.0", "resolve-addresses"),
		("env", "socket"),
		("env", "getaddrinfo"),
	] {
		assert_eq!(
			refused(importing(module, name, "(param i32) (result i32)")),
			Refusal::ImportRefused,
			"{name}"
		);
	}
}

#[test]
fn descriptors_should_not_be_waited_for() {
	// A subscription of kind `fd_read` at 65,536.
	let guest = Guest::new().then(
		"(i32.store8 (i32.const 65544) (i32.const 1))
		 (call $expect
		   (call $poll_oneoff (i32.const 65536) (i32.const 66000) (i32.const 1) (i32.const 67000)) (i32.const 58))",
	);
	passes(&guest);
}

#[test]
fn there_should_be_no_more_descriptors_than_four() {
	let mut guest = Guest::new();
	for number in 4..20 {
		guest = guest.then(&format!(
			"(call $expect (call $fd_filestat_get (i32.const {number}) (i32.const 65536)) (i32.const 8))"
		));
	}
	passes(&guest);
}
