//! Accounts as people write them.

use subxt::utils::AccountId32;

/// Bytes of an address as Ethereum wallets show it.
const ETHEREUM_BYTES: usize = 20;
/// What fills them up to those of an account.
const FILLER: u8 = 0xee;

/// An address in the form that the index has, from any of a wallet's forms: SS58 with whatever prefix, the public key in
/// hexadecimal, or the 20 bytes that an Ethereum wallet shows. None where it is none of them.
pub fn read(text: &str) -> Option<String> {
	key(text).map(|key| AccountId32(key).to_string())
}

/// The account behind an address: its public key, or for Ethereum wallets their 20 bytes filled up.
pub fn key(text: &str) -> Option<[u8; 32]> {
	if let Some(digits) = text.strip_prefix("0x") {
		let mut bytes = hex::decode(digits).ok()?;
		if bytes.len() == ETHEREUM_BYTES {
			bytes.resize(32, FILLER);
		}
		return bytes.try_into().ok();
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
	fn address_of_an_ethereum_wallet_is_an_account() {
		let read = read("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
		assert_eq!(read.as_deref(), Some("5Ha8yXQgvWcvpFya1BmjtJX386xUskafNTzU4Zmb6B3UwYd9"));
	}

	#[test]
	fn what_is_no_address_is_none() {
		for text in [
			"",
			"0x",
			"0x12",
			"0xf39fd6e51aad88f6f4ce6ab8827279cfffb922",
			"CT-2025-0312",
			"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQZ",
		] {
			assert_eq!(read(text), None, "{text}");
		}
	}
}
