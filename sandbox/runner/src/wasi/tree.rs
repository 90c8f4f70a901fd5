//! The files that a job sees: an index, not a file system.
//!
//! ```text
//! /data/n/…       inputs, read only
//! /params.json    parameters, read only
//! /out/NAME       outputs: new files, write only
//! ```
//!
//! There are no links and no devices in it, and a path is walked component by component here, so that none leads out.

use super::errno::Errno;
use crate::jobfile::PackedFile;
use std::collections::BTreeMap;

/// The longest path, in bytes.
const LONGEST_PATH: usize = 4096;
/// The longest name of an output, in bytes. Longer than the gate allows, which is to say so.
const LONGEST_OUTPUT_NAME: usize = 255;

/// Index of a node. It is also its inode number, which must not be 0: the root is 1.
pub type NodeId = usize;

/// A file or folder that is there when the job begins.
#[derive(Debug)]
pub enum Node {
	/// A folder, with its parent: names, ascending.
	Folder {
		/// The folder that it is in; its own for the root.
		parent: NodeId,
		/// What is in it.
		entries: BTreeMap<String, NodeId>,
	},
	/// An input file.
	Input {
		/// First byte in the job's file.
		at: u64,
		/// Bytes.
		len: u64,
	},
	/// `/params.json`.
	Parameters,
	/// `/out`.
	Outputs,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
	/// Something that is there from the beginning.
	Node(NodeId),
	/// A name in `/out`, whether there is such an output or not.
	Output(&'a str),
}

/// All nodes.
#[derive(Debug)]
pub struct Tree {
	nodes: Vec<Node>,
}

impl Tree {
	/// The root.
	pub const ROOT: NodeId = 1;

	/// A tree of these inputs. None where a file is also a folder of another.
	pub fn new(files: &[PackedFile]) -> Option<Self> {
		let folder = |parent| Node::Folder { parent, entries: BTreeMap::new() };
		// Number 0 is no node's.
		let mut tree = Self { nodes: vec![folder(0), folder(Self::ROOT)] };
		tree.add(Self::ROOT, "params.json", Node::Parameters)?;
		tree.add(Self::ROOT, "out", Node::Outputs)?;
		let data = tree.add(Self::ROOT, "data", folder(Self::ROOT))?;
		for PackedFile { path, at, len } in files {
			let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
			let mut inner = data;
			for part in folders.split('/').filter(|part| !part.is_empty()) {
				inner = match tree.entry(inner, part) {
					Some(known) => known,
					None => tree.add(inner, part, folder(inner))?,
				};
			}
			tree.add(inner, name, Node::Input { at: *at, len: *len })?;
		}
		Some(tree)
	}

	fn add(&mut self, to: NodeId, name: &str, node: Node) -> Option<NodeId> {
		let id = self.nodes.len();
		let Some(Node::Folder { entries, .. }) = self.nodes.get_mut(to) else { return None };
		if entries.insert(name.to_owned(), id).is_some() {
			return None;
		}
		self.nodes.push(node);
		Some(id)
	}

	fn entry(&self, folder: NodeId, name: &str) -> Option<NodeId> {
		match self.nodes.get(folder) {
			Some(Node::Folder { entries, .. }) => entries.get(name).copied(),
			_ => None,
		}
	}

	/// A node.
	pub fn node(&self, id: NodeId) -> Result<&Node, Errno> {
		self.nodes.get(id).ok_or(Errno::BADF)
	}

	/// Walks a path from a folder on, below which it has to stay.
	pub fn walk<'a>(&self, from: NodeId, path: &'a str) -> Result<Place<'a>, Errno> {
		if path.len() > LONGEST_PATH {
			return Err(Errno::NAMETOOLONG);
		}
		if path.contains('\0') {
			return Err(Errno::INVAL);
		}
		if path.is_empty() {
			return Err(Errno::NOENT);
		}
		if path.starts_with('/') {
			return Err(Errno::NOTCAPABLE);
		}
		let (mut place, mut depth) = (Place::Node(from), 0_u32);
		for part in path.split('/') {
			place = match (place, part) {
				(Place::Output(_), _) => return Err(Errno::NOTDIR),
				(Place::Node(node), "" | ".") => match self.node(node)? {
					Node::Folder { .. } | Node::Outputs => place,
					Node::Input { .. } | Node::Parameters => return Err(Errno::NOTDIR),
				},
				(Place::Node(node), "..") => {
					// Above the folder that the descriptor is of, even where that is still in the tree.
					depth = depth.checked_sub(1).ok_or(Errno::NOTCAPABLE)?;
					Place::Node(self.parent(node)?)
				}
				(Place::Node(node), name) => {
					depth += 1;
					self.step(node, name)?
				}
			};
		}
		Ok(place)
	}

	fn step<'a>(&self, node: NodeId, name: &'a str) -> Result<Place<'a>, Errno> {
		match self.node(node)? {
			Node::Folder { entries, .. } => entries.get(name).map(|id| Place::Node(*id)).ok_or(Errno::NOENT),
			Node::Outputs if name.len() > LONGEST_OUTPUT_NAME => Err(Errno::NAMETOOLONG),
			Node::Outputs => Ok(Place::Output(name)),
			Node::Input { .. } | Node::Parameters => Err(Errno::NOTDIR),
		}
	}

	fn parent(&self, node: NodeId) -> Result<NodeId, Errno> {
		match self.node(node)? {
			Node::Folder { parent, .. } => Ok(*parent),
			Node::Outputs => Ok(Self::ROOT),
			Node::Input { .. } | Node::Parameters => Err(Errno::NOTDIR),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn tree(paths: &[&str]) -> Option<Tree> {
		let files: Vec<_> =
			paths.iter().map(|path| PackedFile { path: (*path).to_owned(), at: 0, len: 1 }).collect();
		Tree::new(&files)
	}

	fn found(path: &str) -> Result<Place<'_>, Errno> {
		tree(&["0/ct/1.dcm", "1/model"]).unwrap().walk(Tree::ROOT, path)
	}

	#[test]
	fn paths_should_lead_to_what_they_name() {
		assert!(matches!(found("data/0/ct/1.dcm"), Ok(Place::Node(_))));
		assert_eq!(found("./data//0/../0/ct/1.dcm"), found("data/0/ct/1.dcm"));
		assert_eq!(found("out/x.csv"), Ok(Place::Output("x.csv")));
		assert_eq!(found("out/../out/x"), Ok(Place::Output("x")));
		assert_eq!(found("data/2"), Err(Errno::NOENT));
		assert_eq!(found("params.json/"), Err(Errno::NOTDIR));
	}

	#[test]
	fn refusal_07_no_path_should_lead_out() {
		for path in ["/etc/passwd", "..", "data/../..", "data/0/../../../etc", "out/../.."] {
			assert_eq!(found(path), Err(Errno::NOTCAPABLE), "{path}");
		}
		assert_eq!(found("out/a/b"), Err(Errno::NOTDIR));
		assert_eq!(found("data/0\0"), Err(Errno::INVAL));
	}

	#[test]
	fn file_that_is_also_a_folder_should_make_no_tree() {
		assert!(tree(&["0/a", "0/a/b"]).is_none());
		assert!(tree(&["0/a", "0/a"]).is_none());
	}

	proptest! {
		#[test]
		fn refusal_07_walking_should_never_leave_the_folder(path in "(\\.\\.|\\.|/|0|ct|1\\.dcm|out){0,12}") {
			let tree = tree(&["0/ct/1.dcm"]).unwrap();
			let Ok(Place::Node(data)) = tree.walk(Tree::ROOT, "data") else { panic!("there is data") };
			if let Ok(Place::Node(node)) = tree.walk(data, &path) {
				prop_assert_ne!(node, Tree::ROOT);
			}
			prop_assert!(!matches!(tree.walk(data, &path), Ok(Place::Output(_))));
		}
	}
}
