//! What a webhook is sent.

use super::Webhook;
use crate::{
	pages::{alert_path, alert_sentence, format::rfc3339},
	store::read::{alerts::Alert, payments::Payment, receipts::NamedReceipt, withheld::Withheld},
};
use serde::Serialize;

/// A message: the same however often it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
	/// What it is known by, for receivers that got it before.
	pub id: String,
	/// Its body in JSON.
	pub body: String,
}

/// The body, as the specification has it.
#[derive(Serialize)]
struct Body<'a> {
	r#type: &'static str,
	/// When it happened.
	timestamp: String,
	data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
	/// The account that it is told of.
	account: &'a str,
	/// What happened, in a sentence.
	text: String,
	/// Where the explorer says more of it.
	path: String,
	#[serde(flatten)]
	subject: Subject<'a>,
}

/// What it is about, as the interface answers it.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Subject<'a> {
	Receipt(&'a NamedReceipt),
	Payment(&'a Payment),
	Withheld(&'a Withheld),
}

impl Message {
	/// What a webhook is told.
	pub fn new(hook: &Webhook, alert: &Alert) -> serde_json::Result<Self> {
		let (kind, subject) = match alert {
			Alert::Used(receipt) => ("asset.used", Subject::Receipt(receipt)),
			Alert::Paid(payment) if payment.delivered => ("payment.arrived", Subject::Payment(payment)),
			Alert::Paid(payment) => ("payment.undelivered", Subject::Payment(payment)),
			Alert::Withheld(held) => ("payment.withheld", Subject::Withheld(held)),
			Alert::Released(held) => ("payment.released", Subject::Withheld(held)),
		};
		let account = hook.account.as_str();
		let data = Data {
			account,
			text: alert_sentence(hook.language, alert, account),
			path: alert_path(alert, account),
			subject,
		};
		let body = Body { r#type: kind, timestamp: rfc3339(alert.at()), data };
		Ok(Self { id: format!("{account}-{}", alert.key()), body: serde_json::to_string(&body)? })
	}
}
