//! The eighteen classes of identifiers and a made-up value of each.

use dicom_core::{Tag, VR};
use dicom_dictionary_std::tags;
use serde::Serialize;

/// The identifiers of 45 CFR 164.514(b)(2)(i), (A) to (R).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SafeHarbor {
	/// (A) Names.
	Name,
	/// (B) Geographic subdivisions smaller than a state.
	Geography,
	/// (C) Elements of dates except the year.
	Date,
	/// (D) Telephone numbers.
	Telephone,
	/// (E) Fax numbers.
	Fax,
	/// (F) Electronic mail addresses.
	Email,
	/// (G) Social security numbers.
	SocialSecurity,
	/// (H) Medical record numbers.
	RecordNumber,
	/// (I) Health plan beneficiary numbers.
	HealthPlan,
	/// (J) Account numbers.
	Account,
	/// (K) Certificate and licence numbers.
	Licence,
	/// (L) Vehicle identifiers.
	Vehicle,
	/// (M) Device identifiers and serial numbers.
	Device,
	/// (N) URLs.
	Url,
	/// (O) IP addresses.
	IpAddress,
	/// (P) Biometric identifiers.
	Biometric,
	/// (Q) Full-face photographs and the like.
	Photograph,
	/// (R) Any other unique number, characteristic or code.
	Other,
}

impl SafeHarbor {
	/// All classes, in the order of the rule.
	pub const ALL: [Self; 18] = [
		Self::Name,
		Self::Geography,
		Self::Date,
		Self::Telephone,
		Self::Fax,
		Self::Email,
		Self::SocialSecurity,
		Self::RecordNumber,
		Self::HealthPlan,
		Self::Account,
		Self::Licence,
		Self::Vehicle,
		Self::Device,
		Self::Url,
		Self::IpAddress,
		Self::Biometric,
		Self::Photograph,
		Self::Other,
	];

	/// The attribute the value is planted in. URL and profile have no row in Table E.1-1: they must fall to the
	/// rule for what is not in the table.
	pub(super) fn attribute(self) -> (Tag, VR) {
		match self {
			Self::Name => (tags::PATIENT_NAME, VR::PN),
			Self::Geography => (tags::PATIENT_ADDRESS, VR::LO),
			Self::Date => (tags::PATIENT_BIRTH_DATE, VR::DA),
			Self::Telephone => (tags::PATIENT_TELEPHONE_NUMBERS, VR::SH),
			Self::Fax => (tags::REFERRING_PHYSICIAN_TELEPHONE_NUMBERS, VR::SH),
			Self::Email => (tags::PATIENT_TELECOM_INFORMATION, VR::LT),
			Self::SocialSecurity => (tags::ISSUER_OF_PATIENT_ID, VR::LO),
			Self::RecordNumber => (tags::PATIENT_ID, VR::LO),
			Self::HealthPlan => (tags::CLINICAL_TRIAL_SUBJECT_ID, VR::LO),
			Self::Account => (tags::ADMISSION_ID, VR::LO),
			Self::Licence => (tags::PATIENT_COMMENTS, VR::LT),
			Self::Vehicle => (tags::STUDY_DESCRIPTION, VR::LO),
			Self::Device => (tags::DEVICE_SERIAL_NUMBER, VR::LO),
			Self::Url => (tags::RETRIEVE_URL, VR::UR),
			Self::IpAddress => (tags::STATION_NAME, VR::SH),
			Self::Biometric => (tags::ICC_PROFILE, VR::OB),
			Self::Photograph => (tags::ICON_IMAGE_SEQUENCE, VR::SQ),
			Self::Other => (tags::ACCESSION_NUMBER, VR::SH),
		}
	}

	/// A value of the class, other for every seed. Nothing in it exists: 555-01xx, `.example` and 192.0.2.0/24 are
	/// reserved for examples.
	pub(super) fn value(self, seed: u64) -> Vec<u8> {
		let mut numbers = Numbers(seed ^ (self as u64 + 1) << 48);
		let word = numbers.word();
		let mut number = |digits: u32| {
			let low = 10u64.pow(digits - 1);
			low + numbers.next() % (9 * low)
		};
		let text = match self {
			Self::Name => format!("Q{word}^J{}", word.chars().rev().collect::<String>()),
			Self::Geography => format!("{} Birkenweg, Bad {word}", number(3)),
			Self::Date => {
				format!("19{:02}{:02}{:02}", 50 + number(2) % 40, 2 + number(2) % 11, 2 + number(2) % 26)
			}
			Self::Telephone => format!("555-01{:02}-{}", number(2), number(4)),
			Self::Fax => format!("555-01{:02}-{}", number(2), number(4)),
			Self::Email => format!("{word}.{}@mail.example", number(4)),
			Self::SocialSecurity => format!("9{}-{}-{}", number(2), number(2), number(4)),
			Self::RecordNumber => format!("MRN{}", number(8)),
			Self::HealthPlan => format!("HP-{}-{word}", number(7)),
			Self::Account => format!("AC{}", number(9)),
			Self::Licence => format!("licence {word}{}", number(6)),
			Self::Vehicle => format!("{word} {}", number(5)),
			Self::Device => format!("SN{}{word}", number(6)),
			Self::Url => format!("https://{word}.example/p/{}", number(6)),
			Self::IpAddress => format!("192.0.2.{}", 100 + number(2)),
			Self::Biometric | Self::Photograph => return numbers.bytes(64),
			Self::Other => format!("ACC{}", number(9)),
		};
		text.into_bytes()
	}
}

/// SplitMix64 (Steele, Lea and Flood 2014): a generator that needs no dependency and is the same everywhere.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
	pub(super) fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
		z ^ (z >> 31)
	}

	/// Eight letters that are no word.
	fn word(&mut self) -> String {
		let number = self.next();
		(0..8).map(|letter| char::from(b'a' + (number >> (5 * letter) & 31) as u8 % 26)).collect()
	}

	fn bytes(&mut self, count: usize) -> Vec<u8> {
		(0..count).map(|_| self.next() as u8).collect()
	}
}
