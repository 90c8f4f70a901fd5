//! Calls that move LOOM and U.

use super::rarely;
use crate::pick::{account, address, bytes, micro_u, one_of, planck};
use arbitrary::{Result, Unstructured};
use heirloom_runtime::{Runtime, RuntimeCall, constants::u::U_ID};

pub fn call(source: &mut Unstructured) -> Result<RuntimeCall> {
	if rarely(source, 2)? { loom(source) } else { u(source) }
}

fn loom(source: &mut Unstructured) -> Result<RuntimeCall> {
	let call: pallet_balances::Call<Runtime> = match one_of(source, 6)? {
		0..=1 => {
			pallet_balances::Call::transfer_allow_death { dest: address(source)?, value: planck(source)? }
		}
		2 => pallet_balances::Call::transfer_keep_alive { dest: address(source)?, value: planck(source)? },
		3 => pallet_balances::Call::transfer_all { dest: address(source)?, keep_alive: rarely(source, 2)? },
		4 => pallet_balances::Call::burn { value: planck(source)?, keep_alive: rarely(source, 2)? },
		_ => {
			let hash = sp_core::H256::repeat_byte(one_of(source, 4)?);
			return Ok(match one_of(source, 3)? {
				0 => pallet_preimage::Call::unnote_preimage { hash }.into(),
				1 => pallet_preimage::Call::ensure_updated { hashes: vec![hash] }.into(),
				_ => pallet_preimage::Call::note_preimage { bytes: bytes(source, 250)? }.into(),
			});
		}
	};
	Ok(call.into())
}

fn u(source: &mut Unstructured) -> Result<RuntimeCall> {
	let id = U_ID;
	let call: pallet_assets::Call<Runtime> = match one_of(source, 12)? {
		0..=2 => pallet_assets::Call::transfer { id, target: address(source)?, amount: micro_u(source)? },
		3 => pallet_assets::Call::transfer_keep_alive {
			id,
			target: address(source)?,
			amount: micro_u(source)?,
		},
		4 => pallet_assets::Call::transfer_all { id, dest: address(source)?, keep_alive: rarely(source, 2)? },
		5 => {
			pallet_assets::Call::approve_transfer { id, delegate: address(source)?, amount: micro_u(source)? }
		}
		6 => pallet_assets::Call::transfer_approved {
			id,
			owner: address(source)?,
			destination: address(source)?,
			amount: micro_u(source)?,
		},
		7 => pallet_assets::Call::cancel_approval { id, delegate: address(source)? },
		8 => pallet_assets::Call::touch { id },
		9 => pallet_assets::Call::touch_other { id, who: account(source)?.into() },
		10 => pallet_assets::Call::refund { id, allow_burn: rarely(source, 2)? },
		_ => pallet_assets::Call::refund_other { id, who: address(source)? },
	};
	Ok(call.into())
}
