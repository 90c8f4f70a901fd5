//! What is held of payments for disputes, in words.

use super::{format, site::Site};
use crate::store::read::withheld::Withheld;

/// What is held, or was, and why.
pub fn sentence(site: &Site, held: &Withheld) -> String {
	let values = [
		("amount", format::amount_text(held.amount).into()),
		("ancestor", held.ancestor_handle.as_str().into()),
		("derivative", held.derivative_handle.as_str().into()),
	];
	match held.released_in {
		None => site.language.tell("withheld-is", &values),
		Some(_) => site.language.tell("withheld-was", &values),
	}
}
