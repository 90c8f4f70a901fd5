// Light, dark, or as the system has it. The choice is a cookie, so that the server renders the page in it.

const YEAR_SECONDS = 365 * 24 * 60 * 60;

type Theme = "light" | "dark" | "system";

function isTheme(text: string | undefined): text is Theme {
	return text === "light" || text === "dark" || text === "system";
}

/** The theme that the page is in. */
export function chosen(): Theme {
	const { theme } = document.documentElement.dataset;
	return isTheme(theme) ? theme : "system";
}

/** Shows the page in a theme from now on. */
export function choose(theme: Theme): void {
	if (theme === "system") delete document.documentElement.dataset["theme"];
	else document.documentElement.dataset["theme"] = theme;
	const age = theme === "system" ? 0 : YEAR_SECONDS;
	document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
}

/** Makes the buttons for it work. */
export function themeButtons(page: ParentNode): void {
	const buttons = [...page.querySelectorAll<HTMLElement>("[data-set-theme]")];
	const press = () => {
		for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset["setTheme"] === chosen()));
	};
	for (const button of buttons) {
		button.addEventListener("click", (event) => {
			// Without scripts they are a form's.
			event.preventDefault();
			const theme = button.dataset["setTheme"];
			if (isTheme(theme)) choose(theme);
			press();
		});
	}
	press();
}
