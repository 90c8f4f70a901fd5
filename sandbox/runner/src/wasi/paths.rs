//! Functions on paths.

use super::{
	MODULE,
	calls::{Fail, answer},
	errno::Errno,
	files::{node_stat, output_stat},
	host::{Descriptor, Host},
	tree::{Node, NodeId, Place},
};
use wasmtime::{Caller, Linker};

/// Flags of `path_open`: make it, it must be a folder, it must be new, empty it.
const CREATE: u32 = 1;
const FOLDER: u32 = 1 << 1;
const EXCLUSIVE: u32 = 1 << 2;
const TRUNCATE: u32 = 1 << 3;
/// The right to write.
const WRITE: u64 = 1 << 6;
/// Descriptor flag: every write goes to the end.
const APPEND: u32 = 1;

pub fn link(linker: &mut Linker<Host>) -> wasmtime::Result<()> {
	linker.func_wrap(
		MODULE,
		"path_open",
		|mut caller: Caller<'_, Host>,
		 fd: u32,
		 _lookup: u32,
		 path: u32,
		 path_len: u32,
		 how: u32,
		 rights: u64,
		 _inherited: u64,
		 flags: u32,
		 at: u32| {
			answer(&mut caller, |guest, host| {
				let path = guest.path(path, path_len)?;
				let folder = host.folder(fd)?;
				let descriptor = match host.tree.walk(folder, &path)? {
					Place::Node(node) => existing(host, node, how, rights)?,
					Place::Output(name) => output(host, name, how, flags)?,
				};
				let opened = host.open(descriptor)?;
				guest.put_u32(at, opened)?;
				Ok(u64::from(path_len))
			})
		},
	)?;
	linker.func_wrap(
		MODULE,
		"path_filestat_get",
		|mut caller: Caller<'_, Host>, fd: u32, _lookup: u32, path: u32, path_len: u32, at: u32| {
			answer(&mut caller, |guest, host| {
				let path = guest.path(path, path_len)?;
				let folder = host.folder(fd)?;
				let stat = match host.tree.walk(folder, &path)? {
					Place::Node(node) => node_stat(host, node)?,
					Place::Output(name) => output_stat(host, host.outputs.named(name).ok_or(Errno::NOENT)?),
				};
				guest.put(at, &stat)?;
				Ok(u64::from(path_len))
			})
		},
	)?;
	Ok(())
}

/// Opens what is there from the beginning: to be read.
fn existing(host: &Host, node: NodeId, how: u32, rights: u64) -> Result<Descriptor, Fail> {
	match host.tree.node(node)? {
		Node::Folder { .. } | Node::Outputs if how & (CREATE | TRUNCATE) != 0 => Err(Errno::ISDIR.into()),
		Node::Folder { .. } | Node::Outputs => Ok(Descriptor::Folder(node)),
		Node::Input { .. } | Node::Parameters if how & FOLDER != 0 => Err(Errno::NOTDIR.into()),
		Node::Input { .. } | Node::Parameters
			if how & (CREATE | EXCLUSIVE | TRUNCATE) != 0 || rights & WRITE != 0 =>
		{
			Err(Errno::NOTCAPABLE.into())
		}
		Node::Input { .. } | Node::Parameters => Ok(Descriptor::File(node, 0)),
	}
}

/// Makes an output. One that is there is not opened again, neither to be read nor to be written over.
fn output(host: &mut Host, name: &str, how: u32, flags: u32) -> Result<Descriptor, Fail> {
	if how & FOLDER != 0 {
		return Err(Errno::NOTDIR.into());
	}
	if how & CREATE == 0 {
		let there = host.outputs.named(name).is_some();
		return Err(if there { Errno::NOTCAPABLE } else { Errno::NOENT }.into());
	}
	let index = host.outputs.create(name)?;
	Ok(Descriptor::Output { index, position: 0, append: flags & APPEND != 0 })
}
