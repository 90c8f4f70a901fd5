//! The commands that read or write a little.

pub mod account;
pub mod asset;
pub mod balance;
pub mod call;
pub mod claim;
pub mod lineage;
pub mod mint;
pub mod payee;
pub mod rotate_keys;
pub mod sandbox;
pub mod session_keys;
pub mod statement;
pub mod verify;
