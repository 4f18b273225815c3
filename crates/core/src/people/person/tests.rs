use super::*;
use crate::{
    change,
    command::parse,
    copy::flat,
    decide::{self, Decision},
    event::{Event, Inbound, MemberFacts, Seen},
    message::{Block, Reply},
    people::{Workspace, apply},
    snapshot::Need,
    wake::{Due, WakeChange},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Some workspaces in one store; each event sees the rows that it asked for.
struct World {
    workspaces: BTreeMap<WorkspaceId, BTreeMap<UserId, Member>>,
    persons: BTreeMap<PersonId, Person>,
    offers: Vec<Offer>,
    wakes: Vec<Due>,
    now: Timestamp,
    events: u64,
}

/// Monday, 9:30 in Jakarta.
fn world() -> World {
    let now = "2026-11-23T02:30:00Z".parse().unwrap();
    World { workspaces: BTreeMap::new(), persons: BTreeMap::new(), offers: vec![], wakes: vec![], now, events: 0 }
}

impl World {
    fn happens(&mut self, workspace: &str, event: Event) -> Decision {
        self.events += 1;
        let id = WorkspaceId::new(workspace);
        let inbound = Inbound { key: format!("e{}", self.events).as_str().into(), workspace: id.clone(), event };
        let mut seen =
            Snapshot::empty(Workspace { name: format!("Team {workspace}"), ..Workspace::unknown(id.clone()) });
        for need in decide::scope(&inbound, self.now).needs {
            match need {
                Need::Member(user) => {
                    let found = self.workspaces.get(&id).and_then(|all| all.get(&user)).cloned();
                    seen.members.extend(found.map(|member| (user, member)));
                }
                Need::PersonOf(user) => {
                    let found = self.persons.values().find(|person| person.has(&id, &user)).cloned();
                    seen.persons.extend(found.map(|person| (person.id.clone(), person)));
                }
                Need::Offer(code) => {
                    seen.offer = self.offers.iter().find(|offer| offer.code == code).cloned();
                    let found = seen.offer.as_ref().and_then(|offer| self.persons.get(&offer.person)).cloned();
                    seen.persons.extend(found.map(|person| (person.id.clone(), person)));
                }
                Need::Chance => seen.chance = Some(self.events.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
                _ => {}
            }
        }
        let decision = decide::decide(&seen, &inbound, self.now);
        self.write(&id, &decision);
        decision
    }

    fn write(&mut self, workspace: &WorkspaceId, decision: &Decision) {
        for change in &decision.changes {
            let change::Change::People(change) = change else { continue };
            match change {
                Change::Member(member) => {
                    let all = self.workspaces.entry(workspace.clone()).or_default();
                    all.insert(member.user.clone(), (**member).clone());
                }
                Change::Person(person) => drop(self.persons.insert(person.id.clone(), (**person).clone())),
                Change::PersonGone(id) => drop(self.persons.remove(id)),
                Change::Offer(offer) => {
                    self.offers.retain(|it| it.person != offer.person);
                    self.offers.push((**offer).clone());
                }
                Change::OfferGone(code) => self.offers.retain(|offer| offer.code != *code),
                other => apply(&mut Snapshot::empty(Workspace::unknown("")), other),
            }
        }
        for wake in &decision.wakes {
            if let WakeChange::Set(due) = wake {
                self.wakes.retain(|it| (&it.workspace, &it.key) != (&due.workspace, &due.key));
                self.wakes.push(due.clone());
            }
        }
    }

    /// Lets every wake fire, the last first: what comes of it can't depend on their order.
    fn settle(&mut self) -> Vec<Decision> {
        let mut decisions = Vec::new();
        while let Some(due) = self.wakes.pop() {
            decisions.push(self.happens(due.workspace.clone().as_str(), Event::Wake(due.wake)));
        }
        decisions
    }

    fn runs(&mut self, workspace: &str, user: &str, line: &str) -> String {
        let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
        let event = Event::Command { by: Origin::of(user), invocation: parse(command, rest) };
        let decision = self.happens(workspace, event);
        let Some(Reply::Say(message)) = decision.reply else { panic!("no words: {line}") };
        let text = |block| match block {
            Block::Text(text) | Block::Small(text) | Block::Quote(text) => flat(&text),
            Block::Heading(text) => text,
            _ => String::new(),
        };
        message.0.into_iter().map(text).collect::<Vec<_>>().join("\n")
    }

    fn code(&mut self, workspace: &str, user: &str) -> String {
        let said = self.runs(workspace, user, "/jeda link");
        let (_, after) = said.split_once("/jeda link ").unwrap_or_else(|| panic!("no code: {said}"));
        after.split(|c: char| c != '-' && !c.is_ascii_alphanumeric()).next().unwrap().to_owned()
    }

    fn link(&mut self, from: (&str, &str), to: (&str, &str)) -> String {
        let code = self.code(from.0, from.1);
        let said = self.runs(to.0, to.1, &format!("/jeda link {code}"));
        self.settle();
        said
    }

    fn member(&self, workspace: &str, user: &str) -> &Member {
        &self.workspaces[&WorkspaceId::new(workspace)][&UserId::from(user)]
    }

    fn hours(&self, workspace: &str, user: &str) -> crate::time::Hours {
        self.member(workspace, user).hours(&Workspace::unknown(workspace))
    }

    fn profile(&mut self, workspace: &str, user: &str, zone: Option<&str>) {
        let facts = MemberFacts {
            user: user.into(),
            name: user.into(),
            zone: zone.map(str::to_owned),
            language: None,
            admin: false,
            bot: false,
            active: true,
        };
        self.happens(workspace, Event::Seen(Seen::Member(facts)));
        self.settle();
    }
}

#[test]
fn what_is_said_on_one_account_holds_on_the_other() {
    let mut world = world();
    world.runs("slack", "ANA", "/hours Asia/Jakarta mon-fri 8:00-16:00");
    let said = world.link(("slack", "ANA"), ("discord", "42"));
    assert!(said.contains("Linked with Team slack") && said.contains("8:00"), "{said}");
    assert_eq!(world.hours("slack", "ANA"), world.hours("discord", "42"));

    world.runs("discord", "42", "/away until friday family");
    world.settle();
    assert!(super::super::current_absence(world.member("slack", "ANA"), world.now).is_some());
    world.runs("slack", "ANA", "/back");
    world.runs("slack", "ANA", "/focus 2h");
    world.runs("slack", "ANA", "/hours holidays ID");
    world.settle();
    let there = world.member("discord", "42").clone();
    assert!(super::super::current_absence(&there, world.now).is_none());
    assert!(there.focus.is_some() && there.own_calendar.is_some());
    let shown = world.runs("discord", "42", "/hours");
    assert!(shown.contains("Linked with Team slack"), "{shown}");
    // What concerns the account alone stays with it.
    assert_eq!(there.name, "42");
}

#[test]
fn both_had_hours_and_the_side_of_the_code_wins_while_leave_of_both_holds() {
    let mut world = world();
    world.runs("slack", "ANA", "/hours Asia/Jakarta mon-fri 8:00-16:00");
    world.runs("slack", "ANA", "/away until tuesday");
    world.runs("discord", "42", "/hours Europe/London mon-thu 10:00-18:00");
    world.runs("discord", "42", "/hours holidays GB");
    world.runs("discord", "42", "/away until friday");
    let said = world.link(("slack", "ANA"), ("discord", "42"));
    assert!(said.contains("Those from Team slack hold") && said.contains("/hours"), "{said}");
    let (here, there) = (world.member("slack", "ANA").said(), world.member("discord", "42").said());
    assert_eq!(here, there);
    assert_eq!(here.zone.unwrap().name(), "Asia/Jakarta");
    assert_eq!((here.absences.len(), here.calendar.unwrap().code()), (1, "GB"));
    assert!(here.absences[0].until.unwrap() > world.now + SignedDuration::from_hours(72), "{:?}", here.absences);
}

#[test]
fn a_code_works_once_for_a_quarter_of_an_hour_and_on_another_account() {
    let mut world = world();
    let code = world.code("slack", "ANA");
    let own = world.runs("slack", "ANA", &format!("/jeda link {code}"));
    assert!(own.contains("another account of yours"), "{own}");
    let typed = code.to_uppercase().replace('-', " ");
    let done = world.runs("discord", "42", &format!("/jeda link {typed}"));
    assert!(done.contains("Linked with"), "{done}");
    let told = world.settle();
    let linked = |owed: &crate::effect::Owed| {
        matches!(&owed.effect, crate::effect::Effect::People(Effect::Linked { user, newcomer })
            if user.as_str() == "ANA" && newcomer.place == "Team discord")
    };
    assert!(told.iter().flat_map(|decision| &decision.effects).any(linked), "whoever asked for the code is told");
    let again = world.runs("discord", "43", &format!("/jeda link {code}"));
    assert!(again.contains("doesn’t work"), "{again}");

    let code = world.code("slack", "ANA");
    let newer = world.code("slack", "ANA");
    assert!(world.runs("discord", "44", &format!("/jeda link {code}")).contains("doesn’t work"), "a newer one came");
    world.now += SignedDuration::from_mins(LINK_MINUTES);
    assert!(world.runs("discord", "44", &format!("/jeda link {newer}")).contains("doesn’t work"), "it is too old");
    assert_eq!(world.member("discord", "44").person, None);
}

#[test]
fn whoever_guesses_has_a_few_tries_an_hour_and_the_right_code_does_not_help_then() {
    let mut world = world();
    let code = world.code("slack", "ANA");
    for nth in 0..LINK_TRIES_MAX {
        let said = world.runs("discord", "MAL", &format!("/jeda link 0000-0000-000{nth}"));
        assert!(said.contains("doesn’t work"), "{said}");
    }
    let said = world.runs("discord", "MAL", &format!("/jeda link {code}"));
    assert!(said.contains("try again in"), "{said}");
    assert_eq!(world.member("discord", "MAL").person, None);
    world.now += SignedDuration::from_mins(LINK_TRY_MINUTES);
    assert!(world.runs("discord", "MAL", "/jeda link nonsense").contains("doesn’t work"));
    assert_eq!(world.member("discord", "MAL").tries.unwrap().count, 1, "it counts anew");
}

#[test]
fn a_profiles_zone_holds_where_profiles_have_none_and_stays_when_they_part() {
    let mut world = world();
    world.profile("slack", "ANA", Some("Asia/Jakarta"));
    world.link(("discord", "42"), ("slack", "ANA"));
    assert_eq!(world.hours("discord", "42").zone.name(), "Asia/Jakarta");
    assert!(!world.member("discord", "42").zone_guessed());
    world.profile("slack", "ANA", Some("Europe/London"));
    assert_eq!(world.hours("discord", "42").zone.name(), "Europe/London");
    let said = world.runs("discord", "42", "/jeda unlink");
    assert!(said.contains("goes on alone"), "{said}");
    world.settle();
    assert!(world.persons.is_empty());
    world.profile("slack", "ANA", Some("Asia/Tokyo"));
    assert_eq!(
        (world.hours("discord", "42").zone.name(), world.hours("slack", "ANA").zone.name()),
        ("Europe/London", "Asia/Tokyo")
    );
    world.runs("slack", "ANA", "/away");
    world.settle();
    assert!(world.member("discord", "42").absences.is_empty());
    assert!(world.runs("slack", "ANA", "/jeda unlink").contains("was not linked"));
}

#[test]
fn persons_grow_together_up_to_a_limit() {
    let mut world = world();
    world.link(("a", "1"), ("b", "2"));
    world.link(("c", "3"), ("d", "4"));
    world.link(("a", "1"), ("d", "4"));
    assert_eq!(world.persons.len(), 1);
    world.runs("c", "3", "/hours Asia/Kathmandu");
    world.settle();
    for (workspace, user) in [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")] {
        assert_eq!(world.hours(workspace, user).zone.name(), "Asia/Kathmandu", "{workspace}");
    }
    assert!(world.link(("a", "1"), ("c", "3")).contains("linked with this one"));
    for nth in 4..ACCOUNTS_MAX {
        world.link(("a", "1"), ("e", &format!("e{nth}")));
    }
    assert!(world.link(("a", "1"), ("f", "one too many")).contains("At most"));
}

#[test]
fn a_code_shows_what_it_is_typed_as_and_is_not_told_in_logs() {
    let code = Code::drawn(u64::MAX >> 3);
    assert_eq!(Code::typed(&code.shown()), Some(code.clone()));
    assert_eq!(Code::typed("`OIL0-1234-5678`"), Code::typed("011012345678"));
    assert_eq!(Code::typed("0110-1234-567"), None);
    assert_eq!(Code::typed("0110-1234-567u"), None);
    assert_eq!(Code::typed("ünïcödé-code"), None);
    assert!(!format!("{code:?}").contains(code.as_str()));
}

/// The accounts and what is done on them.
fn acts() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..3usize, 0..9usize), 1..25)
}

proptest! {
    #[test]
    fn whatever_is_said_wherever_linked_accounts_have_the_same_hours(acts in acts()) {
        let accounts = [("a", "1"), ("b", "2"), ("c", "3")];
        let lines = [
            "/hours Asia/Jakarta", "/hours mon-thu 9-15", "/hours reset", "/away until friday", "/back", "/focus 1h",
            "/hours holidays ID",
        ];
        let mut world = world();
        for (nth, act) in acts {
            let (workspace, user) = accounts[nth];
            match lines.get(act) {
                Some(line) => { world.runs(workspace, user, line); }
                None if act == 7 => { world.link((workspace, user), accounts[(nth + 1) % 3]); }
                None => { world.runs(workspace, user, "/jeda unlink"); }
            }
            // Not always: what is under way then meets the next command.
            if act % 2 == 0 { world.settle(); }
        }
        world.settle();
        for person in world.persons.values() {
            for account in &person.accounts {
                let member = world.member(account.workspace.as_str(), account.user.as_str());
                prop_assert_eq!(&member.said(), &person.said);
                prop_assert_eq!(member.person.as_ref(), Some(&person.id));
            }
        }
        for (workspace, user) in accounts {
            let id = WorkspaceId::new(workspace);
            let Some(member) = world.workspaces.get(&id).and_then(|all| all.get(&UserId::from(user))) else { continue };
            let theirs = world.persons.values().filter(|person| person.has(&id, &user.into())).count();
            prop_assert_eq!(theirs, usize::from(member.person.is_some()), "one person or none");
        }
    }
}
