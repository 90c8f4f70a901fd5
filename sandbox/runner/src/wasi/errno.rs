//! The error numbers of WASI preview 1 that are returned here.

/// An error number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errno(pub u16);

impl Errno {
	/// Bad descriptor.
	pub const BADF: Self = Self(8);
	/// There already.
	pub const EXIST: Self = Self(20);
	/// An address outside memory.
	pub const FAULT: Self = Self(21);
	/// An argument that makes no sense.
	pub const INVAL: Self = Self(28);
	/// Is a directory.
	pub const ISDIR: Self = Self(31);
	/// Too many descriptors.
	pub const MFILE: Self = Self(33);
	/// The name is too long.
	pub const NAMETOOLONG: Self = Self(37);
	/// No such file.
	pub const NOENT: Self = Self(44);
	/// There is no such function here.
	pub const NOSYS: Self = Self(52);
	/// Not a directory.
	pub const NOTDIR: Self = Self(54);
	/// Not supported.
	pub const NOTSUP: Self = Self(58);
	/// Cannot be sought in.
	pub const SPIPE: Self = Self(70);
	/// Not allowed.
	pub const NOTCAPABLE: Self = Self(76);
}
