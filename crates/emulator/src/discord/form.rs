//! A form (modal) as the person in front of it sees it, and what it sends when they submit it.

use super::model::OpenForm;
use serde_json::{Value, json};
use std::fmt;

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its `custom_id`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Words between the fields (Discord's text displays), in order.
    pub words: Vec<String>,
    /// Its fields, from top to bottom.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its `custom_id`.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Small print below the label.
    pub description: Option<String>,
    /// What is shown while it is empty.
    pub placeholder: Option<String>,
    /// What stands in it: a text, or the value of the option that is chosen already.
    pub value: String,
    /// Whether it has to be filled in.
    pub required: bool,
    /// Whether it has room for several lines.
    pub paragraph: bool,
    /// What can be chosen (value, label); empty where text is typed.
    pub options: Vec<(String, String)>,
    /// Characters at least and at most.
    pub length: (usize, usize),
    kind: u64,
}

impl Form {
    pub(super) fn of(open: &OpenForm) -> Self {
        let word = |v: &Value| v.as_str().map(str::to_owned);
        let mut form = Self { id: open.custom_id.clone(), title: open.title.clone(), words: vec![], fields: vec![] };
        for part in &open.components {
            match part["type"].as_u64() {
                Some(10) => form.words.extend(word(&part["content"])),
                Some(18) => {
                    let label = word(&part["label"]).unwrap_or_default();
                    form.fields.push(Field::of(&part["component"], label, word(&part["description"])));
                }
                _ => {
                    let input = &part["components"][0];
                    form.fields.push(Field::of(input, word(&input["label"]).unwrap_or_default(), None));
                }
            }
        }
        form
    }
}

impl Field {
    fn of(input: &Value, label: String, description: Option<String>) -> Self {
        let word = |key: &str| input[key].as_str().map(str::to_owned);
        let number =
            |key: &str, otherwise: u64| usize::try_from(input[key].as_u64().unwrap_or(otherwise)).unwrap_or(usize::MAX);
        let given = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        let listed = input["options"].as_array();
        let options: Vec<_> = listed.into_iter().flatten().map(|o| (given(&o["value"]), given(&o["label"]))).collect();
        let chosen = listed.into_iter().flatten().find(|o| o["default"] == true).map(|o| given(&o["value"]));
        Self {
            id: word("custom_id").unwrap_or_default(),
            label,
            description,
            placeholder: word("placeholder"),
            value: word("value").or(chosen).unwrap_or_default(),
            required: input["required"].as_bool().unwrap_or(true),
            paragraph: input["style"] == 2,
            options,
            length: (number("min_length", 0), number("max_length", 4_000)),
            kind: input["type"].as_u64().unwrap_or(4),
        }
    }
    fn typed(&self) -> bool {
        self.kind == 4
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.title)?;
        for words in &self.words {
            write!(f, "\n{words}")?;
        }
        for field in &self.fields {
            write!(f, "\n{}{}: {}", field.label, if field.required { " *" } else { "" }, field.value)?;
        }
        Ok(())
    }
}

/// Fills a form in: (label or custom id, value); what is not named stays as it stood. The interaction's data, and how
/// it reads, or why Discord does not send it.
pub(super) fn fill(open: &OpenForm, answers: &[(&str, &str)]) -> Result<(Value, String), String> {
    let mut form = Form::of(open);
    for (name, value) in answers {
        let field = form.fields.iter_mut().find(|f| f.id == *name || f.label == *name);
        let Some(field) = field else {
            let known: Vec<_> = Form::of(open).fields.into_iter().map(|f| f.label).collect();
            return Err(format!("the form {:?} has no field {name:?}; it has {known:?}", form.title));
        };
        let option = field.options.iter().find(|(v, l)| v == value || l == value).map(|(v, _)| v.clone());
        field.value = match option {
            Some(chosen) => chosen,
            None if field.options.is_empty() => (*value).to_owned(),
            None => return Err(format!("{name:?} offers no {value:?}")),
        };
    }
    for field in &form.fields {
        let length = field.value.encode_utf16().count();
        if field.required && field.value.trim().is_empty() {
            return Err(format!("{:?} is required", field.label));
        }
        if field.typed() && !field.value.is_empty() && !(field.length.0..=field.length.1).contains(&length) {
            return Err(format!("{:?} takes {:?} characters, not {length}", field.label, field.length));
        }
    }
    let input = |field: &Field| {
        let mut value = json!({"type": field.kind, "id": 2, "custom_id": field.id});
        if field.typed() {
            value["value"] = json!(field.value);
        } else {
            let chosen: Vec<&str> = field.value.split_whitespace().collect();
            value["values"] = json!(chosen);
        }
        value
    };
    let mut fields = form.fields.iter();
    let mut components = vec![];
    for part in &open.components {
        let field = if part["type"] == 10 { None } else { fields.next() };
        components.push(match (part["type"].as_u64(), field) {
            (Some(18), Some(field)) => json!({"type": 18, "id": 1, "component": input(field)}),
            (Some(1), Some(field)) => json!({"type": 1, "id": 1, "components": [input(field)]}),
            _ => json!({"type": 10, "id": 1}),
        });
    }
    let told: Vec<_> = form.fields.iter().map(|f| format!("{}: {}", f.label, f.value)).collect();
    Ok((json!({"custom_id": open.custom_id, "components": components}), told.join("\n")))
}
