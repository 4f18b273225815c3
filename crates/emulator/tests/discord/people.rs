//! What people see, as they see it.

use super::bot::{Bot, start, text};
use jeda_emulator::{
    clock::HandClock,
    discord::{Discord, Person, Room, Setup},
};
use serde_json::json;

#[tokio::test]
async fn markup_is_shown_and_escapes_are_resolved() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let eng = discord.channel_id("#eng");
    let sari = discord.user("sari");
    for (raw, shown) in [
        ("**bold** and *slanted* and __under__ and ~~gone~~", "bold and slanted and under and gone"),
        (r"\*not bold\* \_nor this\_ \`nor code\` \<@1\> \\", r"*not bold* _nor this_ `nor code` <@1> \"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("***both***, **a *b* c**", "both, a b c"),
        ("`**as it is**`", "**as it is**"),
        ("```\n*kept*\n```", "\n*kept*"),
        ("# Title\n-# small\n> quoted\n- item", "Title\nsmall\n> quoted\n• item"),
        ("[words](https://example.org) <https://example.org>", "words https://example.org"),
        (r"1\. not a list, \# not a title", "1. not a list, # not a title"),
        ("a < b > c, <notatag>, **open", "a < b > c, <notatag>, **open"),
    ] {
        bot.say(eng, text(raw)).await;
        assert_eq!(sari.sees_in("#eng").last().unwrap().text.trim_end(), shown, "{raw}");
    }
    discord.assert_clean();
}

#[tokio::test]
async fn names_and_times_are_the_readers_own() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let (eng, sari, ana) = (discord.channel_id("#eng"), discord.user("sari"), discord.user("ana"));
    let at = super::bot::NOW / 1_000;
    let words =
        format!("<@{}> in <#{eng}>, by <t:{at}:t>, <t:{at}>, <t:{}:R>, </hours:1>, <@9>", sari.id(), at + 7_200);
    bot.say(eng, text(&words)).await;
    let shown = "@Sari W in #eng, by 11:00, 24 November 2026 11:00, in 2 hours, /hours, @unknown-user";
    assert_eq!(sari.sees_in("#eng")[0].text, shown);
    assert!(ana.sees_in("#eng")[0].text.contains("by 05:00, 24 November 2026 05:00"));
    let embed = json!({"title": "Report", "description": "**3** of 4", "fields": [{"name": "Ana", "value": "away"}]});
    bot.say(eng, json!({"embeds": [embed]})).await;
    assert_eq!(ana.sees_in("#eng")[1].text, "Report\n3 of 4\nAna\naway");
}

#[tokio::test]
async fn people_see_their_own_rooms_only() {
    let (discord, _) = start().await;
    let (sari, ana) = (discord.user("sari"), discord.user("ana"));
    sari.says("#private", "between us");
    assert_eq!(ana.sees().len(), 1, "an administrator sees every room");
    discord.user("ana").says("#leads", "plans");
    assert!(sari.sees().iter().all(|s| s.text != "plans"));
    let question = ana.says("#eng", "ready?");
    sari.replies_to(question, "yes");
    let seen = sari.sees_in("#eng");
    assert_eq!((seen[1].replies_to, seen[1].pings.join(" ").as_str()), (Some(question), "ana"));
}

#[tokio::test]
async fn a_setup_that_names_what_is_not_there() {
    let clock = HandClock::at(super::bot::NOW);
    let setup = || Setup::new("Acme", clock.clock());
    for (setup, why) in [
        (setup().person(Person::named("sari")).person(Person::named("sari")), "twice"),
        (setup().person(Person::named("sari").role("backend")), "backend"),
        (setup().person(Person::named("sari").zone("Asia/Jakata")), "no zone"),
        (setup().room(Room::text("eng").only(["ana"])), "ana"),
    ] {
        assert!(Discord::start(setup).await.unwrap_err().to_string().contains(why));
    }
}

#[tokio::test]
#[should_panic(expected = "sees no \"Answer\" to click")]
async fn a_button_that_is_not_there() {
    let (discord, _) = start().await;
    discord.user("sari").clicks("Answer");
}

#[tokio::test]
#[should_panic(expected = "Discord knows no command /standup")]
async fn a_command_that_is_not_there() {
    let (discord, _) = start().await;
    discord.user("sari").runs("/standup note text:x");
}
