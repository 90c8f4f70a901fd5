//! What is being done, for whoever waits.

use indicatif::{ProgressBar, ProgressStyle};
use std::{
	cell::RefCell,
	io::{IsTerminal, stderr},
	time::{Duration, Instant},
};

/// Tells how one fault goes: on a terminal in a line that changes, elsewhere in a line each time something is new.
pub struct Told {
	bar: ProgressBar,
	fault: String,
	begun: Instant,
	last: RefCell<String>,
}

impl Told {
	/// Begins to tell of a fault.
	pub fn new(fault: &str) -> Self {
		let bar = ProgressBar::new_spinner();
		if let Ok(style) = ProgressStyle::with_template("{prefix:<10} {spinner} {elapsed:>4} {msg}") {
			bar.set_style(style);
		}
		bar.set_prefix(fault.to_owned());
		bar.enable_steady_tick(Duration::from_millis(120));
		Self { bar, fault: fault.into(), begun: Instant::now(), last: RefCell::default() }
	}

	/// Says what is going on now.
	pub fn say(&self, text: impl Into<String>) {
		let text = text.into();
		if self.last.replace(text.clone()) == text {
			return;
		}
		if stderr().is_terminal() {
			self.bar.set_message(text);
		} else {
			eprintln!("{:<10} {:>5} s  {text}", self.fault, self.begun.elapsed().as_secs());
		}
	}
}

impl Drop for Told {
	fn drop(&mut self) {
		self.bar.finish_and_clear();
	}
}
