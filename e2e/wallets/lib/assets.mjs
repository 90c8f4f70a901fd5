// What the tests mint, and how the chain packs what is booked for it.

/**
 * A data set that is called for `callFee` micro-U a unit and whose derivatives share 30 %. Each library has its own way
 * to write it down for the runtime.
 */
export function draft(handle, { callFee, scenario = "" }) {
	return { handle, callFee, scenario, content: "", rate: 3_000 };
}

/** Assets in one storage page of bookings. */
export const ASSETS_PER_PAGE = 256;
