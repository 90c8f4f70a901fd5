//! People who transfer money, use assets, or own some, all the time. What they sign is signed beforehand, so that no
//! signing is timed.

mod calls;

pub use calls::{Action, DERIVATIONS, Objects, REPORTED};

use crate::platform;
use codec::Encode;
use heirloom_runtime::{
	AccountId, Address, Hash, Nonce, RuntimeCall, SignedPayload, TxExtension, UncheckedExtrinsic, VERSION,
	opaque::UncheckedExtrinsic as Extrinsic,
};
use sp_core::{Pair as _, sr25519::Pair};
use sp_runtime::generic::Era;
use std::{
	collections::{HashMap, VecDeque},
	thread,
};

/// More than ten full blocks have senders, so that no transfer meets what the block before has left in a cache.
pub const USERS: usize = 50_000;
/// The distance from a sender to its receiver, and from the asset of a call to that of the next, so that neither share
/// what lies side by side. Prime to [`USERS`].
const STRIDE: usize = 12_347;

const _: () = assert!(platform::MOST_OWNED <= USERS);

/// The accounts of all users.
pub fn accounts() -> Vec<AccountId> {
	parallel(USERS, |user| account(&key(user)))
}

/// The users and the transactions that wait for a block.
pub struct Users {
	keys: Vec<Pair>,
	nonces: Vec<Nonce>,
	/// Who signs next what anybody may sign.
	turn: usize,
	genesis: Hash,
	kind: Action,
	objects: Objects,
	/// How many transactions of each kind are in blocks.
	done: HashMap<Action, usize>,
	/// What waits, with who signed it.
	waiting: VecDeque<(usize, Extrinsic)>,
}

impl Users {
	/// Users of these assets who have not signed anything yet, on a chain of this genesis.
	pub fn new(genesis: Hash, objects: Objects) -> Self {
		Self {
			keys: parallel(USERS, key),
			nonces: vec![0; USERS],
			turn: 0,
			genesis,
			kind: Action::TransferLoom,
			objects,
			done: HashMap::new(),
			waiting: VecDeque::new(),
		}
	}

	/// Has so many transactions of one kind wait. Those of another kind are taken back.
	pub fn prepare(&mut self, kind: Action, count: usize) {
		if kind != self.kind {
			if let Some((first, _)) = self.waiting.front().filter(|_| !self.kind.is_the_owners()) {
				self.turn = *first;
			}
			for (user, _) in self.waiting.drain(..) {
				self.nonces[user] -= 1;
			}
			self.kind = kind;
		}
		let numbers = self.done(kind) + self.waiting.len()..self.done(kind) + count;
		let turns: Vec<_> = numbers.map(|number| (number, self.next_turn(number))).collect();
		let sign = |turn: usize| {
			let (number, (user, nonce)) = turns[turn];
			(user, self.sign(number, user, nonce))
		};
		let signed = parallel(turns.len(), sign);
		self.waiting.extend(signed);
	}

	/// The transactions that wait, in order.
	pub fn waiting(&self) -> impl Iterator<Item = &Extrinsic> {
		self.waiting.iter().map(|(_, transaction)| transaction)
	}

	/// Takes note that so many of them are in a block.
	pub fn included(&mut self, count: usize) {
		self.waiting.drain(..count);
		*self.done.entry(self.kind).or_default() += count;
	}

	/// How many transactions of a kind are in blocks.
	pub fn done(&self, kind: Action) -> usize {
		self.done.get(&kind).copied().unwrap_or_default()
	}

	/// How many derivations are open that are used and minted from.
	fn opened(&self) -> usize {
		self.done(Action::OpenDerivation).min(DERIVATIONS)
	}

	/// Who signs the transaction of a number among those of its kind, and with which nonce.
	fn next_turn(&mut self, number: usize) -> (usize, Nonce) {
		let user = if self.kind.is_the_owners() {
			self.objects.owner(self.kind, number, self.opened())
		} else {
			let user = self.turn;
			self.turn = (user + 1) % USERS;
			if self.kind == Action::OpenDerivation {
				self.objects.opened_by(number, user);
			}
			user
		};
		self.nonces[user] += 1;
		(user, self.nonces[user] - 1)
	}

	fn sign(&self, number: usize, user: usize, nonce: Nonce) -> Extrinsic {
		let receiver = account(&self.keys[receiver(user)]);
		let call: RuntimeCall = self.objects.call(self.kind, number, self.opened(), receiver);
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

/// To whom a user transfers.
fn receiver(user: usize) -> usize {
	(user + STRIDE) % USERS
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
		let receivers: std::collections::HashSet<_> = (0..USERS).map(receiver).collect();
		assert_eq!(receivers.len(), USERS);
	}
}
