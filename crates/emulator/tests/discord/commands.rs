//! Registering commands, and people who type them.

use super::bot::{Bot, Ears, INTENTS, start};
use serde_json::{Value, json};

pub(crate) fn standup() -> Value {
    let option = |kind: u8, name: &str, required: bool| json!({"type": kind, "name": name, "description": name, "required": required});
    let mut zone = option(3, "zone", false);
    zone["autocomplete"] = json!(true);
    let mut text = option(3, "text", true);
    text["name_localizations"] = json!({"id": "teks"});
    let mut level = option(3, "level", false);
    level["choices"] = json!([{"name": "Only watch", "value": "observe"}, {"name": "Hold", "value": "hold"}]);
    let sub = |name: &str, options: Value| json!({"type": 1, "name": name, "description": name, "options": options});
    json!([
        {"name": "standup", "description": "Standups", "description_localizations": {"id": "Standup tim"}, "options": [
            sub("note", json!([text])),
            sub("new", json!([option(3, "name", true), option(7, "channel", true), option(6, "who", false),
                              option(4, "minutes", false), option(5, "report", false), option(8, "team", false)])),
            {"type": 2, "name": "norm", "description": "Norms", "options": [sub("set", json!([level]))]},
        ]},
        {"name": "hours", "description": "Your hours", "options": [zone]},
        {"name": "purge", "description": "For administrators", "default_member_permissions": "8"},
    ])
}

#[tokio::test]
async fn a_line_becomes_typed_options() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    bot.registers(standup()).await;
    let mut ears = Ears::listen(&discord, INTENTS).await;
    let sari = discord.user("sari");
    sari.runs("/standup note text:fixed the export: 3 of 4 name:value pairs");
    let heard = ears.event("INTERACTION_CREATE").await;
    assert_eq!(heard["data"]["name"], "standup");
    let note = &heard["data"]["options"][0];
    assert_eq!((&note["type"], &note["name"]), (&json!(1), &json!("note")));
    assert_eq!(note["options"][0]["value"], "fixed the export: 3 of 4 name:value pairs");
    assert_eq!((&heard["locale"], &heard["context"]), (&json!("id"), &json!(0)));
    assert_eq!(heard["member"]["user"]["username"], "sari");
    for needed in ["entitlements", "attachment_size_limit", "guild_id", "app_permissions"] {
        assert!(!heard[needed].is_null(), "{needed}");
    }
    sari.runs("/standup note teks:dalam bahasa sendiri");
    assert_eq!(ears.event("INTERACTION_CREATE").await["data"]["options"][0]["options"][0]["name"], "text");

    sari.runs(r#"/standup new channel:#eng name:"Daily: eng" who:@ana minutes:15 report:true team:@backend"#);
    let heard = ears.event("INTERACTION_CREATE").await;
    let given = heard["data"]["options"][0]["options"].as_array().unwrap();
    let value = |name: &str| given.iter().find(|o| o["name"] == name).unwrap()["value"].clone();
    let (eng, ana) = (discord.channel_id("#eng").to_string(), discord.user("ana").id().to_string());
    assert_eq!((value("channel"), value("who")), (json!(eng), json!(ana)));
    assert_eq!((value("name"), value("minutes"), value("report")), (json!("Daily: eng"), json!(15), json!(true)));
    let resolved = &heard["data"]["resolved"];
    assert_eq!(resolved["channels"][&eng]["name"], "eng");
    assert_eq!(resolved["users"][&ana]["username"], "ana");
    assert!(resolved["members"][&ana]["roles"].is_array() && resolved["roles"].is_object());

    sari.runs("/standup norm set level:Only watch");
    let heard = ears.event("INTERACTION_CREATE").await;
    let group = &heard["data"]["options"][0];
    assert_eq!((&group["type"], &group["name"]), (&json!(2), &json!("norm")));
    assert_eq!(group["options"][0]["options"][0]["value"], "observe");
    discord.faults().tolerate(true);
}

#[tokio::test]
async fn what_discord_would_not_send_is_not_sent() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    bot.registers(standup()).await;
    let sari = discord.user("sari");
    for (line, why) in [
        ("hello", "slash"),
        ("/standdown", "no command"),
        ("/standup", "goes on with"),
        ("/standup sing", "goes on with"),
        ("/standup note", "needs \"text\""),
        ("/standup note words:x", "no option"),
        ("/standup note just words", "not name:value"),
        ("/standup note text:", "characters"),
        ("/standup new name:x channel:#nowhere", "a channel that they see"),
        ("/standup new name:x channel:#leads", "a channel that they see"),
        ("/standup new name:x channel:#eng minutes:soon", "whole number"),
        ("/standup new name:x name:y channel:#eng", "twice"),
        ("/standup norm set level:Loud", "offers no"),
        ("/purge", "not offered to sari"),
    ] {
        let refused = sari.tries(line).unwrap_err();
        assert!(refused.contains(why), "{line}: {refused}");
    }
    sari.goes_to("DM");
    assert!(sari.tries("/hours").unwrap_err().contains("direct messages"), "a server's command");
    discord.assert_clean();
}

#[tokio::test]
async fn what_discord_refuses_to_register() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let path = format!("/applications/{}/commands", bot.app);
    let one = |name: &str| json!({"name": name, "description": "d"});
    let with = |options: Value| json!({"name": "x", "description": "d", "options": options});
    let leaf = |name: &str, required: bool| json!({"type": 3, "name": name, "description": "d", "required": required});
    let sub = json!({"type": 1, "name": "s", "description": "d"});
    let choice = json!({"name": "n", "value": "v"});
    let wrong = [
        one("Stand"),
        one("stand up"),
        one(&"x".repeat(33)),
        json!({"name": "x", "description": ""}),
        json!({"name": "x", "description": "d".repeat(101)}),
        json!({"name": "x", "description": "d", "description_localizations": {"id": "d".repeat(101)}}),
        json!({"name": "x", "description": "d", "name_localizations": {"id-ID": "x"}}),
        json!({"name": "x", "description": "d", "colour": 1}),
        json!({"name": "x", "description": "d", "default_member_permissions": 8}),
        with(json!([leaf("a", false), leaf("b", true)])),
        with(json!([leaf("a", false), leaf("a", false)])),
        with(json!([sub, leaf("a", false)])),
        with(json!((0..26).map(|n| leaf(&format!("o{n}"), false)).collect::<Vec<_>>())),
        with(json!([{"type": 3, "name": "a", "description": "d", "autocomplete": true, "choices": [choice]}])),
        with(json!([{"type": 4, "name": "a", "description": "d", "choices": [choice]}])),
        with(json!([{"type": 1, "name": "a", "description": "d", "options": [sub]}])),
    ];
    let count = wrong.len();
    for body in wrong {
        assert_eq!(bot.refused("PUT", &path, json!([body])).await, (400, 50035), "{body}");
    }
    assert_eq!(bot.refused("PUT", &path, json!([one("same"), one("same")])).await, (400, 50035));
    let many: Vec<_> = (0..101).map(|n| one(&format!("c{n}"))).collect();
    assert_eq!(bot.refused("PUT", &path, json!(many)).await, (400, 50035));
    assert_eq!(discord.recorder().take_violations().len(), count + 2);
    assert!(discord.commands().is_empty());
}

#[tokio::test]
async fn registering_again_keeps_ids_and_drops_the_rest() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let path = format!("/applications/{}/commands", bot.app);
    let one = |name: &str, words: &str| json!({"name": name, "description": words, "name_localizations": {"id": name}});
    let first = bot.does("PUT", &path, json!([one("a", "1"), one("b", "1")])).await;
    let second = bot.does("PUT", &path, json!([one("a", "2")])).await;
    assert_eq!(first[0]["id"], second[0]["id"]);
    assert_ne!(first[0]["version"], second[0]["version"]);
    assert_eq!(second.as_array().unwrap().len(), 1);
    let added = bot.does("POST", &path, one("c", "3")).await;
    let listed = bot.does("GET", &path, json!(null)).await;
    assert!(listed[0].get("name_localizations").is_none());
    let listed = bot.does("GET", &format!("{path}?with_localizations=true"), json!(null)).await;
    assert_eq!(listed[1]["name_localizations"]["id"], "c");
    bot.does("DELETE", &format!("{path}/{}", added["id"].as_str().unwrap()), json!(null)).await;
    assert_eq!(discord.commands().len(), 1);
    // A global command can be run in the direct conversation too.
    let mut ears = Ears::listen(&discord, INTENTS).await;
    discord.user("sari").goes_to("DM").runs("/a");
    let heard = ears.event("INTERACTION_CREATE").await;
    assert_eq!((&heard["user"]["username"], heard.get("guild_id")), (&json!("sari"), None));
    assert_eq!(heard["context"], 1);
    discord.assert_clean();
}
