//! What nodes read.

use crate::{AccountIdOf, Budgets, Challenges, Config, Pallet, Permits, Reported};
use heirloom_primitives::{Moment, PermitId, PermitStatus, PermitUse, PermitView};

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
			sealed_to: record.sealed_to.into_inner(),
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
			challengeable_until: challengeable_until(record.status, record.report),
			challenge: Challenges::<T>::get(id),
		})
	}
}

/// Refusals cannot be challenged.
fn challengeable_until(status: PermitStatus, report: Option<Reported>) -> Option<Moment> {
	let was_completed = matches!(status, PermitStatus::Completed | PermitStatus::Consumed { .. });
	report.filter(|_| was_completed).map(|reported| reported.challengeable_until)
}
