//! Slack's text markup, both ways. What a member typed stays what they typed; what they meant as a mention becomes
//! a neutral one.
//!
//! Slack escapes exactly three characters (`&`, `<`, `>`), so a `<` in a text that Slack sent always opens one of
//! its own tokens: `<@U1|ana>`, `<#C1|eng>`, `<!subteam^S1|@backend>`, `<https://…|label>`, `<!date^…|fallback>`.

use jeda_core::{
    id::{GroupId, UserId},
    norm::verdict::Mentions,
};
use std::fmt::Write;

/// Names that are known of ids, so that text can be shown as its author saw it.
pub trait Names {
    /// A member's name.
    fn member(&self, id: &str) -> Option<String>;
    /// A channel's name, without `#`.
    fn channel(&self, id: &str) -> Option<String>;
}

/// Nobody is known.
#[derive(Clone, Copy, Debug)]
pub struct Nameless;

impl Names for Nameless {
    fn member(&self, _id: &str) -> Option<String> {
        None
    }
    fn channel(&self, _id: &str) -> Option<String> {
        None
    }
}

/// A token inside `<…>`, with its label when it has one.
enum Token<'a> {
    Member(&'a str, Option<&'a str>),
    Channel(&'a str, Option<&'a str>),
    Group(&'a str, Option<&'a str>),
    /// A link, a date, `<!here>`: what is left of it is the text that people see.
    Seen(String),
}

/// Text as its author saw it: escapes undone, mentions by name where it is known (`@ana`, else `@U1`).
pub fn as_seen(text: &str, names: &dyn Names) -> String {
    translate(text, &|token, out| match token {
        Token::Member(id, label) => {
            let name = label.map(unescape).or_else(|| names.member(id)).unwrap_or_else(|| id.to_owned());
            out.push('@');
            out.push_str(name.trim_start_matches('@'));
        }
        Token::Channel(id, label) => {
            let name = label.map(unescape).or_else(|| names.channel(id)).unwrap_or_else(|| id.to_owned());
            out.push('#');
            out.push_str(&name);
        }
        Token::Group(id, label) => {
            let name = label.map_or_else(|| id.to_owned(), unescape);
            out.push('@');
            out.push_str(name.trim_start_matches('@'));
        }
        Token::Seen(seen) => out.push_str(&seen),
    })
}

/// A command's line in neutral spelling: `<@U1>`, `<#C1>`, `<&S1>`, everything else as it was typed.
pub fn neutral(line: &str) -> String {
    translate(line, &|token, out| {
        let (open, id) = match token {
            Token::Member(id, _) => ("<@", id),
            Token::Channel(id, _) => ("<#", id),
            Token::Group(id, _) => ("<&", id),
            Token::Seen(seen) => return out.push_str(&seen),
        };
        // Writing to a String can't fail.
        let _ = write!(out, "{open}{id}>");
    })
}

/// Whom a text mentions.
pub fn mentions(text: &str) -> Mentions {
    let mut all = Mentions::default();
    for part in text.split('<').skip(1) {
        let Some((inside, _)) = part.split_once('>') else { continue };
        match token(inside) {
            Token::Member(id, _) => drop(all.users.insert(UserId::new(id))),
            Token::Group(id, _) => drop(all.groups.insert(GroupId::new(id))),
            Token::Channel(..) => {}
            Token::Seen(_) => {
                let head = inside.split('|').next().unwrap_or(inside);
                all.everyone |= matches!(head, "!here" | "!channel" | "!everyone");
            }
        }
    }
    all
}

/// Escapes the three characters that mean something in Slack's text.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_escaped(c, &mut out);
    }
    out
}

pub(crate) fn push_escaped(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        _ => out.push(c),
    }
}

/// Undoes [`escape`], once: `&amp;lt;` is the text `&lt;`.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];
        match known.iter().find(|(entity, _)| rest.starts_with(entity)) {
            Some((entity, c)) => {
                out.push(*c);
                rest = &rest[entity.len()..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn translate(text: &str, put: &dyn Fn(Token<'_>, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&unescape(&rest[..open]));
        let inside = &rest[open + 1..];
        let Some(close) = inside.find('>') else {
            // Slack never sends this; then it is no token, but text.
            out.push_str(&unescape(&rest[open..]));
            return out;
        };
        put(token(&inside[..close]), &mut out);
        rest = &inside[close + 1..];
    }
    out.push_str(&unescape(rest));
    out
}

fn token(inside: &str) -> Token<'_> {
    let (head, label) = match inside.split_once('|') {
        Some((head, label)) => (head, Some(label).filter(|label| !label.is_empty())),
        None => (inside, None),
    };
    if let Some(id) = head.strip_prefix('@').filter(|id| is_id(id)) {
        Token::Member(id, label)
    } else if let Some(id) = head.strip_prefix('#').filter(|id| is_id(id)) {
        Token::Channel(id, label)
    } else if let Some(id) = head.strip_prefix("!subteam^").filter(|id| is_id(id)) {
        Token::Group(id, label)
    } else if let Some(special) = head.strip_prefix('!') {
        // `<!date^…|fallback>` shows its fallback; `<!here>` and the like show their name, and stay plain text.
        let name = special.split('^').next().unwrap_or(special);
        Token::Seen(label.map_or_else(|| format!("@{}", unescape(name)), unescape))
    } else {
        let link = head.strip_prefix("mailto:").unwrap_or(head);
        Token::Seen(unescape(label.unwrap_or(link)))
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Office;
    impl Names for Office {
        fn member(&self, id: &str) -> Option<String> {
            (id == "U1").then(|| "ana".to_owned())
        }
        fn channel(&self, id: &str) -> Option<String> {
            (id == "C1").then(|| "eng".to_owned())
        }
    }

    #[test]
    fn mentions_are_found_whoever_typed_them() {
        let found = |text: &str| {
            let all = mentions(text);
            let users: Vec<String> = all.users.iter().map(ToString::to_string).collect();
            let groups: Vec<String> = all.groups.iter().map(ToString::to_string).collect();
            (users.join(" "), groups.join(" "), all.everyone)
        };
        assert_eq!(found("<@U1> and <@U2|ana>, <!subteam^S1|@ops>"), ("U1 U2".into(), "S1".into(), false));
        assert_eq!(found("<!here> <#C1|eng> <https://x.example|@ana>"), (String::new(), String::new(), true));
        assert!(found("<!channel|@channel>").2);
        assert_eq!(found("<!date^1^{date}|@everyone> &lt;@U1&gt; @U1 <@U1"), (String::new(), String::new(), false));
    }

    #[test]
    fn a_message_reads_as_its_author_saw_it() {
        for (sent, seen) in [
            ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
            ("&amp;lt; stays an entity", "&lt; stays an entity"),
            ("ask <@U1> or <@U9>", "ask @ana or @U9"),
            ("<@U9|budi> in <#C1> and <#C7|ops>", "@budi in #eng and #ops"),
            ("<!subteam^S1|@backend> <!subteam^S2>", "@backend @S2"),
            ("<!here> <!channel|@channel>", "@here @channel"),
            (
                "<https://example.com|example.com> <https://a.example/?x=1&amp;y=2>",
                "example.com https://a.example/?x=1&y=2",
            ),
            ("<mailto:ana@example.com|ana@example.com> <mailto:b@example.com>", "ana@example.com b@example.com"),
            ("<!date^1392734382^{date}|18 Feb 2014>", "18 Feb 2014"),
            ("unclosed <@U1", "unclosed <@U1"),
            ("", ""),
            ("émoji 👩‍👩‍👧 \u{202e}rtl", "émoji 👩‍👩‍👧 \u{202e}rtl"),
        ] {
            assert_eq!(as_seen(sent, &Office), seen, "{sent}");
        }
    }

    #[test]
    fn a_command_line_keeps_its_mentions_as_ids() {
        assert_eq!(
            neutral("new daily channel=<#C1|eng> who=<@U1|ana> <@U2> <!subteam^S1|@be> note=R&amp;D <!here>"),
            "new daily channel=<#C1> who=<@U1> <@U2> <&S1> note=R&D @here"
        );
    }

    #[test]
    fn escaping_and_back_is_the_same_for_hostile_text() {
        for text in ["<!channel>", "<@U1>", "&lt;!here&gt;", "&&amp;&amp;amp;", "*bold* _it_ `c`", "a\u{0301}&b"] {
            assert_eq!(unescape(&escape(text)), text);
            assert!(!escape(text).contains(['<', '>']));
            assert_eq!(as_seen(&escape(text), &Office), text, "what was typed is never a mention");
        }
    }
}
