//! What holds whatever people do: a message is in one place, comes once, comes in its reader's hours, and leaves no
//! words behind.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Runs(&'static str, String),
    Passes(i64),
    /// The next one is released, and its author's or its reader's command comes before it is settled.
    Meanwhile(&'static str),
    /// Their profile has another zone, of which jeda only hears.
    Moves(&'static str, &'static str),
    Refuses(&'static str, Option<Refusal>),
    Leaves(&'static str, bool),
}

fn line() -> impl Strategy<Value = (&'static str, String)> {
    let people = || prop::sample::select(vec!["ana", "budi", "sari", "dewi"]);
    let to = prop::sample::select(vec!["<@ana>", "<@budi>", "<@dewi>", "<#C1>"]);
    let when = prop::sample::select(vec!["", "when=14:00 ", "when=friday ", "when=\"monday 22:00\" ", "when=2h "]);
    let own = prop::sample::select(vec![
        "cancel",
        "now",
        "show",
        "edit N other words",
        "edit N when=thursday",
        "edit N words when=9:00",
    ]);
    prop_oneof![
        4 => (people(), to, when).prop_map(|(who, to, when)| (who, format!("/later {to} {when}words of {who}"))),
        3 => (people(), own, 1..4u32).prop_map(|(who, own, number)| {
            let line = if own.contains('N') { own.replace('N', &number.to_string()) } else { format!("{own} {number}") };
            (who, format!("/later {line}"))
        }),
        2 => (people(), prop::sample::select(vec![
            "/away", "/away until monday", "/back", "/hours mon-fri 6:00-10:00", "/hours sun 20:00-2:00", "/hours reset",
        ])).prop_map(|(who, line)| (who, line.to_owned())),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let people = || prop::sample::select(vec!["ana", "budi", "dewi"]);
    let refusal = prop::option::of(prop::sample::select(vec![
        Refusal::DirectMessagesClosed,
        Refusal::NotInChannel,
        Refusal::Other("odd".into()),
    ]));
    prop_oneof![
        6 => line().prop_map(|(who, line)| Step::Runs(who, line)),
        4 => (1..90i64).prop_map(Step::Passes),
        2 => prop::sample::select(vec![
            "cancel N", "now N", "edit N other words", "edit N when=friday", "/away", "/hours mon-fri 6:00-10:00",
        ]).prop_map(Step::Meanwhile),
        1 => (people(), prop::sample::select(vec!["Asia/Jakarta", "Europe/London", "America/New_York"]))
            .prop_map(|(who, zone)| Step::Moves(who, zone)),
        1 => (prop::sample::select(vec!["ana", "budi", "C1"]), refusal).prop_map(|(who, it)| Step::Refuses(who, it)),
        1 => (people(), any::<bool>()).prop_map(|(who, is_there)| Step::Leaves(who, is_there)),
    ]
}

impl Town {
    /// Whoever does something is there.
    fn does(&mut self, who: &str, line: &str) {
        let (root, rest) = line.split_once(' ').unwrap_or((line, ""));
        self.happens(Event::Command { by: Origin::of(who), invocation: command::parse(root, rest) });
    }

    /// The next effect goes out while somebody does something: it was looked at before, and is settled after.
    fn meanwhile(&mut self, does: &str) {
        let Some(nth) = (0..self.outbox.len()).min_by_key(|nth| self.outbox[*nth].due_at) else { return };
        let owed = self.outbox[nth].clone();
        self.until_instant(self.now.max(owed.due_at - jiff::SignedDuration::from_millis(1)));
        let Some(nth) = self.outbox.iter().position(|it| *it == owed) else { return };
        self.now = self.now.max(owed.due_at);
        let AnyEffect::Later(effect) = &owed.effect else { return };
        self.all.under_way.insert(effect.id().clone());
        let seen = self.seen(&release::scope(&owed).needs);
        let released = release::release(&seen, &owed, self.now);
        let outcome = match released {
            Release::Wait(until) => {
                self.outbox[nth].due_at = until;
                None
            }
            Release::Send(outgoing) => Some(self.posts(&outgoing)),
            Release::Skip(why) => Some(Outcome::Skipped(why)),
            Release::Ask(errand) => panic!("{errand:?}"),
        };
        let later = self.all.laters[effect.id()].clone();
        match later.letter().map(|letter| &letter.to) {
            Some(To::Member(reader)) if does.starts_with('/') => self.does(reader.clone().as_str(), does),
            _ if does.starts_with('/') => {}
            _ => {
                let line = format!("/later {}", does.replace('N', &later.number.to_string()));
                self.does(later.author.as_str(), &line);
            }
        }
        self.all.under_way.clear();
        if let Some(outcome) = outcome {
            let nth = self.outbox.iter().position(|it| it.key == owed.key).unwrap();
            self.outbox.remove(nth);
            self.happens(Event::Settled { effect: owed, outcome });
        }
    }

    /// Everything that was sent since then was sent in its reader's hours.
    fn is_calm(&self, since: usize) {
        for (to, when, said) in &self.sent[since..] {
            let Some(member) = self.all.members.get(&UserId::new(to.as_str())) else { continue };
            let workspace = &self.all.workspace;
            let doing = member.declared(workspace).at(*when);
            assert_eq!(doing.state, Doing::Working, "{to} at {when}: {said}");
        }
    }

    /// Each message is in one place, and something is owed for each that has not come to its end.
    fn is_whole(&self) {
        for later in self.all.laters.values() {
            let owed = self.outbox.iter().filter(|owed| match (&owed.effect, &later.state) {
                (AnyEffect::Later(Effect::Deliver { id, turn }), State::Waiting(letter)) => {
                    *id == later.id && *turn == letter.turn
                }
                (AnyEffect::Later(Effect::Return { id, .. }), State::Back { .. }) => *id == later.id,
                _ => false,
            });
            assert_eq!(owed.count(), usize::from(later.letter().is_some()), "{later:?}");
        }
        let keys: BTreeSet<&EffectKey> = self.outbox.iter().map(|owed| &owed.key).collect();
        assert_eq!(keys.len(), self.outbox.len(), "no key twice");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn nothing_is_lost_sent_twice_or_sent_at_night(steps in prop::collection::vec(step(), 1..40)) {
        let mut town = town();
        for step in steps {
            match step {
                Step::Runs(who, line) => town.does(who, &line),
                Step::Passes(hours) => {
                    let sent = town.sent.len();
                    town.until_instant(town.now + jiff::SignedDuration::from_hours(hours));
                    town.is_calm(sent);
                }
                Step::Meanwhile(does) => town.meanwhile(does),
                Step::Moves(who, zone) => town.member(who).profile_zone = Zone::find(zone).ok(),
                Step::Refuses(place, refusal) => {
                    town.refuses.retain(|(whose, _)| whose != place);
                    town.refuses.extend(refusal.map(|it| (place.to_owned(), it)));
                }
                Step::Leaves(who, is_there) => town.member(who).active = is_there,
            }
            town.is_whole();
        }
        // In the end everything has come to its end, once.
        town.refuses.clear();
        for who in ["ana", "budi", "sari", "dewi"] {
            town.does(who, "/back");
            town.does(who, "/hours reset");
            let member = town.member(who);
            (member.active, member.direct_closed) = (true, false);
        }
        let sent = town.sent.len();
        town.until_instant(town.now + jiff::SignedDuration::from_hours(24 * 300));
        town.is_calm(sent);
        prop_assert!(town.outbox.is_empty(), "{:?}", town.outbox);
        for later in town.all.laters.values() {
            let State::Done { end, .. } = &later.state else { panic!("{later:?}") };
            let sent = town.receipts.iter().filter(|it| it.subject == later.id.subject());
            let sent = sent.filter(|it| matches!(it.what, What::Sent | What::SentLate(_))).count();
            prop_assert_eq!(sent, usize::from(*end == End::Delivered), "{:?}", later);
        }
        let delivered = town.all.laters.values().filter(|it| {
            matches!(it.state, State::Done { end: End::Delivered | End::Returned, .. })
        });
        prop_assert_eq!(town.sent.len(), delivered.count(), "each that was delivered or given back came once");
    }
}
