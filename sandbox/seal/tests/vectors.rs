//! What an independent implementation made by the words of the documentation (`vectors/make.py`) opens here.

use heirloom_seal::{
	Binding, ContentId, DataKey, Envelope, Origin, Purpose, SealingKey, content::Codec, format,
};
use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

const SEALED: &str = "89484c530d0a1a0a00019a4066d4e92229a56b2a0ffb427537d5a3a63d4129c984f8f63a532e68dbca53cca340be33a2\
	3e3c17c1f51ac668578cebfab839659dd13aa40861a2f38dc1b705622a357a7f403c27760ce12c403ba50000000001000011b2fbabdb0f27\
	e43e44d0945ec92f91688fc29add25b63cb38bdff1a29fc58f3eaa";
const STANDING: &str = "011111111111111111111111111111111111111111111111111111111111111111222222222222222222222222222222\
	222222222222222222222222222222222255333333333333333333333333333333333333333333333333333333333333\
	3333004310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662af033870581453888179df77a7d\
	18b219e40f35f2c2ae51943719a0c7fb7df377fdc6a7fe50b1e5f8bc8d39fcf117c7c7ce05bed260cc994d8c028e7e8e\
	05e3c37bd8cc12334596f9dcc792e4743dd1de";
const PERMIT: &str = "011111111111111111111111111111111111111111111111111111111111111111222222222222222222222222222222\
	222222222222222222222222222222222255333333333333333333333333333333333333333333333333333333333333\
	33330111000000000000004310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662ac09fe497eb\
	8b4ab92e6aaec6d58090851645caa143013a67217f793190c078388fc9bd4a79024ce063ded68e9bd69c62ebcf67e339\
	bb87159e57bd1cf6564617aeeab1ceee17285da7a9425eb8479655";

/// A key file with this line, readable for its owner alone.
fn key_file(folder: &tempfile::TempDir, line: &str) -> PathBuf {
	let path = folder.path().join("key");
	fs::write(&path, line).unwrap();
	fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
	path
}

fn data_key() -> DataKey {
	let folder = tempfile::tempdir().unwrap();
	let digits: String = (0..32).map(|byte| format!("{byte:02x}")).collect();
	DataKey::load(&key_file(&folder, &format!("heirloom-data-key 1 {digits}\n"))).unwrap()
}

fn sealing_key() -> SealingKey {
	let folder = tempfile::tempdir().unwrap();
	let digits = "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb";
	SealingKey::load(&key_file(&folder, &format!("heirloom-sealing-key 1 {digits}\n"))).unwrap()
}

fn opened(key: &DataKey) -> Vec<u8> {
	let mut plain = Vec::new();
	format::open(key, &hex::decode(SEALED).unwrap()[..], &mut plain).unwrap();
	plain
}

#[test]
fn sealed_file_of_another_implementation_opens() {
	assert_eq!(opened(&data_key()), b"lung nodule, 6 mm");
}

#[test]
fn envelopes_of_another_implementation_open() {
	let mut content = vec![0x01, 0x55, 0x12, 0x20];
	content.extend([0x33; 32]);
	for (envelope, purpose) in [(STANDING, Purpose::Standing), (PERMIT, Purpose::Permit(17))] {
		let binding = Binding {
			origin: Origin { genesis: [0x11; 32], owner: [0x22; 32] },
			content: ContentId::from_bytes(&content).unwrap(),
			purpose,
		};
		assert_eq!(binding.content.codec(), Codec::Raw);
		let envelope = Envelope::from_bytes(&hex::decode(envelope).unwrap()).unwrap();
		let key = envelope.open(&sealing_key(), &binding).unwrap();
		// That it is the same key shows in what it opens.
		assert_eq!(opened(&key), b"lung nodule, 6 mm");
	}
}
