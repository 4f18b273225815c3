//! Forms: opened by a trigger within three seconds, replaced, pushed on top of one another.

use super::{Answer, Args, Refusal, chat::with_block_ids, mistake, refuse};
use crate::{
    journal::Act,
    slack::{
        blocks::view_problems,
        form,
        heart::Heart,
        model::{State, View},
    },
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// How long a trigger opens a form.
const TRIGGER_MS: i64 = 3_000;
/// Forms that can lie on top of one another.
const VIEWS_MAX: usize = 3;

/// Reads and checks the view that an app gave.
fn given(args: &Args) -> Result<Value, Refusal> {
    let wrong = |m: Vec<String>| mistake("invalid_arguments", m);
    let view = args.structure("view").map_err(|()| wrong(vec!["view is no JSON".to_owned()]))?;
    let view = view.ok_or_else(|| wrong(vec!["missing required field: view".to_owned()]))?;
    checked(view)
}

fn checked(view: Value) -> Result<Value, Refusal> {
    let (too_large, problems) = view_problems(&view);
    if too_large {
        return Err(mistake("view_too_large", vec![]));
    }
    if !problems.is_empty() {
        return Err(mistake("invalid_arguments", problems));
    }
    Ok(view)
}

pub(super) fn open(heart: &Heart, state: &mut State, args: &Args, push: bool) -> Answer {
    let now_ms = heart.now();
    let key = args.text("trigger_id").or(args.text("interactivity_pointer")).unwrap_or_default();
    let trigger = state.triggers.get_mut(key).ok_or_else(|| mistake("invalid_trigger_id", vec![]))?;
    if trigger.used {
        return Err(refuse("exchanged_trigger_id"));
    }
    if now_ms - trigger.issued_ms > TRIGGER_MS {
        return Err(refuse("expired_trigger_id"));
    }
    let user = trigger.user.clone();
    let view = given(args)?;
    // A trigger is spent only on a form that opens.
    if let Some(trigger) = state.triggers.get_mut(key) {
        trigger.used = true;
    }
    let below = if push {
        let depth = state.views.get(&user).map_or(0, Vec::len);
        if depth >= VIEWS_MAX {
            return Err(refuse("push_limit_reached"));
        }
        if depth == 0 {
            return Err(refuse("not_found"));
        }
        true
    } else {
        false
    };
    let shape = new_view(heart, state, &user, view, below);
    Ok(json!({"view": shape}))
}

/// Puts a view in front of a person: alone, or on top of the others.
fn new_view(heart: &Heart, state: &mut State, user: &str, mut given: Value, on_top: bool) -> Value {
    given["blocks"] = with_block_ids(state, given["blocks"].take());
    form::name_actions(state, &mut given);
    let id = state.next_id('V');
    let hash = format!("{}.{}", heart.now() / 1_000, state.next_number());
    let stack = state.views.entry(user.to_owned()).or_default();
    if !on_top {
        stack.clear();
    }
    let below = stack.last();
    let view = View {
        root: below.map_or_else(|| id.clone(), |b| b.root.clone()),
        previous: below.map(|b| b.id.clone()),
        id,
        user: user.to_owned(),
        given,
        hash,
        entered: HashMap::new(),
        errors: Vec::new(),
    };
    stack.push(view.clone());
    opened(heart, state, &view);
    state.view_json(&view)
}

/// Replaces what a view shows; what the person entered stays where block and action are the same.
fn replace(heart: &Heart, state: &mut State, view_id: &str, mut given: Value) -> Result<Value, Refusal> {
    given["blocks"] = with_block_ids(state, given["blocks"].take());
    form::name_actions(state, &mut given);
    let hash = format!("{}.{}", heart.now() / 1_000, state.next_number());
    let view = state.view_by_id_mut(view_id).ok_or_else(|| refuse("not_found"))?;
    let kept = form::elements(&given);
    view.entered.retain(|key, _| kept.contains(key));
    view.given = given;
    view.hash = hash;
    view.errors.clear();
    let view = view.clone();
    opened(heart, state, &view);
    Ok(state.view_json(&view))
}

fn opened(heart: &Heart, state: &State, view: &View) {
    let name = state.name_of(&view.user);
    let bot = state.name_of(&state.bot_user);
    heart.journal.write("", &bot, Act::FormOpened, Some(&name), || form::read(state, view, heart.now()).to_string());
}

pub(super) fn update(heart: &Heart, state: &mut State, args: &Args) -> Answer {
    let view = given(args)?;
    let by_external = args.text("external_id").and_then(|external| {
        let all = state.views.values().flatten();
        all.filter(|v| v.given["external_id"].as_str() == Some(external)).map(|v| v.id.clone()).next()
    });
    let id = args.text("view_id").map(str::to_owned).or(by_external).ok_or_else(|| refuse("not_found"))?;
    let current = state.view_by_id_mut(&id).ok_or_else(|| refuse("not_found"))?;
    if args.text("hash").is_some_and(|h| h != current.hash) {
        return Err(refuse("hash_conflict"));
    }
    Ok(json!({"view": replace(heart, state, &id, view)?}))
}

/// Does what an app answered when a form was sent in. `Err` says why Slack would show an error instead.
pub(in crate::slack) fn answer_to_submission(
    heart: &Heart,
    state: &mut State,
    user: &str,
    view_id: &str,
    answer: Option<&Value>,
) -> Result<(), String> {
    let problem = |refusal: Refusal| format!("{} {}", refusal.code, refusal.more.join("; "));
    match answer.and_then(|a| a["response_action"].as_str()) {
        None => {
            if let Some(stack) = state.views.get_mut(user) {
                stack.retain(|v| v.id != view_id);
            }
            Ok(())
        }
        Some("clear") => {
            state.views.remove(user);
            Ok(())
        }
        Some("errors") => {
            let errors = answer.and_then(|a| a["errors"].as_object()).cloned().unwrap_or_default();
            let view = state.view_by_id_mut(view_id).ok_or("the form is gone")?;
            let known = form::input_blocks(&view.given);
            if errors.is_empty() {
                return Err("errors without a word".to_owned());
            }
            for (block, words) in &errors {
                if !known.contains(block) || words.as_str().is_none_or(str::is_empty) {
                    return Err(format!("an error for {block:?}, which is no input block"));
                }
            }
            view.errors = errors.iter().map(|(b, w)| (b.clone(), w.as_str().unwrap_or_default().to_owned())).collect();
            Ok(())
        }
        Some("update") => {
            let view = checked(answer.map(|a| a["view"].clone()).unwrap_or_default()).map_err(problem)?;
            replace(heart, state, view_id, view).map(drop).map_err(problem)
        }
        Some("push") => {
            let view = checked(answer.map(|a| a["view"].clone()).unwrap_or_default()).map_err(problem)?;
            if state.views.get(user).map_or(0, Vec::len) >= VIEWS_MAX {
                return Err("push_limit_reached".to_owned());
            }
            new_view(heart, state, user, view, true);
            Ok(())
        }
        Some(other) => Err(format!("response_action {other:?} does not exist")),
    }
}
