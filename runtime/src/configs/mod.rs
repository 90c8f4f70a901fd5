//! How the pallets are configured, a file a subject.

mod assets;
mod consensus;
mod database;
mod disputes;
mod filter;
mod governance;
mod money;
mod staking;
mod system;
mod wallets;

pub use assets::*;
pub use consensus::*;
pub use database::*;
pub use disputes::*;
pub use filter::*;
pub use governance::*;
pub use money::*;
pub use staking::*;
pub use system::*;
pub use wallets::*;
