//! What is longer than a message is leafed through, to the end, on either platform.

use super::{
    town::{ENG, fits, read},
    *,
};
use crate::{
    action,
    event::{Event, Origin},
    message::{Block, Message, Reply},
    snapshot::Capabilities,
    standup::{Action, EntryState, Skip, Why},
};

/// A command's answer and all that the button below it leads to.
fn leafs(town: &mut Town, user: &str, line: &str) -> Vec<Message> {
    let (command, rest) = line.split_once(' ').unwrap();
    let invocation = crate::command::parse(command, rest);
    let mut reply = town.happens(Event::Command { by: Town::origin(user), invocation });
    let mut pages = Vec::new();
    while let Some(Reply::Say(message)) = reply.take() {
        fits(&message, &town.all.workspace.capabilities);
        if let Some(action) = turns(&message) {
            let button = action::Action::Standup(action.clone());
            assert_eq!(action::Action::decode(&button.token()), Ok(button));
            reply = Some(town.clicks(user, action));
        }
        pages.push(message);
        assert!(pages.len() < 100, "leafing without an end");
    }
    pages
}

fn turns(message: &Message) -> Option<Action> {
    let Some(Block::Buttons(buttons)) = message.0.last() else { return None };
    match &buttons[..] {
        [button] => match &button.action {
            action::Action::Standup(action) => Some(action.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// On how many of the pages something stands.
fn on(pages: &[Message], text: &str) -> usize {
    pages.iter().map(|page| read(page).matches(text).count()).sum()
}

fn crowd(capabilities: Capabilities) -> Town {
    let mut town = Town::of("2026-11-22T20:00:00Z", capabilities, &["emma"]);
    for number in 1..500 {
        town.meet(&format!("person{number:03}&"), "Europe/London");
    }
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-23T00:00:00Z");
    town
}

fn everybody_stands_in_the_receipts(capabilities: Capabilities, count: usize) {
    let mut town = crowd(capabilities);
    let late = town.all.entries.values_mut().nth(321).unwrap();
    late.state = EntryState::Skipped(Skip::NotAsked(crate::receipt::Why::Standup(Why::TimePassed)));
    for entry in town.all.entries.values_mut().filter(|entry| entry.key.user.as_str() == "person007&") {
        (entry.state, entry.answered_at) = (EntryState::Answered, Some(entry.prompt_at));
    }
    let pages = leafs(&mut town, "emma", "/standup receipts name=Daily");
    assert_eq!(pages.len(), count);
    for number in 1..500 {
        assert_eq!(on(&pages, &format!("Person{number:03}&")), 1, "{number}");
    }
    assert_eq!(on(&pages, "when the standup began"), 1);
    assert!(read(pages.last().unwrap()).contains("Person007&: answered"), "who answered in time comes last");
    if count > 1 {
        assert!(read(&pages[0]).contains(&format!("[Page 2 of {count}]")), "{}", read(&pages[0]));
    }
    assert_eq!(on(&pages, "jeda explain prompt/"), pages.len());
    // A page that is no longer there is the last.
    let round = town.round("2026-11-23");
    assert_eq!(town.clicks("emma", Action::Receipts(round, 1_000)), Reply::Say(pages.last().unwrap().clone()));
}

#[test]
fn what_became_of_five_hundred_people_is_read_to_the_end_on_slack() {
    everybody_stands_in_the_receipts(slack(), 1);
}

#[test]
fn what_became_of_five_hundred_people_is_read_to_the_end_on_discord() {
    everybody_stands_in_the_receipts(discord(), 9);
}

#[test]
fn two_hundred_standups_are_listed_and_twenty_long_questions_shown() {
    for capabilities in [slack(), discord()] {
        let mut town = Town::of("2026-11-22T20:00:00Z", capabilities, &["emma", "liam"]);
        let questions: Vec<String> = (0..20).map(|at| format!("{at:02} {}?", "why ".repeat(70).trim())).collect();
        let made = leafs(
            &mut town,
            "emma",
            &format!("/standup new Long weekdays 9:30 questions=\"{}\"", questions.join("; ")),
        );
        assert!(read(&made[0]).contains("Long is set up"), "{}", read(&made[0]));
        let quotes = made.iter().flat_map(|page| &page.0).filter(|block| matches!(block, Block::Quote(_)));
        let quoted: String = quotes.map(|quote| read(&Message(vec![quote.clone()])).replacen("> ", "", 1)).collect();
        assert!(questions.iter().all(|question| quoted.contains(question)), "{quoted}");
        assert_eq!(on(&made, "Owner: Emma"), 1);
        for number in 1..200 {
            town.runs("emma", &format!("/standup new Number{number:03} weekdays 9:30"));
        }
        let pages = leafs(&mut town, "liam", "/standup list");
        assert!(pages.len() > 1);
        for number in 1..200 {
            assert_eq!(on(&pages, &format!("Number{number:03} ·")), 1, "{number}");
        }
    }
}

#[test]
fn a_forged_page_shows_nobody_what_is_not_theirs() {
    let mut town = crowd(discord());
    let round = town.round("2026-11-23");
    let channel = town.all.channels.get_mut(&ENG.into()).unwrap();
    channel.private = true;
    town.all.members.insert("eve".into(), crate::people::Member::unknown("eve".into()));
    for action in [Action::Receipts(round.clone(), 1), Action::Show(round.standup, 0), Action::List(0)] {
        let (by, action) = (Origin::of("eve"), action::Action::Standup(action));
        let reply = town.happens(Event::Click { by, action: action.clone() });
        let Some(Reply::Say(message)) = reply else { panic!("{action:?}") };
        let told = read(&message);
        assert!(!told.contains("Person") && !told.contains("Daily"), "{action:?}: {told}");
    }
}
