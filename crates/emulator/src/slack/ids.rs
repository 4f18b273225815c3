//! Ids and timestamps as Slack shapes them.

/// A message's timestamp, in microseconds since 1970; on the wire `seconds.micros`.
pub(super) type Ts = i64;

/// As it is on the wire.
pub(super) fn ts_text(ts: Ts) -> String {
    format!("{}.{:06}", ts.div_euclid(1_000_000), ts.rem_euclid(1_000_000))
}

/// Reads a timestamp; `1700000000` and `1700000000.000100` are both fine, as they are to Slack.
pub(super) fn ts_parse(text: &str) -> Option<Ts> {
    let (seconds, micros) = text.split_once('.').unwrap_or((text, "0"));
    if micros.is_empty() || micros.len() > 6 || !micros.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = seconds.parse().ok()?;
    let micros: i64 = format!("{micros:0<6}").parse().ok()?;
    seconds.checked_mul(1_000_000)?.checked_add(micros)
}

/// `U0000000007`: a letter for the kind, then a number.
pub(super) fn id(letter: char, number: u64) -> String {
    format!("{letter}{number:010}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_reads_back_as_it_was_written() {
        for ts in [0, 1, 1_700_000_000_000_100, 1_700_000_000_999_999] {
            assert_eq!(ts_parse(&ts_text(ts)), Some(ts));
        }
        assert_eq!(ts_parse("1700000000.1"), Some(1_700_000_000_100_000));
        assert_eq!(ts_parse("1700000000"), Some(1_700_000_000_000_000));
        assert_eq!(ts_parse("yesterday"), None);
        assert_eq!(ts_parse("1."), None);
    }
}
