//! Webhooks: what is told of an account, sent to an address of its owner's, signed.
//!
//! Whoever runs the explorer names them in a file: the explorer has no accounts, so nobody else could register one. Messages
//! follow the Standard Webhooks specification, version 1.0.0. Each webhook is told everything in order and at least once: the
//! place behind the last message that was accepted is in the database, and moves when the receiver answered with success.
//! An explorer that is killed between both sends that message again, under the same id.

mod deliver;
mod file;
mod message;
mod network;
mod secret;
mod send;

pub use deliver::{Pace, follow};
pub use file::{Error, Webhook, read};
pub use secret::{NotASecret, Secret};
