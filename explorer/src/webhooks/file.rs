//! The file that names the webhooks.

use super::{NotASecret, Secret, network::is_public};
use crate::{chain::address, pages::Language};
use serde::Deserialize;
use std::{
	fs,
	net::IpAddr,
	path::{Path, PathBuf},
};
use url::{Host, Url};

/// One webhook.
#[derive(Clone, Debug)]
pub struct Webhook {
	/// What it is called, in the log and in the database.
	pub name: String,
	/// Of whom it is told.
	pub account: String,
	/// Where messages go.
	pub url: Url,
	/// What they are signed with: each makes a signature, so a receiver can change from one to the next.
	pub secrets: Vec<Secret>,
	/// The language of sentences.
	pub language: Language,
	/// Whether messages may go into private networks.
	pub allow_private: bool,
}

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// It, or a file of secrets, cannot be read.
	#[error("cannot read {}: {why}", .path.display())]
	Unreadable {
		/// The file.
		path: PathBuf,
		/// Why not.
		why: std::io::Error,
	},
	/// It is no TOML, or has other fields.
	#[error("{}: {why}", .path.display())]
	Form {
		/// The file.
		path: PathBuf,
		/// What is wrong, and where.
		why: Box<toml::de::Error>,
	},
	/// It names none.
	#[error("{} names no webhook: each begins with a line [[webhook]]", .0.display())]
	Empty(PathBuf),
	/// Two have the same name.
	#[error("two webhooks are called {0:?}: the database knows them by their names")]
	SameName(String),
	/// One of them is wrong.
	#[error("webhook {name:?}: {why}")]
	Webhook {
		/// Its name.
		name: String,
		/// What is wrong.
		why: Wrong,
	},
}

/// What is wrong of a webhook.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
	/// It has no name, or a long one.
	#[error("a name has 1 to 64 characters")]
	Name,
	/// The account is none.
	#[error("{0:?} is no account: write its address or its public key in hexadecimal")]
	Account(String),
	/// The language is none that there is.
	#[error("{0:?} is no language that there is: write \"en\" or \"zh-CN\"")]
	Language(String),
	/// The address is none.
	#[error("the url cannot be read: {0}")]
	Url(#[from] url::ParseError),
	/// It is not encrypted.
	#[error(
		"the url must begin with https://; http:// is for this machine only (127.0.0.1, [::1], localhost)"
	)]
	Scheme,
	/// It has a name and a password inside.
	#[error("the url must not hold a user or a password: messages are signed instead")]
	Credentials,
	/// It is in a private network.
	#[error("{0} is in a private network; `allow_private = true` allows it")]
	Private(String),
	/// Neither kind of secret, or both.
	#[error("it needs either `secret` or `secret_file`")]
	Secrets,
	/// A secret is none.
	#[error("{0}")]
	Secret(#[from] NotASecret),
	/// A file of secrets cannot be read.
	#[error("{0}")]
	SecretFile(Box<Error>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
	#[serde(default)]
	webhook: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
	name: String,
	account: String,
	url: String,
	secret: Option<String>,
	secret_file: Option<PathBuf>,
	language: Option<String>,
	#[serde(default)]
	allow_private: bool,
}

/// Reads the webhooks of a file. Files of secrets are named from its folder.
pub fn read(path: &Path) -> Result<Vec<Webhook>, Error> {
	let text = text(path)?;
	let form = |why| Error::Form { path: path.into(), why: Box::new(why) };
	let file: File = toml::from_str(&text).map_err(form)?;
	if file.webhook.is_empty() {
		return Err(Error::Empty(path.into()));
	}
	let folder = path.parent().unwrap_or(Path::new(""));
	let mut hooks: Vec<Webhook> = Vec::new();
	for entry in file.webhook {
		let name = entry.name.clone();
		if hooks.iter().any(|hook| hook.name == name) {
			return Err(Error::SameName(name));
		}
		hooks.push(webhook(entry, folder).map_err(|why| Error::Webhook { name, why })?);
	}
	Ok(hooks)
}

fn text(path: &Path) -> Result<String, Error> {
	fs::read_to_string(path).map_err(|why| Error::Unreadable { path: path.into(), why })
}

fn webhook(entry: Entry, folder: &Path) -> Result<Webhook, Wrong> {
	let Entry { name, account, url, secret, secret_file, language, allow_private } = entry;
	if !(1..=64).contains(&name.chars().count()) {
		return Err(Wrong::Name);
	}
	let account = address::read(&account).ok_or(Wrong::Account(account))?;
	let language = match language {
		None => Language::default(),
		Some(tag) => Language::of_tag(&tag).ok_or(Wrong::Language(tag))?,
	};
	let secrets = match (secret, secret_file) {
		(Some(secret), None) => vec![secret.parse()?],
		(None, Some(file)) => {
			let text = text(&folder.join(file)).map_err(|error| Wrong::SecretFile(Box::new(error)))?;
			let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
			lines.map(str::parse).collect::<Result<Vec<Secret>, _>>()?
		}
		(None, None) | (Some(_), Some(_)) => return Err(Wrong::Secrets),
	};
	if secrets.is_empty() {
		return Err(Wrong::Secrets);
	}
	Ok(Webhook { name, account, url: target(&url, allow_private)?, secrets, language, allow_private })
}

/// An address that messages may go to. What a name leads to is looked at with each connection.
fn target(text: &str, allow_private: bool) -> Result<Url, Wrong> {
	let url = Url::parse(text)?;
	let (address, here) = match url.host() {
		Some(Host::Ipv4(address)) => (Some(IpAddr::from(address)), address.is_loopback()),
		Some(Host::Ipv6(address)) => (Some(IpAddr::from(address)), address.is_loopback()),
		Some(Host::Domain(name)) => (None, name == "localhost"),
		None => return Err(Wrong::Scheme),
	};
	if !(url.scheme() == "https" || url.scheme() == "http" && here) {
		return Err(Wrong::Scheme);
	}
	if !url.username().is_empty() || url.password().is_some() {
		return Err(Wrong::Credentials);
	}
	let private = here || address.is_some_and(|address| !is_public(address));
	if private && !allow_private {
		return Err(Wrong::Private(url.host_str().unwrap_or_default().into()));
	}
	Ok(url)
}

#[cfg(test)]
mod tests {
	use super::*;

	const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	fn written(text: &str) -> Result<Vec<Webhook>, Error> {
		let folder = tempfile::tempdir().unwrap();
		fs::write(folder.path().join("secrets"), format!("{SECRET}\n\nwhsec_{}\n", "QUJD".repeat(8)))
			.unwrap();
		let path = folder.path().join("webhooks.toml");
		fs::write(&path, text).unwrap();
		read(&path)
	}

	fn entry(rest: &str) -> String {
		format!("[[webhook]]\nname = \"clinic\"\naccount = \"{ALICE}\"\n{rest}\n")
	}

	#[test]
	fn file_should_be_read() {
		let public =
			entry("url = \"https://clinic.example/hook\"\nsecret_file = \"secrets\"\nlanguage = \"zh-CN\"");
		let here =
			entry(&format!("url = \"http://127.0.0.1:9/\"\nsecret = \"{SECRET}\"\nallow_private = true"));
		let hooks = written(&format!("{public}{}", here.replace("clinic", "here"))).unwrap();
		assert_eq!(hooks.len(), 2);
		assert_eq!((hooks[0].secrets.len(), hooks[0].language), (2, Language::Chinese));
		assert_eq!((hooks[1].url.as_str(), hooks[1].allow_private), ("http://127.0.0.1:9/", true));
	}

	#[test]
	fn what_is_wrong_should_be_named() {
		let secret = format!("secret = \"{SECRET}\"");
		let with = |url: &str| entry(&format!("url = \"{url}\"\n{secret}"));
		let fine = with("https://clinic.example");
		for (text, words) in [
			("", "names no webhook"),
			("[[webhook]]\nname = 1", "line 2"),
			(&entry("url = \"https://a.example\"\nfoo = 1"), "unknown field `foo`"),
			(&format!("{fine}{fine}"), "two webhooks are called \"clinic\""),
			(&fine.replace("clinic\"", "\""), "1 to 64 characters"),
			(&fine.replace(ALICE, "me"), "\"me\" is no account"),
			(&format!("{fine}language = \"fr\""), "\"fr\" is no language"),
			(&with("clinic.example"), "the url cannot be read"),
			(&with("http://clinic.example"), "must begin with https://"),
			(&with("ftp://clinic.example"), "must begin with https://"),
			(&with("https://me:pw@clinic.example"), "user or a password"),
			(&with("https://10.0.0.1"), "10.0.0.1 is in a private network"),
			(&with("https://0x7f.1"), "127.0.0.1 is in a private network"),
			(&with("https://[::ffff:10.0.0.1]"), "is in a private network"),
			(&with("http://localhost:8080"), "localhost is in a private network"),
			(&entry("url = \"https://a.example\""), "either `secret` or `secret_file`"),
			(&entry("url = \"https://a.example\"\nsecret = \"x\""), "a secret begins with whsec_"),
			(&entry("url = \"https://a.example\"\nsecret_file = \"none\""), "cannot read"),
		] {
			let error = written(text).unwrap_err().to_string();
			assert!(error.contains(words), "{text}: {error}");
		}
	}

	#[test]
	fn file_that_is_not_there_should_be_named() {
		let error = read(Path::new("/nowhere/webhooks.toml")).unwrap_err().to_string();
		assert!(error.contains("/nowhere/webhooks.toml"), "{error}");
	}
}
