//! Every message in every language, and only messages that there are.

use std::{
	collections::{BTreeMap, BTreeSet},
	fs,
	path::{Path, PathBuf},
};

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
	let mut found = Vec::new();
	let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
	while let Some(folder) = folders.pop() {
		for entry in fs::read_dir(&folder).unwrap() {
			let path = entry.unwrap().path();
			if path.is_dir() {
				folders.push(path);
			} else if path.extension().is_some_and(|has| has == ending) {
				found.push(path);
			}
		}
	}
	found
}

/// The messages of a language, with the variables that each names.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
	let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
	for file in files(&format!("locales/{language}"), "ftl") {
		let mut current = None;
		for line in fs::read_to_string(&file).unwrap().lines() {
			if let Some((key, _)) = line.split_once(" =")
				&& key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
			{
				assert!(
					found.insert(key.into(), BTreeSet::new()).is_none(),
					"{key} stands twice in {language}"
				);
				current = Some(key.to_owned());
			}
			if let Some(variables) = current.as_ref().and_then(|key| found.get_mut(key)) {
				let names = line.split('$').skip(1).map(|rest| {
					rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()
				});
				variables.extend(names);
			}
		}
	}
	found
}

/// What stands in quotes right after one of these calls.
fn said(text: &str, calls: &[&str]) -> Vec<String> {
	let mut found = Vec::new();
	for call in calls {
		for rest in text.split(call).skip(1) {
			if let Some(quoted) = rest.trim_start().strip_prefix('"') {
				found.extend(quoted.split('"').next().map(str::to_owned));
			}
		}
	}
	found
}

#[test]
fn languages_should_have_the_same_messages() {
	let (english, chinese) = (messages("en"), messages("zh-CN"));
	let keys =
		|messages: &BTreeMap<String, BTreeSet<String>>| messages.keys().cloned().collect::<BTreeSet<_>>();
	assert_eq!(keys(&english), keys(&chinese));
	assert!(english.len() > 400, "{}", english.len());
}

#[test]
fn languages_should_speak_of_the_same_things() {
	let chinese = messages("zh-CN");
	for (key, variables) in messages("en") {
		// Chinese has no plural, so it need not ask how many.
		let without = |variables: &BTreeSet<String>| -> BTreeSet<String> {
			variables.iter().filter(|name| *name != "count").cloned().collect()
		};
		assert_eq!(without(&variables), without(&chinese[&key]), "{key}");
	}
}

#[test]
fn only_messages_that_there_are_should_be_said() {
	let messages = messages("en");
	let calls = [".say(", ".with(", ".with2(", ".count(", ".tell("];
	let mut count = 0;
	for file in files("templates", "html").into_iter().chain(files("src/pages", "rs")) {
		let text = fs::read_to_string(&file).unwrap();
		for key in said(&text, &calls) {
			assert!(messages.contains_key(&key), "{key} of {} is no message", file.display());
			count += 1;
		}
		for set in said(&text, &[".named("]) {
			let any = messages.keys().any(|key| key.starts_with(&format!("{set}-")));
			assert!(any, "{set} of {} names nothing", file.display());
		}
	}
	assert!(count > 400, "{count}");
}

#[test]
fn no_message_should_be_left_over() {
	let mut text = String::new();
	for file in files("templates", "html").into_iter().chain(files("src/pages", "rs")) {
		text += &fs::read_to_string(&file).unwrap();
	}
	let sets: BTreeSet<String> = said(&text, &[".named("]).into_iter().collect();
	let of_a_set = |key: &str| sets.iter().any(|set| key.starts_with(&format!("{set}-")));
	let built = |key: &str| key.starts_with("month-") || key.starts_with("answer-");
	for key in messages("en").keys() {
		let quoted = text.contains(&format!("\"{key}\""));
		assert!(quoted || of_a_set(key) || built(key), "{key} is said nowhere");
	}
}

/// Words that have one translation each, and what else they were called.
const TERMS: [(&str, &str, &[&str]); 3] =
	[("curator", "策展人", &["评审员"]), ("licence", "授权", &[]), ("seal", "封存", &["密封"])];

#[test]
fn chinese_should_have_one_word_for_one_thing() {
	let texts = |language: &str| -> BTreeMap<String, String> {
		let lines = files(&format!("locales/{language}"), "ftl")
			.into_iter()
			.map(|file| fs::read_to_string(&file).unwrap())
			.collect::<String>();
		let pairs = lines.lines().filter_map(|line| line.split_once(" = "));
		pairs.map(|(key, text)| (key.to_owned(), text.to_lowercase())).collect()
	};
	let (english, chinese) = (texts("en"), texts("zh-CN"));
	for (key, text) in &chinese {
		assert!(!text.contains('你'), "{key} is not in the polite form: {text}");
		for (term, word, others) in TERMS {
			assert!(
				others.iter().all(|other| !text.contains(other)),
				"{key} calls a {term} otherwise: {text}"
			);
			let named = english.get(key).is_some_and(|text| text.contains(term));
			assert!(!named || text.contains(word), "{key} names no {word}: {text}");
		}
	}
}
