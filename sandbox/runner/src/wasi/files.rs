//! Functions on descriptors.

use super::{
	MODULE,
	calls::{Fail, answer},
	errno::Errno,
	guest::{Guest, offset},
	host::{Descriptor, Host},
	tree::{Node, NodeId, Tree},
};
use wasmtime::{Caller, Linker};

/// File types of preview 1.
const CHARACTER_DEVICE: u8 = 2;
const DIRECTORY: u8 = 3;
const REGULAR_FILE: u8 = 4;
/// The rights of preview 1 that mean something here. A terminal has neither of seek and tell.
const ALL_RIGHTS: u64 = (1 << 30) - 1;
const SEEK_AND_TELL: u64 = 1 << 2 | 1 << 5;
/// Descriptor flag: every write goes to the end.
const APPEND: u16 = 1;
const FILESTAT_BYTES: usize = 64;
const FDSTAT_BYTES: usize = 24;
const DIRENT_BYTES: usize = 24;
/// What the one descriptor that is open at the start is called.
const PREOPENED: (u32, &[u8]) = (3, b"/");
/// Inode numbers of outputs begin here, those of the tree at 1.
const FIRST_OUTPUT: u64 = 1 << 32;

type Job<'a> = Caller<'a, Host>;

pub fn link(linker: &mut Linker<Host>) -> wasmtime::Result<()> {
	linker.func_wrap(MODULE, "fd_close", |mut job: Job<'_>, fd: u32| {
		answer(&mut job, |_, host| Ok(host.close(fd).map(|()| 0)?))
	})?;
	for name in ["fd_datasync", "fd_sync"] {
		linker.func_wrap(MODULE, name, |mut job: Job<'_>, fd: u32| {
			answer(&mut job, |_, host| Ok(host.descriptor(fd).map(|_| 0)?))
		})?;
	}
	linker.func_wrap(MODULE, "fd_fdstat_get", |mut job: Job<'_>, fd: u32, at: u32| {
		answer(&mut job, |guest, host| fdstat(guest, host, fd, at))
	})?;
	linker.func_wrap(MODULE, "fd_fdstat_set_flags", |mut job: Job<'_>, fd: u32, flags: u32| {
		answer(&mut job, |_, host| match host.descriptor(fd)? {
			Descriptor::Output { append, .. } => {
				*append = flags & u32::from(APPEND) != 0;
				Ok(0)
			}
			Descriptor::Input | Descriptor::Log | Descriptor::Folder(_) | Descriptor::File(..) => {
				Err(Errno::NOTCAPABLE.into())
			}
		})
	})?;
	linker.func_wrap(MODULE, "fd_filestat_get", |mut job: Job<'_>, fd: u32, at: u32| {
		answer(&mut job, |guest, host| {
			let stat = match *host.descriptor(fd)? {
				Descriptor::Input | Descriptor::Log => filestat(CHARACTER_DEVICE, 0, 0),
				Descriptor::Folder(node) | Descriptor::File(node, _) => node_stat(host, node)?,
				Descriptor::Output { index, .. } => output_stat(host, index),
			};
			guest.put(at, &stat)?;
			Ok(0)
		})
	})?;
	linker.func_wrap(MODULE, "fd_prestat_get", |mut job: Job<'_>, fd: u32, at: u32| {
		answer(&mut job, |guest, _| {
			if fd != PREOPENED.0 {
				return Err(Errno::BADF.into());
			}
			guest.put_u32(at, 0)?;
			guest.put_u32(offset(at, 4)?, PREOPENED.1.len() as u32)?;
			Ok(0)
		})
	})?;
	linker.func_wrap(MODULE, "fd_prestat_dir_name", |mut job: Job<'_>, fd: u32, at: u32, len: u32| {
		answer(&mut job, |guest, _| {
			if fd != PREOPENED.0 {
				return Err(Errno::BADF.into());
			}
			if (len as usize) < PREOPENED.1.len() {
				return Err(Errno::NAMETOOLONG.into());
			}
			guest.put(at, PREOPENED.1)?;
			Ok(0)
		})
	})?;
	linker.func_wrap(MODULE, "fd_read", |mut job: Job<'_>, fd: u32, buffers: u32, count: u32, at: u32| {
		answer(&mut job, |guest, host| {
			let (node, position) = match *host.descriptor(fd)? {
				Descriptor::Input => {
					guest.put_u32(at, 0)?;
					return Ok(0);
				}
				Descriptor::File(node, position) => (node, position),
				Descriptor::Log | Descriptor::Folder(_) | Descriptor::Output { .. } => {
					return Err(Errno::NOTCAPABLE.into());
				}
			};
			let read = read(guest, host, node, position, buffers, count)?;
			*host.descriptor(fd)? = Descriptor::File(node, position.saturating_add(read));
			guest.put_u32(at, read as u32)?;
			Ok(read)
		})
	})?;
	linker.func_wrap(
		MODULE,
		"fd_pread",
		|mut job: Job<'_>, fd: u32, buffers: u32, count: u32, position: u64, at: u32| {
			answer(&mut job, |guest, host| match *host.descriptor(fd)? {
				Descriptor::File(node, _) => {
					let read = read(guest, host, node, position, buffers, count)?;
					guest.put_u32(at, read as u32)?;
					Ok(read)
				}
				Descriptor::Input | Descriptor::Log => Err(Errno::SPIPE.into()),
				Descriptor::Folder(_) | Descriptor::Output { .. } => Err(Errno::NOTCAPABLE.into()),
			})
		},
	)?;
	linker.func_wrap(
		MODULE,
		"fd_readdir",
		|mut job: Job<'_>, fd: u32, buffer: u32, len: u32, cookie: u64, at: u32| {
			answer(&mut job, |guest, host| {
				let node = host.folder(fd)?;
				let used = list(guest.bytes_mut(buffer, len)?, host, node, cookie)?;
				guest.put_u32(at, used)?;
				Ok(u64::from(used))
			})
		},
	)?;
	linker.func_wrap(MODULE, "fd_seek", |mut job: Job<'_>, fd: u32, by: i64, whence: u32, at: u32| {
		answer(&mut job, |guest, host| {
			let position = seek(host, fd, by, whence)?;
			guest.put_u64(at, position)?;
			Ok(0)
		})
	})?;
	linker.func_wrap(MODULE, "fd_tell", |mut job: Job<'_>, fd: u32, at: u32| {
		answer(&mut job, |guest, host| {
			let position = seek(host, fd, 0, 1)?;
			guest.put_u64(at, position)?;
			Ok(0)
		})
	})?;
	linker.func_wrap(
		MODULE,
		"fd_write",
		|mut job: Job<'_>, fd: u32, buffers: u32, count: u32, at: u32| {
			answer(&mut job, |guest, host| write(guest, host, fd, buffers, count, at))
		},
	)?;
	Ok(())
}

fn fdstat(guest: &mut Guest<'_>, host: &mut Host, fd: u32, at: u32) -> Result<u64, Fail> {
	let (kind, flags, rights) = match *host.descriptor(fd)? {
		// So that C libraries write line by line: what a job printed before it trapped is in its log.
		Descriptor::Input | Descriptor::Log => (CHARACTER_DEVICE, 0, ALL_RIGHTS & !SEEK_AND_TELL),
		Descriptor::Folder(_) => (DIRECTORY, 0, ALL_RIGHTS),
		Descriptor::File(..) => (REGULAR_FILE, 0, ALL_RIGHTS),
		Descriptor::Output { append, .. } => (REGULAR_FILE, if append { APPEND } else { 0 }, ALL_RIGHTS),
	};
	let mut stat = [0; FDSTAT_BYTES];
	stat[0] = kind;
	stat[2..4].copy_from_slice(&flags.to_le_bytes());
	stat[8..16].copy_from_slice(&rights.to_le_bytes());
	stat[16..].copy_from_slice(&rights.to_le_bytes());
	guest.put(at, &stat)?;
	Ok(0)
}

/// A file's description; times are 0, there is one link, and one device.
fn filestat(kind: u8, inode: u64, size: u64) -> [u8; FILESTAT_BYTES] {
	let mut stat = [0; FILESTAT_BYTES];
	stat[8..16].copy_from_slice(&inode.to_le_bytes());
	stat[16] = kind;
	stat[24] = 1;
	stat[32..40].copy_from_slice(&size.to_le_bytes());
	stat
}

fn kind(node: &Node) -> u8 {
	match node {
		Node::Folder { .. } | Node::Outputs => DIRECTORY,
		Node::Input { .. } | Node::Parameters => REGULAR_FILE,
	}
}

/// The description of a node.
pub fn node_stat(host: &Host, node: NodeId) -> Result<[u8; FILESTAT_BYTES], Errno> {
	Ok(filestat(kind(host.tree.node(node)?), node as u64, host.length(node)?))
}

/// The description of an output.
pub fn output_stat(host: &Host, index: usize) -> [u8; FILESTAT_BYTES] {
	filestat(REGULAR_FILE, FIRST_OUTPUT + index as u64, host.outputs.length(index))
}

fn read(
	guest: &mut Guest<'_>,
	host: &Host,
	node: NodeId,
	position: u64,
	buffers: u32,
	count: u32,
) -> Result<u64, Fail> {
	let mut read = 0_u64;
	for (address, len) in guest.buffers(buffers, count)? {
		// The count that is returned has 32 bits.
		let len = len.min(u32::try_from(u64::from(u32::MAX) - read).unwrap_or(0));
		let part = host.read(node, position.saturating_add(read), guest.bytes_mut(address, len)?)?;
		read += part;
		if part < u64::from(len) {
			break;
		}
	}
	Ok(read)
}

fn write(
	guest: &mut Guest<'_>,
	host: &mut Host,
	fd: u32,
	buffers: u32,
	count: u32,
	at: u32,
) -> Result<u64, Fail> {
	let descriptor = *host.descriptor(fd)?;
	let mut written = 0_u64;
	for (address, len) in guest.buffers(buffers, count)? {
		let len = len.min(u32::try_from(u64::from(u32::MAX) - written).unwrap_or(0));
		let bytes = guest.bytes(address, len)?;
		match descriptor {
			Descriptor::Log => host.log(bytes),
			Descriptor::Output { index, position, append } => {
				let from = if append { host.outputs.length(index) } else { position.saturating_add(written) };
				host.write(index, from, bytes)??;
			}
			Descriptor::Input | Descriptor::Folder(_) | Descriptor::File(..) => {
				return Err(Errno::NOTCAPABLE.into());
			}
		}
		written += u64::from(len);
	}
	if let Descriptor::Output { index, position, append } = descriptor {
		let position = if append { host.outputs.length(index) } else { position.saturating_add(written) };
		*host.descriptor(fd)? = Descriptor::Output { index, position, append };
	}
	guest.put_u32(at, written as u32)?;
	Ok(written)
}

fn seek(host: &mut Host, fd: u32, by: i64, whence: u32) -> Result<u64, Errno> {
	let descriptor = *host.descriptor(fd)?;
	let (now, end) = match descriptor {
		Descriptor::File(node, position) => (position, host.length(node)?),
		Descriptor::Output { index, position, .. } => (position, host.outputs.length(index)),
		Descriptor::Input | Descriptor::Log => return Err(Errno::SPIPE),
		Descriptor::Folder(_) => return Err(Errno::BADF),
	};
	let from = match whence {
		0 => 0,
		1 => now,
		2 => end,
		_ => return Err(Errno::INVAL),
	};
	let position = from.checked_add_signed(by).ok_or(Errno::INVAL)?;
	*host.descriptor(fd)? = match descriptor {
		Descriptor::File(node, _) => Descriptor::File(node, position),
		Descriptor::Output { index, append, .. } => Descriptor::Output { index, position, append },
		other @ (Descriptor::Input | Descriptor::Log | Descriptor::Folder(_)) => other,
	};
	Ok(position)
}

/// Lists a folder from the `cookie`-th entry on: itself, the one above, and then what is in it, ascending by name. The
/// last entry is cut where the buffer ends, which tells the job that there is more.
fn list(mut buffer: &mut [u8], host: &Host, node: NodeId, cookie: u64) -> Result<u32, Errno> {
	let all = buffer.len();
	let cookie = usize::try_from(cookie).map_err(|_| Errno::INVAL)?;
	let mut put = |place: usize, name: &str, inode: u64, kind: u8| {
		let mut entry = [0; DIRENT_BYTES];
		entry[..8].copy_from_slice(&(place as u64 + 1).to_le_bytes());
		entry[8..16].copy_from_slice(&inode.to_le_bytes());
		// At most 255 bytes.
		entry[16..20].copy_from_slice(&(name.len() as u32).to_le_bytes());
		entry[20] = kind;
		for part in [&entry[..], name.as_bytes()] {
			let most = part.len().min(buffer.len());
			let (head, rest) = std::mem::take(&mut buffer).split_at_mut(most);
			head.copy_from_slice(&part[..most]);
			buffer = rest;
		}
		!buffer.is_empty()
	};
	let above = match host.tree.node(node)? {
		Node::Folder { parent, .. } => *parent,
		Node::Outputs => Tree::ROOT,
		Node::Input { .. } | Node::Parameters => return Err(Errno::NOTDIR),
	};
	let dots = [(".", node as u64), ("..", above as u64)].map(|(name, inode)| (name, inode, DIRECTORY));
	let entries: Box<dyn Iterator<Item = (&str, u64, u8)> + '_> = match host.tree.node(node)? {
		Node::Folder { entries, .. } => Box::new(entries.iter().map(|(name, id)| {
			let kind = host.tree.node(*id).map_or(REGULAR_FILE, kind);
			(name.as_str(), *id as u64, kind)
		})),
		_ => Box::new(
			host.outputs.names().map(|(name, index)| (name, FIRST_OUTPUT + index as u64, REGULAR_FILE)),
		),
	};
	for (place, (name, inode, kind)) in dots.into_iter().chain(entries).enumerate().skip(cookie) {
		if !put(place, name, inode, kind) {
			break;
		}
	}
	Ok(u32::try_from(all - buffer.len()).unwrap_or(u32::MAX))
}
