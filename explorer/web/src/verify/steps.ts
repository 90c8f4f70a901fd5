// What the verification is doing, as a list.

import { element } from "../element";
import { word } from "../words/verify";
import type { Step } from "./ask";

const ORDER: Step[] = ["final", "header", "proof", "recompute"];

/** A list of steps that fills as they are done. */
export interface Steps {
	list: HTMLElement;
	/** A step begins; those before it are done. */
	begin(step: Step): void;
	/** How far the step under way is. */
	note(text: string): void;
	/** All is done, or the step under way failed. */
	end(well: boolean): void;
}

/** Makes the list; only with a light client is it a step of its own which block is final. */
export function steps(light: boolean): Steps {
	const order = ORDER.filter((step) => light || step !== "final");
	const items = new Map(order.map((step) => [step, element("li", { "data-state": "waiting" }, word(`step-${step}`))]));
	const far = element("small");
	let current: Step | undefined;
	const mark = (step: Step | undefined, state: string) => {
		if (step !== undefined) items.get(step)?.setAttribute("data-state", state);
	};
	return {
		list: element("ol", { class: "verify-steps" }, ...items.values()),
		begin(step) {
			for (const before of order.slice(0, order.indexOf(step))) mark(before, "done");
			current = step;
			mark(step, "running");
		},
		note(text) {
			far.textContent = ` (${text})`;
			if (current !== undefined) items.get(current)?.append(far);
		},
		end(well) {
			mark(current, well ? "done" : "failed");
		},
	};
}
