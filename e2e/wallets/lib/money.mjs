// Money of this chain.

/** One LOOM in planck. */
export const LOOM = 1_000_000_000_000n;

/** One U in micro-U. */
export const U = 1_000_000n;

/** The id of U, by which it is transferred and chosen to pay fees in. */
export const U_ID = 1;

/** The ecosystem pool, which receives all fees: the account of the pallet id `hl/pool_`. */
export const POOL = "5EYCAe5h89sukiRQt7KJqTbFsUHhXHRAX19eUdJe86sJnwJJ";
