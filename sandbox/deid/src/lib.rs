//! De-identification of medical data before a job sees it.
//!
//! DICOM files go through the Basic Application Level Confidentiality Profile (PS3.15 annex E), written as a table,
//! and then through a search for every value of their original header. A file that is not proven clean is not used:
//! [`Deidentifier::deidentify`] answers with a [`Refusal`] that says why. CSV and JSON Lines go through the column
//! policies of their owner ([`columns`]).
//!
//! The stages of a file, one module each:
//!
//! 1. `header` reads the file within [`Limits`]; what can be read in two ways is refused.
//! 2. `clearance` decides whether the kind of object may carry text in its pixels, and whether a mask clears it.
//! 3. `pixels` checks the pixel data against its description and copies it once, blanked where the mask says so.
//! 4. `clean` builds a new data set by the `table`, deny by default for what has no row, and a new meta group.
//! 5. `residue` searches the result for what identified the original.
//!
//! What this does not protect against stands in the crate's README: text burned into images that a device declares
//! free of it, faces in volumes of the head, and what the anatomy itself tells.

mod clean;
mod clearance;
pub mod columns;
mod description;
mod error;
mod file;
mod folder;
mod header;
mod keep;
mod limits;
mod mask;
mod pixels;
pub mod plant;
mod residue;
mod salt;
mod table;

pub use description::{DESCRIPTION, Description, MalformedDescription};
pub use error::Refusal;
pub use file::{Deidentifier, FileReport, Options};
pub use folder::{Entry, FolderError, Progress, Report, Verdict};
pub use limits::Limits;
pub use mask::{PixelMask, Rectangle};
pub use residue::{Class, Finding, Path};
pub use salt::Salt;
