import { expect, test } from "vitest";
import { compact, encodeHeader, numberOf } from "../src/verify/bytes";

test("block numbers are written as SCALE's compact numbers", () => {
	expect([0, 63, 64, 100, 16_383, 16_384, 2 ** 30 - 1].map(compact)).toEqual([
		"00",
		"fc",
		"0101",
		"9101",
		"fdff",
		"02000100",
		"feffffff",
	]);
});

test("numbers that no block has are refused", () => {
	for (const number of [-1, 1.5, 2 ** 30, Number.NaN]) expect(() => compact(number)).toThrow(RangeError);
});

test("the number of a block is read off its header", () => {
	const root = `0x${"22".repeat(32)}`;
	for (const number of [0, 63, 64, 16_383, 16_384, 2 ** 30 - 1]) {
		const header = { parentHash: root, number: `0x${number.toString(16)}`, stateRoot: root, extrinsicsRoot: root, digest: { logs: [] } };
		expect(numberOf(encodeHeader(header))).toBe(number);
	}
	expect(() => numberOf("0x22")).toThrow(RangeError);
	expect(() => numberOf(`${root}03ffffffff`)).toThrow(RangeError);
});

test("a header is its fields one behind the other", () => {
	const [parentHash, stateRoot, extrinsicsRoot] = ["11", "22", "33"].map((byte) => `0x${byte.repeat(32)}`) as [
		string,
		string,
		string,
	];
	const header = { parentHash, number: "0x64", stateRoot, extrinsicsRoot, digest: { logs: ["0x0601", "0x05"] } };
	expect(encodeHeader(header)).toBe(
		`0x${"11".repeat(32)}9101${"22".repeat(32)}${"33".repeat(32)}08060105`,
	);
});

test("a header that is none is refused", () => {
	const header = { parentHash: "0x1", number: "0x1", stateRoot: "0x", extrinsicsRoot: "0x", digest: { logs: [] } };
	expect(() => encodeHeader(header)).toThrow(TypeError);
});
