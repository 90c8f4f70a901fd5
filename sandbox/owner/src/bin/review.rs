//! `heirloom-review`, run as `heirloom review`.

use clap::Parser;
use heirloom_owner::{end, review};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
	end("heirloom review", review::run(review::ReviewArgs::parse()).await)
}
