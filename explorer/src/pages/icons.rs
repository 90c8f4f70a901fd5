//! The few small pictures of the pages.

use super::format::Html;

/// The site's mark: a parent and two children.
pub const MARK: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"#0b6a4b\" \
	stroke-width=\"2\" stroke-linecap=\"round\"><path d=\"M12 6.5v4.2M12 10.7c0 3-5.5 2.4-5.5 6.3M12 10.7c0 3 5.5 2.4 \
	5.5 6.3\"/><g fill=\"#0b6a4b\"><circle cx=\"12\" cy=\"4\" r=\"2.5\"/><circle cx=\"6.5\" cy=\"19.5\" r=\"2.5\"/>\
	<circle cx=\"17.5\" cy=\"19.5\" r=\"2.5\"/></g></svg>";

/// A choice of colours.
pub fn theme(theme: &str) -> Html {
	let inside = match theme {
		"light" => {
			"<circle cx=\"10\" cy=\"10\" r=\"3.5\"/><path d=\"M10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 \
			16 16M16 4l-1.4 1.4M5.4 14.6 4 16\"/>"
		}
		"dark" => "<path d=\"M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z\"/>",
		_ => "<circle cx=\"10\" cy=\"10\" r=\"7\"/><path d=\"M10 3a7 7 0 0 1 0 14z\" fill=\"currentColor\"/>",
	};
	Html(format!(
		"<svg viewBox=\"0 0 20 20\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\" stroke-linecap=\"round\" \
		aria-hidden=\"true\">{inside}</svg>"
	))
}

/// The mark of a kind of asset, as in pictures.
pub fn kind(kind: impl AsRef<str>) -> Html {
	let mark = super::picture::mark(kind.as_ref(), 8.0, 8.0);
	Html(format!(
		"<svg class=\"node\" viewBox=\"0 0 16 16\" width=\"14\" height=\"14\" aria-hidden=\"true\">{mark}</svg>"
	))
}
