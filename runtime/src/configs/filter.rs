//! Which calls an origin may dispatch. Root is not filtered; a motion that dispatches with the council's own origin is.
//!
//! Batches, proxies and multisigs dispatch what they wrap through the same filter, so it holds at every depth.

use super::staking::LEAST_BOND;
use crate::{RuntimeCall, SafeMode};
use frame_support::traits::{Contains, InsideBoth};
use sp_runtime::traits::Zero;

/// The filter of every origin but root.
pub type BaseCallFilter = InsideBoth<Callable, SafeMode>;

/// Leaves out what would break a promise that the chain makes.
pub struct Callable;

impl Contains<RuntimeCall> for Callable {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			// Items are minted by lineage alone and stay for ever; what they cost is the asset's call fee. So they
			// change hands, and nothing else is done with them.
			RuntimeCall::Nfts(call) => matches!(
				call,
				pallet_nfts::Call::transfer { .. }
					| pallet_nfts::Call::approve_transfer { .. }
					| pallet_nfts::Call::cancel_approval { .. }
					| pallet_nfts::Call::clear_all_transfer_approvals { .. }
			),
			// Alone and at once a curator would hand the vote to an account that no dispute and no asset knows an interest
			// of. Two thirds swap one.
			RuntimeCall::CuratorMembership(pallet_membership::Call::change_key { .. }) => false,
			// As without a rate, nobody who holds only U could pay a fee.
			RuntimeCall::AssetRate(
				pallet_asset_rate::Call::create { rate, .. } | pallet_asset_rate::Call::update { rate, .. },
			) => !rate.is_zero(),
			// Less would be state that nobody has left a deposit for.
			RuntimeCall::Staking(pallet_staking::Call::bond { value, .. }) => *value >= LEAST_BOND,
			_ => true,
		}
	}
}

/// What can still be called in safe mode: what keeps the chain going, and what the council needs to repair it.
pub struct CallableInSafeMode;

impl Contains<RuntimeCall> for CallableInSafeMode {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(
			call,
			RuntimeCall::System(_)
				| RuntimeCall::Timestamp(_)
				| RuntimeCall::Session(_)
				| RuntimeCall::Grandpa(_)
				// Who validates must be able to come and go; bonds wait.
				| RuntimeCall::Staking(
					pallet_staking::Call::validate { .. } | pallet_staking::Call::chill { .. }
				)
				| RuntimeCall::Curators(_)
				| RuntimeCall::CuratorMembership(_)
				| RuntimeCall::Preimage(_)
				| RuntimeCall::Whitelist(_)
				| RuntimeCall::SafeMode(_)
				// Decisions of the council's own origin, some of which have a last day.
				| RuntimeCall::Staking(pallet_staking::Call::cancel_deferred_slash { .. })
				| RuntimeCall::AssetRate(pallet_asset_rate::Call::update { .. })
				| RuntimeCall::Lineage(pallet_lineage::Call::delist { .. })
				// Money that is due stays reachable, and no time is lost in which a job can be doubted or repeated. A job that
				// cannot be completed in time is refunded.
				| RuntimeCall::Royalty(pallet_royalty::Call::claim { .. })
				| RuntimeCall::SandboxAccess(
					pallet_sandbox_access::Call::refuse { .. }
						| pallet_sandbox_access::Call::revoke { .. }
						| pallet_sandbox_access::Call::force_revoke { .. }
						| pallet_sandbox_access::Call::expire { .. }
						| pallet_sandbox_access::Call::challenge { .. }
						| pallet_sandbox_access::Call::answer_challenge { .. }
						| pallet_sandbox_access::Call::expire_challenge { .. }
						| pallet_sandbox_access::Call::suspend_operator { .. }
						| pallet_sandbox_access::Call::slash_operator { .. }
				)
				// Nor is any lost in which a dispute is decided.
				| RuntimeCall::Disputes(
					pallet_disputes::Call::appeal { .. }
						| pallet_disputes::Call::answer { .. }
						| pallet_disputes::Call::vote { .. }
						| pallet_disputes::Call::close { .. }
				)
				// These wrap other calls, which are filtered again.
				| RuntimeCall::Utility(_)
				| RuntimeCall::Multisig(_)
				| RuntimeCall::Proxy(_)
		)
	}
}
