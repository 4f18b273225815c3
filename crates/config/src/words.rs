//! What serde says of a mistake, in words for whoever made it.

use crate::read::plain;

/// Least likeness (0 to 1) of a name that is offered.
const LIKENESS_MIN: f64 = 0.6;

/// Something of this kind that doesn't exist; the nearest that does, and all that do.
pub(crate) fn unknown(what: &str, given: &str, known: &[&str]) -> String {
    let like = |name: &str| strsim::normalized_damerau_levenshtein(given, name);
    let near = known.iter().map(|name| (like(name), name)).filter(|(score, _)| *score >= LIKENESS_MIN);
    let near = near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| format!(" Did you mean {name}?"));
    format!("there is no {what} \"{given}\".{} Known: {}.", near.unwrap_or_default(), known.join(", "))
}

/// serde's message, with "did you mean" where a name is unknown; any other message as it is.
pub(crate) fn kindly(message: &str) -> String {
    let message = plain(message);
    let named = |what: &str, start: &str| {
        let mut words = message.strip_prefix(start)?.split('`').skip(1).step_by(2);
        let given = words.next()?;
        let known: Vec<&str> = words.collect();
        (!known.is_empty()).then(|| unknown(what, given, &known))
    };
    named("setting", "unknown field ").or_else(|| named("choice", "unknown variant ")).unwrap_or(message)
}

#[cfg(test)]
mod tests {
    use super::kindly;

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest_and_with_all() {
        let said = kindly("unknown field `chanels`, expected one of `enforce`, `channels`");
        assert_eq!(said, "there is no setting \"chanels\". Did you mean channels? Known: enforce, channels.");
        let said = kindly("unknown variant `loud`, expected `off` or `hold`");
        assert_eq!(said, "there is no choice \"loud\". Known: off, hold.");
        assert_eq!(kindly("invalid type:\n  string"), "invalid type: string");
    }
}
