//! Rows that tests write themselves.

use heirloom_explorer::store::{Month, write::NewAsset};

/// An asset with nothing to it but a name.
pub fn asset(id: i64, handle: &str) -> NewAsset {
	NewAsset {
		id,
		handle: handle.into(),
		kind: "data",
		creator: String::new(),
		content: String::new(),
		domain: None,
		scenario: String::new(),
		terms: "share",
		share_rate: Some(0),
		price: None,
		call_fee: "0".into(),
		accuracy: None,
		speed_gain: None,
		quality: None,
		attested: false,
		impact: 0,
		status: "active",
		minted: Month(24_314),
		minted_at: None,
		minted_in: 0,
		minted_event: None,
		generation: 0,
		ancestors: 0,
	}
}
