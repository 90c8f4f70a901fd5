// What the council of a development chain decides: it is one curator, and acts as the account that U belongs to.

import { blake2AsHex, encodeAddress } from "@polkadot/util-crypto";
import { submit } from "./calls.mjs";

/** The account of the runtime's `PalletId(*b"hl/counc")`. */
const COUNCIL = encodeAddress(Buffer.concat([Buffer.from("modlhl/counc"), Buffer.alloc(20)]), 42);

/** Has it make a call as that account; `call` makes it of all calls that there are. */
export function decide(node, call) {
	return submit(node, "//Alice", "curators", "propose", (tx) => {
		const asCouncil = tx.utility.dispatchAsFallible({ system: { Signed: COUNCIL } }, call(tx));
		const approved = tx.whitelist.whitelistCall(blake2AsHex(asCouncil.toU8a()));
		const motion = tx.utility.batchAll([approved, tx.whitelist.dispatchWhitelistedCallWithPreimage(asCouncil)]);
		return [1, motion, motion.encodedLength];
	});
}
