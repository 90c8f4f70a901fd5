//! What nodes read.

use crate::{AccountIdOf, Budgets, Challenges, Config, Pallet, Permits};
use heirloom_primitives::{PermitId, PermitUse, PermitView};

impl<T: Config> Pallet<T> {
	/// A permit; none where the id is unknown or the permit was pruned.
	pub fn permit(id: PermitId) -> Option<PermitView<AccountIdOf<T>>> {
		let record = Permits::<T>::get(id)?;
		let released = |used: &PermitUse| Budgets::<T>::get(used.asset, &record.consumer).released;
		let released_bytes = record.uses.iter().map(released).max().unwrap_or_default();
		Some(PermitView {
			id,
			consumer: record.consumer,
			operator: record.operator,
			uses: record.uses.into_inner(),
			purpose: record.purpose,
			code_hash: record.code_hash,
			parameters_hash: record.parameters_hash,
			output_cap: record.output_cap,
			limits: record.limits,
			released_bytes,
			operator_fee: record.operator_fee,
			expires_at: record.expires_at,
			status: record.status,
			report: record.report.map(|reported| reported.hash),
			reported_at: record.report.map(|reported| reported.at),
			challenge: Challenges::<T>::get(id),
		})
	}
}
