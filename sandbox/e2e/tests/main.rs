//! The sandbox's programs against a real chain, each test with a node of its own.

mod challenges;
mod hostile;
mod owners;
mod refusals;
mod restart;
mod story;
