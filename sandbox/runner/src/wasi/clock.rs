//! Time, chance, arguments, and the end.

use super::{
	MODULE,
	calls::{Fail, answer, charge},
	errno::Errno,
	guest::{Guest, offset},
	host::{Host, Stopped},
};
use rand_chacha::rand_core::RngCore;
use wasmtime::{Caller, Linker};

/// What the real-time clock shows at a job's start: 2026-01-01T00:00:00Z, in nanoseconds. No job learns when it runs.
const START: u64 = 1_767_225_600_000_000_000;
/// The clocks of preview 1: real time, monotonic, and the two of processor time.
const REALTIME: u32 = 0;
const MOST_CLOCK: u32 = 3;
/// The most subscriptions of a `poll_oneoff`.
const MOST_SUBSCRIPTIONS: u32 = 64;
const SUBSCRIPTION_BYTES: u32 = 48;
const EVENT_BYTES: u32 = 32;
/// Of a subscription: the kind that is a clock, and the flag of an absolute time.
const CLOCK: u8 = 0;
const ABSOLUTE: u16 = 1;

pub fn link(linker: &mut Linker<Host>) -> wasmtime::Result<()> {
	for (name, sizes) in
		[("args_get", false), ("environ_get", false), ("args_sizes_get", true), ("environ_sizes_get", true)]
	{
		linker.func_wrap(MODULE, name, move |mut caller: Caller<'_, Host>, count: u32, bytes: u32| {
			answer(&mut caller, |guest, _| {
				if sizes {
					guest.put_u32(count, 0)?;
					guest.put_u32(bytes, 0)?;
				}
				Ok(0)
			})
		})?;
	}
	linker.func_wrap(MODULE, "clock_res_get", |mut caller: Caller<'_, Host>, clock: u32, at: u32| {
		answer(&mut caller, |guest, _| {
			checked(clock)?;
			guest.put_u64(at, 1)?;
			Ok(0)
		})
	})?;
	linker.func_wrap(
		MODULE,
		"clock_time_get",
		|mut caller: Caller<'_, Host>, clock: u32, _precision: u64, at: u32| {
			let elapsed = elapsed(&caller)?;
			answer(&mut caller, |guest, _| {
				guest.put_u64(at, base(checked(clock)?).saturating_add(elapsed))?;
				Ok(0)
			})
		},
	)?;
	linker.func_wrap(
		MODULE,
		"poll_oneoff",
		|mut caller: Caller<'_, Host>, subscriptions: u32, events: u32, count: u32, at: u32| {
			let elapsed = elapsed(&caller)?;
			answer(&mut caller, |guest, host| {
				let (slept, ready) = poll(guest, elapsed, subscriptions, events, count)?;
				host.slept = host.slept.saturating_add(slept);
				guest.put_u32(at, ready)?;
				Ok(u64::from(count) * u64::from(SUBSCRIPTION_BYTES))
			})
		},
	)?;
	linker.func_wrap(MODULE, "random_get", |mut caller: Caller<'_, Host>, at: u32, len: u32| {
		answer(&mut caller, |guest, host| {
			host.random.fill_bytes(guest.bytes_mut(at, len)?);
			Ok(u64::from(len))
		})
	})?;
	linker
		.func_wrap(MODULE, "sched_yield", |mut caller: Caller<'_, Host>| answer(&mut caller, |_, _| Ok(0)))?;
	linker.func_wrap(
		MODULE,
		"proc_exit",
		|mut caller: Caller<'_, Host>, code: u32| -> wasmtime::Result<()> {
			charge(&mut caller, 0)?;
			Err(Stopped::Exit(code).into())
		},
	)?;
	Ok(())
}

/// Nanoseconds since the start: a unit of fuel is one.
fn elapsed(caller: &Caller<'_, Host>) -> wasmtime::Result<u64> {
	let host = caller.data();
	Ok(host.fuel.saturating_sub(caller.get_fuel()?).saturating_add(host.slept))
}

fn checked(clock: u32) -> Result<u32, Errno> {
	if clock <= MOST_CLOCK { Ok(clock) } else { Err(Errno::INVAL) }
}

const fn base(clock: u32) -> u64 {
	if clock == REALTIME { START } else { 0 }
}

/// Waits for the earliest of some clocks: returns how long, and the events that there are.
fn poll(
	guest: &mut Guest<'_>,
	elapsed: u64,
	subscriptions: u32,
	events: u32,
	count: u32,
) -> Result<(u64, u32), Fail> {
	if count == 0 || count > MOST_SUBSCRIPTIONS {
		return Err(Errno::INVAL.into());
	}
	let mut waits = Vec::new();
	for index in 0..count {
		let at = offset(subscriptions, index * SUBSCRIPTION_BYTES)?;
		let user_data = guest.u64(at)?;
		if guest.u8(offset(at, 8)?)? != CLOCK {
			return Err(Errno::NOTSUP.into());
		}
		let clock = checked(guest.u32(offset(at, 16)?)?)?;
		let (timeout, flags) = (guest.u64(offset(at, 24)?)?, guest.u16(offset(at, 40)?)?);
		let now = base(clock).saturating_add(elapsed);
		let wait = if flags & ABSOLUTE != 0 { timeout.saturating_sub(now) } else { timeout };
		waits.push((wait, user_data));
	}
	let slept = waits.iter().map(|(wait, _)| *wait).min().unwrap_or_default();
	let mut ready = 0;
	for (_, user_data) in waits.into_iter().filter(|(wait, _)| *wait <= slept) {
		let at = offset(events, ready * EVENT_BYTES)?;
		guest.put(at, &[0; EVENT_BYTES as usize])?;
		guest.put_u64(at, user_data)?;
		ready += 1;
	}
	Ok((slept, ready))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn poll_should_wait_for_the_earliest() {
		let mut memory = vec![0; 1_024];
		let mut guest = Guest(&mut memory);
		for (index, timeout) in [(0, 500_u64), (1, 200), (2, 200)] {
			let at = index * SUBSCRIPTION_BYTES;
			guest.put_u64(at, u64::from(index) + 1).unwrap();
			guest.put_u32(at + 16, 1).unwrap();
			guest.put_u64(at + 24, timeout).unwrap();
		}
		let Ok((slept, ready)) = poll(&mut guest, 0, 0, 512, 3) else { panic!("clocks can be waited for") };
		assert_eq!((slept, ready), (200, 2));
		assert_eq!((guest.u64(512), guest.u64(544)), (Ok(2), Ok(3)));
	}

	#[test]
	fn absolute_time_that_has_passed_should_not_be_waited_for() {
		let mut memory = vec![0; 1_024];
		let mut guest = Guest(&mut memory);
		guest.put_u64(24, START).unwrap();
		guest.put(40, &1_u16.to_le_bytes()).unwrap();
		assert!(matches!(poll(&mut guest, 10, 0, 512, 1), Ok((0, 1))));
	}

	#[test]
	fn refusal_03_descriptors_should_not_be_polled() {
		let mut memory = vec![0; 1_024];
		let mut guest = Guest(&mut memory);
		guest.put(8, &[1]).unwrap();
		assert!(matches!(poll(&mut guest, 0, 0, 512, 1), Err(Fail::Errno(Errno::NOTSUP))));
	}
}
