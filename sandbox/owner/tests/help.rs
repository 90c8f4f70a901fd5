//! What the commands show of themselves.

use clap::CommandFactory;
use heirloom_owner::{review::ReviewArgs, seal::SealArgs};

/// What a command's help ends with.
fn after(command: &clap::Command) -> String {
	command.get_after_help().unwrap().to_string()
}

#[test]
fn examples_should_not_be_broken_by_the_width_of_a_terminal() {
	for text in [after(&SealArgs::command()), after(&ReviewArgs::command())] {
		let examples: Vec<_> = text.lines().filter(|line| line.starts_with(' ')).collect();
		assert!(!examples.is_empty());
		for line in examples {
			assert!(line.chars().count() <= 78, "{line}");
		}
	}
}

/// Without such a domain an asset is not put into sandboxes as it is minted.
#[test]
fn example_should_mint_the_data_of_patients_in_a_medical_domain() {
	let text = after(&SealArgs::command());
	let (_, mint) = text.split_once("heirloom mint ").unwrap();
	assert!(mint.contains("--domain medical-imaging"), "{mint}");
}
