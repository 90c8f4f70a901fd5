//! One attempt to send a message.

use super::{Webhook, message::Message, network::Resolver};
use axum::http::{Request, StatusCode, header};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
	client::legacy::{Client, connect::HttpConnector},
	rt::TokioExecutor,
};
use std::{error::Error, io, time::Duration};

/// How long a receiver may take to be reached.
const REACHED_IN: Duration = Duration::from_secs(5);

/// Who sends.
const AGENT: &str = concat!("heirloom-explorer/", env!("CARGO_PKG_VERSION"));

/// What came of an attempt.
#[derive(Debug)]
pub enum Outcome {
	/// The receiver has it.
	Accepted,
	/// The receiver wants no more messages, ever.
	Gone,
	/// The receiver has it not, as far as is known.
	Failed {
		/// What happened.
		why: String,
		/// How long the receiver asks to be left in peace.
		pause: Option<Duration>,
	},
}

/// Sends messages. It follows no redirects, and does not read what a receiver answers beyond its headers.
#[derive(Clone, Debug)]
pub struct Sender {
	client: Client<HttpsConnector<HttpConnector<Resolver>>, Full<axum::body::Bytes>>,
}

impl Sender {
	/// To public addresses, or to private ones as well. An error where this machine has no list of certificate authorities.
	pub fn new(allow_private: bool) -> io::Result<Self> {
		let mut connector = HttpConnector::new_with_resolver(Resolver { allow_private });
		connector.enforce_http(false);
		connector.set_connect_timeout(Some(REACHED_IN));
		let connector = HttpsConnectorBuilder::new()
			.with_native_roots()?
			.https_or_http()
			.enable_http1()
			.wrap_connector(connector);
		// Messages are rare: a connection is not kept for the next one.
		let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector);
		Ok(Self { client })
	}

	/// Sends a message, at a moment in seconds since the Unix epoch, and waits so long for an answer.
	pub async fn send(&self, hook: &Webhook, message: &Message, moment: i64, wait: Duration) -> Outcome {
		let signatures: Vec<_> =
			hook.secrets.iter().map(|secret| secret.sign(&message.id, moment, &message.body)).collect();
		let request = Request::post(hook.url.as_str())
			.header(header::CONTENT_TYPE, "application/json")
			.header(header::USER_AGENT, AGENT)
			.header("webhook-id", &message.id)
			.header("webhook-timestamp", moment)
			.header("webhook-signature", signatures.join(" "))
			.body(Full::from(message.body.clone()));
		let request = match request {
			Ok(request) => request,
			Err(error) => return Outcome::failed(error.to_string()),
		};
		match tokio::time::timeout(wait, self.client.request(request)).await {
			Err(_) => Outcome::failed(format!("no answer in {:.1} s", wait.as_secs_f64())),
			Ok(Err(error)) => Outcome::failed(causes(&error)),
			Ok(Ok(answer)) if answer.status().is_success() => Outcome::Accepted,
			Ok(Ok(answer)) if answer.status() == StatusCode::GONE => Outcome::Gone,
			Ok(Ok(answer)) => {
				let seconds = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
				let pause = seconds.and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
				Outcome::Failed { why: format!("the answer was {}", answer.status()), pause }
			}
		}
	}
}

impl Outcome {
	fn failed(why: String) -> Self {
		Self::Failed { why, pause: None }
	}
}

/// An error with all that caused it.
fn causes(error: &dyn Error) -> String {
	let mut said = error.to_string();
	let mut cause = error.source();
	while let Some(error) = cause {
		said += &format!(": {error}");
		cause = error.source();
	}
	said
}
