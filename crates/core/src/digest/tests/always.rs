//! What holds whatever happens: nothing is in two digests, nothing is missing, and nothing comes outside somebody's hours.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Deed {
    Mention(usize, bool),
    Ask,
    Answer,
    Hours(u8),
    Away,
    Back,
    Times(u8),
    Off,
    On,
    Now,
    Done(usize),
    Tomorrow(usize),
    Refuse(bool),
    Wait(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0usize..3, any::<bool>()).prop_map(|(nth, long)| Deed::Mention(nth, long)),
        1 => Just(Deed::Ask),
        1 => Just(Deed::Answer),
        1 => (0u8..20).prop_map(Deed::Hours),
        1 => Just(Deed::Away),
        1 => Just(Deed::Back),
        1 => (0u8..24).prop_map(Deed::Times),
        1 => Just(Deed::Off),
        1 => Just(Deed::On),
        1 => Just(Deed::Now),
        1 => (0usize..9).prop_map(Deed::Done),
        1 => (0usize..9).prop_map(Deed::Tomorrow),
        1 => any::<bool>().prop_map(Deed::Refuse),
        4 => (1i64..2_000).prop_map(Deed::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]
    #[test]
    fn everything_comes_once(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut town = town(vec![quiet_hours(), digests(Enforce::Nudge)]);
        let mut put: BTreeSet<String> = BTreeSet::new();
        // How often each was put off: it may come once more for each time.
        let mut again: BTreeMap<String, usize> = BTreeMap::new();
        for (nth, deed) in deeds.iter().enumerate() {
            match deed {
                Deed::Mention(channel, long) => {
                    let line = if *long { format!("w{nth}w {}", "x ".repeat(60)) } else { format!("w{nth}w") };
                    let before = town.all.items.len();
                    town.mentions("budi", ["C1", "C2", "C1"][*channel], &format!("x{nth}"), &["ana"], Some(&beginning(&line)));
                    if town.all.items.len() > before {
                        put.insert(format!("w{nth}w"));
                    }
                }
                Deed::Ask => drop(town.happens(Event::Command {
                    by: Town::origin("dewi", "C1"),
                    invocation: command::parse("/ask", "<@ana> <@sari> Well? by 3d"),
                })),
                Deed::Answer => {
                    let ask = town.all.asks.values().find(|ask| ask.is_open()).map(|ask| ask.id.clone());
                    if let Some(ask) = ask {
                        let form = action::FormId::Ask(crate::ask::FormId::Answer(ask));
                        let values = [("answer".to_owned(), "Yes".to_owned())].into();
                        town.happens(Event::Submit { by: Town::origin("ana", "C1"), form, values });
                    }
                }
                Deed::Hours(from) => drop(town.runs("ana", &format!("/hours mon-fri {from}:00-{}:30", from + 4))),
                Deed::Away => drop(town.runs("ana", "/away 2 days")),
                Deed::Back => drop(town.runs("ana", "/back")),
                Deed::Times(hour) => drop(town.runs("ana", &format!("/digest at {hour}:15 9:00"))),
                Deed::Off => drop(town.runs("ana", "/digest off")),
                Deed::On => drop(town.runs("ana", "/digest on")),
                Deed::Now => drop(town.runs("ana", "/digest now")),
                Deed::Done(which) | Deed::Tomorrow(which) => {
                    let shown = town.all.items.values().filter(|item| matches!(item.state, State::Shown { .. }));
                    let items: Vec<&Item> = shown.filter(|item| item.line.is_some()).collect();
                    let Some(item) = items.get(which % items.len().max(1)).map(|item| (*item).clone()) else { continue };
                    let action = match deed {
                        Deed::Done(_) => Action::Done(item.id.clone()),
                        _ => Action::Tomorrow(item.id.clone()),
                    };
                    town.clicks("ana", action);
                    if matches!(deed, Deed::Tomorrow(_)) {
                        let word = item.line.unwrap().split_whitespace().next().unwrap().to_owned();
                        *again.entry(word).or_default() += 1;
                    }
                }
                Deed::Refuse(refuse) => {
                    town.refuses.clear();
                    if *refuse {
                        town.refuses.insert("ana".into(), Refusal::Other("cannot".into()));
                    }
                }
                Deed::Wait(minutes) => {
                    let until = town.now + jiff::SignedDuration::from_mins(*minutes);
                    town.until(&until.to_string());
                }
            }
        }
        // Once nothing is refused and nothing is off, everything comes in bounded time.
        town.refuses.clear();
        town.runs("ana", "/back");
        town.runs("ana", "/digest on");
        let end = town.now + jiff::SignedDuration::from_hours(24 * 8);
        town.until(&end.to_string());
        let is_open = |item: &Item| matches!(item.state, State::Waiting { .. } | State::Taken(_));
        prop_assert!(!town.all.items.values().any(is_open));
        let mut came: BTreeMap<String, usize> = BTreeMap::new();
        for (_, text) in town.read.iter().filter(|(reader, _)| reader.as_str() == "ana") {
            for word in text.split_whitespace().filter(|word| put.contains(*word)) {
                *came.entry(word.to_owned()).or_default() += 1;
            }
        }
        for word in &put {
            let most = 1 + again.get(word).copied().unwrap_or(0);
            let count = came.get(word).copied().unwrap_or(0);
            prop_assert!(count == most, "{word} came {count} times of {most}");
        }
    }
}
