//! People who transfer money, or use assets, all the time. What they sign is signed beforehand, so that no signing is
//! timed.

use crate::platform;
use codec::Encode;
use heirloom_primitives::{AssetId, CENT, Purpose};
use heirloom_runtime::{
	AccountId, Address, Hash, Nonce, Runtime, RuntimeCall, SignedPayload, TxExtension, UncheckedExtrinsic,
	VERSION,
	constants::{loom::MILLI_LOOM, u::U_ID},
	opaque::UncheckedExtrinsic as Extrinsic,
};
use sp_core::{Pair as _, sr25519::Pair};
use sp_runtime::generic::Era;
use std::{collections::VecDeque, thread};

/// More than ten full blocks have senders, so that no transfer meets what the block before has left in a cache.
const USERS: usize = 50_000;
/// The distance from a sender to its receiver, and from the asset of a call to that of the next, so that neither share
/// what lies side by side. Prime to [`USERS`].
const STRIDE: usize = 12_347;

/// What users do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
	/// `balances.transfer_keep_alive`.
	TransferLoom,
	/// `assets.transfer_keep_alive` of U.
	TransferU,
	/// `lineage.call` of a unit of an asset that is booked already.
	Call,
}

/// The accounts of all users.
pub fn accounts() -> Vec<AccountId> {
	parallel(USERS, |user| account(&key(user)))
}

/// The users and the transactions that wait for a block.
pub struct Users {
	keys: Vec<Pair>,
	nonces: Vec<Nonce>,
	/// Who signs next.
	turn: usize,
	genesis: Hash,
	kind: Action,
	/// Assets that are used, in turn.
	assets: Vec<AssetId>,
	waiting: VecDeque<Extrinsic>,
}

impl Users {
	/// Users of these assets who have not signed anything yet, on a chain of this genesis.
	pub fn new(genesis: Hash, assets: Vec<AssetId>) -> Self {
		Self {
			keys: parallel(USERS, key),
			nonces: vec![0; USERS],
			turn: 0,
			genesis,
			kind: Action::TransferLoom,
			assets,
			waiting: VecDeque::new(),
		}
	}

	/// Has so many transactions of one kind wait. Those of another kind are taken back.
	pub fn prepare(&mut self, kind: Action, count: usize) {
		if kind != self.kind {
			for _ in 0..self.waiting.len() {
				self.turn = self.turn.checked_sub(1).unwrap_or(USERS - 1);
				self.nonces[self.turn] -= 1;
			}
			self.waiting.clear();
			self.kind = kind;
		}
		let missing = count.saturating_sub(self.waiting.len());
		let turns: Vec<_> = (0..missing).map(|_| self.next_turn()).collect();
		let sign = |turn: usize| self.sign(turns[turn]);
		self.waiting.extend(parallel(missing, sign));
	}

	/// The transactions that wait, in order.
	pub fn waiting(&self) -> impl Iterator<Item = &Extrinsic> {
		self.waiting.iter()
	}

	/// Takes note that so many of them are in a block.
	pub fn included(&mut self, count: usize) {
		self.waiting.drain(..count);
	}

	fn next_turn(&mut self) -> (usize, Nonce) {
		let user = self.turn;
		self.turn = (user + 1) % USERS;
		self.nonces[user] += 1;
		(user, self.nonces[user] - 1)
	}

	fn sign(&self, (user, nonce): (usize, Nonce)) -> Extrinsic {
		let dest = Address::Id(account(&self.keys[(user + STRIDE) % USERS]));
		let call: RuntimeCall = match self.kind {
			Action::TransferLoom => {
				pallet_balances::Call::<Runtime>::transfer_keep_alive { dest, value: MILLI_LOOM }.into()
			}
			Action::TransferU => {
				let (id, target, amount) = (U_ID, dest, CENT);
				pallet_assets::Call::<Runtime>::transfer_keep_alive { id, target, amount }.into()
			}
			Action::Call => {
				let turn = nonce as usize * USERS + user;
				let at = turn.wrapping_mul(STRIDE) % self.assets.len().max(1);
				let asset = self.assets.get(at).copied().unwrap_or_default();
				let (purpose, max_fee) = (Purpose::Inference, platform::CALL_FEE);
				pallet_lineage::Call::<Runtime>::call { asset, units: 1, purpose, max_fee, derivation: None }
					.into()
			}
		};
		let extension: TxExtension = (
			frame_system::CheckNonZeroSender::new(),
			frame_system::CheckSpecVersion::new(),
			frame_system::CheckTxVersion::new(),
			frame_system::CheckGenesis::new(),
			frame_system::CheckEra::from(Era::Immortal),
			frame_system::CheckNonce::from(nonce),
			frame_system::CheckWeight::new(),
			pallet_asset_tx_payment::ChargeAssetTxPayment::from(0, None),
			frame_metadata_hash_extension::CheckMetadataHash::new(false),
			frame_system::WeightReclaim::new(),
		);
		let (spec, transaction) = (VERSION.spec_version, VERSION.transaction_version);
		let implicit = ((), spec, transaction, self.genesis, self.genesis, (), (), (), None, ());
		let payload = SignedPayload::from_raw(call, extension, implicit);
		let key = &self.keys[user];
		let signature = payload.using_encoded(|payload| key.sign(payload));
		let (call, extension, _) = payload.deconstruct();
		let signer = Address::Id(account(key));
		UncheckedExtrinsic::new_signed(call, signer, signature.into(), extension).into()
	}
}

fn key(user: usize) -> Pair {
	Pair::from_seed(&sp_crypto_hashing::blake2_256(&[b"user".as_slice(), &user.to_le_bytes()].concat()))
}

fn account(key: &Pair) -> AccountId {
	key.public().into()
}

/// The results of `make` for `0..count`, in order, from all processors.
fn parallel<V: Send>(count: usize, make: impl Fn(usize) -> V + Sync) -> Vec<V> {
	let threads = thread::available_parallelism().map_or(1, usize::from);
	let (each, make) = (count.div_ceil(threads).max(1), &make);
	thread::scope(|scope| {
		let ranges = (0..count).step_by(each).map(|start| start..count.min(start + each));
		let workers: Vec<_> =
			ranges.map(|range| scope.spawn(move || range.map(make).collect::<Vec<_>>())).collect();
		let results = workers.into_iter().map(|worker| match worker.join() {
			Ok(results) => results,
			Err(panic) => std::panic::resume_unwind(panic),
		});
		results.flatten().collect()
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn work_in_parallel_keeps_its_order() {
		for count in [0, 1, 7, 1_000] {
			assert_eq!(parallel(count, |number| number), (0..count).collect::<Vec<_>>());
		}
	}

	#[test]
	fn every_user_receives_as_often_as_it_sends() {
		let receivers: std::collections::HashSet<_> =
			(0..USERS).map(|user| (user + STRIDE) % USERS).collect();
		assert_eq!(receivers.len(), USERS);
	}
}
