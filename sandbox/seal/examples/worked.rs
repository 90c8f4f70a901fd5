//! The README's worked example: an owner seals a file to an operator, the operator opens it for a permit.
//!
//! `cargo run --release --example worked -- FILE FOLDER` leaves keys, blocks and the opened file in a new folder.

use heirloom_seal::{
	Binding, DataKey, Envelope, LocalStore, Origin, Purpose, SealingKey, open_asset_file, seal_file,
};
use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
	let [file, folder] = [1, 2].map(|at| env::args_os().nth(at).map(PathBuf::from));
	let (Some(file), Some(folder)) = (file, folder) else { return Err("usage: worked FILE FOLDER".into()) };
	fs::create_dir(&folder)?;
	let store = LocalStore::open(&folder.join("blocks"))?;

	// The operator makes a key once, and registers its public half on chain.
	let sealing_key = SealingKey::generate()?;
	sealing_key.save(&folder.join("operator.key"))?;

	// The owner seals the file beforehand to that operator. The data key is kept before it is used.
	let origin = Origin { genesis: [0x11; 32], owner: [0x22; 32] };
	let data_key = DataKey::generate()?;
	data_key.save(&folder.join("data.key"))?;
	let asset = seal_file(&file, &data_key, &store, &[sealing_key.public()], &origin, &mut |_| ())?;
	println!("content id   {}\nciphertext   {} bytes", asset.cid, asset.size);
	println!("{}", serde_json::to_string_pretty(&asset.envelopes)?);

	// For a policy by which the owner approves each permit: an envelope for permit 17 alone.
	let for_permit = Binding { origin, content: asset.cid, purpose: Purpose::Permit(17) };
	let sent = Envelope::seal(&data_key, &for_permit, &sealing_key.public())?.to_bytes();
	println!("for permit   {} bytes", sent.len());

	// The operator's runner states from the chain what it opens the envelope for.
	let sealing_key = SealingKey::load(&folder.join("operator.key"))?;
	let envelope = Envelope::from_bytes(&sent)?;
	let other = Binding { purpose: Purpose::Permit(18), ..for_permit };
	println!("permit 18    {}", envelope.open(&sealing_key, &other).err().ok_or("it opened")?);
	let data_key = envelope.open(&sealing_key, &for_permit)?;
	let opened = folder.join("opened");
	let bytes = open_asset_file(&asset.cid, 1 << 40, &data_key, &store, &opened, &mut |_| ())?;
	println!("permit 17    {bytes} bytes of plaintext");
	Ok(())
}
