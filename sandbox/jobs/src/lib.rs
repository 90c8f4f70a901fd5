//! Two jobs that run beside sensitive data: one trains a classifier of CT slices, one measures how robust it is.
//!
//! A job is a program for `wasm32-wasip1`. It finds the assets that its permit names below `/data` (the first in
//! `/data/0`, and so on), its parameters in `/params.json`, and writes to `/out`; there is nothing else. What it wrote
//! leaves only through the output gate, so it declares its outputs in `/out/outputs.json`, and lets no number stand for
//! fewer people than the gate allows.
//!
//! # The way of a slice
//!
//! 1. [`data::each_slice`] reads one file after the other, in the order of their paths, and keeps no image.
//! 2. [`Slice`] is what of a de-identified DICOM file is used: the patient's pseudonym, the image in Hounsfield units,
//!    and whether an annotator marked a nodule. [`labels`] may say so too, in a table beside the images.
//! 3. [`features`] makes 12 numbers of an image: a histogram, and how far blobs stand out from the lung around them.
//! 4. [`logistic`] fits a [`Model`] to them.
//!
//! Both jobs are functions of folders and parameters ([`train::run`], [`robustness::run`]), so that they are tested
//! natively; the programs in `src/bin` only call them. They read no clock, and everything is done in one fixed order, so
//! the same data, parameters and seed give the same bytes.

pub mod data;
mod failure;
pub mod features;
pub mod labels;
pub mod logistic;
mod model;
mod outputs;
mod perturbation;
pub mod robustness;
mod score;
mod slice;
pub mod train;

pub use failure::Failure;
pub use model::Model;
pub use perturbation::Perturbation;
pub use slice::{Image, Slice};

use std::process::ExitCode;

/// Where a job finds its inputs.
pub const DATA: &str = "/data";
/// Where a job finds its parameters.
pub const PARAMETERS: &str = "/params.json";
/// Where a job leaves its outputs.
pub const OUT: &str = "/out";

/// The fewest people that a released number stands for, where the parameters say nothing: what the gate asks for where
/// the owner says nothing.
pub const SMALLEST_GROUP: usize = 10;

/// Ends a program. A failure is one sentence in the log, which passes the gate like every output.
pub fn finish(result: Result<(), Failure>) -> ExitCode {
	match result {
		Ok(()) => ExitCode::SUCCESS,
		Err(failure) => {
			eprintln!("{failure}");
			ExitCode::FAILURE
		}
	}
}
