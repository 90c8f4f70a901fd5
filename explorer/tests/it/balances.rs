//! What accounts have, against the state of the chain as it stands there, decoded by hand.

use crate::{
	answers::{ask, json},
	chain, indexed, server, sqlite,
};
use codec::Decode;
use heirloom_explorer::chain::{Chain, U_ID, rpc_params};
use sp_crypto_hashing::{blake2_128, twox_128};
use subxt::utils::{AccountId32, H256};

/// Bytes of a hash in front of a key, of a map by `Blake2_128Concat`.
const HASHED: usize = 16;

/// Where a map of the chain begins.
fn map(pallet: &str, entry: &str) -> Vec<u8> {
	[twox_128(pallet.as_bytes()), twox_128(entry.as_bytes())].concat()
}

/// A key of a map by `Blake2_128Concat`.
fn key(key: &[u8]) -> Vec<u8> {
	[&blake2_128(key)[..], key].concat()
}

async fn raw(chain: &Chain, place: &[u8], block: H256) -> Option<Vec<u8>> {
	let place = format!("0x{}", hex::encode(place));
	let found: Option<String> = chain.request("state_getStorage", rpc_params![place, block]).await.unwrap();
	found.map(|text| hex::decode(text.trim_start_matches("0x")).unwrap())
}

/// All accounts that hold LOOM.
async fn accounts(chain: &Chain, block: H256) -> Vec<AccountId32> {
	let accounts = map("System", "Account");
	let asked = rpc_params![format!("0x{}", hex::encode(&accounts)), 1_000, None::<String>, block];
	let keys: Vec<String> = chain.request("state_getKeysPaged", asked).await.unwrap();
	let account = |key: &String| {
		let bytes = hex::decode(key.trim_start_matches("0x")).unwrap();
		AccountId32(bytes[accounts.len() + HASHED..].try_into().unwrap())
	};
	keys.iter().map(account).collect()
}

/// U and held U, then LOOM: free, reserved, frozen.
async fn balance(chain: &Chain, account: AccountId32, block: H256) -> [u128; 5] {
	let first = |bytes: Option<Vec<u8>>| bytes.map_or(0, |bytes| u128::decode(&mut &bytes[..]).unwrap());
	let of_u = |map: Vec<u8>| [map, key(&U_ID.to_le_bytes()), key(&account.0)].concat();
	let u = first(raw(chain, &of_u(map("Assets", "Account")), block).await);
	let held = first(raw(chain, &of_u(map("AssetsHolder", "BalancesOnHold")), block).await);
	let loom = raw(chain, &[map("System", "Account"), key(&account.0)].concat(), block).await.unwrap();
	// A nonce and three counters stand before the amounts.
	let (_, loom) = <([u32; 4], [u128; 3])>::decode(&mut &loom[..]).unwrap();
	[u, held, loom[0], loom[1], loom[2]]
}

#[tokio::test(flavor = "multi_thread")]
async fn balances_should_be_those_of_the_chain() {
	let folder = tempfile::tempdir().unwrap();
	let server = server(indexed(&sqlite(folder.path())).await);
	let chain = Chain::connect(chain::march().0).await.unwrap();
	let (_, block) = chain.last_final().await.unwrap();
	let mut sums = [0u128; 5];
	for account in accounts(&chain, block).await {
		let said = json(&server, &format!("/api/v1/accounts/{account}/balance")).await;
		let block = chain.hash_of(said["height"].as_u64().unwrap()).await.unwrap().unwrap();
		let amounts = balance(&chain, account, block).await;
		let (u, loom) = (&said["u"], &said["loom"]);
		let told = [&u["free"], &u["held"], &loom["free"], &loom["held"], &loom["frozen"]]
			.map(|amount| amount.as_str().unwrap().parse::<u128>().unwrap());
		assert_eq!(told, amounts, "{account}");
		sums.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
	}
	// Nothing that is always nothing was compared.
	assert!(sums[0] > 0 && sums[2] > 0 && sums[3] > 0, "{sums:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn account_should_show_what_it_has() {
	let folder = tempfile::tempdir().unwrap();
	let server = server(indexed(&sqlite(folder.path())).await);
	let owner = json(&server, "/api/v1/assets/CT-2025-0312").await["owner"].clone();
	let owner = owner.as_str().unwrap();
	let said = json(&server, &format!("/api/v1/accounts/{owner}/balance")).await;
	assert_eq!(said["address"], owner);
	let exact = |text: &serde_json::Value, decimals: u32| {
		let (amount, one) = (text.as_str().unwrap().parse::<u128>().unwrap(), 10u128.pow(decimals));
		format!("<data value=\"{}.{:0width$}\"", amount / one, amount % one, width = decimals as usize)
	};
	for (language, heading) in [("/en", "Balances"), ("/zh-CN", "余额")] {
		let page = ask(&server, &format!("{language}/account/{owner}")).await.1;
		let page = String::from_utf8(page).unwrap();
		let section = page.split_once("<h2 id=\"balances\">").unwrap().1.split_once("</section>").unwrap().0;
		assert!(section.starts_with(heading), "{section}");
		for amount in [
			exact(&said["u"]["free"], 6),
			exact(&said["loom"]["free"], 12),
			exact(&said["loom"]["held"], 12),
			exact(&said["loom"]["frozen"], 12),
		] {
			assert!(section.contains(&amount), "{amount}: {section}");
		}
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn account_that_was_never_seen_should_have_nothing() {
	let folder = tempfile::tempdir().unwrap();
	let server = server(indexed(&sqlite(folder.path())).await);
	let said = json(&server, &format!("/api/v1/accounts/0x{}/balance", "5e".repeat(32))).await;
	assert_eq!(said["u"], serde_json::json!({ "free": "0", "held": "0" }));
	assert_eq!(said["loom"], serde_json::json!({ "free": "0", "held": "0", "frozen": "0" }));
}
