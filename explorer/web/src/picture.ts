// The lineage picture: zoom and move by wheel, fingers, buttons and keys; arrows go from asset to asset.

import { element } from "./element";
import { word } from "./words/page";

/** What of a picture is in view, in its own units. */
export interface View {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** The closest one can look: so many units are as wide as the frame. */
const CLOSEST = 120;

const ZOOM_STEP = 1.3;
const MOVE_STEP = 0.15;

/** A view zoomed by a factor (above 1: closer) around a point that stays where it is, never larger than the whole. */
export function zoomed(view: View, whole: View, factor: number, at: { x: number; y: number }): View {
	const width = Math.min(whole.width, Math.max(Math.min(CLOSEST, whole.width), view.width / factor));
	const scale = width / view.width;
	const height = view.height * scale;
	return within({ x: at.x - (at.x - view.x) * scale, y: at.y - (at.y - view.y) * scale, width, height }, whole);
}

/** A view moved by parts of its own size. */
export function moved(view: View, whole: View, right: number, down: number): View {
	return within({ ...view, x: view.x + right * view.width, y: view.y + down * view.height }, whole);
}

/** Keeps the middle of a view inside of the whole. */
function within(view: View, whole: View): View {
	const held = (value: number, from: number, size: number, all: number) =>
		Math.min(Math.max(value, from - size / 2), from + all - size / 2);
	return {
		...view,
		x: held(view.x, whole.x, view.width, whole.width),
		y: held(view.y, whole.y, view.height, whole.height),
	};
}

/** Arrow keys, as directions. */
const ARROWS: Record<string, { x: number; y: number }> = {
	ArrowLeft: { x: -1, y: 0 },
	ArrowRight: { x: 1, y: 0 },
	ArrowUp: { x: 0, y: -1 },
	ArrowDown: { x: 0, y: 1 },
};

/** The point nearest to another in a direction: what lies ahead counts simply, what lies beside it twice. */
export function nearest<Place extends { x: number; y: number }>(
	from: { x: number; y: number },
	places: Place[],
	direction: { x: number; y: number },
): Place | undefined {
	const ahead = (place: Place) => (place.x - from.x) * direction.x + (place.y - from.y) * direction.y;
	const beside = (place: Place) => Math.abs((place.x - from.x) * direction.y) + Math.abs((place.y - from.y) * direction.x);
	const cost = (place: Place) => ahead(place) + 2 * beside(place);
	return places
		.filter((place) => ahead(place) > 1)
		.reduce<Place | undefined>((best, place) => (best && cost(best) <= cost(place) ? best : place), undefined);
}

/** Makes the pictures of a page move. */
export function pictures(page: ParentNode): void {
	for (const figure of page.querySelectorAll<HTMLElement>("[data-picture]")) {
		const drawing = figure.querySelector<HTMLElement>("[data-sheet], svg");
		if (drawing) picture(figure, drawing);
	}
}

/** What a picture shows whole: a drawing by its view box, a sheet of rows by its size. What is done with either, both can. */
function all(drawing: Element): View {
	const size = drawing.getAttribute("data-sheet");
	const box = size === null ? drawing.getAttribute("viewBox") : `0 0 ${size}`;
	const [x = 0, y = 0, width = 1, height = 1] = (box ?? "").split(/[\s,]+/).map(Number);
	return { x, y, width, height };
}

/** How a sheet is moved and scaled in its frame, as large as the whole, so that a view fills it. */
export function transform(view: View, whole: View): string {
	const scale = Math.min(whole.width / view.width, whole.height / view.height);
	const beside = (size: number, of: number) => (of - size * scale) / 2;
	const right = beside(view.width, whole.width) - view.x * scale;
	const down = beside(view.height, whole.height) - view.y * scale;
	return `translate(${right.toFixed(2)}px, ${down.toFixed(2)}px) scale(${scale.toFixed(4)})`;
}

function picture(figure: HTMLElement, drawing: HTMLElement): void {
	const whole = all(drawing);
	const sheet = drawing.querySelector<HTMLElement>(".sheet");
	let view = whole;
	const show = (next: View) => {
		view = next;
		if (sheet) sheet.style.transform = transform(view, whole);
		else drawing.setAttribute("viewBox", [view.x, view.y, view.width, view.height].map((part) => part.toFixed(2)).join(" "));
	};
	const middle = () => ({ x: view.x + view.width / 2, y: view.y + view.height / 2 });
	/** A point of the window, in the picture's units. */
	const inPicture = (event: { clientX: number; clientY: number }) => {
		const box = drawing.getBoundingClientRect();
		// The picture is fitted into its frame, in the middle.
		const scale = Math.min(box.width / view.width, box.height / view.height) || 1;
		return {
			x: view.x + (event.clientX - box.left - (box.width - view.width * scale) / 2) / scale,
			y: view.y + (event.clientY - box.top - (box.height - view.height * scale) / 2) / scale,
		};
	};
	const zoom = (factor: number) => show(zoomed(view, whole, factor, middle()));

	const tool = (label: string, sign: string, act: () => void) => {
		const button = element("button", { type: "button", class: "picture-tool", "aria-label": label, title: label }, sign);
		button.addEventListener("click", act);
		return button;
	};
	const tools = element(
		"div",
		{ class: "picture-tools", role: "group", "aria-label": word("picture-help") },
		tool(word("picture-in"), "+", () => zoom(ZOOM_STEP)),
		tool(word("picture-out"), "−", () => zoom(1 / ZOOM_STEP)),
		tool(word("picture-whole"), "⤢", () => show(whole)),
	);
	figure.prepend(tools);

	drawing.addEventListener(
		"wheel",
		(event) => {
			// Without a modifier the wheel is the page's: nobody is caught in a picture.
			if (!event.ctrlKey && !event.metaKey) return;
			event.preventDefault();
			show(zoomed(view, whole, Math.exp(-event.deltaY / 300), inPicture(event)));
		},
		{ passive: false },
	);
	fingers(drawing, {
		move: (right, down) => {
			const box = drawing.getBoundingClientRect();
			const scale = Math.min(box.width / view.width, box.height / view.height) || 1;
			show(moved(view, whole, -right / scale / view.width, -down / scale / view.height));
		},
		pinch: (factor, at) => show(zoomed(view, whole, factor, inPicture(at))),
	});
	figure.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const arrow = ARROWS[event.key];
		const node = event.target instanceof Element ? event.target.closest("[data-node]") : null;
		if (arrow && node) goOn(figure, node, arrow);
		else if (arrow) show(moved(view, whole, arrow.x * MOVE_STEP, arrow.y * MOVE_STEP));
		else if (event.key === "+" || event.key === "=") zoom(ZOOM_STEP);
		else if (event.key === "-") zoom(1 / ZOOM_STEP);
		else if (event.key === "0") show(whole);
		else return;
		event.preventDefault();
	});
	// A node that is reached by keys comes into view.
	figure.addEventListener("focusin", (event) => {
		const node = event.target instanceof Element ? event.target.closest("[data-node]") : null;
		if (!node) return;
		const edge = node.getBoundingClientRect();
		const from = inPicture({ clientX: edge.left, clientY: edge.top });
		const to = inPicture({ clientX: edge.right, clientY: edge.bottom });
		const box = { ...from, width: to.x - from.x, height: to.y - from.y };
		const inside =
			box.x >= view.x && box.y >= view.y && box.x + box.width <= view.x + view.width && box.y + box.height <= view.y + view.height;
		const at = { x: box.x + (box.width - view.width) / 2, y: box.y + (box.height - view.height) / 2 };
		if (!inside) show({ ...view, ...at });
	});
}

function goOn(figure: HTMLElement, from: Element, direction: { x: number; y: number }): void {
	const middle = (node: Element) => {
		const box = node.getBoundingClientRect();
		return { node, x: box.left + box.width / 2, y: box.top + box.height / 2 };
	};
	const others = [...figure.querySelectorAll("[data-node]")].filter((node) => node !== from).map(middle);
	const next = nearest(middle(from), others, direction)?.node;
	if (next instanceof SVGElement || next instanceof HTMLElement) next.focus();
}

interface Moves {
	move(right: number, down: number): void;
	pinch(factor: number, at: { clientX: number; clientY: number }): void;
}

/** Movements of a pointer that is held down, and of two fingers. */
function fingers(drawing: HTMLElement, moves: Moves): void {
	const held = new Map<number, { clientX: number; clientY: number }>();
	const distance = () => {
		const [first, second] = [...held.values()];
		return first && second ? Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY) : 0;
	};
	let dragged = false;
	drawing.addEventListener("pointerdown", (event) => {
		held.set(event.pointerId, event);
		dragged = false;
	});
	drawing.addEventListener("pointermove", (event) => {
		const before = held.get(event.pointerId);
		if (!before) return;
		const apart = distance();
		held.set(event.pointerId, event);
		const [right, down] = [event.clientX - before.clientX, event.clientY - before.clientY];
		if (held.size === 2 && apart > 0) moves.pinch(distance() / apart, event);
		else if (held.size === 1 && (dragged || Math.hypot(right, down) > 2)) {
			if (!dragged) drawing.setPointerCapture(event.pointerId);
			dragged = true;
			moves.move(right, down);
		}
	});
	for (const end of ["pointerup", "pointercancel"] as const) {
		drawing.addEventListener(end, (event) => held.delete(event.pointerId));
	}
	// Letting go of a dragged picture opens nothing.
	drawing.addEventListener(
		"click",
		(event) => {
			if (dragged) event.preventDefault();
			dragged = false;
		},
		true,
	);
}
