//! What is being done, for whoever waits. Nothing is shown where standard error is not a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::{borrow::Cow, time::Duration};

/// Something whose length is not known.
pub fn spinner(message: impl Into<Cow<'static, str>>) -> ProgressBar {
	let spinner = ProgressBar::new_spinner().with_message(message);
	spinner.enable_steady_tick(Duration::from_millis(200));
	spinner
}

/// Something that is done in so many steps.
pub fn bar(length: u64, message: impl Into<Cow<'static, str>>) -> ProgressBar {
	let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}")
		.unwrap_or_else(|_| ProgressStyle::default_bar());
	ProgressBar::new(length).with_style(style).with_message(message)
}
