import { expect, test } from "vitest";
import { moved, nearest, transform, zoomed } from "../src/picture";

const whole = { x: 0, y: 0, width: 1_000, height: 500 };

test("zooming keeps the point under the pointer", () => {
	const at = { x: 250, y: 100 };
	const view = zoomed(whole, whole, 2, at);
	expect(view).toEqual({ x: 125, y: 50, width: 500, height: 250 });
	expect((at.x - view.x) / view.width).toBe(0.25);
});

test("no view is larger than the whole or closer than a node", () => {
	expect(zoomed(whole, whole, 0.1, { x: 0, y: 0 }).width).toBe(1_000);
	expect(zoomed(whole, whole, 1_000, { x: 0, y: 0 }).width).toBe(120);
});

test("a small picture is not enlarged beyond itself", () => {
	const small = { x: 0, y: 0, width: 80, height: 40 };
	expect(zoomed(small, small, 2, { x: 40, y: 20 })).toEqual(small);
});

test("the picture cannot be lost", () => {
	let view = zoomed(whole, whole, 4, { x: 0, y: 0 });
	for (let step = 0; step < 50; step++) view = moved(view, whole, 1, 1);
	expect([view.x + view.width / 2, view.y + view.height / 2]).toEqual([1_000, 500]);
});

test("an arrow goes to what lies in its direction", () => {
	const places = [
		{ name: "below", x: 0, y: 100 },
		{ name: "beside", x: 100, y: 0 },
		{ name: "far below", x: 10, y: 300 },
	];
	const from = { x: 0, y: 0 };
	expect(nearest(from, places, { x: 0, y: 1 })?.name).toBe("below");
	expect(nearest(from, places, { x: 1, y: 0 })?.name).toBe("beside");
	expect(nearest(from, places, { x: 0, y: -1 })).toBeUndefined();
});

test("a sheet of rows is moved and scaled to what is in view", () => {
	expect(transform(whole, whole)).toBe("translate(0.00px, 0.00px) scale(1.0000)");
	expect(transform({ x: 500, y: 100, width: 250, height: 125 }, whole)).toBe("translate(-2000.00px, -400.00px) scale(4.0000)");
	// What is not shaped as the whole stands in the middle.
	expect(transform({ x: 0, y: 0, width: 1_000, height: 100 }, whole)).toBe("translate(0.00px, 200.00px) scale(1.0000)");
});
