//! The chain, and what people do on it.

use crate::{Client, Node, Operator, eventually};
use heirloom_sandbox_chain::{
	AccountId, Chain, H256, Keypair, blake2_256, calls,
	keys::{id_of, key_of},
	read, rpc_params,
	submit::{self, Included, SubmitError},
	types::{Approval, AssetId, Job, OutputLimits, PermitId, PermitRecord, PermitStatus, Policy, Purpose},
};
use serde_json::Value;
use subxt::{dynamic::transaction, transactions::Payload, utils::MultiAddress};

/// A chain with its well-known accounts: Alice is the curator, all have 1,000,000 LOOM and U.
pub struct World {
	/// The node.
	pub node: Node,
	/// The connection to it.
	pub chain: Chain,
}

/// What a consumer asks for.
#[derive(Clone, Debug)]
pub struct Request {
	/// The asset.
	pub asset: AssetId,
	/// Units of it.
	pub units: u64,
	/// The code.
	pub code: Vec<u8>,
	/// Its parameters.
	pub parameters: Vec<u8>,
	/// Milliseconds of the chain's clock until it expires.
	pub lifetime: u64,
}

/// A day of the chain's clock.
const DAY: u64 = 24 * 60 * 60 * 1_000;

impl Request {
	/// One unit of an asset, for five days.
	pub fn of(asset: AssetId, code: &[u8]) -> Self {
		Self { asset, units: 1, code: code.to_vec(), parameters: b"{}".to_vec(), lifetime: 5 * DAY }
	}
}

impl World {
	/// Starts a chain.
	///
	/// # Panics
	/// As all of this: if something does not go as it is to go.
	pub async fn start() -> Self {
		let node = Node::start();
		let chain = Chain::connect(node.url()).await.expect("the node answers");
		eventually("the first block", async || {
			chain.finalized_number().await.ok().filter(|number| *number > 0)
		})
		.await;
		Self { node, chain }
	}

	/// The client, as somebody who names this node.
	pub fn client(&self) -> Client {
		Client::new(self.node.url())
	}

	/// Signs and submits a transaction that must succeed.
	pub async fn run(&self, from: &str, call: &impl Payload) -> Included {
		self.try_run(from, call).await.unwrap_or_else(|error| panic!("{from}: {}: {error}", call.call_name()))
	}

	/// Signs and submits a transaction.
	pub async fn try_run(&self, from: &str, call: &impl Payload) -> Result<Included, SubmitError> {
		submit::run(&self.chain, &key(from), call).await
	}

	/// The error with which the chain refuses a transaction.
	pub async fn refused(&self, from: &str, call: &impl Payload) -> String {
		match self.try_run(from, call).await {
			Err(SubmitError::Failed { name, .. }) => name,
			other => panic!("{from}: {}: the chain refuses: {other:?}", call.call_name()),
		}
	}

	/// Has the curators dispatch a call.
	pub async fn decide(&self, call: &impl Payload) {
		let at = self.chain.finalized().await.unwrap();
		let proposal = at.tx().call_data(call).unwrap();
		let executed = self.run("//Alice", &calls::propose(1, proposal)).await;
		assert!(executed.has("Curators", "Executed"), "the motion is dispatched");
	}

	/// Data of a medical domain, minted by an account. Returns its number.
	pub async fn mint_data(&self, from: &str, handle: &str, content: &str, call_fee: &str) -> AssetId {
		let minted = self.client().json(&[
			"mint",
			handle,
			"--from",
			from,
			"--kind",
			"data",
			"--share-rate",
			"3000",
			"--call-fee",
			call_fee,
			"--domain",
			"medical-imaging",
			"--content",
			content,
		]);
		minted["asset"].as_u64().unwrap().try_into().unwrap()
	}

	/// Data that its owner lets be used inside sandboxes only, of 1 U a unit. Returns its number.
	pub async fn mint_sandboxed(&self, from: &str, handle: &str, content: &str) -> AssetId {
		let minted = self.client().json(&[
			"mint",
			handle,
			"--from",
			from,
			"--kind",
			"data",
			"--share-rate",
			"3000",
			"--call-fee",
			"1",
			"--content",
			content,
		]);
		let asset = minted["asset"].as_u64().unwrap().try_into().unwrap();
		self.run(from, &calls::set_sandboxed(asset)).await;
		asset
	}

	/// An automatic policy, or one where the owner approves each, that allows this code and these operators.
	pub async fn set_policy(
		&self,
		owner: &str,
		asset: AssetId,
		approval: Approval,
		codes: &[&[u8]],
		operators: &[&Operator],
	) {
		let policy = Policy {
			codes: codes.iter().map(|code| blake2_256(code)).collect(),
			operators: operators.iter().map(|operator| operator.account()).collect(),
			limits: OutputLimits {
				smallest_group: 10,
				largest_output: 64 << 10,
				largest_model: 64 << 10,
				release_budget: 1 << 20,
			},
			approval,
		};
		self.run(owner, &calls::set_policy(asset, policy)).await;
	}

	/// Gives an asset to another account.
	pub async fn give(&self, from: &str, asset: AssetId, to: &str) {
		/// The collection whose items the assets are.
		const COLLECTION: u32 = 0;
		let to = MultiAddress::<AccountId, ()>::Id(account(to));
		self.run(from, &transaction("Nfts", "transfer", (COLLECTION, asset, to))).await;
	}

	/// Has the curators take an asset off the list.
	pub async fn delist(&self, asset: AssetId) {
		self.decide(&transaction("Lineage", "delist", (asset, b"its owner had no right to it".to_vec())))
			.await;
	}

	/// Asks for a permit, and hands code and parameters to the operator. Returns its number.
	pub async fn request(&self, consumer: &str, operator: &Operator, request: &Request) -> PermitId {
		operator.exchange().put_upload(&request.code).unwrap();
		operator.exchange().put_upload(&request.parameters).unwrap();
		self.request_only(consumer, operator, request).await
	}

	/// Asks for a permit without handing anything over.
	pub async fn request_only(&self, consumer: &str, operator: &Operator, request: &Request) -> PermitId {
		let now = read::now(&self.chain.finalized().await.unwrap()).await.unwrap();
		let job = Job {
			uses: vec![(request.asset, request.units)],
			purpose: Purpose::Training,
			code_hash: blake2_256(&request.code),
			parameters_hash: blake2_256(&request.parameters),
			operator: operator.account(),
			output_cap: 64 << 10,
			expires_at: now + request.lifetime,
		};
		let requested = self.run(consumer, &calls::request(job, 1_000_000_000_000)).await;
		requested.number("SandboxAccess", "Requested", "permit").unwrap()
	}

	/// A permit as final state has it.
	pub async fn permit(&self, permit: PermitId) -> PermitRecord {
		let at = self.chain.finalized().await.unwrap();
		read::permit(&at, permit).await.unwrap().expect("the permit is in state")
	}

	/// Waits until a permit has a status.
	pub async fn until(&self, permit: PermitId, status: PermitStatus) {
		let what = format!("permit {permit} is {status:?}");
		eventually(&what, async || (self.permit(permit).await.status == status).then_some(())).await;
	}

	/// What an account has in U at the last final block, in micro-U.
	pub async fn balance(&self, who: &str) -> u128 {
		read::free_u(&self.chain.finalized().await.unwrap(), &account(who)).await.unwrap()
	}

	/// The code of the refusal that a report on chain has; none for a release.
	pub fn refusal(&self, permit: PermitId, report_file: &std::path::Path) -> Option<u64> {
		let report: Value = serde_json::from_slice(&std::fs::read(report_file).unwrap()).unwrap();
		assert_eq!(report["permit_id"], permit);
		report["verdict"]["refused"]["code"].as_u64()
	}

	/// Moves the chain's clock to a date.
	pub async fn advance_to(&self, date: &str) {
		let _: Value = self.chain.request("clock_advanceTo", rpc_params![date]).await.unwrap();
	}

	/// The chain's genesis hash.
	pub fn genesis(&self) -> H256 {
		self.chain.genesis()
	}
}

/// The key of a well-known account.
pub(crate) fn key(uri: &str) -> Keypair {
	key_of(uri).expect("a well-known account")
}

/// A well-known account.
pub fn account(uri: &str) -> AccountId {
	id_of(&key(uri))
}
