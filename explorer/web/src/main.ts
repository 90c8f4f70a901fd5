// What every page loads. It works without any of this; what a page has no use for is not fetched.

import "./main.css";
import { copyButtons } from "./copy";
import { countdowns } from "./countdown";
import { live } from "./live";
import { themeButtons } from "./theme";
import { readersTimes } from "./time";

readersTimes(document);
themeButtons(document);
countdowns(document);
copyButtons(document);
live(document);

if (document.querySelector("[data-picture]")) {
	void import("./picture").then(({ pictures }) => pictures(document));
}
if (document.querySelector("[data-verify]")) {
	void import("./verify/section").then(({ verifySections }) => verifySections(document));
}
// The library that signs is larger than everything else together.
const wallet = document.querySelector<HTMLElement>("[data-wallet]");
const signing = document.querySelector<HTMLElement>("[data-signing]");
const form = document.querySelector<HTMLFormElement>("form[data-upload]");
if (wallet && signing && form) {
	void import("./wallet/upload").then(({ upload }) => upload(form, wallet, signing));
} else if (wallet && signing) {
	void import("./wallet/payout").then(({ payout }) => payout(document, wallet, signing));
} else if (wallet?.dataset["accounts"]) {
	const accounts = wallet.dataset["accounts"];
	void import("./wallet/me").then(({ me }) => me(wallet, accounts));
}
