//! Styles and scripts, inside of the binary.

use axum::{
	extract::Path,
	http::{HeaderMap, StatusCode, header},
	response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

/// What `web/build` made. Pages work without it: they have no script then, and the styles as they were written.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Bundle;

const STYLES: &str = concat!(
	include_str!("../../web/src/base.css"),
	include_str!("../../web/src/layout.css"),
	include_str!("../../web/src/parts.css"),
	include_str!("../../web/src/forms.css"),
	include_str!("../../web/src/sums.css"),
	include_str!("../../web/src/picture.css"),
	include_str!("../../web/src/script.css"),
);

/// What a script may reach where it runs beside a page, as the one that seals files does: nothing, so that neither file
/// nor key can leave it but to the page. In a page, the page's own rules count.
const WORKER_RULES: &str = "default-src 'none'; script-src 'wasm-unsafe-eval'";

/// Whether there are scripts.
pub fn has_script() -> bool {
	Bundle::get("main.js").is_some()
}

/// A file of the bundle.
pub async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
	let Some(file) = Bundle::get(&path) else {
		return match path.as_str() {
			"main.css" => ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLES).into_response(),
			_ => StatusCode::NOT_FOUND.into_response(),
		};
	};
	let tag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
	// What a chunk's name says of its content makes it everlasting.
	let kept = if path.starts_with("chunks/") { "public, max-age=31536000, immutable" } else { "no-cache" };
	let common = [
		(header::ETAG, tag.clone()),
		(header::CACHE_CONTROL, kept.into()),
		(header::CONTENT_SECURITY_POLICY, WORKER_RULES.into()),
	];
	if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
		return (StatusCode::NOT_MODIFIED, common).into_response();
	}
	let kind = mime_guess::from_path(&path).first_or_octet_stream();
	(common, [(header::CONTENT_TYPE, kind.to_string())], file.data).into_response()
}
