//! The real binary, started on loopback with base paths of its own.

mod command;
mod common;
mod development;
mod estimates;
mod limits;
mod malformed;
mod rpc;
mod websocket;
