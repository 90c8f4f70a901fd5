//! Heirloom for people: an index of a chain's final blocks, and the pages and the API that read it.
//!
//! ```text
//! node → chain (blocks, decoded by their own runtime's metadata) → index (one block, one transaction) → store
//!                                                                  index::checks compares it again   ↗   ↓
//!                                                                        api, pages, webhooks  ←  store::read
//! ```
//!
//! Only final blocks are taken in. What is shown was stored with the cursor that says how far the index is, so whenever the
//! process is killed, nothing is missing and nothing counted twice.

pub mod api;
pub mod app;
pub mod args;
pub mod chain;
pub mod index;
pub mod light;
pub mod listener;
pub mod pages;
pub mod per_block;
pub mod rates;
pub mod serve;
pub mod settings;
pub mod store;
pub mod webhooks;

pub use app::{State, app};
