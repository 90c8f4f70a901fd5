//! `heirloom-seal`, run as `heirloom seal`.

use clap::Parser;
use heirloom_owner::{end, seal};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
	end("heirloom seal", seal::run(seal::SealArgs::parse()).await)
}
