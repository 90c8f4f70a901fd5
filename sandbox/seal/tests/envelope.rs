//! Envelopes, and what they do not open for.

use heirloom_seal::{
	Binding, ContentId, DataKey, Envelope, EnvelopeError, Origin, Purpose, SealingKey, SealingPublicKey,
	content::Codec, format,
};
use proptest::prelude::*;

fn binding(purpose: Purpose) -> Binding {
	Binding {
		origin: Origin { genesis: [1; 32], owner: [2; 32] },
		content: ContentId::of(Codec::DagPb, b"a file"),
		purpose,
	}
}

/// An envelope, whom it is for, and a file sealed under the key in it.
struct Sent {
	envelope: Envelope,
	operator: SealingKey,
	sealed: Vec<u8>,
}

fn sent(purpose: Purpose) -> Sent {
	let key = DataKey::generate().unwrap();
	let operator = SealingKey::generate().unwrap();
	let envelope = Envelope::seal(&key, &binding(purpose), &operator.public()).unwrap();
	let mut sealed = Vec::new();
	format::seal(&key, &b"data"[..], &mut sealed).unwrap();
	Sent { envelope, operator, sealed }
}

impl Sent {
	fn error(&self, expected: Binding) -> EnvelopeError {
		self.envelope.open(&self.operator, &expected).unwrap_err()
	}
}

#[test]
fn both_kinds_of_envelope_give_back_the_key_that_was_sealed() {
	for purpose in [Purpose::Standing, Purpose::Permit(0), Purpose::Permit(u64::MAX)] {
		let Sent { envelope, operator, sealed } = sent(purpose);
		let key = envelope.open(&operator, &binding(purpose)).unwrap();
		let mut plain = Vec::new();
		format::open(&key, &sealed[..], &mut plain).unwrap();
		assert_eq!(plain, b"data");
	}
}

#[test]
fn open_should_fail_when_the_envelope_is_for_another_operator() {
	let Sent { envelope, .. } = sent(Purpose::Standing);
	let other = SealingKey::generate().unwrap();
	let error = envelope.open(&other, &binding(Purpose::Standing)).unwrap_err();
	assert_eq!(error, EnvelopeError::OtherRecipient);
}

#[test]
fn open_should_fail_when_the_envelope_is_of_another_chain() {
	let mut expected = binding(Purpose::Standing);
	expected.origin.genesis = [9; 32];
	assert_eq!(sent(Purpose::Standing).error(expected), EnvelopeError::OtherChain);
}

#[test]
fn open_should_fail_when_somebody_else_minted_the_same_content() {
	let mut expected = binding(Purpose::Standing);
	expected.origin.owner = [9; 32];
	assert_eq!(sent(Purpose::Standing).error(expected), EnvelopeError::OtherOwner);
}

#[test]
fn open_should_fail_when_the_envelope_is_for_another_file() {
	let other = Binding { content: ContentId::of(Codec::DagPb, b"other"), ..binding(Purpose::Standing) };
	assert_eq!(sent(Purpose::Standing).error(other), EnvelopeError::OtherContent);
}

#[test]
fn open_should_fail_when_the_envelope_is_for_another_permit() {
	let sent = sent(Purpose::Permit(7));
	assert_eq!(sent.error(binding(Purpose::Permit(8))), EnvelopeError::OtherPurpose);
}

#[test]
fn open_should_fail_when_a_permits_envelope_is_used_as_a_standing_one() {
	let sent = sent(Purpose::Permit(7));
	assert_eq!(sent.error(binding(Purpose::Standing)), EnvelopeError::OtherPurpose);
}

#[test]
fn open_should_fail_when_a_standing_envelope_is_used_for_a_permit() {
	let sent = sent(Purpose::Standing);
	assert_eq!(sent.error(binding(Purpose::Permit(7))), EnvelopeError::OtherPurpose);
}

#[test]
fn open_should_fail_when_the_clear_fields_are_rewritten_to_what_is_expected() {
	let mut wanted = [binding(Purpose::Permit(7)); 4];
	wanted[0].origin.genesis = [9; 32];
	wanted[1].origin.owner = [9; 32];
	wanted[2].content = ContentId::of(Codec::Raw, b"other");
	wanted[3].purpose = Purpose::Permit(8);
	for wanted in wanted {
		let mut sent = sent(Purpose::Permit(7));
		sent.envelope.binding = wanted;
		assert_eq!(sent.error(wanted), EnvelopeError::Altered);
	}
}

#[test]
fn open_should_fail_when_an_envelope_is_readdressed() {
	let mut sent = sent(Purpose::Standing);
	let other = SealingKey::generate().unwrap();
	sent.envelope.recipient = other.public();
	let error = sent.envelope.open(&other, &binding(Purpose::Standing)).unwrap_err();
	assert_eq!(error, EnvelopeError::Altered);
}

#[test]
fn seal_should_fail_when_the_recipients_key_is_of_small_order() {
	let key = DataKey::generate().unwrap();
	let mut one = [0; 32];
	one[0] = 1;
	for weak in [[0; 32], one] {
		let error = Envelope::seal(&key, &binding(Purpose::Standing), &SealingPublicKey(weak)).unwrap_err();
		assert_eq!(error, EnvelopeError::WeakRecipient);
	}
}

#[test]
fn two_envelopes_of_one_key_have_nothing_in_common_but_their_clear_fields() {
	let key = DataKey::generate().unwrap();
	let operator = SealingKey::generate().unwrap().public();
	let [one, other] =
		[(); 2].map(|()| Envelope::seal(&key, &binding(Purpose::Standing), &operator).unwrap().to_bytes());
	assert_eq!(one[..131], other[..131]);
	assert!((131..one.len()).filter(|at| one[*at] == other[*at]).count() < 40);
}

#[test]
fn binary_form_is_as_long_as_documented() {
	assert_eq!(sent(Purpose::Standing).envelope.to_bytes().len(), 211);
	assert_eq!(sent(Purpose::Permit(7)).envelope.to_bytes().len(), 219);
}

#[test]
fn from_bytes_should_fail_when_the_version_is_unknown() {
	let mut bytes = sent(Purpose::Standing).envelope.to_bytes();
	bytes[0] = 2;
	assert_eq!(Envelope::from_bytes(&bytes), Err(EnvelopeError::UnsupportedVersion(2)));
}

#[test]
fn from_bytes_should_fail_when_something_is_missing_or_left_over() {
	let bytes = sent(Purpose::Permit(7)).envelope.to_bytes();
	for length in 0..bytes.len() {
		assert_eq!(Envelope::from_bytes(&bytes[..length]), Err(EnvelopeError::Malformed), "{length} bytes");
	}
	let longer = [&bytes[..], &[0]].concat();
	assert_eq!(Envelope::from_bytes(&longer), Err(EnvelopeError::Malformed));
}

#[test]
fn json_form_has_hex_and_a_version() {
	let envelope = sent(Purpose::Permit(7)).envelope;
	let json = serde_json::to_value(&envelope).unwrap();
	assert_eq!(json["version"], 1);
	assert_eq!(json["purpose"]["permit"], 7);
	assert_eq!(json["genesis"], "01".repeat(32));
	assert_eq!(json["recipient"], envelope.recipient.to_string());
	assert_eq!(serde_json::from_value::<Envelope>(json).unwrap(), envelope);
}

#[test]
fn json_form_should_fail_when_a_field_is_wrong() {
	let good = serde_json::to_value(sent(Purpose::Standing).envelope).unwrap();
	for (field, value) in [
		("version", serde_json::json!(2)),
		("genesis", serde_json::json!("01")),
		("purpose", serde_json::json!("anything")),
		("content", serde_json::json!("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG")),
		("more", serde_json::json!(1)),
	] {
		let mut bad = good.clone();
		bad[field] = value;
		assert!(serde_json::from_value::<Envelope>(bad).is_err(), "{field}");
	}
}

#[test]
fn public_key_is_read_as_it_is_shown() {
	let key = SealingKey::generate().unwrap().public();
	assert_eq!(key.to_string().parse::<SealingPublicKey>().unwrap(), key);
	assert_eq!(format!("0x{key}").parse::<SealingPublicKey>().unwrap(), key);
	assert!("0x12".parse::<SealingPublicKey>().is_err());
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn binary_form_is_read_back(permit in any::<u64>()) {
		let envelope = sent(Purpose::Permit(permit)).envelope;
		prop_assert_eq!(Envelope::from_bytes(&envelope.to_bytes()).unwrap(), envelope);
	}

	#[test]
	fn any_flipped_bit_is_noticed(at in any::<prop::sample::Index>(), bit in 0..8) {
		let sent = sent(Purpose::Permit(7));
		let mut bytes = sent.envelope.to_bytes();
		let at = at.index(bytes.len());
		bytes[at] ^= 1_u8 << bit;
		// X25519 disregards the highest bit of a public key, and HPKE mixes `enc` in as it was sent.
		let opened = Envelope::from_bytes(&bytes)
			.and_then(|envelope| envelope.open(&sent.operator, &binding(Purpose::Permit(7))));
		prop_assert!(opened.is_err(), "byte {}", at);
	}
}
