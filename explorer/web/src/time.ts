// Times of a page are UTC; the reader's own stand beside them, or show where the pointer rests.

/** A moment in the reader's zone; nothing where it is no moment, or a day without a time. */
export function readersTime(datetime: string, language: string, zone?: string): string | undefined {
	const moment = datetime.includes("T") ? new Date(datetime) : undefined;
	if (!moment || Number.isNaN(moment.getTime())) return undefined;
	const style: Intl.DateTimeFormatOptions = {
		year: "numeric",
		month: "short",
		day: "numeric",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		hour12: false,
		timeZoneName: "short",
		...(zone === undefined ? {} : { timeZone: zone }),
	};
	return new Intl.DateTimeFormat(language, style).format(moment);
}

/** Whether the reader's clock shows something else than UTC at a moment. */
function differs(datetime: string): boolean {
	return new Date(datetime).getTimezoneOffset() !== 0;
}

/** Adds the reader's time to all times of a page. */
export function readersTimes(page: ParentNode): void {
	const { lang } = document.documentElement;
	for (const time of page.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
		const text = readersTime(time.dateTime, lang);
		if (text === undefined || time.title === text) continue;
		time.title = text;
		if (time.dataset["zone"] === undefined || !differs(time.dateTime)) continue;
		const beside = document.createElement("span");
		beside.className = "reader-zone";
		beside.textContent = text;
		time.after(" ", beside);
	}
}
