//! A held message in as many pieces as it takes to post it: nothing is cut, and no mention is torn in two.

use unicode_segmentation::UnicodeSegmentation;

/// The pieces of a text, each of at most so many units as UTF-16 counts. Put together they are the text, but for
/// the white space at which it was split.
pub(in crate::later) fn parts(text: &str, units_max: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (part, after) = rest.split_at(end_of_part(rest, units_max));
        parts.push(part.trim_end());
        rest = after.trim_start();
    }
    parts
}

/// Where the first piece ends: at a line's end or a space in its second half, else between two characters, and never
/// inside what stands between `<` and `>`.
fn end_of_part(text: &str, units_max: usize) -> usize {
    let (mut units, mut fits, mut line, mut space, mut opened) = (0, 0, 0, 0, None);
    for (at, grapheme) in text.grapheme_indices(true) {
        units += grapheme.encode_utf16().count();
        if units > units_max {
            let good = |at: usize| at > fits / 2;
            return match (line, space, opened) {
                (line, ..) if good(line) => line,
                (_, space, _) if good(space) => space,
                (.., Some(open)) if good(open) => open,
                _ if fits > 0 => fits,
                _ => first_units(text, units_max),
            };
        }
        fits = at + grapheme.len();
        match grapheme {
            "<" => opened = Some(at),
            ">" => opened = None,
            _ if grapheme.contains('\n') => (line, opened) = (fits, None),
            _ if grapheme.chars().all(char::is_whitespace) => (space, opened) = (fits, None),
            _ => {}
        }
    }
    text.len()
}

/// A single grapheme that is longer than a piece is split between its characters.
fn first_units(text: &str, units_max: usize) -> usize {
    let mut units = 0;
    let over = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > units_max
    });
    over.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use crate::limit::HELD_PART_UNITS_MAX;

    fn parts(text: &str) -> Vec<&str> {
        super::parts(text, HELD_PART_UNITS_MAX)
    }

    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_is_lost_and_every_piece_fits(text in "(<@[0-9]{17,20}>|[a-z]{1,30}|[😀é\u{301}]{1,900}| |\n){0,300}") {
            let whole: String = parts(&text).concat().split_whitespace().collect();
            prop_assert_eq!(whole, text.split_whitespace().collect::<String>());
            for part in parts(&text) {
                prop_assert!(part.encode_utf16().count() <= HELD_PART_UNITS_MAX && !part.is_empty());
            }
        }

        #[test]
        fn a_mention_is_never_torn(before in 1_600..1_720usize) {
            let text = format!("{}<@123456789012345678> and more", "x".repeat(before));
            let torn = parts(&text).into_iter().any(|part| part.matches('<').count() != part.matches('>').count());
            prop_assert!(!torn, "{:?}", parts(&text));
        }
    }
}
