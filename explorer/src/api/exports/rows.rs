//! Rows of exported files.

use crate::{
	api::lines::Line,
	pages::format::harmless,
	store::{
		Money,
		read::{
			payments::Payment,
			receipts::{NamedReceipt, Receipt},
			statements::NamedStatement,
			withheld::Withheld,
		},
	},
};
use chrono::{DateTime, SecondsFormat};
use serde::Serialize;
use std::error::Error;

/// Why rows cannot be written.
type Failure = Box<dyn Error + Send + Sync>;

/// Something that is a line of a file.
pub trait Row: Serialize + Send + Sync + 'static {
	/// Names of the columns.
	fn columns() -> Vec<&'static str>;

	/// The values, in the order of the names.
	fn values(&self) -> Vec<String>;
}

/// Lines of CSV, below a line of names if they are the first.
pub fn csv<Item: Row>(items: &[Item], first: bool) -> Result<Vec<u8>, Failure> {
	let mut writer = csv::Writer::from_writer(Vec::new());
	if first {
		writer.write_record(Item::columns())?;
	}
	for item in items {
		writer.write_record(item.values().iter().map(|value| harmless(value)))?;
	}
	Ok(writer.into_inner().map_err(|error| error.to_string())?)
}

/// A part of a list in JSON.
pub fn json<Item: Row>(items: &[Item], first: bool, last: bool) -> Result<Vec<u8>, Failure> {
	let mut bytes = if first { b"[".to_vec() } else { Vec::new() };
	for (position, item) in items.iter().enumerate() {
		if position > 0 || !first {
			bytes.push(b',');
		}
		bytes.push(b'\n');
		serde_json::to_writer(&mut bytes, item)?;
	}
	if last {
		bytes.extend_from_slice(b"\n]\n");
	}
	Ok(bytes)
}

/// An amount in U with all its decimals: `10.810811`.
fn u(amount: Money) -> String {
	let micro = amount.micro();
	format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000)
}

/// A moment as people and spreadsheets read it.
fn time(millis: i64) -> String {
	let moment = DateTime::from_timestamp_millis(millis).unwrap_or_default();
	moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn optional<Value: ToString>(value: Option<Value>) -> String {
	value.map(|value| value.to_string()).unwrap_or_default()
}

impl Row for Payment {
	fn columns() -> Vec<&'static str> {
		vec!["period", "time", "payee", "amount_u", "delivered", "held_before_u", "block", "event"]
	}

	fn values(&self) -> Vec<String> {
		vec![
			self.period.to_string(),
			time(self.at),
			self.payee.clone(),
			u(self.amount),
			self.delivered.to_string(),
			u(self.held_before),
			self.height.to_string(),
			self.event.to_string(),
		]
	}
}

impl Row for Withheld {
	fn columns() -> Vec<&'static str> {
		vec![
			"period",
			"time",
			"payee",
			"amount_u",
			"derivative",
			"derivative_handle",
			"ancestor",
			"ancestor_handle",
			"released",
			"released_to",
			"released_block",
			"block",
			"event",
			"asset",
		]
	}

	fn values(&self) -> Vec<String> {
		vec![
			self.period.to_string(),
			time(self.at),
			self.payee.clone(),
			u(self.amount),
			self.derivative.to_string(),
			self.derivative_handle.clone(),
			self.ancestor.to_string(),
			self.ancestor_handle.clone(),
			self.released_at.map(time).unwrap_or_default(),
			self.released_to.clone().unwrap_or_default(),
			optional(self.released_in),
			self.height.to_string(),
			self.event.to_string(),
			self.asset.to_string(),
		]
	}
}

impl Row for Receipt {
	fn columns() -> Vec<&'static str> {
		vec![
			"asset",
			"number",
			"time",
			"period",
			"caller",
			"units",
			"purpose",
			"fee_u",
			"permit",
			"derivation",
			"block",
			"event",
			"hash",
		]
	}

	fn values(&self) -> Vec<String> {
		vec![
			self.asset.to_string(),
			self.number.to_string(),
			time(self.at),
			self.period.to_string(),
			self.caller.clone(),
			self.units.clone(),
			self.purpose.clone(),
			u(self.fee),
			optional(self.permit),
			optional(self.derivation),
			self.height.to_string(),
			self.event.to_string(),
			self.hash.clone(),
		]
	}
}

impl Row for NamedReceipt {
	fn columns() -> Vec<&'static str> {
		let mut columns = vec!["handle"];
		columns.extend(Receipt::columns());
		columns
	}

	fn values(&self) -> Vec<String> {
		let mut values = vec![self.handle.clone()];
		values.extend(self.receipt.values());
		values
	}
}

impl Row for NamedStatement {
	fn columns() -> Vec<&'static str> {
		vec![
			"period",
			"handle",
			"asset",
			"kind",
			"weight_bps",
			"quality_part",
			"usage_part",
			"impact_part",
			"bonus",
			"units",
			"gross_u",
			"reported_u",
			"shared_u",
			"call_fees_u",
			"carried_in_u",
			"paid_u",
			"carried_out_u",
			"payee",
		]
	}

	fn values(&self) -> Vec<String> {
		let statement = &self.statement;
		vec![
			statement.period.to_string(),
			self.handle.clone(),
			statement.asset.to_string(),
			self.kind.clone(),
			optional(statement.weight),
			optional(statement.part_quality),
			optional(statement.part_usage),
			optional(statement.part_impact),
			optional(statement.bonus),
			statement.units.to_string(),
			u(statement.gross),
			u(statement.reported),
			u(statement.shared),
			u(statement.call_fees),
			u(statement.carried_in),
			u(statement.paid),
			u(statement.carried_out),
			statement.payee.clone().unwrap_or_default(),
		]
	}
}

impl Row for Line {
	fn columns() -> Vec<&'static str> {
		vec!["descendant", "handle", "weight_bps", "pot_u", "total_weight_bps", "amount_u"]
	}

	fn values(&self) -> Vec<String> {
		vec![
			self.descendant.to_string(),
			self.handle.clone(),
			self.weight.to_string(),
			u(self.pot),
			self.total_weight.to_string(),
			u(self.amount),
		]
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_keep_all_decimals() {
		assert_eq!(u(Money(10_810_811)), "10.810811");
		assert_eq!(u(Money(2_000_000_000)), "2000.000000");
	}

	#[test]
	fn names_are_no_formulas() {
		assert_eq!(harmless("=HYPERLINK(1)"), "'=HYPERLINK(1)");
		assert_eq!(harmless("CT-2025-0312"), "CT-2025-0312");
	}

	#[test]
	fn pages_of_json_make_one_list() {
		let payment = Payment {
			height: 1,
			event: 2,
			period: crate::store::Month(24_314),
			payee: "x".into(),
			amount: Money(7),
			delivered: true,
			held_before: Money(0),
			at: 0,
		};
		let items = [payment.clone(), payment];
		let parts =
			[json(&items, true, false), json(&items, false, false), json::<Payment>(&[], false, true)];
		let bytes: Vec<u8> = parts.into_iter().flat_map(Result::unwrap).collect();
		let list: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
		assert_eq!((list.len(), list[3]["amount"].as_str()), (4, Some("7")));
		let empty = json::<Payment>(&[], true, true).unwrap();
		assert_eq!(serde_json::from_slice::<serde_json::Value>(&empty).unwrap(), serde_json::json!([]));
	}
}
