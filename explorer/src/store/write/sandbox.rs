//! Permits and operators.

use super::{Tx, within};
use crate::{
	chain::decode::{
		sandbox::{Operator, Permit, Report, Use, Verdict},
		values,
	},
	store::{Money, Month, Result},
};
use serde_json::json;

/// A permit to write.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewPermit<'a> {
	pub id: i64,
	pub consumer: String,
	pub operator: String,
	pub purpose: &'static str,
	pub code_hash: String,
	pub parameters_hash: String,
	pub output_cap: String,
	pub expires_at: i64,
	pub operator_fee: Money,
	pub uses: &'a [Use],
}

impl Tx {
	/// Writes a permit that was asked for.
	pub async fn permit(&mut self, height: i64, at: i64, permit: &NewPermit<'_>) -> Result<()> {
		const PERMIT: &str =
			"INSERT INTO permits (id, consumer, operator, purpose, code_hash, parameters_hash,
			output_cap, expires_at, operator_fee, status, requested_in, requested_at, changed_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'requested', $10, $11, $11)";
		const USE: &str = "INSERT INTO permit_uses (permit, asset, units, fee) VALUES ($1, $2, $3, $4)";
		within!(self, connection => sqlx::query(PERMIT)
			.bind(permit.id).bind(&permit.consumer).bind(&permit.operator).bind(permit.purpose)
			.bind(&permit.code_hash).bind(&permit.parameters_hash).bind(&permit.output_cap)
			.bind(permit.expires_at).bind(permit.operator_fee).bind(height).bind(at)
			.execute(connection).await.map(|_| ()))?;
		for used in permit.uses {
			let fee = Money::of("a permit's fee", used.fee)?;
			within!(self, connection => sqlx::query(USE).bind(permit.id).bind(i64::from(used.asset))
				.bind(used.units.to_string()).bind(fee).execute(connection).await.map(|_| ()))?;
		}
		Ok(())
	}

	/// Writes down a step of a permit for its history.
	pub async fn permit_event(
		&mut self,
		place: (i64, i64),
		permit: i64,
		name: &str,
		account: Option<String>,
		reason: Option<&str>,
		at: i64,
	) -> Result<()> {
		const SQL: &str = "INSERT INTO permit_events (height, event, permit, name, account, reason, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)";
		within!(self, connection => sqlx::query(SQL).bind(place.0).bind(place.1).bind(permit).bind(name)
			.bind(account).bind(reason).bind(at).execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// Writes down what a step changes of a permit.
	pub async fn change_permit(&mut self, step: &Permit, at: i64, period: Month) -> Result<()> {
		const STATUS: &str = "UPDATE permits SET status = $2, changed_at = $3 WHERE id = $1";
		const INTO: &str = "UPDATE permits SET consumed_into = $2 WHERE id = $1";
		const CHALLENGE: &str = "UPDATE permits SET challenge = $2, second_operator = $3 WHERE id = $1";
		const CHALLENGER: &str = "UPDATE permits SET challenger = $2 WHERE id = $1";
		let id = values::number(step.permit);
		if let Some(status) = step.status {
			within!(self, connection => sqlx::query(STATUS).bind(id).bind(status).bind(at)
				.execute(connection).await.map(|_| ()))?;
		}
		if let Some(into) = step.into {
			within!(self, connection => sqlx::query(INTO).bind(id).bind(i64::from(into))
				.execute(connection).await.map(|_| ()))?;
		}
		if let Some((challenge, second)) = &step.challenge {
			within!(self, connection => sqlx::query(CHALLENGE).bind(id).bind(*challenge).bind(second.to_string())
				.execute(connection).await.map(|_| ()))?;
		}
		if let (Some(("open", _)), Some(challenger)) = (&step.challenge, &step.account) {
			within!(self, connection => sqlx::query(CHALLENGER).bind(id).bind(challenger.to_string())
				.execute(connection).await.map(|_| ()))?;
		}
		match &step.report {
			Some(signed) => self.report(id, &signed.0, values::hash(signed.1), period).await,
			None => Ok(()),
		}
	}

	async fn report(&mut self, id: i64, report: &Report, hash: String, period: Month) -> Result<()> {
		const SQL: &str =
			"UPDATE permits SET report = $2, report_hash = $3, refusal_code = $4, findings = $5,
			fuel = $6, output_bytes = $7, reported_period = $8 WHERE id = $1";
		let code = match report.verdict {
			Verdict::Released => None,
			Verdict::Refused { code } => Some(i64::from(code)),
		};
		let findings: i64 = report.inputs.iter().map(|input| i64::from(input.findings)).sum();
		let inputs = report.inputs.iter().map(|input| {
			json!({
				"asset": input.asset,
				"commitment": values::hash(input.commitment),
				"findings": input.findings,
			})
		});
		let text = json!({
			"measurement": values::hash(report.measurement),
			"code_hash": values::hash(report.code_hash),
			"parameters_hash": values::hash(report.parameters_hash),
			"inputs": inputs.collect::<Vec<_>>(),
			"output": values::hash(report.output),
			"output_bytes": report.output_bytes.to_string(),
			"smallest_group": report.smallest_group,
			"fuel": report.fuel.to_string(),
			"verdict": if code.is_none() { "released" } else { "refused" },
		});
		within!(self, connection => sqlx::query(SQL).bind(id).bind(text.to_string()).bind(hash).bind(code)
			.bind(findings).bind(report.fuel.to_string()).bind(report.output_bytes.to_string()).bind(period)
			.execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// Writes down what happened to an operator.
	pub async fn operator(&mut self, place: (i64, i64), event: &Operator, at: i64) -> Result<()> {
		const STATED: &str = "INSERT INTO operators
			(account, signing_key, sealing_key, measurement, fee, status, registered_in)
			VALUES ($1, $2, $3, $4, $5, 'registered', $6) ON CONFLICT (account) DO UPDATE SET
			signing_key = EXCLUDED.signing_key, sealing_key = EXCLUDED.sealing_key,
			measurement = EXCLUDED.measurement, fee = EXCLUDED.fee";
		const STATUS: &str = "UPDATE operators SET status = $2 WHERE account = $1";
		const EVENT: &str = "INSERT INTO operator_events (height, event, operator, name, amount, reason, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)";
		let account = event.operator.to_string();
		if let Some(profile) = &event.profile {
			let sealing = format!("0x{}", hex::encode(profile.sealing_key));
			within!(self, connection => sqlx::query(STATED).bind(&account).bind(profile.signing_key.to_string())
				.bind(sealing).bind(values::hash(profile.measurement)).bind(profile.fee.to_string()).bind(place.0)
				.execute(connection).await.map(|_| ()))?;
		}
		if let Some(status) = event.status {
			within!(self, connection => sqlx::query(STATUS).bind(&account).bind(status)
				.execute(connection).await.map(|_| ()))?;
		}
		within!(self, connection => sqlx::query(EVENT).bind(place.0).bind(place.1).bind(&account)
			.bind(&event.name).bind(event.amount.map(|amount| amount.to_string())).bind(event.reason.as_deref())
			.bind(at)
			.execute(connection).await.map(|_| ()))?;
		Ok(())
	}
}
