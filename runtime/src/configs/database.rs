//! What an access to the node's database costs.

use frame_support::{
	parameter_types,
	weights::{RuntimeDbWeight, constants::WEIGHT_REF_TIME_PER_MICROS},
};

parameter_types! {
	/// ParityDB with the state of 1,000,000 assets and 300,000 accounts, measured by
	/// `./scripts/bench settlement --assets 1000000`: a bare read, in no order, from a database that was just opened
	/// (8.6 µs), and a bare update with its part of the state's root and of the commit (43.6 µs).
	pub const DatabaseWeight: RuntimeDbWeight =
		RuntimeDbWeight { read: 9 * WEIGHT_REF_TIME_PER_MICROS, write: 44 * WEIGHT_REF_TIME_PER_MICROS };
}
