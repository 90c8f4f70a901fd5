//! Why there is no answer: a status, and a code with a sentence in JSON.

use crate::{chain, index, store};
use axum::{
	Json,
	http::StatusCode,
	response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// What was asked makes no sense.
	#[error("{0}")]
	BadRequest(String),
	/// There is no such thing.
	#[error("{0}")]
	NotFound(String),
	/// Too much was asked.
	#[error("too many requests: try again in {0} s")]
	TooMany(u64),
	/// The answer takes longer than is waited.
	#[error("no answer within {0} s")]
	TooSlow(u64),
	/// The node does not answer, so what only it knows cannot be told.
	#[error("the node does not answer: {0}")]
	NodeAway(String),
	/// The database did not answer.
	#[error("the index cannot be read")]
	Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What is answered instead.
#[derive(Serialize, ToSchema)]
pub struct ErrorBody {
	/// What went wrong.
	error: ErrorDetail,
}

/// What went wrong.
#[derive(Serialize, ToSchema)]
pub struct ErrorDetail {
	/// `bad_request`, `not_found`, `too_many_requests`, `too_slow`, `node_away` or `internal`.
	code: &'static str,
	/// In words.
	message: String,
}

impl Error {
	/// What does not exist.
	pub fn not_found(what: impl std::fmt::Display) -> Self {
		Self::NotFound(format!("there is no {what}"))
	}

	/// Its status.
	pub fn status(&self) -> StatusCode {
		match self {
			Self::BadRequest(_) => StatusCode::BAD_REQUEST,
			Self::NotFound(_) => StatusCode::NOT_FOUND,
			Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
			Self::TooSlow(_) => StatusCode::GATEWAY_TIMEOUT,
			Self::NodeAway(_) => StatusCode::SERVICE_UNAVAILABLE,
			Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
		}
	}

	fn code(&self) -> &'static str {
		match self {
			Self::BadRequest(_) => "bad_request",
			Self::NotFound(_) => "not_found",
			Self::TooMany(_) => "too_many_requests",
			Self::TooSlow(_) => "too_slow",
			Self::NodeAway(_) => "node_away",
			Self::Broken(_) => "internal",
		}
	}
}

impl IntoResponse for Error {
	fn into_response(self) -> Response {
		if let Self::Broken(error) = &self {
			tracing::error!("a request failed: {error}");
		}
		let error = ErrorDetail { code: self.code(), message: self.to_string() };
		(self.status(), Json(ErrorBody { error })).into_response()
	}
}

impl From<store::Error> for Error {
	fn from(error: store::Error) -> Self {
		Self::Broken(error.into())
	}
}

impl From<chain::Error> for Error {
	fn from(error: chain::Error) -> Self {
		match error {
			// The node's own codes for what is not there: assets, statements, periods, permits.
			chain::Error::Refused { code: 9_001..=9_009, message } => Self::NotFound(message),
			chain::Error::Refused { message, .. } => Self::NodeAway(message),
			other => Self::NodeAway(other.to_string()),
		}
	}
}

impl From<index::Error> for Error {
	fn from(error: index::Error) -> Self {
		match error {
			index::Error::Chain(error) => error.into(),
			index::Error::Store(error) => error.into(),
			other @ index::Error::OtherRun { .. } => Self::Broken(other.into()),
		}
	}
}
