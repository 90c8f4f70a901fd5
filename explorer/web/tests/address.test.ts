import { expect, test } from "vitest";
import { accountOf } from "../src/wallet/address";

const ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const ALICE_ID = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

test("accounts are read from addresses, of this chain and of others", () => {
	const account = { address: ALICE, id: ALICE_ID };
	expect(accountOf(` ${ALICE} `)).toEqual(account);
	expect(accountOf("15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5")).toEqual(account);
});

test("an Ethereum wallet's address is an account", () => {
	const account = {
		address: "5Ha8yXQgvWcvpFya1BmjtJX386xUskafNTzU4Zmb6B3UwYd9",
		id: `0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266${"ee".repeat(12)}`,
	};
	expect(accountOf("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266")).toEqual(account);
	expect(accountOf("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")).toEqual(account);
});

test("a mistyped address is none", () => {
	expect(accountOf(ALICE.replace("utQY", "utQZ"))).toBeUndefined();
	expect(accountOf(ALICE.slice(1))).toBeUndefined();
	// The checksum of an Ethereum address is in the cases of its letters.
	expect(accountOf("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92267")).toBeUndefined();
});

test("what is no address is none", () => {
	for (const text of ["", "abc", "not an address", "0x", "0x12", ALICE_ID]) expect(accountOf(text), text).toBeUndefined();
});
