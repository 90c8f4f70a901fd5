// What the verification is doing, as a list.

import { element } from "../element";
import { word } from "../words";
import type { Step } from "./ask";

const ORDER: Step[] = ["header", "proof", "recompute"];

/** A list of steps that fills as they are done. */
export interface Steps {
	list: HTMLElement;
	/** A step begins; those before it are done. */
	begin(step: Step): void;
	/** All is done, or the step under way failed. */
	end(well: boolean): void;
}

/** Makes the list. */
export function steps(): Steps {
	const items = new Map(ORDER.map((step) => [step, element("li", { "data-state": "waiting" }, word(`step-${step}`))]));
	let current: Step | undefined;
	const mark = (step: Step | undefined, state: string) => {
		if (step !== undefined) items.get(step)?.setAttribute("data-state", state);
	};
	return {
		list: element("ol", { class: "verify-steps" }, ...items.values()),
		begin(step) {
			for (const before of ORDER.slice(0, ORDER.indexOf(step))) mark(before, "done");
			current = step;
			mark(step, "running");
		},
		end(well) {
			mark(current, well ? "done" : "failed");
		},
	};
}
