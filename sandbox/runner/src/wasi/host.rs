//! What belongs to a running job on this side.

use super::{
	calls::Fail,
	errno::Errno,
	tree::{Node, NodeId, Tree},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use std::{collections::BTreeMap, fs::File, os::unix::fs::FileExt};
use wasmtime::{Memory, ResourceLimiter};

/// The most descriptors at once.
const MOST_DESCRIPTORS: usize = 256;
/// The most outputs. More than the gate lets leave, which is to say so.
const MOST_OUTPUTS: usize = 1024;
/// The most tables of a module.
pub const MOST_TABLES: usize = 64;
/// Bytes of a job's log that are kept; the rest is dropped. As many as the gate takes.
const LONGEST_LOG: usize = 16 << 10;

/// Why a job was stopped, or stopped itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
	/// It called `proc_exit`.
	#[error("exit {0}")]
	Exit(u32),
	/// It asked for more memory than it may have.
	#[error("memory")]
	Memory,
	/// It asked for larger tables than it may have.
	#[error("tables")]
	Tables,
	/// It wrote more than it may.
	#[error("output")]
	Output,
	/// This machine has no memory for what the job may have, or cannot read its input: nothing that the job did.
	#[error("machine")]
	Machine,
}

/// An open descriptor.
#[derive(Clone, Copy, Debug)]
pub enum Descriptor {
	/// Standard input: at its end.
	Input,
	/// Standard output and error.
	Log,
	/// A folder.
	Folder(NodeId),
	/// An input or the parameters, and where in it.
	File(NodeId, u64),
	/// An output, and where in it.
	Output {
		/// Which.
		index: usize,
		/// Where in it.
		position: u64,
		/// Whether every write goes to its end.
		append: bool,
	},
}

/// A job's outputs.
#[derive(Debug, Default)]
pub struct Outputs {
	files: Vec<(String, Vec<u8>)>,
	by_name: BTreeMap<String, usize>,
	bytes: u64,
}

/// What belongs to a running job.
#[derive(Debug)]
pub struct Host {
	/// The files it sees.
	pub tree: Tree,
	/// What was written.
	pub outputs: Outputs,
	/// Its random source.
	pub random: ChaCha20Rng,
	/// Its memory, once it is known.
	pub memory: Option<Memory>,
	/// Nanoseconds that it slept.
	pub slept: u64,
	/// Fuel at its start.
	pub fuel: u64,
	parameters: Vec<u8>,
	inputs: File,
	log: Vec<u8>,
	descriptors: Vec<Option<Descriptor>>,
	memory_bytes: u64,
	table_elements: u64,
	output_bytes: u64,
}

/// What a job may take.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
	/// Units of fuel.
	pub fuel: u64,
	/// Bytes of memory.
	pub memory_bytes: u64,
	/// Elements of all tables.
	pub table_elements: u32,
	/// Bytes of all outputs.
	pub output_bytes: u64,
}

impl Host {
	/// What belongs to a job that begins.
	pub fn new(tree: Tree, inputs: File, parameters: Vec<u8>, seed: [u8; 32], allowed: Allowance) -> Self {
		let log = || Some(Descriptor::Log);
		Self {
			tree,
			outputs: Outputs::default(),
			random: ChaCha20Rng::from_seed(seed),
			memory: None,
			slept: 0,
			fuel: allowed.fuel,
			parameters,
			inputs,
			log: Vec::new(),
			descriptors: vec![Some(Descriptor::Input), log(), log(), Some(Descriptor::Folder(Tree::ROOT))],
			memory_bytes: allowed.memory_bytes,
			table_elements: u64::from(allowed.table_elements),
			output_bytes: allowed.output_bytes,
		}
	}

	/// Outputs in the order they were made, and the log.
	pub fn into_results(self) -> (Vec<(String, Vec<u8>)>, Vec<u8>) {
		(self.outputs.files, self.log)
	}

	/// An open descriptor.
	pub fn descriptor(&mut self, number: u32) -> Result<&mut Descriptor, Errno> {
		self.descriptors.get_mut(number as usize).and_then(Option::as_mut).ok_or(Errno::BADF)
	}

	/// The folder that a descriptor is of.
	pub fn folder(&mut self, number: u32) -> Result<NodeId, Errno> {
		match self.descriptor(number)? {
			Descriptor::Folder(node) => Ok(*node),
			Descriptor::Input | Descriptor::Log | Descriptor::File(..) | Descriptor::Output { .. } => {
				Err(Errno::NOTDIR)
			}
		}
	}

	/// Opens a descriptor, the lowest number that is free.
	pub fn open(&mut self, descriptor: Descriptor) -> Result<u32, Errno> {
		let free = self.descriptors.iter().position(Option::is_none);
		let number = free.unwrap_or(self.descriptors.len());
		if number >= MOST_DESCRIPTORS {
			return Err(Errno::MFILE);
		}
		if free.is_none() {
			self.descriptors.push(None);
		}
		self.descriptors[number] = Some(descriptor);
		u32::try_from(number).map_err(|_| Errno::MFILE)
	}

	/// Closes a descriptor.
	pub fn close(&mut self, number: u32) -> Result<(), Errno> {
		let place = self.descriptors.get_mut(number as usize).ok_or(Errno::BADF)?;
		place.take().map(drop).ok_or(Errno::BADF)
	}

	/// Bytes of an input or the parameters.
	pub fn length(&self, node: NodeId) -> Result<u64, Errno> {
		match self.tree.node(node)? {
			Node::Input { len, .. } => Ok(*len),
			Node::Parameters => Ok(self.parameters.len() as u64),
			Node::Folder { .. } | Node::Outputs => Ok(0),
		}
	}

	/// Reads an input or the parameters from `position` on: as much as there is, up to the buffer. What this machine cannot
	/// read ends the job: an error number would make its output another than that of its repetition.
	pub fn read(&self, node: NodeId, position: u64, buffer: &mut [u8]) -> Result<u64, Fail> {
		let left = self.length(node)?.saturating_sub(position);
		let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
		let buffer = &mut buffer[..most];
		match self.tree.node(node)? {
			Node::Input { at, .. } => {
				let read = self.inputs.read_exact_at(buffer, at.saturating_add(position));
				read.map_err(|_| Stopped::Machine)?;
			}
			Node::Parameters => {
				// Within a usize, since what is left of the parameters is.
				let from = usize::try_from(position).unwrap_or(usize::MAX).min(self.parameters.len());
				buffer.copy_from_slice(&self.parameters[from..from + most]);
			}
			Node::Folder { .. } | Node::Outputs => return Err(Errno::ISDIR.into()),
		}
		Ok(most as u64)
	}

	/// Writes to the log, as far as it is kept.
	pub fn log(&mut self, bytes: &[u8]) {
		let room = LONGEST_LOG.saturating_sub(self.log.len());
		self.log.extend_from_slice(&bytes[..bytes.len().min(room)]);
	}

	/// Writes to an output.
	pub fn write(&mut self, index: usize, position: u64, bytes: &[u8]) -> Result<Result<(), Errno>, Stopped> {
		let Some((_, file)) = self.outputs.files.get_mut(index) else { return Ok(Err(Errno::BADF)) };
		if bytes.is_empty() {
			return Ok(Ok(()));
		}
		let end = position.saturating_add(bytes.len() as u64);
		let growth = end.saturating_sub(file.len() as u64);
		let all = self.outputs.bytes.saturating_add(growth);
		if all > self.output_bytes {
			return Err(Stopped::Output);
		}
		self.outputs.bytes = all;
		// Within what may be written, which is within memory.
		let (from, to) = (position as usize, end as usize);
		if file.len() < to {
			file.resize(to, 0);
		}
		file[from..to].copy_from_slice(bytes);
		Ok(Ok(()))
	}
}

impl Outputs {
	/// Makes a new output.
	pub fn create(&mut self, name: &str) -> Result<usize, Errno> {
		if self.by_name.contains_key(name) {
			return Err(Errno::EXIST);
		}
		if self.files.len() == MOST_OUTPUTS {
			return Err(Errno::MFILE);
		}
		let index = self.files.len();
		self.files.push((name.to_owned(), Vec::new()));
		self.by_name.insert(name.to_owned(), index);
		Ok(index)
	}

	/// The output of a name.
	pub fn named(&self, name: &str) -> Option<usize> {
		self.by_name.get(name).copied()
	}

	/// Names and indices, ascending by name.
	pub fn names(&self) -> impl Iterator<Item = (&str, usize)> {
		self.by_name.iter().map(|(name, index)| (name.as_str(), *index))
	}

	/// Bytes of an output.
	pub fn length(&self, index: usize) -> u64 {
		self.files.get(index).map_or(0, |(_, bytes)| bytes.len() as u64)
	}
}

impl ResourceLimiter for Host {
	/// What is beyond the module's own maximum fails here already, so that all that fails later is this machine's fault.
	fn memory_growing(&mut self, _: usize, desired: usize, most: Option<usize>) -> wasmtime::Result<bool> {
		if desired as u64 > self.memory_bytes {
			return Err(Stopped::Memory.into());
		}
		Ok(most.is_none_or(|most| desired <= most))
	}

	fn memory_grow_failed(&mut self, _: wasmtime::Error) -> wasmtime::Result<()> {
		Err(Stopped::Machine.into())
	}

	fn table_growing(
		&mut self,
		current: usize,
		desired: usize,
		most: Option<usize>,
	) -> wasmtime::Result<bool> {
		if most.is_some_and(|most| desired > most) {
			return Ok(false);
		}
		let growth = desired.saturating_sub(current) as u64;
		match self.table_elements.checked_sub(growth) {
			Some(left) => {
				self.table_elements = left;
				Ok(true)
			}
			None => Err(Stopped::Tables.into()),
		}
	}

	fn table_grow_failed(&mut self, _: wasmtime::Error) -> wasmtime::Result<()> {
		Err(Stopped::Machine.into())
	}

	fn instances(&self) -> usize {
		1
	}

	fn memories(&self) -> usize {
		1
	}

	fn tables(&self) -> usize {
		MOST_TABLES
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::jobfile::PackedFile;

	#[test]
	fn input_that_cannot_be_read_should_end_the_job_as_the_machine_s_fault() {
		let files = [PackedFile { path: "0/a".into(), at: 0, len: 6 }];
		let tree = Tree::new(&files).unwrap();
		let node = (0..).find(|node| matches!(tree.node(*node), Ok(Node::Input { .. }))).unwrap();
		let allowed = Allowance { fuel: 0, memory_bytes: 0, table_elements: 0, output_bytes: 0 };
		// Shorter than was said, as where a disk has lost a part.
		let host = Host::new(tree, tempfile::tempfile().unwrap(), Vec::new(), [0; 32], allowed);
		let read = host.read(node, 0, &mut [0; 6]);
		assert!(matches!(read, Err(Fail::Stop(Stopped::Machine))));
	}

	#[test]
	fn growth_beyond_the_module_s_own_maximum_should_fail_for_everyone() {
		let allowed = Allowance { fuel: 0, memory_bytes: 1 << 20, table_elements: 10, output_bytes: 0 };
		let tree = Tree::new(&[]).unwrap();
		let mut host = Host::new(tree, tempfile::tempfile().unwrap(), Vec::new(), [0; 32], allowed);
		assert!(!host.memory_growing(0, 2 << 16, Some(1 << 16)).unwrap());
		assert!(host.memory_growing(0, 1 << 16, Some(1 << 16)).unwrap());
		assert!(!host.table_growing(0, 9, Some(8)).unwrap());
		assert!(host.table_growing(0, 10, Some(10)).unwrap(), "what failed was not counted");
	}
}
