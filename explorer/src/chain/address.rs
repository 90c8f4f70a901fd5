//! Accounts as people write them.

use subxt::utils::AccountId32;

/// An address in the form that the index has, from any of a wallet's forms: SS58 with whatever prefix, or the public key
/// in hexadecimal. None where it is neither.
pub fn read(text: &str) -> Option<String> {
	key(text).map(|key| AccountId32(key).to_string())
}

/// The public key behind an address.
pub fn key(text: &str) -> Option<[u8; 32]> {
	if let Some(digits) = text.strip_prefix("0x") {
		return hex::decode(digits).ok()?.try_into().ok();
	}
	// Shorter texts are no addresses of 32 bytes, and longer ones need not be looked at.
	if !(46..=50).contains(&text.len()) {
		return None;
	}
	text.parse::<AccountId32>().ok().map(|account| account.0)
}

#[cfg(test)]
mod tests {
	use super::*;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	#[test]
	fn forms_of_an_address_are_one() {
		let key = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
		for form in [ALICE, key, "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5"] {
			assert_eq!(read(form).as_deref(), Some(ALICE), "{form}");
		}
	}

	#[test]
	fn what_is_no_address_is_none() {
		for text in ["", "0x", "0x12", "CT-2025-0312", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQZ"] {
			assert_eq!(read(text), None, "{text}");
		}
	}
}
