//! What must hold after every block, whatever was in it.

use frame_support::{
	dispatch::DispatchClass,
	traits::{fungible, fungibles},
	weights::Weight,
};
use heirloom_primitives::MicroU;
use heirloom_runtime::{
	AccountId, Assets, Balance, Balances, Disputes, Lineage, Royalty, Runtime, RuntimeEvent, SandboxAccess,
	System, Validators,
	configs::{GuaranteedWeight, HeldU, MAXIMUM_BLOCK_WEIGHT, RoyaltyPot, SessionPeriod},
	constants::u::{MINIMUM_BALANCE, U_ID},
};
use pallet_royalty::{CarryPages, CurrentSettlement, DuePages, OpenContests, PoolDue, Totals};
use sp_core::hexdisplay::HexDisplay;
use sp_io::hashing::twox_128;
use std::time::Duration;

/// The longest value in state, in bytes: a collection of 4 KiB pages, and of what a person states at once no more than a
/// transaction of an input holds. What is longer grows with use.
pub const LONGEST_VALUE: usize = 32 * 1_024;

/// What the hooks and the inherent of a block may weigh beyond settlement's guaranteed part.
const OTHER_HOOKS: Weight = Weight::from_parts(100_000_000_000, u64::MAX);

/// What a block may take of a processor, hooks and transactions together: what its weight is limited to stand for, two of a
/// slot's six seconds. Instrumented code is slower than what a node runs, so a block that keeps to it here keeps to it there.
pub const LONGEST_BLOCK: Duration = Duration::from_secs(2);

/// Calls that pay nothing, and why nobody gets a chain's work for nothing by them.
const FREE: [&str; 10] = [
	// A curator's first vote on a motion; both are bounded.
	"Curators.vote",
	// Removes a motion that was refused, once.
	"Curators.close",
	// Adjust a deposit that an upgrade changed, once.
	"Proxy.poke_deposit",
	"Multisig.poke_deposit",
	// A preimage that the council asked for, once.
	"Preimage.note_preimage",
	// Rewrite what an upgrade left in an older form, once.
	"Preimage.ensure_updated",
	"Balances.upgrade_accounts",
	// Dispatch what two thirds of the council approved, once.
	"Whitelist.dispatch_whitelisted_call",
	"Whitelist.dispatch_whitelisted_call_with_preimage",
	// Removes what was approved and not dispatched in time, once.
	"Whitelist.remove_deferred_dispatch",
];

/// An included transaction paid a fee.
pub fn paid(name: &str, fee: Balance) {
	assert!(fee > 0 || FREE.contains(&name), "{name} was free");
}

/// Runs a part of a block and says what it took of the processor, whatever else the machine was doing.
pub fn timed<Made>(make: impl FnOnce() -> Made) -> (Made, Duration) {
	let begin = processor_time();
	let made = make();
	(made, processor_time().saturating_sub(begin))
}

/// A block took no more than [`LONGEST_BLOCK`].
pub fn duration(took: Duration) {
	assert!(took <= LONGEST_BLOCK, "a block took {took:?}");
}

/// What this thread had of a processor. Nothing where there is no `/proc`, so that nothing is limited there.
fn processor_time() -> Duration {
	let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap_or_default();
	// Behind the name, which may hold anything but ends with the last parenthesis: state, ten numbers, then hundredths of
	// seconds in the program and in the system.
	let numbers = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
	Duration::from_millis(10 * numbers.filter_map(|number| number.parse::<u64>().ok()).sum::<u64>())
}

/// What exists of both moneys, and what royalty's account has beyond what it owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
	loom: Balance,
	u: MicroU,
	surplus: MicroU,
}

impl Money {
	/// As the state says.
	pub fn now() -> Self {
		let u = <Assets as fungibles::Inspect<AccountId>>::total_issuance(U_ID);
		let loom = <Balances as fungible::Inspect<AccountId>>::total_issuance();
		let pot = <Assets as fungibles::Inspect<AccountId>>::balance(U_ID, &RoyaltyPot::get());
		let owed = owed_by_royalty();
		assert!(pot >= owed, "royalty has {pot} micro-U and owes {owed}");
		Self { loom, u, surplus: pot - owed }
	}
}

/// Its endowment, and all that came in and was not paid: booked, carried, held for
/// disputes, due to payees, due to the pool.
fn owed_by_royalty() -> MicroU {
	let booked: MicroU = Totals::<Runtime>::iter_values().sum();
	let carried: MicroU = CarryPages::<Runtime>::iter()
		.map(|(page, carries)| carries.iter(page).map(|(_, carry)| carry.amount).sum::<MicroU>())
		.sum();
	let due: MicroU = DuePages::<Runtime>::iter_values().flatten().sum();
	let contested: MicroU = OpenContests::<Runtime>::get().iter().map(|contest| contest.held).sum();
	// What a settlement has moved from its month's total.
	let (moved, came) = CurrentSettlement::<Runtime>::get().map_or((0, 0), |settlement| {
		(settlement.due + settlement.report.carried_out, settlement.report.carried_in)
	});
	MINIMUM_BALANCE + PoolDue::<Runtime>::get() + booked + carried + contested + due + came - moved
}

/// What a block's events say was issued and burnt, in this order.
#[derive(Clone, Copy, Debug, Default)]
struct Issued {
	loom: (Balance, Balance),
	u: (MicroU, MicroU),
}

impl Issued {
	fn in_block() -> Self {
		use pallet_assets::Event as OfU;
		use pallet_balances::Event as OfLoom;
		let mut issued = Self::default();
		let Self { loom: (loom_in, loom_out), u: (u_in, u_out) } = &mut issued;
		for record in System::events() {
			match record.event {
				RuntimeEvent::Balances(OfLoom::Minted { amount, .. } | OfLoom::MintedCredit { amount }) => {
					*loom_in += amount
				}
				RuntimeEvent::Balances(
					OfLoom::Burned { amount, .. }
					| OfLoom::BurnedDebt { amount }
					| OfLoom::BurnedHeld { amount, .. },
				) => *loom_out += amount,
				RuntimeEvent::Assets(
					OfU::Issued { amount, .. }
					| OfU::IssuedCredit { amount, .. }
					| OfU::BurnedDebt { amount, .. },
				) => *u_in += amount,
				RuntimeEvent::Assets(
					OfU::Burned { balance: amount, .. }
					| OfU::BurnedCredit { amount, .. }
					| OfU::IssuedDebt { amount, .. },
				) => *u_out += amount,
				_ => {}
			}
		}
		issued
	}
}

/// Checks weight, state and money after a block that was just ended, and before which there was `before`.
///
/// * It weighs no more than a block may.
/// * Every invariant of our pallets holds; of the SDK's too in builds for `try-runtime`, which have them.
/// * What there is of LOOM and U is what accounts have, and changes by what was issued and burnt only.
/// * Of royalty's money, what came in is paid, carried, in the pool, or held: to the micro-U.
/// * No value in state is longer than [`LONGEST_VALUE`].
pub fn after_block(before: Money) -> Money {
	let weight = System::block_weight().total();
	assert!(weight.all_lte(MAXIMUM_BLOCK_WEIGHT) || begins_session(), "a block of {weight}");
	Lineage::do_try_state().unwrap();
	Royalty::do_try_state().unwrap();
	SandboxAccess::do_try_state().unwrap();
	Disputes::do_try_state().unwrap();
	Validators::do_try_state().unwrap();
	#[cfg(feature = "try-runtime")]
	sdk();
	let (now, issued) = (Money::now(), Issued::in_block());
	assert_eq!(now.loom + issued.loom.1, before.loom + issued.loom.0, "LOOM: {before:?} {issued:?}");
	assert_eq!(now.u + issued.u.1, before.u + issued.u.0, "U: {before:?} {issued:?}");
	assert_eq!(now.surplus, before.surplus, "in = paid + carried + pool + held");
	assert_eq!(now.loom, of_accounts(), "LOOM of all accounts");
	assert_eq!(now.u, u_of_accounts(), "U of all accounts");
	values();
	now
}

/// Every invariant that a pallet states of itself holds, of the SDK's pallets as well.
#[cfg(feature = "try-runtime")]
fn sdk() {
	use frame_support::traits::{TryState, TryStateSelect};
	let number = System::block_number();
	heirloom_runtime::AllPalletsWithSystem::try_state(number, TryStateSelect::All).unwrap();
}

fn of_accounts() -> Balance {
	frame_system::Account::<Runtime>::iter_values()
		.map(|account| account.data.free + account.data.reserved)
		.sum()
}

fn u_of_accounts() -> MicroU {
	let of_account =
		|who: &AccountId| <HeldU as fungible::hold::Inspect<AccountId>>::total_balance_on_hold(who);
	pallet_assets::Account::<Runtime>::iter_prefix(U_ID)
		.map(|(who, account)| account.balance + of_account(&who))
		.sum()
}

/// Where a session begins the SDK charges a whole block for it, and what an election takes on top, so that no transaction fits
/// beside it but the mandatory ones.
fn begins_session() -> bool {
	System::block_number().is_multiple_of(SessionPeriod::get())
}

/// In a block that was just opened, what hooks and the inherent weigh is settlement's guaranteed part and a little.
pub fn hooks() {
	let weight = *System::block_weight().get(DispatchClass::Mandatory);
	let most = GuaranteedWeight::get().saturating_add(OTHER_HOOKS);
	assert!(weight.all_lte(most) || begins_session(), "hooks of {weight}");
}

/// No value in state is longer than [`LONGEST_VALUE`], but the events of the block.
fn values() {
	let events = [twox_128(b"System"), twox_128(b"Events")].concat();
	let mut key = Vec::new();
	while let Some(next) = sp_io::storage::next_key(&key) {
		let length = sp_io::storage::get(&next).map_or(0, |value| value.len());
		assert!(length <= LONGEST_VALUE || next == events, "{length} bytes at {}", HexDisplay::from(&next));
		key = next;
	}
}
