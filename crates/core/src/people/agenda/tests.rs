use super::*;
use crate::{
    change,
    command::parse,
    copy::flat,
    decide::{self, Decision},
    effect,
    event::{Event, Inbound, Origin, Seen},
    id::WorkspaceId,
    message::{Block, Reply},
    people::{Account, Person, PersonId, Said, Workspace, apply, release},
    release::Release,
    snapshot::Snapshot,
    time::State,
    wake::Due,
};

/// A member whose calendar is read, in a workspace of their own; whatever was decided is so for the next.
struct Desk {
    seen: Snapshot,
    now: Timestamp,
    events: usize,
}

/// Monday 2026-11-23, 9:30 in UTC.
fn desk() -> Desk {
    let mut seen = Snapshot::empty(Workspace::unknown("slack:T1"));
    seen.members.insert("ANA".into(), Member::unknown("ANA".into()));
    Desk { seen, now: at("2026-11-23T09:30:00Z"), events: 0 }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn stretch(from: &str, until: &str) -> Stretch {
    Stretch { from: at(from), until: at(until) }
}

fn whole(out: Vec<Stretch>, busy: Vec<Stretch>) -> Reading {
    let marks = Marks { etag: Some("1".into()), last_modified: None, whole_at: None };
    Reading::Whole { out, busy, marks }
}

impl Desk {
    fn happens(&mut self, event: Event) -> Decision {
        self.events += 1;
        let key = format!("e{}", self.events).as_str().into();
        let inbound = Inbound { key, workspace: "slack:T1".into(), event };
        let decision = decide::decide(&self.seen, &inbound, self.now);
        assert_eq!(decide::decide(&self.seen, &inbound, self.now), decision, "deciding again gives the same");
        for change in &decision.changes {
            if let change::Change::People(change) = change {
                apply(&mut self.seen, change);
            }
        }
        decision
    }
    fn runs(&mut self, line: &str) -> (Decision, String) {
        let (command, rest) = line.split_once(' ').unwrap();
        let decision = self.happens(Event::Command { by: Origin::of("ANA"), invocation: parse(command, rest) });
        let Some(Reply::Say(message)) = decision.reply.clone() else { panic!("no words") };
        let text = |block| match block {
            Block::Text(text) | Block::Small(text) => flat(&text),
            _ => String::new(),
        };
        (decision, message.0.into_iter().map(text).collect::<Vec<_>>().join("\n"))
    }
    fn reads(&mut self, reading: Reading) -> Decision {
        let feed = self.agenda().map_or(FeedId::new("none"), |agenda| agenda.feed.clone());
        self.happens(Event::Seen(Seen::Calendar { user: "ANA".into(), feed, reading }))
    }
    fn agenda(&self) -> Option<&Agenda> {
        self.seen.members[&UserId::from("ANA")].agenda.as_ref()
    }
    fn state(&self, instant: &str) -> State {
        self.seen.members[&UserId::from("ANA")].declared(&self.seen.workspace).at(at(instant)).state
    }
}

fn errands(decision: &Decision) -> Vec<&Errand> {
    let errand = |owed: &crate::effect::Owed| matches!(owed.effect, effect::Effect::Errand(_));
    let all = decision.effects.iter().filter(|owed| errand(owed));
    all.filter_map(|owed| if let effect::Effect::Errand(errand) = &owed.effect { Some(errand) } else { None }).collect()
}

fn next(decision: &Decision) -> Option<Timestamp> {
    decision.wakes.iter().find_map(|wake| match wake {
        WakeChange::Set(Due { at, wake: wake::Wake::People(Wake::Calendar { .. }), .. }) => Some(*at),
        _ => None,
    })
}

fn told(decision: &Decision) -> usize {
    let is_told = |owed: &&crate::effect::Owed| matches!(owed.effect, effect::Effect::People(Effect::Calendar { .. }));
    decision.effects.iter().filter(is_told).count()
}

#[test]
fn an_address_is_taken_asked_for_and_shown_to_nobody() {
    let mut desk = desk();
    let (decision, said) = desk.runs("/hours calendar <https://ana:pw@cal.example.org:8443/secret.ics?k=1|label>");
    assert!(said.contains("cal.example.org") && !said.contains("secret") && !said.contains("pw"), "{said}");
    let feed = decision.changes.iter().find_map(|change| match change {
        change::Change::People(Change::Feed(feed)) => Some(feed),
        _ => None,
    });
    assert_eq!(feed.unwrap().address.expose(), "https://ana:pw@cal.example.org:8443/secret.ics?k=1");
    assert!(!format!("{decision:?}").contains("secret"), "not in what is logged of it");
    assert!(matches!(errands(&decision)[..], [Errand::Calendar { zone, .. }] if zone == "UTC"));
    assert!(!desk.agenda().unwrap().known);
    // Hours may stand before it; an address alone leaves them.
    let (_, said) = desk.runs("/hours mon-fri 8:00-16:00 calendar webcal://other.example.org/b.ics");
    assert!(said.contains("8:00") && said.contains("other.example.org"), "{said}");
    assert_eq!(desk.agenda().unwrap().host, "other.example.org");
    for wrong in ["/hours calendar ftp://x.example/a", "/hours calendar https://", "/hours calendar my calendar"] {
        let (decision, said) = desk.runs(wrong);
        assert!(said.contains("no address") && decision.changes.is_empty(), "{wrong}: {said}");
    }
    desk.seen.workspace.calendars = false;
    let (_, said) = desk.runs("/hours calendar https://cal.example.org/a.ics");
    assert!(said.contains("switched off"), "{said}");
    let (decision, said) = desk.runs("/hours calendar off");
    assert!(said.contains("no more") && desk.agenda().is_none(), "{said}");
    assert!(decision.changes.iter().any(|it| matches!(it, change::Change::People(Change::FeedGone(_)))));
    assert!(desk.runs("/hours calendar off").1.contains("No calendar"));
}

#[test]
fn busy_is_focus_and_out_of_office_is_leave_until_calendars_are_switched_off() {
    let mut desk = desk();
    desk.runs("/hours calendar https://cal.example.org/a.ics");
    let tuesday = stretch("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z");
    let decision = desk.reads(whole(vec![tuesday], vec![stretch("2026-11-23T10:00:00Z", "2026-11-23T18:00:00Z")]));
    let seconds = next(&decision).unwrap().duration_since(desk.now).as_secs();
    assert!((CALENDAR_MINUTES * 60..=CALENDAR_MINUTES * 72).contains(&seconds), "{seconds}");
    assert_eq!(desk.state("2026-11-23T09:59:59Z"), State::Working);
    assert_eq!(desk.state("2026-11-23T10:00:00Z"), State::Focus);
    assert_eq!(desk.state("2026-11-23T17:00:00Z"), State::Quiet, "busy outside one's hours changes nothing");
    assert_eq!(desk.state("2026-11-24T12:00:00Z"), State::Away);
    let (_, shown) = desk.runs("/hours calendar");
    assert!(shown.contains("Type it like"), "{shown}");
    desk.seen.workspace.calendars = false;
    assert_eq!(desk.state("2026-11-23T10:00:00Z"), State::Working);
    assert_eq!(desk.state("2026-11-24T12:00:00Z"), State::Working);
}

#[test]
fn a_failure_keeps_what_was_known_and_is_told_once_after_a_day() {
    let mut desk = desk();
    desk.runs("/hours calendar https://cal.example.org/a.ics");
    let busy = stretch("2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z");
    desk.reads(whole(Vec::new(), vec![busy]));
    let failed = || Reading::Failed(CalendarTrouble::Slow);
    assert_eq!(told(&desk.reads(failed())), 0);
    assert_eq!(desk.state("2026-11-23T10:30:00Z"), State::Focus);
    desk.now = at("2026-11-24T09:29:59Z");
    assert_eq!(told(&desk.reads(failed())), 0);
    desk.now = at("2026-11-24T09:30:00Z");
    let decision = desk.reads(failed());
    assert_eq!(told(&decision), 1);
    let seldom = next(&decision).unwrap().duration_since(desk.now);
    assert!(seldom >= SignedDuration::from_mins(CALENDAR_MINUTES_FAILING), "{seldom:?}");
    assert_eq!(told(&desk.reads(failed())), 0, "once is enough");
    // Whatever was told too late is not told at all.
    let owed = decision.effects.iter().find(|owed| matches!(owed.effect, effect::Effect::People(_))).unwrap();
    let effect::Effect::People(effect) = &owed.effect else { panic!() };
    assert!(matches!(release(&desk.seen, owed, effect, desk.now), Release::Send(_)));
    desk.reads(Reading::Unchanged);
    assert_eq!(desk.agenda().unwrap().failing, None);
    assert!(matches!(release(&desk.seen, owed, effect, desk.now), Release::Skip(_)));
}

#[test]
fn an_address_that_never_worked_is_told_at_once() {
    let mut desk = desk();
    desk.runs("/hours calendar https://cal.example.org/a.ics");
    assert_eq!(told(&desk.reads(Reading::Failed(CalendarTrouble::Denied))), 1);
    assert_eq!(told(&desk.reads(Reading::Failed(CalendarTrouble::Denied))), 0);
}

#[test]
fn what_comes_of_an_earlier_calendar_changes_nothing() {
    let mut desk = desk();
    desk.runs("/hours calendar https://one.example.org/a.ics");
    let first = desk.agenda().unwrap().feed.clone();
    desk.runs("/hours calendar https://two.example.org/a.ics");
    let reading = whole(vec![stretch("2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z")], Vec::new());
    let late = desk.happens(Event::Seen(Seen::Calendar { user: "ANA".into(), feed: first.clone(), reading }));
    assert!(desk.agenda().unwrap().out.is_empty() && next(&late).is_none());
    let wake = wake::Wake::People(Wake::Calendar { user: "ANA".into(), feed: first });
    let woken = desk.happens(Event::Wake(wake));
    assert!(errands(&woken).is_empty() && next(&woken).is_none());
    let feed = desk.agenda().unwrap().feed.clone();
    let woken = desk.happens(Event::Wake(wake::Wake::People(Wake::Calendar { user: "ANA".into(), feed })));
    assert_eq!(errands(&woken).len(), 1);
}

#[test]
fn another_zone_has_other_days_so_it_is_read_as_a_whole_again() {
    let mut desk = desk();
    desk.runs("/hours calendar https://cal.example.org/a.ics");
    desk.reads(whole(Vec::new(), Vec::new()));
    let (same, _) = desk.runs("/hours mon-fri 9:00-15:00");
    assert!(errands(&same).is_empty());
    let (moved, _) = desk.runs("/hours Asia/Jakarta");
    assert!(matches!(errands(&moved)[..], [Errand::Calendar { zone, .. }] if zone == "Asia/Jakarta"));
    let forgets = |it: &change::Change| matches!(it, change::Change::People(Change::FeedRead(_, marks)) if *marks == Marks::default());
    assert!(moved.changes.iter().any(forgets));
}

#[test]
fn a_linked_account_has_it_too_and_each_keeps_its_own_when_they_part() {
    let mut desk = desk();
    let account = |workspace: &str, user: &str| Account {
        workspace: WorkspaceId::new(workspace),
        user: user.into(),
        place: "Acme".into(),
    };
    let accounts = vec![account("slack:T1", "ANA"), account("discord:9", "42")];
    let id = PersonId::new("p1");
    desk.seen
        .persons
        .insert(id.clone(), Person { id: id.clone(), accounts, said: Said::default(), profile_zone: None });
    desk.runs("/hours calendar https://cal.example.org/a.ics");
    let decision = desk.reads(whole(vec![stretch("2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z")], Vec::new()));
    let follows = |wake: &WakeChange| {
        matches!(wake, WakeChange::Set(due) if due.workspace.as_str() == "discord:9"
            && matches!(due.wake, wake::Wake::People(Wake::Follow { .. })))
    };
    assert!(decision.wakes.iter().any(follows));
    let shared = desk.seen.persons[&id].said.agenda.clone().unwrap();
    assert_eq!(shared.out.len(), 1);
    assert_eq!(alone(Some(shared.clone()), &"slack:T1".into(), &"ANA".into()), Some(shared.clone()));
    assert_eq!(alone(Some(shared), &"discord:9".into(), &"42".into()), None);
    // Nothing new is told to nobody.
    let same = desk.reads(Reading::Unchanged);
    assert!(!same.wakes.iter().any(follows));
}

#[test]
fn a_host_is_told_from_the_rest_of_an_address() {
    for (typed, host) in [
        ("https://cal.example.org", "cal.example.org"),
        ("HTTPS://Cal.example.org:8080/x?y#z", "Cal.example.org"),
        ("http://user@cal.example.org/@other", "cal.example.org"),
        ("http://[::1]:80/a", "::1"),
        ("webcal://cal.example.org/a b", ""),
        ("https:///a", ""),
        ("https://?a", ""),
        ("cal.example.org/a.ics", ""),
        ("javascript://x", ""),
    ] {
        let found = Address::typed(typed).map(|it| it.host().to_owned()).unwrap_or_default();
        assert_eq!(found, host, "{typed}");
    }
    assert_eq!(Address::typed(&format!("https://x.example/{}", "a".repeat(CALENDAR_URL_CHARS_MAX))), None);
}

#[test]
fn a_file_is_read_until_its_owner_says_otherwise() {
    let mut desk = desk();
    let file = || Event::Seen(Seen::CalendarFile { user: "ANA".into(), file: "slack-ANA.ics".into() });
    let decision = desk.happens(file());
    let feed = decision.changes.iter().find_map(|change| match change {
        change::Change::People(Change::Feed(feed)) => Some(feed.address.clone()),
        _ => None,
    });
    assert_eq!(feed.as_ref().and_then(Address::file), Some("slack-ANA.ics"));
    assert!(matches!(errands(&decision)[..], [Errand::Calendar { .. }]));
    desk.reads(whole(Vec::new(), vec![stretch("2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z")]));
    assert_eq!(desk.state("2026-11-23T10:30:00Z"), State::Focus);
    assert!(desk.runs("/hours ").1.contains("slack-ANA.ics"));
    // It is looked for again and again, and asked for once.
    assert_eq!(desk.happens(file()), Decision::default());
    // Whatever its owner says, holds.
    assert!(desk.runs("/hours calendar off").1.contains("no more"));
    assert_eq!(desk.happens(file()), Decision::default());
    assert_eq!(desk.state("2026-11-23T10:30:00Z"), State::Working);
    assert!(desk.runs("/hours calendar on").1.contains("a file with your calendar"));
    desk.happens(file());
    assert!(desk.agenda().is_some_and(|agenda| agenda.file));
    desk.runs("/hours calendar https://cal.example.org/a.ics");
    assert_eq!(desk.happens(file()), Decision::default());
    assert_eq!(desk.agenda().map(|agenda| agenda.host.as_str()), Some("cal.example.org"));
    // Nobody can type what stands for a file.
    for typed in ["file:slack-BUDI.ics", "file://slack-BUDI.ics", "slack-BUDI.ics"] {
        assert!(desk.runs(&format!("/hours calendar {typed}")).1.contains("no address"), "{typed}");
    }
}

#[test]
fn no_file_is_read_of_whoever_is_gone_or_where_calendars_are_off() {
    let file = || Event::Seen(Seen::CalendarFile { user: "ANA".into(), file: "slack-ANA.ics".into() });
    let mut off = desk();
    off.seen.workspace.calendars = false;
    assert_eq!(off.happens(file()), Decision::default());
    let mut gone = desk();
    gone.seen.members.get_mut(&UserId::from("ANA")).unwrap().active = false;
    assert_eq!(gone.happens(file()), Decision::default());
    let mut nobody = desk();
    nobody.seen.members.clear();
    assert_eq!(nobody.happens(file()), Decision::default());
}
