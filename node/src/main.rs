//! Heirloom's validator and RPC node. All that it does is in `heirloom-node-lib`: the version names the commit, so what
//! stands here is compiled anew for each.

use std::process::ExitCode;
use tikv_jemallocator::Jemalloc;

/// A node's heap is millions of small trie nodes that come and go for months: with the system's own allocator a block
/// took the longer the larger the state was (`docs/settlement.md`).
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
	heirloom_node_lib::run(env!("SUBSTRATE_CLI_IMPL_VERSION"))
}
