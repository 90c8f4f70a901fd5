//! What an access to the node's database costs.

use frame_support::{
	parameter_types,
	weights::{RuntimeDbWeight, constants::WEIGHT_REF_TIME_PER_MICROS},
};

parameter_types! {
	/// ParityDB with the state of 2,000,000 assets and 1,000,000 accounts, measured by
	/// `./scripts/bench settlement --assets 2000000 --payees 1000000`: a bare read, in no order, from a database that was
	/// just opened (10.4 µs), and a bare update with its part of the state's root and of the commit (20.6 µs; up to
	/// 25 µs where fewer are updated at once).
	pub const DatabaseWeight: RuntimeDbWeight =
		RuntimeDbWeight { read: 11 * WEIGHT_REF_TIME_PER_MICROS, write: 25 * WEIGHT_REF_TIME_PER_MICROS };
}
