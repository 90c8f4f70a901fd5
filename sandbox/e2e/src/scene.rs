//! What most tests begin with.

use crate::{Operator, World, plain_folder};
use heirloom_sandbox_chain::types::{Approval, AssetId};
use serde_json::Value;
use tempfile::TempDir;

/// Who owns data.
pub const OWNER: &str = "//Charlie";
/// Who asks for permits.
pub const CONSUMER: &str = "//Dave";

/// An operator, and an asset that it can open for jobs of some code.
pub struct Scene {
	/// The chain.
	pub world: World,
	/// The operator, whose runner is not started yet.
	pub operator: Operator,
	/// The asset.
	pub asset: AssetId,
	/// Its owner's data keys.
	keys: TempDir,
}

impl Scene {
	/// With an automatic policy that allows this code.
	pub async fn new(codes: &[&[u8]]) -> Self {
		Self::with(Approval::Automatic, codes).await
	}

	/// With a policy that allows this code.
	///
	/// # Panics
	/// If something does not go as it is to go.
	pub async fn with(approval: Approval, codes: &[&[u8]]) -> Self {
		let world = World::start().await;
		let operator = Operator::admitted(&world, "//Bob").await;
		let keys = tempfile::tempdir().expect("a folder for keys");
		// Where the owner approves each permit, nothing is sealed beforehand.
		let recipients = match approval {
			Approval::Automatic => vec![&operator],
			Approval::Owner => vec![],
		};
		let content = operator.seal_to(&world, OWNER, keys.path(), &plain_folder(), &recipients);
		let asset = world.mint_data(OWNER, "CT", &content, "1").await;
		world.set_policy(OWNER, asset, approval, codes, &[&operator]).await;
		Self { world, operator, asset, keys }
	}

	/// What `heirloom review` says to somebody with the owner's data keys.
	///
	/// # Panics
	/// If it fails.
	pub fn review(&self, words: &[&str]) -> Value {
		let keys = ["--keys", self.keys.path().to_str().expect("a path in UTF-8")];
		self.world.client().json(&[&["review"][..], words, &keys[..]].concat())
	}
}
