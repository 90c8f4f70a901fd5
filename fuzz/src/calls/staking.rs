//! Calls about bonds: of validators, and of those who would nominate.

use super::rarely;
use crate::pick::{account, address, one_of, planck};
use arbitrary::{Result, Unstructured};
use heirloom_runtime::{AccountId, Runtime, RuntimeCall};
use pallet_staking::{Call, RewardDestination, ValidatorPrefs};
use sp_runtime::Perbill;

pub fn call(source: &mut Unstructured) -> Result<RuntimeCall> {
	let call: Call<Runtime> = match one_of(source, 14)? {
		0..=2 => Call::bond { value: planck(source)?, payee: destination(source)? },
		3 => Call::bond_extra { max_additional: planck(source)? },
		4..=5 => Call::unbond { value: planck(source)? },
		6 => Call::rebond { value: planck(source)? },
		7 => Call::withdraw_unbonded { num_slashing_spans: one_of(source, 3)?.into() },
		8..=9 => Call::validate { prefs: prefs(source)? },
		10 => Call::nominate { targets: vec![address(source)?] },
		11 => Call::chill {},
		12 => Call::set_payee { payee: destination(source)? },
		_ => Call::payout_stakers { validator_stash: account(source)?, era: one_of(source, 3)?.into() },
	};
	Ok(call.into())
}

fn prefs(source: &mut Unstructured) -> Result<ValidatorPrefs> {
	let commission = Perbill::from_percent(one_of(source, 101)?.into());
	Ok(ValidatorPrefs { commission, blocked: rarely(source, 2)? })
}

fn destination(source: &mut Unstructured) -> Result<RewardDestination<AccountId>> {
	Ok(match one_of(source, 4)? {
		0 => RewardDestination::Staked,
		1 => RewardDestination::Stash,
		2 => RewardDestination::Account(account(source)?),
		_ => RewardDestination::None,
	})
}
