//! The runtime as a whole: real genesis, real blocks, signed transactions.

mod accounts;
mod callable;
mod chain;
mod consensus;
mod disputes;
mod fees;
mod filter;
mod governance;
mod many_months;
mod month;
mod nesting;
mod prepaid;
mod presets;
mod production;
mod rewards;
mod sandbox;
mod sandbox_limits;
mod sandbox_refusals;
mod spam;
mod staking;
mod storage;
mod under_load;
mod wallets;
