//! `sandbox_*`: use of sensitive assets.

use super::{Error, Reader};
use crate::service::Hash;
use heirloom_primitives::{PermitId, PermitView, api::SandboxApi as _};
use heirloom_runtime::AccountId;
use jsonrpsee::proc_macros::rpc;

/// Use of sensitive assets.
#[rpc(server)]
pub trait SandboxApi {
	/// A permit; an unknown one is an error.
	#[method(name = "sandbox_permit", blocking)]
	fn permit(&self, permit: PermitId, at: Option<Hash>) -> Result<PermitView<AccountId>, Error>;
}

/// Answers from the chain's state.
pub struct SandboxRpc(pub(super) Reader);

impl SandboxApiServer for SandboxRpc {
	fn permit(&self, permit: PermitId, at: Option<Hash>) -> Result<PermitView<AccountId>, Error> {
		self.0.at(at)?.read(|api, at| api.permit(at, permit))?.ok_or(Error::UnknownPermit(permit))
	}
}
