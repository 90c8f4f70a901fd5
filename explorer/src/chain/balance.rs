//! What an account has. No event tells of all that changes it, so the index does not know it: the node is asked.

use super::{Chain, Node, U_ID, pages::optional};
use crate::chain;
use scale_decode::DecodeAsType;
use serde::{Serialize, Serializer};
use subxt::utils::AccountId32;
use utoipa::ToSchema;

/// What an account has, at a final block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Balance {
	/// The block.
	pub height: u64,
	/// In micro-U.
	pub u: BalanceU,
	/// In LOOM's smallest unit, 10^-12.
	pub loom: BalanceLoom,
}

/// What an account has in U, in micro-U.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct BalanceU {
	/// What it can spend.
	#[serde(serialize_with = "text")]
	#[schema(value_type = String, example = "2000000000")]
	pub free: u128,
	/// What is held of it beside that.
	#[serde(serialize_with = "text")]
	#[schema(value_type = String, example = "0")]
	pub held: u128,
}

/// What an account has in LOOM, in the smallest unit, 10^-12.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct BalanceLoom {
	/// What is not held.
	#[serde(serialize_with = "text")]
	#[schema(value_type = String, example = "1500000000000")]
	pub free: u128,
	/// What is held of it beside that, for deposits and bonds, reserves included.
	#[serde(serialize_with = "text")]
	#[schema(value_type = String, example = "0")]
	pub held: u128,
	/// How much of both together must stay.
	#[serde(serialize_with = "text")]
	#[schema(value_type = String, example = "0")]
	pub frozen: u128,
}

/// Decimal text, because numbers in JSON lose digits above 2^53.
fn text<S: Serializer>(amount: &u128, serializer: S) -> std::result::Result<S::Ok, S::Error> {
	serializer.collect_str(amount)
}

/// An account of U as state has it.
#[derive(DecodeAsType)]
struct AccountU {
	balance: u128,
}

/// An account as state has it.
#[derive(DecodeAsType)]
struct Account {
	data: AccountLoom,
}

/// Its LOOM.
#[derive(DecodeAsType)]
struct AccountLoom {
	free: u128,
	reserved: u128,
	frozen: u128,
}

impl Chain {
	async fn balance(&self, account: AccountId32) -> chain::Result<Balance> {
		let at = self.finalized().await?;
		// In turn, since they go over one connection, where the second would wait for 40 ms: see `AT_ONCE` in `node.rs`.
		let u = optional::<_, AccountU>(self, &at, "Assets", "Account", (U_ID, account)).await?;
		let held = optional::<_, u128>(self, &at, "AssetsHolder", "BalancesOnHold", (U_ID, account)).await?;
		let loom = optional::<_, Account>(self, &at, "System", "Account", (account,)).await?;
		// Who has nothing has no entry.
		let u = BalanceU { free: u.map(|u| u.balance).unwrap_or_default(), held: held.unwrap_or_default() };
		let loom = loom.map(|Account { data: AccountLoom { free, reserved, frozen } }| BalanceLoom {
			free,
			held: reserved,
			frozen,
		});
		Ok(Balance { height: at.block_number(), u, loom: loom.unwrap_or_default() })
	}
}

impl Node {
	/// What an account has, at the node's last final block.
	pub async fn balance(&self, account: AccountId32) -> chain::Result<Balance> {
		self.retried(move |chain| async move { chain.balance(account).await }).await
	}
}
