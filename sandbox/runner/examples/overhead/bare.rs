//! The same wasm in wasmtime alone: in this process, without any wall, limit or gate.

use std::error::Error;
use wasmtime::{Config, Engine, Instance, Module, Store, Val};

/// What of a job's settings wasmtime has beside its own.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Settings {
	/// Fuel is counted.
	pub fuel: bool,
	/// NaNs are canonical.
	pub nan: bool,
}

/// A module, compiled.
pub struct Bare {
	module: Module,
	settings: Settings,
}

impl Bare {
	/// Compiles a module, in the text format, of no turns.
	pub fn new(text: &str, settings: Settings) -> Result<Self, Box<dyn Error>> {
		let mut config = Config::new();
		config.consume_fuel(settings.fuel).cranelift_nan_canonicalization(settings.nan);
		let engine = Engine::new(&config)?;
		let module = Module::from_binary(&engine, &wat::parse_str(text.replace("TURNS", "0"))?)?;
		Ok(Self { module, settings })
	}

	/// Runs so many turns.
	pub fn run(&self, turns: u32) -> Result<(), Box<dyn Error>> {
		let mut store = Store::new(self.module.engine(), ());
		if self.settings.fuel {
			store.set_fuel(u64::MAX)?;
		}
		let instance = Instance::new(&mut store, &self.module, &[])?;
		let global = instance.get_global(&mut store, "turns").ok_or("the module has a number of turns")?;
		global.set(&mut store, Val::I32(i32::try_from(turns)?))?;
		Ok(instance.get_typed_func::<(), ()>(&mut store, "_start")?.call(&mut store, ())?)
	}
}
