use super::*;
use crate::message::{Block, Message};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn what_a_member_types_never_becomes_our_markup() {
    let args: Args<'_> = &[("a", said("**x** `y` \u{F0001}")), ("b", words("ours")), ("n", 3usize.into())];
    let pattern = format!("Hi {}, **so {}** and `do {}`", place(0).unwrap(), place(1).unwrap(), place(1).unwrap());
    assert_eq!(
        spans(&pattern, args),
        vec![
            Span::Plain("Hi ".into()),
            Span::Said("**x** `y` \u{F0001}".into()),
            Span::Plain(", ".into()),
            Span::Bold("so ours".into()),
            Span::Plain(" and ".into()),
            Span::Code("do ours".into()),
        ]
    );
}

/// Id to the variables in it, as the file has them.
fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in source.lines() {
        let head = line.split(" =").next().unwrap_or("");
        if line.contains(" =") && head.starts_with(|c: char| c.is_ascii_lowercase()) {
            id = head.to_owned();
            assert!(out.insert(id.clone(), BTreeSet::new()).is_none(), "{id} twice in one file");
        }
        for after in line.split('$').skip(1) {
            let variable = after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect();
            out.get_mut(&id).expect("a variable outside a message").insert(variable);
        }
    }
    out
}

#[test]
fn every_file_is_read_whole() {
    for (name, en, id) in FILES {
        for source in [en, id] {
            if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
                panic!("{name}: {errors:?}");
            }
        }
    }
}

#[test]
fn both_languages_say_the_same_things_about_the_same_things() {
    for (name, en, id) in FILES {
        assert_eq!(messages(en), messages(id), "{name}.ftl: ids and variables of en and id");
    }
}

#[test]
fn an_id_is_one_features() {
    let mut seen = BTreeMap::new();
    for (name, en, _) in FILES {
        for id in messages(en).into_keys() {
            if let Some(other) = seen.insert(id.clone(), name) {
                panic!("{id} is in {other}.ftl and in {name}.ftl");
            }
        }
    }
}

/// The crate's own sources: an id has to stand in them as a literal.
fn sources(dir: &std::path::Path, out: &mut String) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn no_sentence_is_left_unused() {
    let mut code = String::new();
    sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    let unused: Vec<String> = FILES
        .iter()
        .flat_map(|(_, en, _)| messages(en).into_keys())
        // The longer help of a command is found through the id of its description.
        .filter(|id| !code.contains(&format!("\"{}\"", id.strip_suffix("-help").unwrap_or(id))))
        .collect();
    assert!(unused.is_empty(), "no code says: {unused:?}");
}

#[test]
fn every_sample_fits_every_platform() {
    let mut names = BTreeSet::new();
    for sample in samples() {
        assert!(names.insert(sample.name()), "two samples are called {}", sample.name());
        for language in Language::ALL {
            match sample {
                Sample::Message(name, make) => {
                    for block in make(language).0 {
                        if let Block::Buttons(buttons) = block {
                            for button in buttons {
                                assert!((1..=75).contains(&button.label.chars().count()), "{name}: {}", button.label);
                            }
                        }
                    }
                }
                Sample::Form(name, make) => {
                    let form = make(language);
                    for short in [&form.title, &form.submit, &form.cancel] {
                        assert!((1..=24).contains(&short.chars().count()), "{name}: {short:?} is over 24 characters");
                    }
                    let fields: BTreeSet<_> = form.fields.iter().map(|field| &field.id).collect();
                    assert_eq!(fields.len(), form.fields.len(), "{name}: field ids are unique");
                }
            }
        }
    }
}

#[test]
fn every_description_fits_discord() {
    for language in Language::ALL {
        let roots = crate::command::ROOTS.iter().map(|root| root.words);
        let commands =
            crate::command::TABLE.iter().flat_map(|it| it.args.iter().map(|arg| arg.words).chain([it.words]));
        for id in roots.chain(commands) {
            let description = line(language, id, &[]);
            assert!((1..=100).contains(&description.chars().count()), "{id} in {}: {description}", language.tag());
        }
    }
}

/// Every sample of a feature in every language, as it reads: **bold**, `code`, ‹member's words›, {instants}.
pub(crate) fn rendered(feature: &str) -> String {
    let mut out = String::new();
    for sample in samples().into_iter().filter(|it| it.name().split('/').next() == Some(feature)) {
        for language in Language::ALL {
            out.push_str(&format!("=== {} ({})\n", sample.name(), language.tag()));
            out.push_str(&match sample {
                Sample::Message(_, make) => read_message(&make(language)),
                Sample::Form(_, make) => {
                    let form = make(language);
                    let mut lines = vec![format!("# {}", form.title), read_message(&Message(form.intro))];
                    lines.extend(form.fields.iter().map(|field| {
                        let value = field.value.as_deref().unwrap_or("");
                        format!("{}: [{value}] ({})", field.label, field.hint.as_deref().unwrap_or(""))
                    }));
                    lines.push(format!("[{}] [{}]", form.submit, form.cancel));
                    lines.join("\n")
                }
            });
            out.push('\n');
        }
    }
    out
}

fn read_message(message: &Message) -> String {
    let lines = message.0.iter().map(|block| match block {
        Block::Heading(title) => format!("# {title}"),
        Block::Text(text) => read(text),
        Block::Quote(text) => format!("> {}", read(text)),
        Block::Small(text) => format!("~ {}", read(text)),
        Block::Buttons(buttons) => {
            buttons.iter().map(|button| format!("[{}]", button.label)).collect::<Vec<_>>().join(" ")
        }
        Block::Divider => "---".to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn read(text: &Text) -> String {
    let spans = text.0.iter().map(|span| match span {
        Span::Plain(t) => t.clone(),
        Span::Bold(t) => format!("**{t}**"),
        Span::Said(t) => format!("‹{t}›"),
        Span::Code(t) => format!("`{t}`"),
        Span::Member(user) => format!("@{user}"),
        Span::Channel(channel) => format!("#{channel}"),
        Span::Link { label, url } => format!("[{label}]({url})"),
        Span::At { fallback, .. } => format!("{{{fallback}}}"),
    });
    spans.collect()
}

#[test]
fn every_message_in_both_languages() {
    for feature in
        ["common", "time", "people", "command", "standup", "norm", "later", "ask", "digest", "person", "agenda", "told"]
    {
        insta::assert_snapshot!(feature, rendered(feature));
    }
}
