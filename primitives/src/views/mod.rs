//! What the runtime APIs and the JSON-RPC methods answer with. Amounts are micro-U, as decimal text in JSON.

mod asset;
mod dispute;
mod royalty;
mod sandbox;

pub use asset::*;
pub use dispute::*;
pub use royalty::*;
pub use sandbox::*;
