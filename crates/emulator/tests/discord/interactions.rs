//! Answers to interactions: words, waiting, forms, buttons, choices, and everything that comes too late.

use super::{
    bot::{Bot, Ears, INTENTS, NOW, callback, setup, start, text},
    commands::standup,
};
use jeda_emulator::{
    clock::HandClock,
    discord::{Discord, Setup},
    journal::Act,
};
use serde_json::{Value, json};
use std::time::Duration;

async fn met() -> (Discord, HandClock, Bot, Ears) {
    let (discord, clock) = start().await;
    let bot = Bot::of(&discord);
    bot.registers(standup()).await;
    let ears = Ears::listen(&discord, INTENTS).await;
    (discord, clock, bot, ears)
}

fn ephemeral(words: &str) -> Value {
    let mut body = text(words);
    body["flags"] = json!(64);
    body
}

#[tokio::test]
async fn an_answer_that_only_one_person_sees() {
    let (discord, _, bot, mut ears) = met().await;
    let sari = discord.user("sari");
    sari.runs("/standup note text:fixed it");
    assert!(discord.in_flight() >= 1, "until it is answered");
    let heard = ears.event("INTERACTION_CREATE").await;
    let path = format!("{}?with_response=true", callback(&heard));
    let body = json!({"type": 4, "data": ephemeral("Noted: fixed \\*it\\*")});
    let answer = bot.does("POST", &path, body.clone()).await;
    assert_eq!(answer["interaction"]["response_message_ephemeral"], true);
    let seen = sari.soon("Noted: fixed *it*").await;
    assert!(seen.ephemeral);
    assert!(discord.user("ana").sees().is_empty());
    discord.traffic().until(|| discord.in_flight() == 0).await;
    let channel = heard["channel_id"].as_str().unwrap();
    let others = bot.does("GET", &format!("/channels/{channel}/messages"), json!(null)).await;
    assert_eq!(others, json!([]));
    discord.assert_clean();
    assert_eq!(bot.refused("POST", &callback(&heard), body).await, (400, 40060));
    assert_eq!(discord.recorder().take_violations().len(), 1);
    let acts: Vec<_> = discord.journal().into_iter().map(|e| (e.act, e.who, e.to)).collect();
    let expected = [(Act::Command, "sari".into(), None), (Act::Whispered, "jeda".into(), Some("sari".into()))];
    assert_eq!(acts, expected);
}

#[tokio::test]
async fn a_deferred_answer_is_owed_until_it_comes() {
    let (discord, _, bot, mut ears) = met().await;
    let sari = discord.user("sari");
    sari.runs("/standup note text:x");
    let heard = ears.event("INTERACTION_CREATE").await;
    bot.answers(&heard, 5, json!({"flags": 64})).await;
    assert_eq!(sari.sees()[0].text, "jeda is thinking…");
    assert!(discord.in_flight() >= 1);
    bot.does("PATCH", &bot.webhook(&heard, "/messages/@original"), text("done")).await;
    assert_eq!(sari.soon("done").await.text, "done");
    let more = bot.does("POST", &bot.webhook(&heard, ""), ephemeral("more")).await;
    let more = bot.webhook(&heard, &format!("/messages/{}", more["id"].as_str().unwrap()));
    bot.does("PATCH", &more, text("more, edited")).await;
    assert_eq!(bot.does("GET", &more, json!(null)).await["content"], "more, edited");
    bot.does("DELETE", &more, json!(null)).await;
    assert_eq!(sari.sees().len(), 1);
    discord.traffic().until(|| discord.in_flight() == 0).await;
    // The first follow-up takes the place of "thinking…".
    sari.runs("/standup note text:y");
    let heard = ears.event("INTERACTION_CREATE").await;
    bot.answers(&heard, 5, json!(null)).await;
    bot.does("POST", &bot.webhook(&heard, ""), text("for all")).await;
    let sees = discord.user("ana").sees_in("#general");
    assert_eq!((sees.len(), sees[0].text.as_str()), (1, "for all"));
    discord.assert_clean();
}

#[tokio::test]
async fn what_comes_too_late_is_refused() {
    let clock = HandClock::at(NOW);
    let within = Duration::from_millis(50);
    let discord = Discord::start(setup(&clock).answer_within(within)).await.unwrap();
    let bot = Bot::of(&discord);
    bot.registers(standup()).await;
    let mut ears = Ears::listen(&discord, INTENTS).await;
    let sari = discord.user("sari");
    sari.runs("/standup note text:x");
    let heard = ears.event("INTERACTION_CREATE").await;
    let gave_up = || discord.journal().iter().any(|e| e.act == Act::NoAnswer);
    discord.traffic().until(gave_up).await;
    discord.traffic().until(|| discord.in_flight() == 0).await;
    let body = json!({"type": 4, "data": text("sorry")});
    assert_eq!(bot.refused("POST", &callback(&heard), body).await, (404, 10062));
    assert_eq!(bot.refused("POST", &bot.webhook(&heard, ""), text("sorry")).await, (404, 10015));
    assert_eq!(discord.recorder().take_violations().len(), 3);
    drop(discord);

    let (discord, clock, bot, mut ears) = met().await;
    let sari = discord.user("sari");
    sari.runs("/standup note text:x");
    let heard = ears.event("INTERACTION_CREATE").await;
    bot.answers(&heard, 4, text("quick")).await;
    clock.advance(14 * 60_000);
    let original = bot.webhook(&heard, "/messages/@original");
    bot.does("PATCH", &original, text("still")).await;
    clock.advance(2 * 60_000);
    assert_eq!(bot.refused("PATCH", &original, text("no more")).await, (401, 50027));
}

#[tokio::test]
async fn nobody_listens() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    bot.registers(standup()).await;
    discord.user("sari").runs("/standup note text:x");
    assert_eq!(discord.in_flight(), 0);
    assert_eq!(discord.journal().last().unwrap().act, Act::NoAnswer);
    // The person is told; no bot is to blame.
    discord.assert_clean();
}

#[tokio::test]
async fn a_button_opens_a_form_and_the_form_comes_back() {
    let (discord, _, bot, mut ears) = met().await;
    let sari = discord.user("sari");
    let dm = bot.open_dm(sari.id()).await;
    let button = json!({"type": 2, "style": 1, "label": "Answer", "custom_id": "s:answer"});
    let skip = json!({"type": 2, "style": 2, "label": "Skip", "custom_id": "s:skip", "disabled": true});
    let mut prompt = text("How is it going?");
    prompt["components"] = json!([{"type": 1, "components": [button, skip]}]);
    bot.say(dm, prompt).await;
    let seen = &sari.dm()[0];
    assert_eq!(seen.text, "How is it going?\n[Answer] [Skip]");
    assert_eq!(seen.buttons, ["Answer"]);
    sari.clicks("Answer");
    let heard = ears.event("INTERACTION_CREATE").await;
    assert_eq!((&heard["type"], &heard["data"]["custom_id"]), (&json!(3), &json!("s:answer")));
    assert_eq!(heard["message"]["content"], "How is it going?");
    let input = |id: &str, label: &str, required: bool| {
        json!({"type": 1, "components": [{"type": 4, "custom_id": id, "label": label, "style": 2, "required": required,
               "value": if required { "" } else { "none" }, "max_length": 10}]})
    };
    let day = json!({"type": 18, "label": "Day", "description": "Which one", "component": {"type": 3, "custom_id": "day",
        "options": [{"label": "Today", "value": "0"}, {"label": "Yesterday", "value": "1", "default": true}]}});
    let words = json!({"type": 10, "content": "Last time: tests"});
    let form = json!({"custom_id": "s:form", "title": "Standup", "components": [words, input("q1", "Today?", true), input("q2", "Blockers?", false), day]});
    bot.answers(&heard, 9, form).await;
    let form = sari.form_soon().await;
    assert_eq!((form.title.as_str(), form.words[0].as_str()), ("Standup", "Last time: tests"));
    assert_eq!(form.fields.iter().map(|f| f.value.as_str()).collect::<Vec<_>>(), ["", "none", "1"]);
    assert!(sari.tries_to_submit(&[]).unwrap_err().contains("required"));
    assert!(sari.tries_to_submit(&[("q1", "12345678901")]).unwrap_err().contains("characters"));
    assert!(sari.tries_to_submit(&[("q9", "x")]).unwrap_err().contains("no field"));
    sari.submits(&[("Today?", "the export"), ("day", "Today")]);
    let heard = ears.event("INTERACTION_CREATE").await;
    assert_eq!((&heard["type"], &heard["data"]["custom_id"]), (&json!(5), &json!("s:form")));
    let parts = &heard["data"]["components"];
    assert_eq!(parts[1]["components"][0]["value"], "the export");
    assert_eq!(parts[2]["components"][0]["value"], "none");
    assert_eq!(parts[3]["component"]["values"], json!(["0"]));
    // The form came from a message: it may be updated in place.
    let mut done = text("Thank you");
    done["components"] = json!([]);
    bot.answers(&heard, 7, done).await;
    let seen = sari.dm();
    assert_eq!((seen.len(), seen[0].text.as_str(), seen[0].edited), (1, "Thank you", true));
    assert!(sari.form().is_none());
    discord.assert_clean();
}

#[tokio::test]
async fn what_a_form_may_not_be() {
    let (discord, _, bot, mut ears) = met().await;
    discord.user("sari").runs("/standup note text:x");
    let heard = ears.event("INTERACTION_CREATE").await;
    let input = |label: &str, id: &str| json!({"type": 1, "components": [{"type": 4, "custom_id": id, "label": label, "style": 1}]});
    let form = |title: &str, parts: Vec<Value>| json!({"custom_id": "f", "title": title, "components": parts});
    let old = json!({"type": 4, "custom_id": "a", "label": "twice", "style": 1});
    let wrong = [
        form(&"t".repeat(46), vec![input("l", "a")]),
        form("t", vec![]),
        form("t", (0..6).map(|n| input("l", &n.to_string())).collect()),
        form("t", vec![input(&"l".repeat(46), "a")]),
        form("t", vec![input("l", "a"), input("l", "a")]),
        form(
            "t",
            vec![
                json!({"type": 1, "components": [{"type": 4, "custom_id": "a", "label": "l", "style": 1, "placeholder": "p".repeat(101)}]}),
            ],
        ),
        form(
            "t",
            vec![
                json!({"type": 1, "components": [{"type": 4, "custom_id": "a", "label": "l", "style": 1, "value": "v".repeat(4_001)}]}),
            ],
        ),
        form("t", vec![json!({"type": 18, "label": "l", "component": old})]),
        form(
            "t",
            vec![
                json!({"type": 18, "label": "l", "description": "d".repeat(101), "component": {"type": 4, "custom_id": "a", "style": 1}}),
            ],
        ),
    ];
    for data in wrong {
        let body = json!({"type": 9, "data": data});
        assert_eq!(bot.refused("POST", &callback(&heard), body.clone()).await, (400, 50035), "{body}");
    }
    // A refused answer was none: the right one is still taken.
    let label =
        json!({"type": 18, "label": "l", "description": "d", "component": {"type": 4, "custom_id": "a", "style": 2}});
    bot.answers(&heard, 9, form("t", vec![label])).await;
    let sari = discord.user("sari");
    sari.form_soon().await;
    sari.submits(&[("l", "words")]);
    let heard = ears.event("INTERACTION_CREATE").await;
    let again = json!({"type": 9, "data": form("t", vec![input("l", "a")])});
    assert_eq!(bot.refused("POST", &callback(&heard), again).await, (400, 50035), "no form after a form");
    bot.answers(&heard, 4, ephemeral("thanks")).await;
}

#[tokio::test]
async fn what_is_typed_is_completed() {
    let (discord, _, bot, mut ears) = met().await;
    let sari = discord.user("sari");
    let asks = sari.types("/hours", "zone", "jakar");
    let answers = async {
        let heard = ears.event("INTERACTION_CREATE").await;
        assert_eq!(heard["type"], 4);
        let option = &heard["data"]["options"][0];
        assert_eq!((&option["value"], &option["focused"]), (&json!("jakar"), &json!(true)));
        let many: Vec<_> = (0..26).map(|n| json!({"name": n.to_string(), "value": "v"})).collect();
        let many = json!({"type": 8, "data": {"choices": many}});
        assert_eq!(bot.refused("POST", &callback(&heard), many).await, (400, 50035));
        bot.answers(&heard, 8, json!({"choices": [{"name": "Jakarta", "value": "Asia/Jakarta"}]})).await;
    };
    let (offered, ()) = tokio::join!(asks, answers);
    assert_eq!(offered, [("Jakarta".to_owned(), "Asia/Jakarta".to_owned())]);
}

#[tokio::test]
async fn a_menu_is_chosen_from_and_a_click_may_wait() {
    let (discord, _, bot, mut ears) = met().await;
    let eng = discord.channel_id("#eng");
    let options = json!([{"label": "Monday", "value": "mon"}, {"label": "Tuesday", "value": "tue"}]);
    let menu = json!({"type": 3, "custom_id": "day", "placeholder": "Which day?", "options": options});
    bot.say(eng, json!({"components": [{"type": 1, "components": [menu]}]})).await;
    let ana = discord.user("ana");
    assert_eq!(ana.sees_in("#eng")[0].text, "[Which day? ▾]");
    ana.chooses("Which day?", "Tuesday");
    let heard = ears.event("INTERACTION_CREATE").await;
    assert_eq!(heard["data"]["values"], json!(["tue"]));
    bot.answers(&heard, 6, json!(null)).await;
    let mut body = text("Tuesday it is");
    body["components"] = json!([]);
    bot.does("PATCH", &bot.webhook(&heard, "/messages/@original"), body).await;
    assert_eq!(ana.sees_in("#eng")[0].text, "Tuesday it is");
    discord.assert_clean();
}

#[tokio::test]
async fn a_shot_is_timed_and_nothing_is_kept() {
    let clock = HandClock::at(NOW);
    let quiet: Setup = setup(&clock).forgetful();
    let discord = Discord::start(quiet).await.unwrap();
    let bot = Bot::of(&discord);
    bot.registers(standup()).await;
    let mut ears = Ears::listen(&discord, INTENTS).await;
    let shot = discord.aims("sari", "/standup note text:load").unwrap();
    let fires = async {
        for _ in 0..20 {
            let timing = shot.fires().await.unwrap();
            assert!(timing.acknowledged <= timing.confirmed);
        }
    };
    let serves = async {
        for _ in 0..20 {
            let heard = ears.event("INTERACTION_CREATE").await;
            bot.answers(&heard, 5, json!({"flags": 64})).await;
            bot.does("PATCH", &bot.webhook(&heard, "/messages/@original"), text("noted")).await;
        }
    };
    tokio::join!(fires, serves);
    assert_eq!((discord.journal().len(), discord.recorder().calls().len()), (0, 0));
    assert!(discord.recorder().served_so_far() > 40);
    discord.traffic().until(|| discord.in_flight() == 0).await;
    discord.assert_clean();
}
