//! Inputs of the committed corpus, each of which once reached something new or broke something, and random ones.

use heirloom_fuzz::{Outcome, run};
use heirloom_runtime::RuntimeEvent;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use scale_info::{MetaType, TypeDef, Variant, form::MetaForm};
use std::{
	fs,
	panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
	path::Path,
};

/// Random inputs that are tried; each takes some tens of milliseconds.
const RANDOM: u64 = 600;

fn add(sum: &mut Outcome, outcome: Outcome) {
	sum.blocks += outcome.blocks;
	sum.succeeded += outcome.succeeded;
	sum.failed += outcome.failed;
	sum.refused += outcome.refused;
	sum.settled += outcome.settled;
	sum.settling += outcome.settling;
	sum.events.extend(outcome.events);
}

/// Runs an input and names it if it fails.
fn named(name: &str, input: &[u8]) -> Outcome {
	catch_unwind(AssertUnwindSafe(|| run(input))).unwrap_or_else(|panic| {
		eprintln!("this was input {name}");
		resume_unwind(panic)
	})
}

/// Blocks were made in which calls succeeded and failed, months were settled, and blocks came in the middle of it: else nothing
/// would be checked.
fn assert_of_use(sum: &Outcome) {
	println!("{sum:?}");
	assert!(sum.blocks > 100 && sum.succeeded > 100 && sum.failed > 10, "{sum:?}");
	assert!(sum.settled > 10 && sum.settling > sum.settled, "{sum:?}");
}

/// The chain's own pallets.
const PALLETS: [&str; 5] = ["Disputes", "Lineage", "Royalty", "SandboxAccess", "Validators"];
/// Events of these that no input of the corpus comes to: each takes several steps that few bytes lead to, as money that is held
/// for a payee who can receive again. The pallets' own tests come to all of them.
const NOT_REACHED: [&str; 8] = [
	"Validators.Absent",
	"Validators.Removed",
	"Lineage.Relisted",
	"Royalty.Claimed",
	"SandboxAccess.BondToppedUp",
	"SandboxAccess.BondWithdrawn",
	"SandboxAccess.UseApproved",
	"Disputes.NotCorrected",
];

fn variants(ty: &MetaType) -> Vec<Variant<MetaForm>> {
	let TypeDef::Variant(variants) = ty.type_info().type_def else { panic!("{ty:?} is no enum") };
	variants.variants
}

/// What the chain's own pallets can come to was come to, but for what is listed, or nothing would be checked behind it.
fn assert_reaches_its_pallets(sum: &Outcome) {
	let pallets = variants(&MetaType::new::<RuntimeEvent>());
	let events = pallets.iter().filter(|pallet| PALLETS.contains(&pallet.name)).flat_map(|pallet| {
		variants(&pallet.fields[0].ty)
			.into_iter()
			.map(|event| ([pallet.index, event.index], format!("{}.{}", pallet.name, event.name)))
	});
	let missed: Vec<_> =
		events.filter(|(indices, _)| !sum.events.contains(indices)).map(|(_, name)| name).collect();
	assert_eq!(missed, NOT_REACHED);
}

#[test]
fn corpus_should_break_nothing() {
	let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
	let mut sum = Outcome::default();
	for entry in fs::read_dir(corpus).unwrap() {
		let path = entry.unwrap().path();
		add(&mut sum, named(&path.display().to_string(), &fs::read(&path).unwrap()));
	}
	assert_of_use(&sum);
	assert_reaches_its_pallets(&sum);
}

#[test]
fn random_inputs_should_break_nothing() {
	let mut sum = Outcome::default();
	for seed in 0..RANDOM {
		let mut random = ChaCha8Rng::seed_from_u64(seed);
		let mut input = vec![0; 64 << (seed % 6)];
		random.fill_bytes(&mut input);
		add(&mut sum, named(&format!("of seed {seed}"), &input));
	}
	assert_of_use(&sum);
}

#[test]
fn input_should_come_to_the_same_each_time() {
	let input: Vec<u8> = (0..2_048_u32).map(|n| u8::try_from(n * n / 7 % 251).unwrap()).collect();
	assert_eq!(run(&input), run(&input));
}
