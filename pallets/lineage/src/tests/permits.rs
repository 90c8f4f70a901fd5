use super::mock::*;
use crate::{AssetDraft, Error, PermitsOf};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{
	AssetId, Catalogue, MicroU, Parent, PermittedUse, Purpose, Relation, Terms, U, Units,
};
use sp_runtime::DispatchError;

fn medical(handle: &str) -> AssetDraft {
	AssetDraft { domain: Some(1), ..draft(handle) }
}

fn used(asset: AssetId) -> PermittedUse<AccountId> {
	let purpose = Purpose::Training;
	PermittedUse { permit: 5, consumer: BOB, asset, units: 4, purpose, fee: 7 * U }
}

fn quote(consumer: AccountId, asset: AssetId, units: Units) -> Result<MicroU, DispatchError> {
	<Lineage as Catalogue<AccountId>>::quote(&consumer, asset, units)
}

#[test]
fn derivation_without_a_permit_should_be_refused_for_medical_data() {
	build_and_execute(|| {
		let asset = mint(ANN, medical("CT"));
		assert_ok!(Lineage::open_derivation(RuntimeOrigin::signed(BOB)));
		let under = Some((0, Relation::TrainedOn));
		let call =
			outcome(Lineage::call(RuntimeOrigin::signed(BOB), asset, 1, Purpose::Training, 10 * U, under));
		assert_noop!(call, Error::<Test>::PermitRequired);
	});
}

#[test]
fn permit_should_name_its_assets_as_parents() {
	build_and_execute(|| {
		let (ct, plain) = (mint(ANN, medical("CT")), mint(ANN, draft("A")));
		grant_permit(5, BOB, vec![ct]);
		assert_ok!(Lineage::open_derivation(RuntimeOrigin::signed(BOB)));
		let under = Some((0, Relation::EvaluatedWith));
		assert_ok!(Lineage::call(RuntimeOrigin::signed(BOB), plain, 1, Purpose::Evaluation, 10 * U, under));
		let permits = PermitsOf::<Test>::truncate_from(vec![(5, Relation::TrainedOn)]);
		assert_ok!(Lineage::mint_derived(RuntimeOrigin::signed(BOB), 0, draft("LUNG-DX"), permits));
		assert_eq!(
			Lineage::asset(2).unwrap().parents,
			[
				Parent { asset: plain, relation: Relation::EvaluatedWith },
				Parent { asset: ct, relation: Relation::TrainedOn }
			]
		);
		assert_eq!(consumed_permits(), [(5, 2)]);
	});
}

#[test]
fn permit_of_somebody_else_should_not_mint() {
	build_and_execute(|| {
		let ct = mint(ANN, medical("CT"));
		grant_permit(5, BOB, vec![ct]);
		assert_ok!(Lineage::open_derivation(RuntimeOrigin::signed(CYD)));
		let permits = PermitsOf::<Test>::truncate_from(vec![(5, Relation::TrainedOn)]);
		let minted = Lineage::mint_derived(RuntimeOrigin::signed(CYD), 0, draft("LUNG-DX"), permits);
		assert_noop!(minted, DispatchError::CannotLookup);
	});
}

#[test]
fn use_under_a_permit_should_book_the_agreed_fee() {
	build_and_execute(|| {
		let ct = mint(ANN, medical("CT"));
		assert_ok!(Lineage::record(used(ct)));
		assert_eq!(booked(), vec![(ct, BOB, 7 * U, 4)]);
		assert_eq!(Lineage::receipts(ct).unwrap().count, 1);
	});
}

#[test]
fn use_under_a_permit_should_fail_when_asset_is_delisted() {
	build_and_execute(|| {
		let ct = mint(ANN, medical("CT"));
		assert_ok!(Lineage::delist(RuntimeOrigin::root(), ct, reason()));
		assert_noop!(Lineage::record(used(ct)), Error::<Test>::NotActive);
	});
}

#[test]
fn quote_should_be_fee_times_units() {
	build_and_execute(|| {
		let ct = mint(ANN, medical("CT"));
		assert_eq!(quote(BOB, ct, 3), Ok(6 * U));
		assert_eq!(quote(BOB, ct, 0), Err(Error::<Test>::ZeroUnits.into()));
		assert_eq!(quote(BOB, 9, 1), Err(Error::<Test>::NotFound.into()));
	});
}

#[test]
fn quote_should_be_nothing_under_a_licence() {
	build_and_execute(|| {
		let ct = mint(ANN, AssetDraft { terms: Terms::Buyout { price: 5 * U }, ..medical("CT") });
		assert_ok!(Lineage::buy(RuntimeOrigin::signed(BOB), ct, 5 * U));
		assert_eq!(quote(BOB, ct, 3), Ok(0));
		assert_eq!(quote(CYD, ct, 3), Ok(6 * U));
	});
}

#[test]
fn asset_should_be_sold_once_when_its_terms_are_a_sale() {
	build_and_execute(|| {
		let sold = mint(ANN, AssetDraft { terms: Terms::Buyout { price: 5 * U }, ..draft("A") });
		let shared = mint(ANN, draft("B"));
		let unknown = 9;
		assert_eq!(
			[sold, shared, unknown].map(<Lineage as Catalogue<AccountId>>::is_sold_once),
			[true, false, false]
		);
	});
}
