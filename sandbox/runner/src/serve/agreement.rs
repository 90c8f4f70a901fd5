//! What final state says about a permit's job.

use heirloom_sandbox_chain::{
	AccountId, At, H256, read,
	types::{Approval, AssetId, Mode, PermitId, PermitRecord},
};
use heirloom_seal::{Binding, ContentId, Origin, Purpose};

/// A job as the chain has it.
#[derive(Clone, Debug)]
pub struct Agreement {
	/// The permit's number.
	pub permit: PermitId,
	/// The permit.
	pub record: PermitRecord,
	/// What it uses, in the permit's order.
	pub uses: Vec<Use>,
}

/// One asset of it.
#[derive(Clone, Debug)]
pub struct Use {
	/// The asset.
	pub asset: AssetId,
	/// Its content id as it was minted; what is no content id cannot be opened.
	pub content: Option<ContentId>,
	/// Its owner, and whether a standing envelope of it may be opened; none where no policy is in force, because the
	/// asset was sold since.
	pub owner: Option<(AccountId, Approval)>,
	/// Whether nothing reaches a job that was not de-identified. A job that was reported is repeated as it ran, whatever
	/// mode the asset was put into since: in another one it would come to something else.
	pub medical: bool,
}

impl Agreement {
	/// Reads what a block's state says of owners, policies and modes. The permit itself may be of a later one.
	///
	/// # Errors
	/// The node does not answer.
	pub async fn read(at: &At, permit: PermitId, record: PermitRecord) -> anyhow::Result<Self> {
		let mut uses = Vec::new();
		for used in &record.uses {
			let read = Use::read(at, used.asset).await?;
			let medical = was_deidentified(&record, used.asset).unwrap_or(read.medical);
			uses.push(Use { medical, ..read });
		}
		Ok(Self { permit, record, uses })
	}

	/// The owners who decide about held output, each once; none where one of the assets has no policy in force.
	pub fn owners(&self) -> Option<Vec<AccountId>> {
		let mut owners: Vec<AccountId> =
			self.uses.iter().map(|used| used.owner.map(|(owner, _)| owner)).collect::<Option<_>>()?;
		owners.sort_by_key(|owner| owner.0);
		owners.dedup();
		Some(owners)
	}
}

/// Whether a reported job's input was de-identified; none of one that was not reported.
fn was_deidentified(record: &PermitRecord, asset: AssetId) -> Option<bool> {
	record.report.map(|_| record.deidentified.contains(&asset))
}

impl Use {
	async fn read(at: &At, asset: AssetId) -> anyhow::Result<Self> {
		let record = read::asset(at, asset).await?;
		let content = record.and_then(|record| String::from_utf8(record.content).ok()?.parse().ok());
		let owner = read::owner(at, asset).await?;
		let policy = read::policy(at, asset).await?.filter(|policy| Some(policy.set_by) == owner);
		let owner = policy.map(|policy| (policy.set_by, policy.policy.approval));
		let medical = read::mode(at, asset).await? == Some(Mode::Medical);
		Ok(Self { asset, content, owner, medical })
	}

	/// What envelopes of it may be opened for this permit, the narrower first.
	pub fn bindings(&self, genesis: &H256, permit: PermitId) -> Vec<Binding> {
		let (Some(content), Some((owner, approval))) = (self.content, self.owner) else { return Vec::new() };
		let origin = Origin { genesis: genesis.0, owner: owner.0 };
		let standing = (approval == Approval::Automatic).then_some(Purpose::Standing);
		let purposes = [Some(Purpose::Permit(permit)), standing].into_iter().flatten();
		purposes.map(|purpose| Binding { origin, content, purpose }).collect()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_sandbox_chain::types::{OutputLimits, PermitStatus, Reported};
	use heirloom_seal::content::Codec;

	fn used(approval: Approval) -> Use {
		let content = Some(ContentId::of(Codec::Raw, b"ciphertext"));
		Use { asset: 3, content, owner: Some((AccountId([7; 32]), approval)), medical: true }
	}

	#[test]
	fn standing_envelope_should_be_opened_when_approval_is_automatic() {
		let bindings = used(Approval::Automatic).bindings(&H256([1; 32]), 17);
		let purposes: Vec<_> = bindings.iter().map(|binding| binding.purpose).collect();
		assert_eq!(purposes, [Purpose::Permit(17), Purpose::Standing]);
		assert_eq!(bindings[0].origin, Origin { genesis: [1; 32], owner: [7; 32] });
	}

	#[test]
	fn standing_envelope_should_stay_closed_when_the_owner_approves_each_permit() {
		let bindings = used(Approval::Owner).bindings(&H256([1; 32]), 17);
		assert_eq!(bindings.iter().map(|binding| binding.purpose).collect::<Vec<_>>(), [Purpose::Permit(17)]);
	}

	#[test]
	fn no_envelope_should_be_opened_when_no_policy_is_in_force() {
		assert_eq!(Use { owner: None, ..used(Approval::Automatic) }.bindings(&H256([1; 32]), 17), []);
	}

	#[test]
	fn job_should_be_repeated_in_the_mode_that_its_report_has() {
		let limits =
			OutputLimits { smallest_group: 10, largest_output: 0, largest_model: 0, release_budget: 0 };
		let approved = PermitRecord {
			consumer: AccountId([1; 32]),
			operator: AccountId([2; 32]),
			uses: vec![],
			awaiting: vec![],
			code_hash: H256([2; 32]),
			parameters_hash: H256([3; 32]),
			output_cap: 4_096,
			limits,
			expires_at: 1_000,
			status: PermitStatus::Approved,
			report: None,
			deidentified: vec![],
		};
		let hash = H256([4; 32]);
		let report = Some(Reported { hash, result: hash, measurement: hash });
		let completed = PermitRecord {
			status: PermitStatus::Completed,
			report,
			deidentified: vec![3],
			..approved.clone()
		};
		assert_eq!([3, 4].map(|asset| was_deidentified(&completed, asset)), [Some(true), Some(false)]);
		assert_eq!(was_deidentified(&approved, 3), None);
	}
}
