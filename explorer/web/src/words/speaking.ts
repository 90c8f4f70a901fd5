// The scripts' own words, in the page's language. Each subject has words of its own, which come with the scripts that say them:
// no page loads those of another.

/** What says the texts of a subject by their names, with their places filled in. `others` are languages besides English. */
export function speaking<Name extends string>(en: Record<Name, string>, others: Record<string, Record<Name, string>>) {
	return (name: Name, places: Record<string, string> = {}): string => {
		const texts = others[document.documentElement.lang] ?? en;
		return texts[name].replace(/\{(\w+)\}/g, (whole, place: string) => places[place] ?? whole);
	};
}
