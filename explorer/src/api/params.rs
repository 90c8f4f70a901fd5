//! What is asked with: pages of lists, and names of things in paths.

use super::{Error, Result};
use crate::{
	chain::address,
	store::{
		Cursor, Month, Store,
		read::{MAX_PAGE, assets::Asset},
	},
};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::{Deserialize, de::DeserializeOwned};
use utoipa::IntoParams;

/// Items of a page where nothing is said.
const PAGE: i64 = 50;

/// A query, with an error in JSON where it cannot be read.
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
	type Rejection = Error;

	async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
		match Query::from_request_parts(parts, state).await {
			Ok(Query(asked)) => Ok(Self(asked)),
			Err(error) => Err(Error::BadRequest(error.body_text())),
		}
	}
}

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
	/// The `next` of the page before.
	pub after: Option<String>,
	/// The most items: 1 to 1,000, 50 where nothing is said.
	#[param(minimum = 1, maximum = 1_000)]
	pub limit: Option<i64>,
}

impl Paging {
	/// From where, in a list that begins with `first`, and how many.
	pub fn read(&self, first: Cursor) -> Result<(Cursor, i64)> {
		let after = match &self.after {
			None => first,
			Some(text) => text.parse::<Cursor>().map_err(|error| {
				Error::BadRequest(format!("after: {text:?} is not a cursor, a page's `next`: {error}"))
			})?,
		};
		let limit = self.limit.unwrap_or(PAGE);
		if !(1..=MAX_PAGE).contains(&limit) {
			return Err(Error::BadRequest(format!("limit: {limit} is not between 1 and {MAX_PAGE}")));
		}
		Ok((after, limit))
	}
}

/// An account in a path.
pub fn account(text: &str) -> Result<String> {
	address::read(text).ok_or_else(|| {
		Error::BadRequest(format!("{text:?} is no address: neither SS58 nor 20 or 32 bytes in hexadecimal"))
	})
}

/// A month in a path.
pub fn month(text: &str) -> Result<Month> {
	let period = text.parse::<heirloom_primitives::Period>();
	period.map(Into::into).map_err(|error| Error::BadRequest(format!("{text:?} is {error}")))
}

/// A number in a path.
pub fn number(what: &str, text: &str) -> Result<i64> {
	let number = text.parse::<i64>().ok().filter(|number| *number >= 0);
	number.ok_or_else(|| Error::BadRequest(format!("{text:?} is no number of {what}")))
}

/// An asset in a path, by its number or its name.
pub async fn asset(store: &Store, name: &str) -> Result<Asset> {
	let found = store.asset_named(name).await?;
	found.ok_or_else(|| Error::not_found(format_args!("asset {name:?}")))
}
