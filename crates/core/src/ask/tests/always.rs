//! What holds whatever people do: one reminder at most, one summary, and nothing in anybody's quiet hours.

use super::*;
use jiff::SignedDuration;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Runs(&'static str, String),
    Answers(&'static str),
    Writes(&'static str, u8, Option<&'static str>),
    TakesBack(&'static str, u8),
    Passes(i64),
    Refuses(&'static str, Option<Refusal>),
    Leaves(&'static str),
}

const PEOPLE: [&str; 3] = ["ana", "dewi", "sari"];

fn step() -> impl Strategy<Value = Step> {
    let people = || prop::sample::select(PEOPLE.to_vec());
    let own = prop::sample::select(vec![
        "/asks cancel 1",
        "/asks edit 1 other words",
        "/asks edit 1 by=friday",
        "/asks edit 1 by=1h",
        "/asks show 1",
        "/asks",
    ]);
    let hours = prop::sample::select(vec![
        "/away",
        "/away until monday",
        "/away 2 days",
        "/away 2026-12-20",
        "/back",
        "/hours mon-fri 6:00-10:00",
        "/hours sun 20:00-2:00",
        "/hours reset",
        "/asks",
    ]);
    let refusal =
        prop::option::of(prop::sample::select(vec![Refusal::DirectMessagesClosed, Refusal::Other("odd".into())]));
    prop_oneof![
        1 => own.prop_map(|line| Step::Runs("budi", line.to_owned())),
        3 => (prop::sample::select(vec!["ana", "dewi", "sari", "budi"]), hours)
            .prop_map(|(who, line)| Step::Runs(who, line.to_owned())),
        2 => people().prop_map(Step::Answers),
        3 => (people(), 0..3u8, prop::option::of(Just("in the thread"))).prop_map(|(who, nth, text)| Step::Writes(who, nth, text)),
        2 => (people(), 0..3u8).prop_map(|(who, nth)| Step::TakesBack(who, nth)),
        6 => (1..60i64).prop_map(Step::Passes),
        1 => (prop::sample::select(vec!["ana", "budi"]), refusal).prop_map(|(who, it)| Step::Refuses(who, it)),
        1 => people().prop_map(Step::Leaves),
    ]
}

fn play(town: &mut Town, step: &Step) {
    let id = town.id("budi", 1);
    match step {
        Step::Runs(who, line) => drop(town.runs(who, line)),
        Step::Answers(who) => {
            if town.clicks(who, Action::Answer(id.clone())).is_ok() {
                town.answers(who, &id, "by the button");
            }
        }
        Step::Writes(who, nth, text) if town.all.asks[&id].posted.is_some() => {
            town.writes(who, &id, &format!("{who}{nth}"), *text);
        }
        Step::Writes(..) => {}
        Step::TakesBack(who, nth) => town.takes_back(&format!("{who}{nth}")),
        Step::Passes(hours) => {
            let end = town.now + SignedDuration::from_hours(*hours);
            town.until_instant(end);
        }
        Step::Refuses(who, refusal) => {
            town.refuses.retain(|(whose, _)| whose != who);
            town.refuses.extend(refusal.clone().map(|it| ((*who).to_owned(), it)));
        }
        Step::Leaves(who) => town.leaves(who),
    }
}

/// How many of each kind went out to each.
fn counted(town: &Town, words_: &str) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for (outgoing, _) in town.sent.iter().filter(|(outgoing, _)| words(&outgoing.message).contains(words_)) {
        *all.entry(place(outgoing).trim_start_matches("aside ").to_owned()).or_default() += 1;
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// `Town::posts` sees to it that nothing reaches anybody in their quiet hours.
    #[test]
    fn one_reminder_at_most_and_one_summary(
        by in prop::sample::select(vec!["2h", "2d", "4h", "friday"]),
        steps in prop::collection::vec(step(), 0..25),
    ) {
        let mut town = town();
        town.runs("budi", &format!("/ask <@ana> <@dewi> <@sari> Ready? by {by}"));
        for step in &steps {
            play(&mut town, step);
        }
        // Whoever is away comes back, and everything that was owed goes out.
        town.refuses.clear();
        for user in ["ana", "budi", "dewi", "sari"] {
            town.member(user).absences.clear();
            town.member(user).own_hours = None;
        }
        town.until("2027-06-01T00:00:00Z");
        let ask = town.ask("budi", 1).clone();
        prop_assert!(ask.settled_at().is_some(), "{:?}", ask);
        prop_assert!(town.outbox.is_empty() && town.wakes.is_empty(), "{:?} {:?}", town.outbox, town.wakes);
        let reminders = counted(&town, "This is the only reminder");
        prop_assert!(reminders.values().all(|count| *count == 1), "{:?}", reminders);
        let told: usize = counted(&town, "asked in #C1").values().sum();
        prop_assert!(told <= 1, "{:?}", counted(&town, "asked in #C1"));
        // Only a platform that refused, or whoever took the question back, leaves the asker without a summary.
        let refused = steps.iter().any(|step| matches!(step, Step::Refuses("budi", Some(_))));
        if ask.end() != Some(&End::Cancelled) && !refused {
            prop_assert_eq!(told, 1);
        }
        let moved = counted(&town, "is away now");
        prop_assert!(moved.values().sum::<usize>() <= 3, "once for each of them: {:?}", moved);
    }

    /// Who is named first makes no difference to anybody's window.
    #[test]
    fn the_order_of_people_changes_nothing(order in Just(PEOPLE.to_vec()).prop_shuffle(), hour in 0i64..200) {
        let asked = |order: &[&str]| {
            let mut town = town();
            town.now += SignedDuration::from_hours(hour);
            let all: String = order.iter().map(|it| format!("<@{it}> ")).collect();
            let said = town.runs("budi", &format!("/ask {all}Ready? by 2d"));
            (said, town.ask("budi", 1).people.clone())
        };
        prop_assert_eq!(asked(&PEOPLE), asked(&order));
    }
}
