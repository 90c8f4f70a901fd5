//! What one RPC client may ask of a node.
//!
//! The limits are on by default, as defaults of the command line, so that `--help` shows them. Loopback is trusted with
//! any number of calls: whoever is on the machine can slow the node down in cheaper ways, and a replay, an indexer or a
//! benchmark beside its node makes thousands of calls a second. A proxy on the same machine would hand that trust to
//! everybody, so behind one `--rpc-rate-limit-trust-proxy-headers` and `--rpc-methods safe` belong.

use clap::Arg;
use sc_service::config::{RpcBatchRequestConfig, RpcConfiguration, RpcMethods};

/// Calls a minute on one connection, all of which may come at once; more wait, and fail after ten attempts. A wallet
/// makes some dozens when it starts.
const CALLS_PER_MINUTE: &str = "1200";
/// Who may make any number of calls.
const TRUSTED: [&str; 2] = ["127.0.0.1/32", "::1/128"];
/// Requests in one batch.
const BATCH: &str = "100";
/// MiB of a request. A transaction is at most 3.75 MiB, and takes twice that as hexadecimal text.
const REQUEST_MIB: &str = "8";
/// Subscriptions on one connection.
const SUBSCRIPTIONS: &str = "256";

/// `--rpc-rate-limit`, on by default.
pub fn rate(arg: Arg) -> Arg {
	explained(
		arg.default_value(CALLS_PER_MINUTE),
		"Calls a minute that one connection may make. Over HTTP each request is counted by itself, so this bounds a \
		 batch; limit requests in front of the node",
	)
}

/// `--rpc-rate-limit-whitelisted-ips`, loopback by default.
pub fn trusted(arg: Arg) -> Arg {
	explained(
		arg.default_values(TRUSTED),
		"Networks without a rate limit, as 192.0.2.0/24. Those that are named replace the default",
	)
}

/// `--rpc-max-batch-request-len`, bounded by default.
pub fn batch(arg: Arg) -> Arg {
	arg.default_value(BATCH)
}

/// `--rpc-max-request-size`: what a transaction takes.
pub fn request(arg: Arg) -> Arg {
	arg.default_value(REQUEST_MIB)
}

/// `--rpc-max-subscriptions-per-connection`: what a wallet takes.
pub fn subscriptions(arg: Arg) -> Arg {
	arg.default_value(SUBSCRIPTIONS)
}

/// What the SDK says of it no longer fits.
fn explained(arg: Arg, help: &'static str) -> Arg {
	arg.help(help).long_help(None::<&str>)
}

/// Gives endpoints that were named one by one the rate limit and the batch limit that they leave open. Fails where one
/// that others than this machine can reach would serve unsafe methods.
pub fn apply(rpc: &mut RpcConfiguration) -> Result<(), String> {
	for endpoint in rpc.addr.iter_mut().flatten() {
		if matches!(endpoint.rpc_methods, RpcMethods::Unsafe) && !endpoint.listen_addr.ip().is_loopback() {
			return Err(format!(
				"unsafe RPC methods are not served at {}, which others can reach: they belong on loopback",
				endpoint.listen_addr,
			));
		}
		endpoint.rate_limit = endpoint.rate_limit.or(rpc.rate_limit);
		if endpoint.rate_limit_whitelisted_ips.is_empty() {
			endpoint.rate_limit_whitelisted_ips.clone_from(&rpc.rate_limit_whitelisted_ips);
		}
		if matches!(endpoint.batch_config, RpcBatchRequestConfig::Unlimited) {
			endpoint.batch_config = rpc.batch_config;
		}
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use crate::cli::Cli;
	use clap::Parser;
	use sc_cli::RpcEndpoint;
	use sc_service::config::RpcBatchRequestConfig as Batch;

	/// The first endpoint of a node that was started with these arguments.
	fn endpoint(args: &[&str]) -> RpcEndpoint {
		let cli = Cli::try_parse_from([&["heirloom-node"], args].concat()).unwrap();
		cli.run.rpc_params.rpc_addr(false, false, 9_944).unwrap().unwrap().remove(0)
	}

	#[test]
	fn limits_are_on_without_being_asked_for() {
		for args in [&[][..], &["--rpc-external"]] {
			let endpoint = endpoint(args);
			assert_eq!(endpoint.rate_limit.map(u32::from), Some(1_200));
			assert_eq!(endpoint.rate_limit_whitelisted_ips.len(), 2);
			assert!(matches!(endpoint.batch_config, Batch::Limit(100)));
			assert_eq!(endpoint.max_payload_in_mb, 8);
			assert_eq!(endpoint.max_subscriptions_per_connection, 256);
			assert_eq!(endpoint.max_connections, 100);
		}
	}

	#[test]
	fn limits_can_be_named() {
		let endpoint = endpoint(&[
			"--rpc-rate-limit",
			"7",
			"--rpc-rate-limit-whitelisted-ips",
			"192.0.2.0/24",
			"--rpc-disable-batch-requests",
		]);
		assert_eq!(endpoint.rate_limit.map(u32::from), Some(7));
		assert_eq!(endpoint.rate_limit_whitelisted_ips.len(), 1);
		assert!(matches!(endpoint.batch_config, Batch::Disabled));
	}
}
