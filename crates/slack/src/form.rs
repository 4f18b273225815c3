//! The neutral form as a Slack modal view. Pure.

use crate::{
    inbound,
    render::{self, FIELD_CHARS_MAX, RenderError, VIEW_BLOCKS_MAX, clip, plain},
};
use jeda_core::{
    id::ChannelId,
    message::{Field, FieldKind, Form, Message},
};
use serde_json::{Value, json};

/// Characters of a view's title and of its buttons.
const TITLE_CHARS_MAX: usize = 24;
/// Characters of a choice's label.
const CHOICE_CHARS_MAX: usize = 75;
/// Choices of one menu.
const CHOICES_MAX: usize = 100;
/// Characters of an input's label and hint.
const WORDS_CHARS_MAX: usize = 2_000;

/// A form, for `views.open` or as the next page of one that was sent. `from` is where it was opened.
pub(crate) fn view(form: &Form, from: Option<&ChannelId>) -> Result<Value, RenderError> {
    let mut blocks = match form.intro.as_slice() {
        [] => Vec::new(),
        intro => render::blocks(intro, VIEW_BLOCKS_MAX)?,
    };
    for field in &form.fields {
        blocks.push(input(field)?);
    }
    let found = blocks.len();
    if found == 0 {
        return Err(RenderError::Empty);
    }
    if found > VIEW_BLOCKS_MAX {
        return Err(RenderError::Blocks { found, max: VIEW_BLOCKS_MAX });
    }
    Ok(json!({
        "type": "modal",
        "callback_id": form.id.token(),
        "private_metadata": inbound::remember(from),
        "title": plain(&clip(&form.title, TITLE_CHARS_MAX)),
        "submit": plain(&clip(&form.submit, TITLE_CHARS_MAX)),
        "close": plain(&clip(&form.cancel, TITLE_CHARS_MAX)),
        "blocks": blocks,
    }))
}

/// Words in place of a form that was sent. Slack itself labels the button that closes it, in the reader's language.
pub(crate) fn words(title: &str, message: &Message) -> Result<Value, RenderError> {
    Ok(json!({
        "type": "modal",
        "title": plain(&clip(if title.is_empty() { "jeda" } else { title }, TITLE_CHARS_MAX)),
        "blocks": render::blocks(&message.0, VIEW_BLOCKS_MAX)?,
    }))
}

fn input(field: &Field) -> Result<Value, RenderError> {
    let mut block = json!({
        "type": "input",
        "block_id": field.id,
        "label": plain(&clip(&field.label, WORDS_CHARS_MAX)),
        "element": element(field)?,
        "optional": field.optional,
    });
    if let Some(hint) = field.hint.as_ref().filter(|hint| !hint.is_empty()) {
        block["hint"] = plain(&clip(hint, WORDS_CHARS_MAX));
    }
    Ok(block)
}

fn element(field: &Field) -> Result<Value, RenderError> {
    let value = field.value.as_deref().filter(|value| !value.is_empty());
    let mut element = match &field.kind {
        FieldKind::Line | FieldKind::Paragraph => return typed(field, value),
        // Slack refuses a menu without choices.
        FieldKind::Choice(choices) if choices.is_empty() => return typed(field, value),
        FieldKind::Choice(choices) => choice(&choices[..choices.len().min(CHOICES_MAX)], value),
        FieldKind::Channel => {
            // Channels only: a standup's report has no place in a direct message.
            let filter = json!({ "include": ["public", "private"], "exclude_bot_users": true });
            let mut element = json!({ "type": "conversations_select", "filter": filter });
            if let Some(id) = value.and_then(|value| ids(value).next()) {
                element["initial_conversation"] = id.into();
            }
            element
        }
        FieldKind::Members => {
            let mut element = json!({ "type": "multi_users_select" });
            let initial: Vec<&str> = value.into_iter().flat_map(ids).collect();
            if !initial.is_empty() {
                element["initial_users"] = initial.into();
            }
            element
        }
    };
    element["action_id"] = field.id.as_str().into();
    Ok(element)
}

fn typed(field: &Field, value: Option<&str>) -> Result<Value, RenderError> {
    let mut element = json!({
        "type": "plain_text_input",
        "action_id": field.id,
        "multiline": field.kind == FieldKind::Paragraph,
        "max_length": FIELD_CHARS_MAX,
    });
    if let Some(value) = value {
        // Cutting it would lose the rest as soon as the form is sent.
        let found = value.chars().count();
        if found > FIELD_CHARS_MAX {
            return Err(RenderError::Field { field: field.id.clone(), found, max: FIELD_CHARS_MAX });
        }
        element["initial_value"] = value.into();
    }
    Ok(element)
}

fn choice(choices: &[(String, String)], value: Option<&str>) -> Value {
    let option = |(value, label): &(String, String)| {
        let label = if label.is_empty() { value } else { label };
        json!({ "text": plain(&clip(label, CHOICE_CHARS_MAX)), "value": value })
    };
    let options: Vec<Value> = choices.iter().map(option).collect();
    let mut element = json!({ "type": "static_select", "options": options });
    if let Some(initial) = choices.iter().find(|(known, _)| Some(known.as_str()) == value) {
        element["initial_option"] = option(initial);
    }
    element
}

/// Ids of a value, bare or in neutral spelling (`<@U1> <@U2>`, `<#C1>`).
fn ids(value: &str) -> impl Iterator<Item = &str> {
    value.split_whitespace().map(|id| id.trim_start_matches(['<', '@', '#']).trim_end_matches('>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jeda_core::{
        action::FormId,
        copy::{Sample, samples},
        language::Language,
        message::{Block, Text},
        people, standup,
    };
    use jeda_tests::{assert_right, judge_slack_view};

    fn field(id: &str, kind: FieldKind, value: Option<&str>) -> Field {
        Field {
            id: id.into(),
            label: "What is <in> the way?".into(),
            hint: Some("Small & kind".into()),
            kind,
            value: value.map(str::to_owned),
            optional: true,
        }
    }

    fn form(fields: Vec<Field>) -> Form {
        Form {
            id: FormId::Standup(standup::FormId::New),
            title: "A title that is far too long for Slack".into(),
            submit: "Send".into(),
            cancel: "Cancel".into(),
            intro: vec![Block::Text(Text::said("<!channel> *x*"))],
            fields,
        }
    }

    fn accepted(view: &Value) {
        assert_right(&judge_slack_view(view));
    }

    #[test]
    fn every_kind_of_field_is_an_input_that_slack_takes() {
        let choices = vec![("each".to_owned(), "Each member's own".to_owned()), ("one".to_owned(), String::new())];
        let view = view(
            &form(vec![
                field("name", FieldKind::Line, Some("Daily")),
                field("questions", FieldKind::Paragraph, None),
                field("whose", FieldKind::Choice(choices), Some("one")),
                field("channel", FieldKind::Channel, Some("<#C1>")),
                field("who", FieldKind::Members, Some("<@U1> U2")),
                field("empty", FieldKind::Choice(Vec::new()), None),
            ]),
            Some(&ChannelId::new("C9")),
        )
        .unwrap();
        accepted(&view);
        insta::assert_snapshot!(serde_json::to_string_pretty(&view).unwrap());
    }

    #[test]
    fn a_value_that_would_be_cut_is_refused() {
        let long = "x".repeat(3_001);
        let found = view(&form(vec![field("q0", FieldKind::Paragraph, Some(&long))]), None);
        assert_eq!(found, Err(RenderError::Field { field: "q0".into(), found: 3_001, max: 3_000 }));
        accepted(&view(&form(vec![field("q0", FieldKind::Paragraph, Some(&long[1..]))]), None).unwrap());
    }

    #[test]
    fn words_in_place_of_a_form_are_a_view_without_a_submit_button() {
        let view = words("", &Message::of(Text::plain("Thank you."))).unwrap();
        accepted(&view);
        assert_eq!(view["title"]["text"], "jeda");
    }

    #[test]
    fn every_form_of_the_copy_is_one_that_slack_takes() {
        for (sample, language) in samples().into_iter().flat_map(|sample| Language::ALL.map(|lang| (sample, lang))) {
            let Sample::Form(name, make) = sample else { continue };
            let form = make(language);
            assert!(form.title.chars().count() <= TITLE_CHARS_MAX, "{name} {language:?} has too long a title");
            accepted(&view(&form, None).unwrap());
        }
    }

    #[test]
    fn a_form_without_anything_is_refused() {
        let mut bare = form(Vec::new());
        bare.id = FormId::People(people::FormId::Hours);
        bare.intro.clear();
        assert_eq!(view(&bare, None), Err(RenderError::Empty));
    }
}
