//! Lists of different lengths in one allocation.

/// Many short lists, kept one behind the other.
#[derive(Debug)]
pub struct Lists<T> {
	ends: Vec<usize>,
	items: Vec<T>,
}

impl<T> Default for Lists<T> {
	fn default() -> Self {
		Self { ends: Vec::new(), items: Vec::new() }
	}
}

impl<T> Lists<T> {
	/// Appends a list.
	pub fn push(&mut self, list: impl IntoIterator<Item = T>) {
		self.items.extend(list);
		self.ends.push(self.items.len());
	}

	/// The list at a position; empty where there is none.
	pub fn get(&self, position: usize) -> &[T] {
		let start = position.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
		self.ends.get(position).map_or(&[], |end| &self.items[start..*end])
	}

	/// All lists, in order.
	pub fn iter(&self) -> impl Iterator<Item = &[T]> {
		(0..self.ends.len()).map(|position| self.get(position))
	}

	/// Items of all lists together.
	pub fn items(&self) -> &[T] {
		&self.items
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn lists_come_back_as_they_were_pushed() {
		let mut lists = Lists::default();
		let pushed = [vec![1, 2], vec![], vec![3]];
		pushed.iter().for_each(|list| lists.push(list.iter().copied()));
		assert_eq!(lists.iter().map(<[_]>::to_vec).collect::<Vec<_>>(), pushed);
		assert!(lists.get(3).is_empty());
		assert_eq!(lists.items(), [1, 2, 3]);
	}
}
