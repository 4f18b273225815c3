//! Promise 2 to the team: deep work is protected. `/focus 2h` begins a block in which nothing comes that can wait.
//!
//! A block is a part of one's hours, declared by oneself and for now; what is longer is leave. Everybody decides it
//! alone, and ends it with `/focus off` or `/back`.

use super::{Member, decide::Draft};
use crate::{
    command::Invocation,
    copy::people as words,
    id::UserId,
    language::Language,
    limit::FOCUS_MINUTES_MAX,
    message::Message,
    time::{FocusBlock, Zone, parse_duration, parse_moment, split_moment},
};
use jiff::{SignedDuration, Timestamp};

/// Words that end a block, in both languages.
const OFF: [&str; 8] = ["off", "stop", "end", "done", "selesai", "mati", "akhiri", "berhenti"];

/// Begins a block, ends it, or shows it.
pub(super) fn focus(
    draft: &mut Draft<'_>,
    user: &UserId,
    invocation: &Invocation,
    language: Language,
    now: Timestamp,
) -> Message {
    let member = draft.member(user);
    let zone = member.zone(&draft.seen.workspace);
    let Some(time) = invocation.arg("time") else {
        let running = running(&member, now);
        return running.map_or_else(|| words::focus_how(language), |block| words::focus(language, block, &zone, now));
    };
    if OFF.contains(&time.to_lowercase().as_str()) && invocation.arg("why").is_none() {
        let was_on = end(draft, member, now);
        return words::focus_off(language, was_on);
    }
    // On Slack the first word is the time and the rest the reason, wherever the time may end.
    let typed = [Some(time), invocation.arg("why")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let (until, why) = match read(&typed, &zone, now, language) {
        Ok(found) => found,
        Err(trouble) => return trouble,
    };
    let why = match super::desk::reason(language, why) {
        Ok(why) => why,
        Err(too_long) => return too_long,
    };
    let declared = member.declared(&draft.seen.workspace);
    // A block that lies outside their hours as a whole would change nothing, and they had better know.
    let begins = declared.planned().next_in_hours(now);
    if begins.is_none_or(|begins| begins >= until) {
        return words::focus_outside(language, &declared.at(now), begins, &zone, now);
    }
    let block = FocusBlock { from: running(&member, now).map_or(now, |block| block.from), until, why };
    let said = words::focus(language, &block, &zone, now);
    draft.put_member(Member { focus: Some(block), ..member });
    said
}

/// The block that is under way.
pub(super) fn running(member: &Member, now: Timestamp) -> Option<&FocusBlock> {
    member.focus.as_ref().filter(|block| block.from <= now && now < block.until)
}

/// Ends the block that is under way. It stays as a block of the past, by which what was late is explained.
pub(super) fn end(draft: &mut Draft<'_>, member: Member, now: Timestamp) -> bool {
    let Some(block) = running(&member, now).cloned() else { return false };
    draft.put_member(Member { focus: Some(FocusBlock { until: now, ..block }), ..member });
    true
}

/// The end of a block and its reason. Of several ways to read the line, one that ends within the limit.
fn read<'t>(typed: &'t str, zone: &Zone, now: Timestamp, language: Language) -> Result<(Timestamp, &'t str), Message> {
    let limit = now + SignedDuration::from_mins(FOCUS_MINUTES_MAX);
    let end = |text: &str| match parse_duration(text) {
        Ok(minutes) => Ok(now + SignedDuration::from_mins(minutes)),
        Err(_) => parse_moment(text, zone, now),
    };
    if let Some(found) = split_moment(typed, |text| end(text).ok().filter(|until| *until <= limit)) {
        return Ok(found);
    }
    Err(match parse_duration(typed) {
        Err(error) if split_moment(typed, |text| end(text).ok()).is_none() => words::focus_trouble(language, &error),
        _ => words::focus_too_long(language),
    })
}
