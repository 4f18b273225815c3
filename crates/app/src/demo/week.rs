//! What the team does in its week, each at a time of their own day.
//!
//! Thursday 22 to Wednesday 28 October 2026: five working days, and on the Sunday between them London's clocks go
//! back an hour. Nothing here speaks to the bot but through a platform.

use jiff::civil::{DateTime, date};

/// Where a scene plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum On {
    /// The local Slack.
    Slack,
    /// The local Discord.
    Discord,
}

/// What happens.
#[derive(Clone, Copy, Debug)]
pub(super) enum Deed {
    /// Types a command in the team's channel.
    Runs(&'static str),
    /// Presses a button under a prompt, fills in the form and sends it.
    Fills(Press, &'static [&'static str]),
    /// Just replies, question by question.
    Replies(&'static [&'static str]),
    /// Edits an earlier reply.
    Edits(&'static str, &'static str),
    /// Names these people in the team's channel.
    Names(&'static [&'static str], &'static str),
    /// Presses a button.
    Presses(&'static str),
    /// Presses a button, and fills in the one field of its form.
    Writes(&'static str, &'static str, &'static str),
    /// Applies norms, for the whole team.
    Agrees(&'static str),
    /// The platform takes the next message, and its answer is lost on the way.
    AnswerLost,
    /// The platform fails once.
    Fails,
    /// jeda is stopped and started again, as for an update.
    Restart,
    /// Something that the world does by itself.
    World(&'static str),
}

/// Which button.
#[derive(Clone, Copy, Debug)]
pub(super) enum Press {
    /// "Answer"
    Answer,
    /// "Change my answer"
    Change,
    /// "Answer late"
    Late,
}

impl Press {
    /// What the button says to this reader.
    pub(super) fn label(self, indonesian: bool) -> &'static str {
        match (self, indonesian) {
            (Press::Answer, false) => "Answer",
            (Press::Answer, true) => "Jawab",
            (Press::Change, false) => "Change my answer",
            (Press::Change, true) => "Ubah jawaban saya",
            (Press::Late, false) => "Answer late",
            (Press::Late, true) => "Jawab terlambat",
        }
    }
}

/// One of the week's scenes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene {
    /// When, in the time of whoever acts.
    pub(super) at: DateTime,
    /// Who acts.
    pub(super) who: &'static str,
    /// Where.
    pub(super) on: On,
    /// What.
    pub(super) deed: Deed,
}

/// When the week begins: Thursday, 8:45 in Jakarta.
pub(super) const BEGINS: &str = "2026-10-22T01:45:00Z";
/// When it ends: after Wednesday's last deadline anywhere.
pub(super) const ENDS: &str = "2026-10-29T00:30:00Z";

/// The standup on each platform, and the dates of its rounds: counted by hand, not by the bot.
pub(super) const SLACK_ROUNDS: [&str; 5] = ["2026-10-22", "2026-10-23", "2026-10-26", "2026-10-27", "2026-10-28"];
pub(super) const DISCORD_ROUNDS: [&str; 3] = ["2026-10-23", "2026-10-26", "2026-10-28"];
pub(super) const SLACK_STANDUP: &str = "Daily";
pub(super) const DISCORD_STANDUP: &str = "Timetable";

use Deed::{Agrees, AnswerLost, Edits, Fails, Fills, Names, Presses, Replies, Restart, Runs, World, Writes};
use On::{Discord, Slack};
use Press::{Answer, Change, Late};

const THU: i8 = 22;
const FRI: i8 = 23;
const SUN: i8 = 25;
const MON: i8 = 26;
const TUE: i8 = 27;
const WED: i8 = 28;

const fn at(day: i8, (hour, minute): (i8, i8), who: &'static str, on: On, deed: Deed) -> Scene {
    Scene { at: date(2026, 10, day).at(hour, minute, 0, 0), who, on, deed }
}

/// The scenes; [`super::play::Play`] plays them in the order of their instants.
pub(super) fn week() -> Vec<Scene> {
    let mut scenes = [THURSDAY, FRIDAY, MONDAY, TUESDAY, WEDNESDAY, QUIET].concat();
    scenes.sort_by_key(Scene::instant);
    scenes
}

impl Scene {
    /// When it plays.
    pub(super) fn instant(&self) -> jiff::Timestamp {
        let zone = super::team::find(self.who).map_or(jiff::tz::TimeZone::UTC, |mate| mate.zone().tz());
        // The compatible resolution never fails inside these dates; the epoch would show itself at once.
        zone.to_timestamp(self.at).unwrap_or_default()
    }
}

/// What the team agrees on.
pub(super) const NORMS: &str = r##"# What Lautan agreed on.
[quiet_hours.nights]
enforce = "hold"

[urgent.ferries]
enforce = "hold"
budget_per_week = 2
record = "#ferries"

[digest.mornings]
enforce = "nudge"
"##;

/// What Oliver writes at night, and what Budi finds in his morning: 9:00 in Jakarta.
pub(super) const AT_NIGHT: &str = "could the crew's screen show the tide?";
pub(super) const IN_THE_MORNING: &str = "2026-10-23T02:00:00Z";
/// What can't wait, and why.
pub(super) const URGENT: &str = "The ferry has turned back with all on board";

/// Norms at work: a message at night waits for the morning, what can't wait doesn't, and a question has time to be
/// answered well.
const QUIET: &[Scene] = &[
    at(THU, (17, 0), "sari", Slack, Agrees(NORMS)),
    at(THU, (23, 10), "oliver", Slack, Names(&["budi"], AT_NIGHT)),
    at(THU, (23, 11), "oliver", Slack, Presses("Deliver in their hours")),
    at(THU, (23, 20), "oliver", Discord, Names(&["budi"], AT_NIGHT)),
    at(MON, (17, 40), "ana", Slack, Names(&["oliver"], "the pier at Santos is closed")),
    at(MON, (17, 41), "ana", Slack, Writes("It’s urgent", "reason", URGENT)),
    at(TUE, (11, 0), "oliver", Slack, Runs("/ask @sari @ana Which name shall the winter timetable have? by 1d")),
    at(TUE, (10, 30), "ana", Slack, Writes("Answer", "answer", "Maré Baixa")),
    at(WED, (9, 5), "sari", Slack, Writes("Answer", "answer", "Musim Tenang")),
];

/// The standup is made. Aroha's morning is over by then, so her first round is the next one.
const THURSDAY: &[Scene] = &[
    at(THU, (9, 0), "sari", Slack, Runs("/standup new Daily weekdays 9:30 channel=#ferries window=7h remind=1h")),
    at(THU, (9, 1), "sari", Slack, Runs("/hours")),
    at(
        THU,
        (9, 34),
        "sari",
        Slack,
        Fills(Answer, &["Jadwal baru pelabuhan Ketapang sudah masuk", "Periksa harga tiket anak-anak", ""]),
    ),
    at(
        THU,
        (9, 50),
        "budi",
        Slack,
        Replies(&[
            "Memperbaiki peta di ponsel lama",
            "Uji coba dengan kru kapal",
            "Menunggu data pasang surut dari Nisha",
        ]),
    ),
    at(THU, (15, 10), "budi", Slack, Runs("/standup note Kru ingin angka yang lebih besar di layar")),
    at(THU, (9, 41), "nisha", Slack, Fills(Answer, &["Tide model for the new harbour", "Send Budi the tide data", ""])),
    at(
        THU,
        (9, 36),
        "oliver",
        Slack,
        Fills(
            Answer,
            &["Invoices for the autumn season", "Talk to the harbour office about <!channel> permissions & keys", ""],
        ),
    ),
    at(THU, (10, 20), "amelia", Slack, Replies(&["Screens for late ferries", "Try them on a small phone", "none"])),
    at(THU, (9, 33), "ana", Slack, Fills(Answer, &["Santos now has live positions", "Guarujá next", ""])),
    at(THU, (9, 45), "marcus", Slack, Fills(Answer, &["Load tests", "Read what they say", ""])),
    at(THU, (9, 50), "marcus", Slack, Runs("/away until monday")),
    at(THU, (16, 30), "sari", Discord, Runs("/hours hours:Asia/Jakarta")),
    at(THU, (16, 31), "budi", Discord, Runs("/hours hours:Asia/Jakarta")),
    at(THU, (16, 50), "nisha", Discord, Runs("/hours hours:Asia/Kathmandu")),
    at(THU, (11, 5), "oliver", Discord, Runs("/hours hours:Europe/London")),
    at(THU, (12, 15), "amelia", Discord, Runs("/hours hours:Europe/London mon-fri 10:00-18:00")),
    at(THU, (10, 5), "ana", Discord, Runs("/hours hours:America/Sao_Paulo")),
];

/// Discord's own standup begins, with its own questions, and reports as answers arrive.
const FRIDAY: &[Scene] = &[
    at(FRI, (8, 30), "aroha", Discord, Runs("/hours hours:Pacific/Auckland mon-fri 8:30-16:30")),
    at(FRI, (9, 38), "aroha", Slack, Fills(Answer, &["Back from the Waiheke ferry", "Winter timetable", ""])),
    at(
        FRI,
        (7, 40),
        "sari",
        Discord,
        Runs(
            "/standup new name:Timetable when:mon,wed,fri 14:00 channel:#ferries window:3h report:live \
         questions:What is new in your harbour?; What shall the others know?",
        ),
    ),
    at(FRI, (9, 32), "sari", Slack, Fills(Answer, &["Harga tiket anak-anak sudah benar", "Cuti hari Jumat depan", ""])),
    at(FRI, (9, 40), "budi", Slack, Fills(Answer, &["Uji coba dengan kru kapal", "Angka besar di layar", ""])),
    at(FRI, (9, 20), "nisha", Slack, Runs("/standup skip Dashain with the family")),
    at(FRI, (15, 45), "oliver", Slack, Replies(&["Harbour office has said yes", "Keys for the crew", "none"])),
    at(FRI, (9, 33), "ana", Slack, Fills(Answer, &["Guarujá has live positions, too", "A quieter map", ""])),
    at(FRI, (14, 12), "aroha", Discord, Fills(Answer, &["The pier at Devonport reopens", "Nothing else"])),
    at(FRI, (14, 5), "sari", Discord, Fills(Answer, &["Ketapang buka sampai tengah malam", "Libur Sabtu"])),
    at(FRI, (14, 20), "budi", Discord, Replies(&["Kapal baru di Merak", "Uji layar hari Senin"])),
    at(FRI, (14, 30), "oliver", Discord, Fills(Answer, &["Winter hours at Greenwich", "Clocks go back on Sunday"])),
    at(FRI, (14, 31), "amelia", Discord, Fills(Answer, &["Nothing new at Woolwich", "I am on @everyone's rota"])),
    at(FRI, (15, 2), "ana", Discord, Replies(&["Fog in Santos until noon", "Bring a scarf"])),
];

/// London's clocks went back. A message's answer is lost on the way, and Slack fails once: nobody notices.
const MONDAY: &[Scene] = &[
    at(SUN, (2, 0), "oliver", Slack, World("London's clocks have gone back an hour: 9:30 there is now 9:30 UTC")),
    at(MON, (9, 25), "aroha", Slack, AnswerLost),
    at(MON, (9, 44), "aroha", Slack, Fills(Answer, &["Winter timetable", "Ask the crews what they think", ""])),
    at(MON, (9, 35), "sari", Slack, Fills(Answer, &["Rapat dengan pelabuhan", "Terjemahan layar", ""])),
    at(MON, (9, 55), "budi", Slack, Replies(&["Angka besar di layar", "Rilis untuk kru", "Belum ada izin rilis"])),
    at(MON, (9, 20), "oliver", Slack, Fails),
    at(MON, (9, 40), "oliver", Slack, Fills(Answer, &["Keys for the crew", "Invoices", ""])),
    at(MON, (9, 58), "amelia", Slack, Fills(Answer, &["Missed you on Friday: sea trial", "Write it down", ""])),
    at(MON, (9, 36), "ana", Slack, Fills(Answer, &["A quieter map", "Measure it", ""])),
    at(MON, (10, 10), "marcus", Slack, Fills(Answer, &["Back from the desert", "Read the load tests again", ""])),
    at(MON, (14, 8), "aroha", Discord, Fills(Answer, &["Swell at Matiatia", "Half the sailings only"])),
    at(MON, (14, 3), "sari", Discord, Fills(Answer, &["Antrean panjang di Ketapang", "Pakai dermaga dua"])),
    at(MON, (14, 40), "budi", Discord, Fills(Answer, &["Layar baru sudah jalan", "Beri tahu kalau ada yang aneh"])),
    at(MON, (14, 6), "nisha", Discord, Fills(Answer, &["No sea here, as ever", "Tide model is out"])),
    at(MON, (14, 15), "amelia", Discord, Replies(&["Rain at Woolwich", "Slippery ramp"])),
    at(MON, (14, 4), "ana", Discord, Fills(Answer, &["Clear in Santos", "Nothing"])),
];

/// Nisha answers Monday's round late; Budi corrects a word; jeda is updated in the middle of somebody's answer.
const TUESDAY: &[Scene] = &[
    at(TUE, (9, 5), "nisha", Slack, Fills(Late, &["Dashain went on until Monday", "Catch up", ""])),
    at(TUE, (9, 36), "aroha", Slack, Fills(Answer, &["Asked the crews", "They like it: ship it", ""])),
    at(TUE, (9, 33), "sari", Slack, Fills(Answer, &["Terjemahan layar", "Uji dengan pembaca layar", ""])),
    at(TUE, (9, 38), "budi", Slack, Fills(Answer, &["Izin rilis sudah ada", "Rilis untuk kur", ""])),
    at(TUE, (9, 52), "budi", Slack, Fills(Change, &["Izin rilis sudah ada", "Rilis untuk kru", ""])),
    at(TUE, (9, 40), "nisha", Slack, Replies(&["Caught up", "Spring tides", "none"])),
    at(TUE, (9, 31), "oliver", Slack, Replies(&["Invoices"])),
    at(TUE, (9, 32), "oliver", Slack, Restart),
    at(TUE, (9, 33), "oliver", Slack, Replies(&["A day without invoices", "none"])),
    at(TUE, (10, 4), "amelia", Slack, Fills(Answer, &["Wrote the sea trial down", "Fix what it found", ""])),
    at(TUE, (9, 31), "ana", Slack, Runs("/standup skip Dentist")),
    at(TUE, (9, 48), "marcus", Slack, Fills(Answer, &["Load tests are dull now", "Keep them dull", ""])),
    at(TUE, (9, 30), "marcus", Discord, Runs("/hours hours:America/Los_Angeles mon-fri 8:00-16:00")),
];

/// A report is read again; an edited reply changes it in place.
const WEDNESDAY: &[Scene] = &[
    at(WED, (9, 31), "aroha", Slack, Fills(Answer, &["Shipped the winter timetable", "Rest", ""])),
    at(WED, (9, 30), "sari", Slack, Fills(Answer, &["Pembaca layar membaca semuanya", "Rapikan catatan", ""])),
    at(WED, (9, 45), "budi", Slack, Replies(&["Rilis untuk kru", "Istirahat", "tidak ada"])),
    at(WED, (9, 34), "nisha", Slack, Fills(Answer, &["Spring tides", "Explain them to Marcus", ""])),
    at(WED, (9, 50), "oliver", Slack, Fills(Answer, &["No invoices. Bliss.", "Invoices", ""])),
    at(WED, (9, 35), "amelia", Slack, Replies(&["Fixed the ramp warning", "A walk", "none"])),
    at(WED, (9, 50), "amelia", Slack, Edits("Fixed the ramp warning", "Fixed the ramp warning, and its sound")),
    at(WED, (9, 32), "ana", Slack, Fills(Answer, &["Dentist, and half a map", "The other half", ""])),
    at(WED, (9, 41), "marcus", Slack, Fills(Answer, &["Dull tests", "Spring tides with Nisha", ""])),
    at(WED, (10, 0), "marcus", Slack, Runs("/standup receipts")),
    at(WED, (14, 2), "aroha", Discord, Fills(Answer, &["All sailings again", "Whales!"])),
    at(WED, (14, 5), "sari", Discord, Fills(Answer, &["Dermaga dua tetap dibuka", "Terima kasih semua"])),
    at(WED, (14, 7), "budi", Discord, Fills(Answer, &["Tenang", "Tidak ada"])),
    at(WED, (14, 10), "nisha", Discord, Replies(&["Still no sea", "Spring tide on Friday"])),
    at(WED, (14, 10), "oliver", Discord, Fails),
    at(WED, (14, 12), "oliver", Discord, Fills(Answer, &["Greenwich runs on winter hours", "Lights on the pier"])),
    at(WED, (14, 20), "amelia", Discord, Fills(Answer, &["Ramp is dry", "Mind the new sound"])),
    at(WED, (14, 9), "ana", Discord, Fills(Answer, &["Fog again", "Scarves again"])),
    at(WED, (14, 15), "marcus", Discord, Fills(Answer, &["Nothing sails here before May", "Reading about tides"])),
];
