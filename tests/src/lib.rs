//! Judges that are not ours: what the bot asked of a platform, held against that platform's own description of itself.
//!
//! Promise: no request of any test is only believed to be right. A test hands the calls that a local platform recorded
//! to [`judge_slack`] or [`judge_discord`] and gets back what is wrong with them, in words. Where the descriptions are
//! not at hand the judges say so and check only what needs none; `JEDA_SPECS_REQUIRED` makes that a failure.
//! Only tests use this crate.

#![expect(clippy::expect_used, reason = "a description that can't be read fails the test that asked for it")]

mod discord;
mod slack;
mod specs;

pub use discord::{discord_call, judge_discord, judge_discord_answer, judge_discord_rules};
pub use slack::{judge_slack, judge_slack_message, judge_slack_view, manifest_list, scopes_used};
pub use specs::specs;

/// # Panics
/// When a judge found something: each finding is a line of the message.
pub fn assert_right(findings: &[String]) {
    assert!(findings.is_empty(), "the platform's own description was broken:\n- {}", findings.join("\n- "));
}
