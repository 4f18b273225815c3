//! How Discord says no: an HTTP status, a code and a sentence
//! (<https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>).

use serde_json::{Value, json};

/// A refusal.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: u32,
    pub(super) message: String,
    /// (path of the field, code, sentence), for an invalid form body.
    pub(super) errors: Vec<(String, String, String)>,
    /// A correct bot never meets this one.
    pub(super) blame: bool,
}

/// Codes that tests and faults use by number: (code, HTTP status, sentence, whether only a wrong bot meets it).
const KNOWN: &[(u32, u16, &str, bool)] = &[
    (10003, 404, "Unknown Channel", false),
    (10004, 404, "Unknown Guild", false),
    (10007, 404, "Unknown Member", false),
    (10008, 404, "Unknown Message", false),
    (10013, 404, "Unknown User", false),
    (10015, 404, "Unknown Webhook", true),
    (30007, 400, "Maximum number of webhooks reached (15)", false),
    (10062, 404, "Unknown interaction", true),
    (10063, 404, "Unknown application command", true),
    (30034, 429, "Max number of daily application command creates has been reached (200)", true),
    (30046, 429, "Maximum number of edits to messages older than 1 hour reached. Try again later.", false),
    (40003, 403, "You are opening direct messages too fast", false),
    (40060, 400, "Interaction has already been acknowledged.", true),
    (50001, 403, "Missing Access", false),
    (50005, 403, "Cannot edit a message authored by another user", true),
    (50006, 400, "Cannot send an empty message", true),
    (50007, 403, "Cannot send messages to this user", false),
    (50013, 403, "Missing Permissions", false),
    (50024, 400, "Cannot execute action on this channel type", true),
    (50027, 401, "Invalid Webhook Token", true),
    (50033, 400, "Invalid Recipient(s)", true),
    (50083, 400, "Thread is archived", false),
    (50278, 403, "Cannot send messages to this user due to having no mutual guilds", false),
    (160004, 400, "A thread has already been created for this message", true),
];

impl Refusal {
    /// The refusal with this code, spelled as Discord does where we know it.
    pub(super) fn of(code: u32) -> Self {
        let known = KNOWN.iter().find(|k| k.0 == code);
        let (status, message, blame) = known.map_or((400, "Refused", false), |k| (k.1, k.2, k.3));
        Self { status, code, message: message.into(), errors: vec![], blame }
    }
    /// 401 without a usable token.
    pub(super) fn unauthorized() -> Self {
        Self { status: 401, code: 0, message: "401: Unauthorized".into(), errors: vec![], blame: false }
    }
    /// A route that this Discord doesn't know.
    pub(super) fn unknown_route() -> Self {
        Self { status: 404, code: 0, message: "404: Not Found".into(), errors: vec![], blame: true }
    }
    /// An invalid form body: one field is wrong.
    pub(super) fn form(path: impl Into<String>, code: &str, sentence: impl Into<String>) -> Self {
        Self {
            status: 400,
            code: 50035,
            message: "Invalid Form Body".into(),
            errors: vec![(path.into(), code.into(), sentence.into())],
            blame: true,
        }
    }
    /// The same refusal, met by correct bots as well.
    pub(super) fn forgiven(mut self) -> Self {
        self.blame = false;
        self
    }
    /// The body of the answer.
    pub(super) fn body(&self) -> Value {
        let mut value = json!({"message": self.message, "code": self.code});
        if !self.errors.is_empty() {
            let mut errors = json!({});
            for (path, code, sentence) in &self.errors {
                let mut at = &mut errors;
                for step in path.split('.').filter(|s| !s.is_empty()) {
                    at = &mut at[step];
                }
                at["_errors"] = json!([{"code": code, "message": sentence}]);
            }
            value["errors"] = errors;
        }
        value
    }
    /// For violations: what was wrong, without any member's words.
    pub(super) fn told(&self) -> String {
        let fields: Vec<String> = self.errors.iter().map(|(p, c, s)| format!("{p}: {c} ({s})")).collect();
        format!("{} {} {} {}", self.status, self.code, self.message, fields.join("; ")).trim_end().to_owned()
    }
}
