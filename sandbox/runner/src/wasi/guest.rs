//! Reading and writing a job's memory. Every address is checked; nothing is assumed of what a job passes.

use super::errno::Errno;

/// The most buffers of one call.
const MOST_BUFFERS: u32 = 1024;

/// A job's memory.
pub struct Guest<'a>(pub &'a mut [u8]);

impl Guest<'_> {
	/// `len` bytes from `at` on.
	pub fn bytes(&self, at: u32, len: u32) -> Result<&[u8], Errno> {
		let at = at as usize;
		self.0.get(at..at.saturating_add(len as usize)).ok_or(Errno::FAULT)
	}

	/// `len` bytes from `at` on, to be written.
	pub fn bytes_mut(&mut self, at: u32, len: u32) -> Result<&mut [u8], Errno> {
		let at = at as usize;
		self.0.get_mut(at..at.saturating_add(len as usize)).ok_or(Errno::FAULT)
	}

	/// Copies bytes to `at`.
	pub fn put(&mut self, at: u32, bytes: &[u8]) -> Result<(), Errno> {
		let len = u32::try_from(bytes.len()).map_err(|_| Errno::FAULT)?;
		self.bytes_mut(at, len)?.copy_from_slice(bytes);
		Ok(())
	}

	/// Writes a u32.
	pub fn put_u32(&mut self, at: u32, value: u32) -> Result<(), Errno> {
		self.put(at, &value.to_le_bytes())
	}

	/// Writes a u64.
	pub fn put_u64(&mut self, at: u32, value: u64) -> Result<(), Errno> {
		self.put(at, &value.to_le_bytes())
	}

	fn array<const N: usize>(&self, at: u32) -> Result<[u8; N], Errno> {
		let at = at as usize;
		let bytes = self.0.get(at..at.saturating_add(N)).ok_or(Errno::FAULT)?;
		bytes.try_into().map_err(|_| Errno::FAULT)
	}

	/// Reads a u8.
	pub fn u8(&self, at: u32) -> Result<u8, Errno> {
		let [byte] = self.array(at)?;
		Ok(byte)
	}

	/// Reads a u16.
	pub fn u16(&self, at: u32) -> Result<u16, Errno> {
		Ok(u16::from_le_bytes(self.array(at)?))
	}

	/// Reads a u32.
	pub fn u32(&self, at: u32) -> Result<u32, Errno> {
		Ok(u32::from_le_bytes(self.array(at)?))
	}

	/// Reads a u64.
	pub fn u64(&self, at: u32) -> Result<u64, Errno> {
		Ok(u64::from_le_bytes(self.array(at)?))
	}

	/// Reads a list of buffers (`iovec`, `ciovec`): address and length each.
	pub fn buffers(&self, at: u32, count: u32) -> Result<Vec<(u32, u32)>, Errno> {
		if count > MOST_BUFFERS {
			return Err(Errno::INVAL);
		}
		let buffer = |index: u32| {
			let at = at.checked_add(index * 8).ok_or(Errno::FAULT)?;
			let (address, len) = (self.u32(at)?, self.u32(offset(at, 4)?)?);
			self.bytes(address, len)?;
			Ok((address, len))
		};
		(0..count).map(buffer).collect()
	}

	/// Reads a path.
	pub fn path(&self, at: u32, len: u32) -> Result<String, Errno> {
		let bytes = self.bytes(at, len)?;
		// What is longer than any path is not copied.
		if bytes.len() > 1 << 16 {
			return Err(Errno::NAMETOOLONG);
		}
		String::from_utf8(bytes.to_vec()).map_err(|_| Errno::INVAL)
	}
}

/// An address further on.
pub fn offset(at: u32, by: u32) -> Result<u32, Errno> {
	at.checked_add(by).ok_or(Errno::FAULT)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_reaches_beyond_memory_should_be_a_fault() {
		let mut memory = [0; 16];
		let mut guest = Guest(&mut memory);
		assert_eq!(guest.u64(8), Ok(0));
		assert_eq!(guest.u64(9), Err(Errno::FAULT));
		assert_eq!(guest.bytes(u32::MAX, u32::MAX), Err(Errno::FAULT));
		assert_eq!(guest.put(15, &[1, 2]), Err(Errno::FAULT));
		assert_eq!(guest.buffers(12, 1), Err(Errno::FAULT));
		assert_eq!(guest.buffers(0, 1_025), Err(Errno::INVAL));
	}

	#[test]
	fn buffer_that_reaches_beyond_memory_should_be_a_fault() {
		let mut memory = [0; 16];
		let mut guest = Guest(&mut memory);
		guest.put_u32(0, 8).unwrap();
		guest.put_u32(4, 9).unwrap();
		assert_eq!(guest.buffers(0, 1), Err(Errno::FAULT));
	}
}
