//! Text stays text: what somebody typed is shown as they typed it, whatever Discord's markup would make of it.
//!
//! Discord shows a character literally when a backslash stands before it, if that character is neither a letter,
//! a digit nor white space. So every character that can begin markup is escaped: emphasis, code, spoilers,
//! masked links, mentions of every kind (`<@1>`, `<#1>`, `</name:1>`, `<t:1>`, `@everyone`) and emoji; and at
//! the beginning of a line the marks of headings, lists and small print. Addresses of pages stay as they are, so
//! that they can still be followed; whoever sends them takes care that they don't unfold into previews.
//!
//! Pings are prevented a second time, by the server, with an explicit and empty `allowed_mentions`.

/// Characters that can begin markup anywhere in a line.
const ANYWHERE: &[char] = &['\\', '*', '_', '~', '|', '`', '<', '>', '[', ']', '@'];

/// `text` so that a reader sees exactly it: no markup, mention, link text, emoji or command arises from it.
///
/// Control characters other than the line's end and the tabulator are dropped, since nobody can see them; marks
/// that turn the direction of writing are closed at the end of their line, so that they can't turn our own words.
pub(crate) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    // First of all, so that nothing invisible hides a mark at a line's beginning.
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        escape_line(line, &mut out);
        out.push_str(&closing_marks(line));
    }
    out
}

/// The same on one line: line ends become spaces.
pub(crate) fn literal_line(text: &str) -> String {
    literal(&text.replace(['\n', '\r'], " "))
}

fn escape_line(line: &str, out: &mut String) {
    let mut previous: Option<char> = None;
    let mut rest = escape_line_start(line, out, &mut previous);
    while let Some(c) = rest.chars().next() {
        if let Some(length) = address_length(rest, previous) {
            out.push_str(&rest[..length]);
            previous = rest[..length].chars().next_back();
            rest = &rest[length..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if ANYWHERE.contains(&c) || (c == ':' && names_emoji(rest)) {
            out.push('\\');
        }
        out.push(c);
        previous = Some(c);
    }
}

/// Writes the part of a line in which headings (`#`), lists (`-`, `+`, `1.`) and small print (`-#`) begin, and
/// gives back what follows it. Indented marks count as well: Discord nests lists by spaces.
fn escape_line_start<'l>(line: &'l str, out: &mut String, previous: &mut Option<char>) -> &'l str {
    let rest = line.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}']);
    let indent = &line[..line.len() - rest.len()];
    out.push_str(indent);
    *previous = indent.chars().next_back();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    let mark = match after.chars().next() {
        Some(c @ ('#' | '-' | '+')) if digits == 0 => c,
        Some(c @ ('.' | ')')) if digits > 0 => c,
        _ => return rest,
    };
    out.push_str(&rest[..digits]);
    out.push('\\');
    out.push(mark);
    *previous = Some(mark);
    &after[1..]
}

/// Whether what follows a colon can make an emoji of it: a name up to the next colon, or up to the end (another
/// run of text may follow, and close it).
fn names_emoji(after_colon: &str) -> bool {
    let name = after_colon.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-')).count();
    let next = after_colon[name..].chars().next();
    name > 0 && matches!(next, Some(':') | None)
}

/// Bytes of the page's address that begins here, if one does. Only characters that Discord takes into the address
/// as a whole, and that can't end it and begin markup, belong to it.
fn address_length(text: &str, previous: Option<char>) -> Option<usize> {
    let begins = previous.is_none_or(|c| c.is_whitespace() || c == '(');
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme)).filter(|_| begins)?;
    let rest = &text[scheme.len()..];
    if !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let whole = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"/.?=&%-+#:~,;!$_".contains(b)).count();
    let end = rest[..whole].rfind(|c: char| c.is_ascii_alphanumeric() || c == '/')? + 1;
    Some(scheme.len() + end)
}

/// What closes the embeddings, overrides and isolates of the writing direction that a line leaves open.
fn closing_marks(line: &str) -> String {
    let mut open = Vec::new();
    for c in line.chars() {
        match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push('\u{202c}'),
            '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
            '\u{202c}' | '\u{2069}' if open.last() == Some(&c) => {
                open.pop();
            }
            _ => {}
        }
    }
    open.into_iter().rev().collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a reader sees of text in which nothing is markup; or what in it is markup. Written from Discord's
    /// rules, not from the code above.
    pub(crate) fn seen(rendered: &str) -> Result<String, String> {
        let mut out = String::new();
        for (number, line) in rendered.split('\n').enumerate() {
            if number > 0 {
                out.push('\n');
            }
            let start = line.trim_start();
            let numbered = start.trim_start_matches(|c: char| c.is_ascii_digit());
            if start.starts_with(['#', '-', '+']) || (numbered.len() < start.len() && numbered.starts_with('.')) {
                return Err(format!("a line begins with a mark: {line:?}"));
            }
            let mut chars = line.char_indices().peekable();
            while let Some((at, c)) = chars.next() {
                let address = line[at..].starts_with("http://") || line[at..].starts_with("https://");
                if address {
                    // Discord takes everything up to white space or `<` for the address.
                    let end = line[at..].find(|c: char| c.is_whitespace() || c == '<').unwrap_or(line.len() - at);
                    let mut taken = &line[at..at + end];
                    if let Some(stop) = taken.find('\\') {
                        taken = &taken[..stop];
                    }
                    out.push_str(taken);
                    while chars.next_if(|(i, _)| *i < at + taken.len()).is_some() {}
                    continue;
                }
                match c {
                    '\\' => match chars.next() {
                        Some((_, c)) if !c.is_alphanumeric() && !c.is_whitespace() => out.push(c),
                        other => return Err(format!("a backslash before {other:?}")),
                    },
                    '*' | '_' | '~' | '|' | '`' | '<' | '>' | '[' | ']' | '@' => {
                        return Err(format!("markup {c:?} in {line:?}"));
                    }
                    ':' => {
                        let name: String =
                            line[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                        if !name.is_empty() && line[at + 1 + name.len()..].starts_with(':') {
                            return Err(format!("an emoji in {line:?}"));
                        }
                        out.push(c);
                    }
                    _ => out.push(c),
                }
            }
        }
        Ok(out)
    }

    const HOSTILE: &[&str] = &[
        "@everyone",
        "@here",
        "<@1>",
        "<@!1>",
        "<@&1>",
        "<#1>",
        "</standup new:1>",
        "<t:1:R>",
        "<:a:1>",
        "<a:b:1>",
        "**",
        "__",
        "_",
        "~~",
        "||",
        "`",
        "```rs\n",
        "[x](http://evil.example)",
        "<https://a.example>",
        "# ",
        "### ",
        "-# ",
        "- ",
        "> ",
        ">>> ",
        "1. ",
        "12) ",
        "  * ",
        "\\",
        "\\\\*",
        ":smile:",
        ":+1:",
        "\n",
        "\n\n",
        "\t",
        " ",
        "https://example.org/a_b_c*d",
        "xhttps://example.org/__x__",
        "http://",
        "(https://e.example/x)",
        "a",
        "1",
        ".",
        "\u{202e}",
        "\u{2067}",
        "e\u{301}",
        "👩‍👩‍👧",
        "ب",
        "\u{0}",
        "\r",
        "<id:guide>",
        "@silent",
    ];

    pub(crate) fn hostile() -> impl Strategy<Value = String> {
        prop_oneof![
            proptest::collection::vec(proptest::sample::select(HOSTILE), 0..12).prop_map(|parts| parts.concat()),
            "\\PC{0,60}",
            "[ -~\n]{0,80}",
        ]
    }

    /// The text without what nobody can see, and with the writing direction closed again.
    pub(crate) fn visible(text: &str) -> String {
        let shown: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        shown.split('\n').map(|line| format!("{line}{}", closing_marks(line))).collect::<Vec<_>>().join("\n")
    }

    proptest! {
        #[test]
        fn what_somebody_typed_is_what_a_reader_sees(text in hostile()) {
            prop_assert_eq!(seen(&literal(&text)), Ok(visible(&text)));
        }

        #[test]
        fn two_runs_side_by_side_make_no_markup_together(one in hostile(), two in hostile()) {
            // Digits in one run and a full stop in the next make a list's mark that looks the same either way.
            prop_assume!(!two.starts_with(['.', ')']));
            let together = literal(&one) + &literal(&two);
            prop_assert_eq!(seen(&together), Ok(visible(&one) + &visible(&two)));
        }
    }

    #[test]
    fn addresses_can_still_be_followed_and_nothing_else_is_in_them() {
        assert_eq!(literal("see https://example.org/a_b (draft)"), "see https://example.org/a_b (draft)");
        assert_eq!(literal("https://example.org/*x*"), "https://example.org/\\*x\\*");
        assert_eq!(literal("https://example.org/x."), "https://example.org/x.");
    }

    #[test]
    fn times_are_left_alone_and_emoji_names_are_not() {
        assert_eq!(literal("at 10:30 sharp"), "at 10:30 sharp");
        assert_eq!(literal(":tada:"), "\\:tada:");
        assert_eq!(literal(":ta"), "\\:ta", "what follows in another run could close it");
    }
}
