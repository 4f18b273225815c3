//! What people type, do and break, and the words that help them on: through the real adapters, in both languages, on
//! both platforms where these differ.

use crate::day::{Day, face};
use jeda::stage::Cast;
use jeda_emulator::{
    discord::{Discord, Person, Room, Setup as Server},
    slack::{Member, Setup, Slack},
};
use jeda_engine::VirtualClock;
use std::sync::Arc;

/// Monday 2026-11-23, 8:00 in Jakarta.
fn monday() -> Arc<VirtualClock> {
    Arc::new(VirtualClock::new("2026-11-23T01:00:00Z".parse().unwrap()))
}

/// Sari in Jakarta reads Indonesian and administers the workspace; Oliver in London reads English. `#far` is a channel
/// that jeda is not in, `#old` one that was archived.
async fn slack_day() -> Day {
    let clock = monday();
    let slack = Slack::start(slack_setup(&clock)).await.unwrap();
    slack.archives("#old");
    Day::begin(clock, Some(slack), None).await
}

fn slack_setup(clock: &Arc<VirtualClock>) -> Setup {
    Setup::new("Acme", face(clock))
        .person(Member::named("sari").in_zone("Asia/Jakarta").speaking("id-ID").admin())
        .person(Member::named("oliver").in_zone("Europe/London").speaking("en-GB"))
        .channel("#eng", &["sari", "oliver"])
        .channel("#old", &["sari", "oliver"])
        .channel_without_bot("#far", &["sari", "oliver"])
}

/// The same two on Discord, where nobody's zone is known before they say it.
async fn discord_day() -> Day {
    let clock = monday();
    let setup = Server::new("Acme", face(&clock))
        .person(Person::named("sari").locale("id").zone("Asia/Jakarta").admin())
        .person(Person::named("oliver").locale("en-GB").zone("Europe/London"))
        .room(Room::text("eng"))
        .room(Room::text("far").without_bot());
    let day = Day::begin(clock, None, Some(Discord::start(setup).await.unwrap())).await;
    for (who, zone) in [("sari", "Asia/Jakarta"), ("oliver", "Europe/London")] {
        asked(&day, who, &format!("/hours hours:{zone}")).await;
    }
    day
}

/// Runs a command in #eng on Slack: the words that come back at once.
async fn typed(day: &Day, who: &str, line: &str) -> String {
    let answer = day.slack().user(who).runs_in("#eng", line).await;
    day.quiet().await;
    answer.words.map(|seen| seen.text).unwrap_or_default()
}

/// Runs a command in #eng on Discord: what they see of it.
async fn asked(day: &Day, who: &str, line: &str) -> String {
    let user = day.discord().user(who);
    user.goes_to("#eng");
    let before = user.sees().len();
    user.runs(line);
    day.quiet().await;
    user.sees().into_iter().skip(before).map(|seen| seen.text).collect::<Vec<_>>().join("\n")
}

/// Each line is answered with these words.
async fn each_on_slack(day: &Day, cases: &[(&str, &str, &str)]) {
    for (who, line, words) in cases {
        let told = typed(day, who, line).await;
        assert!(told.contains(words), "{who}: {line}\n{told}");
    }
    assert_eq!(typed(day, "oliver", "/standup list").await, "There is no standup here yet. /standup new makes one.");
}

async fn each_on_discord(day: &Day, cases: &[(&str, &str, &str)]) {
    for (who, line, words) in cases {
        let told = asked(day, who, line).await;
        assert!(told.contains(words), "{who}: {line}\n{told}");
    }
    assert_eq!(asked(day, "oliver", "/standup list").await, "There is no standup here yet. /standup new makes one.");
}

#[tokio::test]
async fn an_unknown_zone_is_answered_with_the_one_that_was_meant() {
    let english = "There is no time zone Asia/Jakrta. Did you mean Asia/Jakarta?";
    let indonesian = "Zona waktu Asia/Jakrta tidak ada. Mungkin maksud Anda Asia/Jakarta?";
    let day = slack_day().await;
    each_on_slack(
        &day,
        &[
            ("oliver", "/hours Asia/Jakrta", english),
            ("sari", "/hours Asia/Jakrta senin-jumat 9.00-17.00", indonesian),
            ("oliver", "/standup new Daily weekdays 9:30 zone=Asia/Jakrta", english),
            ("sari", "/standup new Harian hari kerja 9.30 zone=Asia/Jakrta", indonesian),
            ("oliver", "/hours Qqqq/Qqqq", "Type the name of a large city near you, like Asia/Jakarta"),
        ],
    )
    .await;
    day.end().await;
    let day = discord_day().await;
    each_on_discord(
        &day,
        &[
            ("oliver", "/hours hours:Asia/Jakrta", english),
            ("sari", "/hours hours:Asia/Jakrta", indonesian),
            ("sari", "/standup new name:Harian when:hari kerja 9.30 zone:Asia/Jakrta", indonesian),
        ],
    )
    .await;
    day.end().await;
}

#[tokio::test]
async fn an_impossible_time_or_date_is_told_with_one_that_is_possible() {
    let day = slack_day().await;
    each_on_slack(
        &day,
        &[
            (
                "oliver",
                "/standup new Daily weekdays 25:99",
                "I could not read 25:99 as a time of day. Type it like 9:30",
            ),
            ("sari", "/standup new Harian hari kerja 9.60", "9.60 tidak dapat dibaca sebagai jam. Ketik misalnya 9.30"),
            ("oliver", "/standup new Daily 31 february 9:00", "31 february 9:00 never comes, so nobody would ever be"),
            ("sari", "/standup new Harian 30 9 31 2 *", "30 9 31 2 * tidak pernah terjadi"),
            ("oliver", "/standup new Daily weekdays 9:30 deadline=24:30", "I could not read 24:30 as a time of day"),
            ("oliver", "/standup new Daily weekdays 9:30 window=soon", "as a length of time. Type it like 4h, 90m"),
            ("oliver", "/hours mon-fri 9:00-25:00", "I could not read 25:00 as a time of day"),
            ("oliver", "/away until 2026-02-30", "as a day. Type it like monday, 1 december or 2026-12-01"),
            ("sari", "/away sampai 31 februari", "tidak dapat dibaca sebagai hari. Ketik misalnya senin, 1 desember"),
            ("oliver", "/away until 2026-11-20", "Type it like /away until monday"),
            // The name was forgotten, and the day stands in its place.
            ("oliver", "/standup new weekdays 9:30", "Give it a name: /standup new Daily weekdays 9:30"),
            ("sari", "/standup new hari kerja 9.30", "Beri nama: /standup new Harian hari kerja 9.30"),
            ("oliver", "/standup new Daily weekdays 9:30 windw=4h", "Did you mean window=? How long one may take"),
            ("sari", "/standup new Harian hari kerja 9.30 windw=4h", "Mungkin maksud Anda window=? Berapa lama"),
        ],
    )
    .await;
    day.end().await;
    let day = discord_day().await;
    each_on_discord(
        &day,
        &[
            ("oliver", "/standup new name:Daily when:weekdays 25:99", "I could not read 25:99 as a time of day"),
            ("sari", "/away until:31 februari", "tidak dapat dibaca sebagai hari. Ketik misalnya senin, 1 desember"),
        ],
    )
    .await;
    let made = asked(&day, "oliver", "/standup new name:Daily when:weekdays 9:30").await;
    assert!(made.contains("Daily is set up"), "{made}");
    for (who, words) in [
        ("oliver", "I could not read 2026-02-30 as a day. Type it like yesterday, last monday or 2026-11-24."),
        ("sari", "2026-02-30 tidak dapat dibaca sebagai hari. Ketik misalnya kemarin, senin lalu, atau 2026-11-24."),
    ] {
        assert_eq!(asked(&day, who, "/standup report date:2026-02-30").await, words);
    }
    day.end().await;
}

#[tokio::test]
async fn a_cron_line_of_six_fields_is_told_that_five_are_needed() {
    let english =
        "A cron line has five fields, and this one has 6. Type it like 30 9 * * 1-5, or simply weekdays 9:30.";
    let indonesian = "Baris cron terdiri atas lima bagian, sedangkan ini 6. Ketik misalnya 30 9 * * 1-5";
    let day = slack_day().await;
    each_on_slack(
        &day,
        &[
            ("oliver", "/standup new Daily 0 30 9 * * 1-5", english),
            ("sari", "/standup new Harian \"0 30 9 * * 1-5\"", indonesian),
            ("oliver", "/standup new Daily 99 9 * * 1-5", "The minute of this cron line can’t be 99"),
        ],
    )
    .await;
    day.end().await;
    let day = discord_day().await;
    each_on_discord(
        &day,
        &[
            ("oliver", "/standup new name:Daily when:0 30 9 * * 1-5", english),
            ("sari", "/standup new name:Harian when:0 30 9 * * 1-5", indonesian),
        ],
    )
    .await;
    day.end().await;
}

#[tokio::test]
async fn an_empty_list_of_questions_is_refused_and_an_empty_field_means_the_usual_ones() {
    let day = slack_day().await;
    each_on_slack(
        &day,
        &[
            ("oliver", "/standup new Daily weekdays 9:30 questions=\";;\"", "A standup needs a question at least."),
            ("sari", "/standup new Harian hari kerja 9.30 questions=\";\"", "Standup perlu paling sedikit satu"),
            // Nothing at all is not taken for "the usual ones" where somebody typed that they want others.
            ("oliver", "/standup new Daily weekdays 9:30 questions=\"\"", "Nothing stands after questions=."),
            ("sari", "/standup new Harian hari kerja 9.30 questions=", "Tidak ada isi setelah questions=."),
        ],
    )
    .await;
    let oliver = day.slack().user("oliver");
    oliver.runs_in("#eng", "/standup new").await;
    oliver.waits_for_form().await;
    let sent = oliver.submits([("Name", "Daily"), ("Days and time", "weekdays 9:30"), ("Questions", "")]).await;
    assert!(sent.errors.is_empty(), "{sent:?}");
    let shown = typed(&day, "oliver", "/standup show Daily").await;
    assert!(shown.contains("1. What did you get done since last time?"), "{shown}");
    day.end().await;
    let day = discord_day().await;
    each_on_discord(
        &day,
        &[
            (
                "oliver",
                "/standup new name:Daily when:weekdays 9:30 questions:;;",
                "A standup needs a question at least.",
            ),
            ("sari", "/standup new name:Harian when:hari kerja 9.30 questions:;", "Standup perlu paling sedikit satu"),
        ],
    )
    .await;
    day.end().await;
}

/// `What is 1?;What is 2?;…`
fn questions(count: usize) -> String {
    (1..=count).map(|at| format!("What is {at}?")).collect::<Vec<_>>().join(";")
}

#[tokio::test]
async fn more_questions_than_a_form_shows_come_in_several_forms_and_too_many_are_refused() {
    let day = slack_day().await;
    let many = format!("/standup new Daily weekdays 9:30 questions=\"{}\"", questions(21));
    each_on_slack(
        &day,
        &[
            ("oliver", &many, "21 questions are more than anyone answers well. At most 20 are possible."),
            ("sari", &many, "21 pertanyaan terlalu banyak untuk dijawab dengan baik. Paling banyak 20."),
        ],
    )
    .await;
    // Slack's form shows all twenty.
    typed(&day, "sari", &format!("/standup new Daily weekdays 9:30 questions=\"{}\"", questions(20))).await;
    day.until("2026-11-23T02:30:00Z").await;
    let sari = day.slack().user("sari");
    sari.clicks("Jawab").await;
    assert_eq!(sari.waits_for_form().await.fields.len(), 20);
    day.end().await;

    // Discord's forms show five.
    let day = discord_day().await;
    let seven = format!("/standup new name:Daily when:weekdays 9:30 questions:{}", questions(7));
    assert!(asked(&day, "sari", &seven).await.contains("Daily sudah siap"));
    day.until("2026-11-23T02:30:00Z").await;
    let sari = day.discord().user("sari");
    sari.clicks("Jawab");
    let first = sari.form_soon().await;
    assert_eq!(first.fields.len(), 5, "{first:?}");
    sari.submits(&[("q0", "one"), ("q1", "two"), ("q2", "three"), ("q3", "four"), ("q4", "five")]);
    day.quiet().await;
    sari.soon("Jawaban ini sudah disimpan. Masih ada pertanyaan berikutnya.").await;
    sari.clicks("Pertanyaan berikutnya");
    let second = sari.form_soon().await;
    assert_eq!(second.fields.len(), 2, "{second:?}");
    sari.submits(&[("q5", "six"), ("q6", "seven")]);
    day.quiet().await;
    sari.soon("Jawaban Anda untuk Daily sudah masuk").await;
    day.until("2026-11-23T14:00:00Z").await;
    let report: String = sari.sees().into_iter().map(|seen| seen.text + "\n").collect();
    for words in ["What is 1?", "one", "What is 7?", "seven"] {
        assert!(report.contains(words), "{words} is missing in:\n{report}");
    }
    day.end().await;
}

/// Text of this length in which each part differs, so that nothing can be lost or doubled unseen.
fn long_text(chars: usize) -> String {
    let parts = (0..chars).flat_map(|at| format!("{at} words & <more>, ").into_bytes());
    String::from_utf8(parts.take(chars - 1).chain(*b".").collect()).unwrap()
}

/// What was quoted in these messages, without the places where a text was split.
fn quoted(seen: impl Iterator<Item = String>) -> String {
    let lines = |text: String| text.lines().filter_map(|line| line.strip_prefix("> ").map(str::to_owned)).collect();
    seen.flat_map::<Vec<String>, _>(lines).collect::<String>().replace(' ', "")
}

#[tokio::test]
async fn an_answer_of_forty_thousand_characters_is_reported_whole() {
    let day = slack_day().await;
    typed(&day, "sari", "/standup new Daily weekdays 9:30 questions=\"What?\" window=4h").await;
    day.until("2026-11-23T02:30:00Z").await;
    let sari = day.slack().user("sari");
    let long = long_text(40_000);
    sari.replies(&long);
    day.quiet().await;
    sari.waits_for("Jawaban Anda untuk Daily sudah masuk").await;
    day.until("2026-11-23T14:00:00Z").await;
    let report = quoted(sari.sees_in("#eng").into_iter().map(|seen| seen.text));
    assert!(report.contains(&long.replace(' ', "")), "{} characters were reported", report.len());
    day.end().await;

    // Discord's longest answer is a form's field; ten of them are forty thousand characters.
    let day = discord_day().await;
    asked(&day, "sari", &format!("/standup new name:Daily when:weekdays 9:30 questions:{}", questions(10))).await;
    day.until("2026-11-23T02:30:00Z").await;
    let sari = day.discord().user("sari");
    let long = long_text(4_000);
    for (button, fields) in [("Jawab", 0..5), ("Pertanyaan berikutnya", 5..10)] {
        sari.clicks(button);
        sari.form_soon().await;
        let names: Vec<String> = fields.map(|at| format!("q{at}")).collect();
        sari.submits(&names.iter().map(|name| (name.as_str(), long.as_str())).collect::<Vec<_>>());
        day.quiet().await;
    }
    day.until("2026-11-23T14:00:00Z").await;
    let thread: Vec<String> =
        sari.sees().into_iter().filter(|seen| seen.place.starts_with("#eng")).map(|seen| seen.text).collect();
    let report = quoted(thread.into_iter());
    assert_eq!(report.matches(&long.replace(' ', "")).count(), 10, "{} characters were reported", report.len());
    day.end().await;
}

/// What a member may type to shout, to hide or to turn the page round.
const HOSTILE: [&str; 6] = [
    "<!channel> <!here> <!subteam^S1|@all>",
    "@everyone @here <@&1> <@1>",
    "\u{202e}reversed\u{202c} and \u{05e9}\u{05dc}\u{05d5}\u{05dd} \u{0645}\u{0631}\u{062d}\u{0628}\u{0627}",
    "Z\u{0351}\u{036b}\u{0343}a\u{0301}\u{0327}lgo e\u{0301}",
    "*bold* _it_ ~no~ `code` ||spoiler|| [link](https://example.org) # Heading",
    ":fire: &lt;!channel&gt; 👩‍👩‍👧",
];

#[tokio::test]
async fn hostile_answers_are_shown_as_they_were_typed_and_call_nobody() {
    let text = HOSTILE.join("\n");
    let day = slack_day().await;
    typed(&day, "sari", "/standup new \"<!channel> @everyone\" weekdays 9:30 questions=\"<!here>?\" window=4h").await;
    day.until("2026-11-23T02:30:00Z").await;
    let sari = day.slack().user("sari");
    sari.clicks("Jawab").await;
    sari.waits_for_form().await;
    sari.submits([("q0", text.as_str())]).await;
    day.until("2026-11-23T14:00:00Z").await;
    let report: String = sari.sees_in("#eng").into_iter().map(|seen| seen.text + "\n").collect();
    for line in HOSTILE {
        assert!(report.contains(line), "{line} is missing in:\n{report}");
    }
    // The local Slack calls a message that would notify everyone a broken rule.
    day.end().await;

    let day = discord_day().await;
    asked(&day, "sari", "/standup new name:@everyone when:weekdays 9:30 questions:@here?").await;
    day.until("2026-11-23T02:30:00Z").await;
    let sari = day.discord().user("sari");
    sari.clicks("Jawab");
    sari.form_soon().await;
    sari.submits(&[("q0", text.as_str())]);
    day.until("2026-11-23T14:00:00Z").await;
    let seen: Vec<_> = sari.sees().into_iter().filter(|seen| seen.place.starts_with("#eng")).collect();
    let report: String = seen.iter().map(|seen| seen.text.clone() + "\n").collect();
    for line in HOSTILE {
        assert!(report.contains(line), "{line} is missing in:\n{report}");
    }
    let called: Vec<_> = seen.iter().flat_map(|seen| &seen.pings).collect();
    assert!(called.is_empty(), "{called:?}");
    day.end().await;
}

#[tokio::test]
async fn a_channel_that_jeda_is_not_in_is_told_with_the_way_in() {
    let day = slack_day().await;
    each_on_slack(
        &day,
        &[
            (
                "oliver",
                "/standup new Daily weekdays 9:30 channel=#far",
                "There is no channel #far that jeda is in. /invite @jeda brings it into a channel. Then try again.",
            ),
            (
                "sari",
                "/standup new Harian hari kerja 9.30 channel=#far",
                "Tidak ada kanal #far yang diikuti jeda. /invite @jeda mengundangnya ke sebuah kanal.",
            ),
            (
                "oliver",
                "/standup new Daily weekdays 9:30 channel=#nowhere",
                "There is no channel #nowhere that jeda is in",
            ),
        ],
    )
    .await;
    let far = day.slack().user("oliver").runs_in("#far", "/standup new Daily weekdays 9:30").await.words.unwrap();
    assert!(far.says("Run this in a channel that jeda is in"), "{far}");
    day.slack().invites_bot("#far");
    day.quiet().await;
    let made = typed(&day, "oliver", "/standup new Daily weekdays 9:30 channel=#far").await;
    assert!(made.contains("Daily is set up"), "after the invitation: {made}");
    day.end().await;

    let day = discord_day().await;
    each_on_discord(
        &day,
        &[
            (
                "oliver",
                "/standup new name:Daily when:weekdays 9:30 channel:#far",
                "jeda is not in #far, or may not post there. Whoever manages a channel lets it in",
            ),
            (
                "sari",
                "/standup new name:Harian when:hari kerja 9.30 channel:#far",
                "jeda tidak ada di #far, atau tidak boleh mengirim pesan di sana. Pengelola kanal dapat",
            ),
        ],
    )
    .await;
    day.end().await;
}

#[tokio::test]
async fn an_archived_channel_is_refused_and_one_archived_later_costs_no_answer() {
    let day = slack_day().await;
    each_on_slack(
        &day,
        &[
            (
                "oliver",
                "/standup new Daily weekdays 9:30 channel=#old",
                "#old is archived, so nothing can be posted there. Choose another channel.",
            ),
            ("sari", "/standup new Harian hari kerja 9.30 channel=#old", "#old sudah diarsipkan"),
        ],
    )
    .await;
    typed(&day, "sari", "/standup new Daily weekdays 9:30 questions=\"What?\" window=4h").await;
    day.until("2026-11-23T02:30:00Z").await;
    let sari = day.slack().user("sari");
    sari.replies("Shipped it");
    day.quiet().await;
    day.slack().archives("#eng");
    day.until("2026-11-23T14:00:00Z").await;
    let told = sari.waits_for("Laporan Daily tidak punya tempat").await;
    assert!(told.says("Kanal itu sudah diarsipkan atau dihapus. Pilih kanal lain."), "{told}");
    assert!(told.says("/standup report name=Daily"), "{told}");
    let kept = sari.runs("/standup report name=Daily").await.words.unwrap();
    assert!(kept.says("Shipped it"), "{kept}");
    day.end_with_dead(1).await;

    // Discord has no archive; there a channel is deleted.
    let day = discord_day().await;
    asked(&day, "oliver", "/standup new name:Daily when:weekdays 9:30 questions:What?").await;
    day.until("2026-11-23T09:30:00Z").await;
    let oliver = day.discord().user("oliver");
    oliver.replies("Shipped it");
    day.quiet().await;
    day.discord().adds_channel(&Room::text("hall"));
    day.discord().deletes_channel("eng");
    day.until("2026-11-23T14:00:00Z").await;
    let told = oliver.soon("The report of Daily has no place to go").await;
    assert!(told.text.contains("The channel was archived or deleted. Choose another one."), "{told:?}");
    oliver.goes_to("#hall");
    oliver.runs("/standup report name:Daily");
    day.quiet().await;
    oliver.soon("Shipped it").await;
    day.end_with_dead(1).await;
}

#[tokio::test]
async fn a_member_who_left_is_asked_nothing_and_the_report_says_so() {
    let day = slack_day().await;
    typed(&day, "sari", "/standup new Daily weekdays 9:30 questions=\"What?\" window=4h").await;
    day.slack().user("oliver").is_deactivated();
    day.until("2026-11-23T02:30:00Z").await;
    let sari = day.slack().user("sari");
    sari.replies("Shipped it");
    // Nobody else is left to answer, so the report doesn't wait for Oliver's afternoon.
    day.until("2026-11-23T02:31:00Z").await;
    let report = sari.waits_for("1 of 1 answered").await;
    assert!(!report.says("oliver"), "{report}");
    day.until("2026-11-24T14:00:00Z").await;
    let id = day.slack().user("oliver").id().to_owned();
    let opened = day.slack().recorder().calls_of("conversations.open");
    assert!(opened.iter().all(|call| !call.arguments.to_string().contains(&id)), "{opened:?}");
    day.end().await;

    let day = discord_day().await;
    asked(&day, "sari", "/standup new name:Daily when:weekdays 9:30 questions:What? who:@sari @oliver").await;
    day.until("2026-11-23T09:30:00Z").await;
    let (sari, oliver) = (day.discord().user("sari"), day.discord().user("oliver"));
    assert!(oliver.dm().iter().any(|seen| seen.text.contains("What?")), "asked while here");
    oliver.leaves();
    day.quiet().await;
    day.until("2026-11-23T14:00:00Z").await;
    let report = sari.soon("No answer: sari").await;
    assert!(!report.text.contains("oliver"), "nobody waits for who is gone: {report:?}");
    let receipts = asked(&day, "sari", "/standup receipts").await;
    assert!(receipts.contains("oliver: keluar setelah ditanya"), "{receipts}");
    day.end().await;
}

#[tokio::test]
async fn a_person_without_a_zone_is_asked_by_the_teams_and_told_so() {
    let clock = monday();
    let setup = slack_setup(&clock)
        .person(Member::named("tono").without_zone().speaking("id-ID"))
        .person(Member::named("nia").without_zone().speaking("en-US"))
        .channel("#void", &["tono", "nia"]);
    let day = Day::begin(clock, Some(Slack::start(setup).await.unwrap()), None).await;
    let (tono, nia) = (day.slack().user("tono"), day.slack().user("nia"));
    tono.runs_in("#void", "/standup new Daily weekdays 9:30").await;
    day.until("2026-11-23T09:29:00Z").await;
    assert!(tono.dm().is_empty() && nia.dm().is_empty(), "not before 9:30 in the workspace's zone");
    day.until("2026-11-23T09:30:00Z").await;
    for (who, words) in [
        (
            &tono,
            "Zona waktu Anda belum diketahui, jadi yang dipakai UTC. Atur zona Anda dengan cara ini: /hours Asia/Jakarta",
        ),
        (&nia, "Your time zone is not known yet, so this goes by UTC. Set yours like this: /hours Asia/Jakarta"),
    ] {
        let dm = who.dm();
        assert_eq!(dm.len(), 1, "{dm:?}");
        let told = dm[0].text.replace('\u{2060}', "");
        assert!(told.contains(words), "{told}");
    }
    let set = nia.runs("/hours Asia/Jakarta").await.words.unwrap();
    assert!(set.says("Saved. You work Monday to Friday 9:00–17:00 (Asia/Jakarta)"), "{set}");
    day.until("2026-11-24T02:30:00Z").await;
    assert_eq!(nia.dm().len(), 3, "the answer to /hours, and tomorrow's prompt at her own 9:30: {:?}", nia.dm());
    day.end().await;
}

#[tokio::test]
async fn every_hint_reads_back_as_it_is_typed() {
    let name = "Daily sync: mon & \"co\" `2`";
    let day = slack_day().await;
    let made = typed(&day, "oliver", "/standup new \"Daily sync\" weekdays 9:30").await;
    assert!(made.contains("Change it:"), "{made}");
    for (who, command, words) in [
        ("sari", "/standup leave \"Daily sync\"", "Anda tidak lagi ikut Daily sync"),
        ("sari", "/standup edit \"Daily sync\" window=3h", "Daily sync sudah diubah"),
        ("oliver", "/standup pause \"Daily sync\"", "Daily sync is paused"),
        ("oliver", "/standup resume \"Daily sync\"", "Daily sync asks again"),
        ("oliver", "/standup edit Daily", "There is no standup Daily. Did you mean \"Daily sync\"?"),
    ] {
        let told = typed(&day, who, command).await;
        assert!(told.contains(words), "{command}: {told}");
    }
    for hint in ["/standup edit \"Daily sync\"", "/standup leave \"Daily sync\""] {
        assert!(made.contains(hint), "{hint} is not in: {made}");
    }
    // Prompts tell how to leave; what is copied from there has nothing unseen in it.
    day.until("2026-11-23T09:30:00Z").await;
    let prompt = day.slack().user("oliver").dm()[0].text.clone();
    let hint = "/standup leave \"Daily sync\"";
    assert!(prompt.contains(hint), "{prompt:?}");
    assert!(typed(&day, "oliver", hint).await.contains("You no longer take part in Daily sync"));
    day.end().await;

    let day = discord_day().await;
    let made = asked(&day, "oliver", &format!("/standup new name:{name} when:weekdays 9:30")).await;
    let hint = "“Daily sync: mon & \"co\" '2'”";
    assert!(made.contains(&format!("/standup leave {hint}")), "{made}");
    let left = asked(&day, "oliver", &format!("/standup leave name:{hint}")).await;
    assert!(left.contains("You no longer take part in Daily sync: mon & \"co\" '2'."), "{left}");
    day.end().await;
}

#[tokio::test]
async fn the_usual_questions_are_asked_in_each_readers_language() {
    let day = slack_day().await;
    // An Indonesian makes it in a workspace whose language is English.
    let made = typed(&day, "sari", "/standup new Harian hari kerja 9.30 window=4jam").await;
    assert!(made.contains("1. Apa yang sudah dikerjakan sejak terakhir kali?"), "{made}");
    let shown = typed(&day, "oliver", "/standup show Harian").await;
    assert!(shown.contains("1. What did you get done since last time?"), "{shown}");
    day.until("2026-11-23T02:30:00Z").await;
    let (sari, oliver) = (day.slack().user("sari"), day.slack().user("oliver"));
    assert!(sari.dm()[0].says("3. Apa yang menghambat?"), "{:?}", sari.dm());
    sari.clicks("Jawab").await;
    assert_eq!(sari.waits_for_form().await.fields[1].label, "Apa rencana berikutnya?");
    sari.submits([("q0", "Selesai"), ("q1", "Lanjut"), ("q2", "")]).await;
    day.until("2026-11-23T09:30:00Z").await;
    assert!(oliver.dm()[0].says("3. What is in your way?"), "{:?}", oliver.dm());
    day.until("2026-11-23T14:00:00Z").await;
    let report: String = oliver.sees_in("#eng").into_iter().map(|seen| seen.text + "\n").collect();
    assert!(report.contains("What do you plan next?") && !report.contains("Apa rencana"), "{report}");
    // The form shows them in her language; sent back as they are, nothing has changed.
    sari.runs("/standup edit Harian").await;
    let form = sari.waits_for_form().await;
    let shown = form.fields.iter().find(|field| field.label == "Pertanyaan").unwrap().value.clone().unwrap();
    assert!(shown.starts_with("Apa yang sudah dikerjakan"), "{shown}");
    sari.submits([]).await;
    let told = sari.waits_for_form().await.words.join("\n");
    assert!(told.contains("Tidak ada yang berbeda. Harian tetap seperti semula"), "{told}");
    day.end().await;
}

#[tokio::test]
async fn a_full_disk_is_told_to_whoever_waits_and_keeps_nothing_by_halves() {
    let folder = tempfile::tempdir().unwrap();
    let database = Some(format!("sqlite:{}", folder.path().join("jeda.db").display()));
    let clock = monday();
    let slack = Slack::start(slack_setup(&clock)).await.unwrap();
    let day = Day::begin_on(clock, Cast { slack: Some(slack), discord: None, database }).await;
    let kept = typed(&day, "oliver", "/standup note before").await;
    assert!(kept.contains("Kept for your next answer"), "{kept}");
    day.stage().bot().engine().store().limit_pages(1).await.unwrap();
    let note = format!("/standup note {}", "x".repeat(2_000));
    let mut refused = None;
    for _ in 0..50 {
        let told = typed(&day, "oliver", &note).await;
        if !told.contains("Kept for your next answer") {
            refused = Some(told);
            break;
        }
    }
    assert_eq!(
        refused.unwrap(),
        "I could not keep that just now, so nothing has changed. Please try again in a moment."
    );
    day.stage().bot().engine().store().limit_pages(1_000_000).await.unwrap();
    let kept = typed(&day, "oliver", "/standup note after").await;
    assert!(kept.contains("Kept for your next answer"), "there is room again: {kept}");
    day.end().await;
}
