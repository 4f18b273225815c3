//! The neutral form as Discord's modal. Pure.
//!
//! A modal has at most five fields, each a line or a paragraph of text: core parses what other kinds mean. Labels
//! hold 45 characters; what is left of a question, and its hint, stand in the empty field as its placeholder.
//! (Newer kinds of fields exist, but serenity 0.12 drops a submission that carries one, so they are not used.)

use crate::render::{Marks, shortened, units};
use jeda_core::message::{Field, FieldKind, Form};
use serde_json::{Value, json};

/// Characters of a modal's title.
const TITLE_CHARS_MAX: usize = 45;
/// Characters of a field's label.
const LABEL_CHARS_MAX: usize = 45;
/// Characters of a field's placeholder.
const PLACEHOLDER_CHARS_MAX: usize = 100;
/// Characters of a field's value.
pub(crate) const VALUE_CHARS_MAX: usize = 4_000;
/// Fields of a modal.
pub(crate) const FIELDS_MAX: usize = 5;

/// The data of an interaction's answer of type 9.
pub(crate) fn modal(form: &Form, marks: Marks<'_>) -> Value {
    let rows: Vec<Value> =
        form.fields.iter().take(FIELDS_MAX).map(|field| json!({"type": 1, "components": [input(field)]})).collect();
    json!({
        "custom_id": marks.custom_id(&form.id.token()),
        "title": shortened(or_dots(&form.title), TITLE_CHARS_MAX),
        "components": rows,
    })
}

fn input(field: &Field) -> Value {
    let style = if matches!(field.kind, FieldKind::Paragraph) { 2 } else { 1 };
    let mut input = json!({
        "type": 4,
        "custom_id": field.id,
        "style": style,
        "label": shortened(or_dots(&field.label), LABEL_CHARS_MAX),
        "required": !field.optional,
        "max_length": VALUE_CHARS_MAX,
    });
    if let Some(placeholder) = placeholder(field) {
        input["placeholder"] = placeholder.into();
    }
    if let Some(value) = field.value.as_deref().filter(|value| !value.is_empty()) {
        input["value"] = prefilled(value, style == 2).into();
    }
    input
}

/// What the label couldn't hold, what may be chosen, and the hint: as much of it as fits.
fn placeholder(field: &Field) -> Option<String> {
    let rest = (units(&field.label) > LABEL_CHARS_MAX).then(|| field.label.clone());
    let choices = match &field.kind {
        FieldKind::Choice(choices) => {
            Some(choices.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>().join(" / "))
        }
        _ => None,
    };
    let parts: Vec<String> = [rest, choices, field.hint.clone()].into_iter().flatten().collect();
    let text = parts.join(" · ").split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| shortened(&text, PLACEHOLDER_CHARS_MAX))
}

/// What stands in the field already. Core keeps to the field's limit; a line holds no line ends.
fn prefilled(value: &str, paragraph: bool) -> String {
    let value = if paragraph { value.to_owned() } else { value.replace(['\n', '\r'], " ") };
    shortened(&value, VALUE_CHARS_MAX)
}

/// Discord refuses an empty label or title.
fn or_dots(text: &str) -> &str {
    if text.trim().is_empty() { "…" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jeda_core::{action::FormId, standup};

    fn field(label: &str, kind: FieldKind) -> Field {
        Field {
            id: "q0".into(),
            label: label.into(),
            hint: Some("As short as you like".into()),
            kind,
            value: None,
            optional: true,
        }
    }

    #[test]
    fn a_long_question_is_whole_in_the_placeholder() {
        let question = "What did you do since we last spoke, and what came of it in the end?";
        let form = Form {
            id: FormId::Standup(standup::FormId::New),
            title: "Daily".into(),
            submit: "Send".into(),
            cancel: "Cancel".into(),
            intro: vec![],
            fields: vec![field(question, FieldKind::Paragraph)],
        };
        let json = modal(&form, Marks { guild: Some(7), key: None });
        assert_eq!(json["custom_id"], "s:new@7");
        let input = &json["components"][0]["components"][0];
        assert_eq!(input["style"], 2);
        assert_eq!(input["required"], false);
        assert!(units(input["label"].as_str().unwrap()) <= 45);
        assert!(input["placeholder"].as_str().unwrap().starts_with(question));
    }

    #[test]
    fn choices_are_named_and_what_stood_there_stands_there() {
        let mut with_value =
            field("When", FieldKind::Choice(vec![("close".into(), "x".into()), ("each".into(), "y".into())]));
        with_value.value = Some("close\n".into());
        let json = input(&with_value);
        assert_eq!(json["placeholder"], "close / each · As short as you like");
        assert_eq!(json["value"], "close ");
        assert_eq!(json["style"], 1);
    }
}
