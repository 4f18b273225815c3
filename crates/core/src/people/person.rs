//! Promise 1 to the team: time is yours, on every platform that you use. Whoever links their accounts says their hours
//! once, and they hold on all of them.
//!
//! Nobody but the person sees that accounts are linked, and each account ends it for itself with `/jeda unlink`. The
//! person's row is the truth, each member's row repeats it: so whatever asks for somebody's hours reads one row of one
//! workspace, and each workspace decides for itself what new hours mean there. A change is written to the person's row
//! and to the row of the account that made it; a wake in the same transaction tells the other accounts, each in its
//! own workspace.

use super::{Absence, Agenda, Change, Effect, Member, Wake, agenda, decide::Draft};
use crate::{
    copy::person as words,
    decide::Cause,
    event::Origin,
    id::{UserId, WakeKey, WorkspaceId, short},
    language::Language,
    limit::{ACCOUNTS_MAX, LINK_MINUTES, LINK_TRIES_MAX, LINK_TRY_MINUTES},
    message::Message,
    snapshot::Snapshot,
    time::{Calendar, FocusBlock, WorkingWeek, Zone},
    wake,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The name of a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(String);

impl PersonId {
    /// A name as a row brought it back.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    /// Its spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One human with accounts in several workspaces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Their name.
    pub id: PersonId,
    /// Their accounts, in the order in which they came. Whoever asked for a code and has not used it has one.
    pub accounts: Vec<Account>,
    /// What they said of their hours, on whichever account.
    pub said: Said,
    /// The zone of the profile that changed last, where an account has one.
    #[serde(default)]
    pub profile_zone: Option<Zone>,
}

/// One of a person's accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Where.
    pub workspace: WorkspaceId,
    /// Who they are there.
    pub user: UserId,
    /// What that workspace was called when it was linked.
    pub place: String,
}

/// What somebody declared of their hours.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// Their zone.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// Their working week.
    #[serde(default)]
    pub hours: Option<WorkingWeek>,
    /// Their public holidays.
    #[serde(default, deserialize_with = "Calendar::known")]
    pub calendar: Option<Calendar>,
    /// Their leave.
    #[serde(default)]
    pub absences: Vec<Absence>,
    /// Their focus block.
    #[serde(default)]
    pub focus: Option<FocusBlock>,
    /// Their calendar.
    #[serde(default)]
    pub agenda: Option<Agenda>,
    /// No file with their calendar shall be read.
    #[serde(default)]
    pub no_file: bool,
}

/// A code that links whoever types it to the person who asked for it. Works once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The code, as [`Code::as_str`] has it.
    pub code: Code,
    /// To whom it links.
    pub person: PersonId,
    /// Which of their accounts asked for it.
    pub workspace: WorkspaceId,
    /// Who that is there.
    pub user: UserId,
    /// First instant at which it no longer works.
    pub until: Timestamp,
}

/// A one-time code: twelve characters of 32, which are 60 bits. Within its minutes nobody guesses it, and a member has
/// [`LINK_TRIES_MAX`] tries.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

/// Without i, l, o and u, which are mistaken for others.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of a code.
const CODE_CHARS: usize = 12;

impl Code {
    /// The code that chance makes.
    pub fn drawn(chance: u64) -> Self {
        let char = |nth: usize| char::from(ALPHABET[((chance >> (nth * 5)) & 31) as usize]);
        Self((0..CODE_CHARS).map(char).collect())
    }
    /// A code as somebody typed it: in any case, with or without hyphens and spaces. `None` when no code looks so.
    pub fn typed(text: &str) -> Option<Self> {
        let meant = |c: char| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            c => c,
        };
        let code: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '`' | '*' | '"')).map(meant).collect();
        let fits = code.len() == CODE_CHARS && code.bytes().all(|byte| ALPHABET.contains(&byte));
        fits.then_some(Self(code))
    }
    /// Its characters, as the store has them.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// As it is shown: `abcd-efgh-jkmn`.
    pub fn shown(&self) -> String {
        let (first, rest) = self.0.split_at(CODE_CHARS / 3);
        let (second, third) = rest.split_at(CODE_CHARS / 3);
        format!("{first}-{second}-{third}")
    }
}

/// A code is a secret while it works.
impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code")
    }
}

/// Codes that a member typed and that did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    /// How many.
    pub count: u32,
    /// Since when.
    pub since: Timestamp,
}

/// Who came to a person, as the one is told who asked for the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// Their name there.
    pub name: String,
    /// What that workspace is called.
    pub place: String,
}

impl Said {
    /// Both, where this one's words win. Leave that was said anywhere holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            zone: self.zone.or(other.zone),
            hours: self.hours.or(other.hours),
            calendar: self.calendar.or(other.calendar),
            absences: together(self.absences, other.absences),
            focus: [self.focus, other.focus].into_iter().flatten().max_by_key(|block| block.until),
            agenda: self.agenda.or(other.agenda),
            no_file: self.no_file || other.no_file,
        }
    }
}

/// Leave of both, in order and not overlapping; of two that overlap the reason of the one that began first stays.
fn together(mine: Vec<Absence>, other: Vec<Absence>) -> Vec<Absence> {
    let mut all: Vec<Absence> = mine.into_iter().chain(other).collect();
    all.sort_by_key(|leave| leave.from);
    let mut merged: Vec<Absence> = Vec::with_capacity(all.len());
    for leave in all {
        match merged.last_mut() {
            Some(before) if before.until.is_none_or(|end| leave.from <= end) => {
                before.until = before.until.and_then(|end| leave.until.map(|until| until.max(end)));
            }
            _ => merged.push(leave),
        }
    }
    merged
}

impl Member {
    /// What they declared of their hours.
    pub fn said(&self) -> Said {
        Said {
            zone: self.own_zone,
            hours: self.own_hours.clone(),
            calendar: self.own_calendar,
            absences: self.absences.clone(),
            focus: self.focus.clone(),
            agenda: self.agenda.clone(),
            no_file: self.no_file,
        }
    }
    /// The same member, as one of a person's accounts.
    fn of(self, person: &Person) -> Self {
        let Said { zone, hours, calendar, absences, focus, agenda, no_file } = person.said.clone();
        Self {
            person: Some(person.id.clone()),
            shared_zone: person.profile_zone,
            own_zone: zone,
            own_hours: hours,
            own_calendar: calendar,
            absences,
            focus,
            agenda,
            no_file,
            ..self
        }
    }
    /// The same member alone, with the hours that they have now.
    fn alone(self, workspace: &WorkspaceId) -> Self {
        let own_zone = self.own_zone.or_else(|| self.shared_zone.filter(|_| self.profile_zone.is_none()));
        let agenda = agenda::alone(self.agenda, workspace, &self.user);
        Self { person: None, shared_zone: None, own_zone, agenda, ..self }
    }
}

impl Person {
    /// Whether this is one of their accounts.
    pub fn has(&self, workspace: &WorkspaceId, user: &UserId) -> bool {
        self.accounts.iter().any(|account| account.workspace == *workspace && account.user == *user)
    }
    /// Their other accounts.
    pub(crate) fn others(&self, workspace: &WorkspaceId, user: &UserId) -> impl Iterator<Item = &Account> {
        self.accounts.iter().filter(move |it| it.workspace != *workspace || it.user != *user)
    }
}

impl Snapshot {
    /// The person whose account a member of this workspace is, as far as it was asked for.
    pub fn person_of(&self, user: &UserId) -> Option<&Person> {
        self.persons.values().find(|person| person.has(&self.workspace.id, user))
    }
}

/// Tells a person's accounts that there is something new, each in its own workspace.
fn tell<'a>(draft: &mut Draft<'_>, accounts: impl Iterator<Item = &'a Account>, cause: &Cause<'_>) {
    for account in accounts {
        follow_there(draft, &account.workspace, &account.user, None, cause);
    }
}

fn follow_there(
    draft: &mut Draft<'_>,
    workspace: &WorkspaceId,
    user: &UserId,
    joined: Option<Newcomer>,
    cause: &Cause<'_>,
) {
    // A key of this decision's own: two changes of the same moment are two.
    let key = WakeKey::new(format!("follow/{user}/{}", short(&format!("{}/{}", cause.workspace, cause.key))));
    let wake = wake::Wake::People(Wake::Follow { user: user.clone(), joined });
    draft.wake(cause.due_in(workspace, key, cause.now, wake));
}

/// A profile's zone is another: the other accounts go by it, too. The person is not at hand where profiles are read, of
/// thousands at once, so that is for a wake of its own.
pub(super) fn profile_changed(draft: &mut Draft<'_>, before: Option<&Member>, after: &Member, cause: &Cause<'_>) {
    let is_new = before.is_some_and(|before| before.profile_zone != after.profile_zone);
    if !is_new || after.person.is_none() || after.profile_zone.is_none() {
        return;
    }
    let key = WakeKey::new(format!("profile/{}/{}", after.user, short(cause.key.as_str())));
    let wake = wake::Wake::People(Wake::Profile { user: after.user.clone() });
    draft.wake(cause.due(key, cause.now, wake));
}

/// Takes a profile's new zone to the person.
pub(super) fn profile(draft: &mut Draft<'_>, user: &UserId, cause: &Cause<'_>) {
    let Some(person) = draft.seen.person_of(user).cloned() else { return };
    let member = draft.member(user);
    if member.profile_zone.is_none() || member.profile_zone == person.profile_zone {
        return;
    }
    let person = Person { profile_zone: member.profile_zone, ..person };
    draft.put_member(member.of(&person));
    tell(draft, person.others(&draft.seen.workspace.id.clone(), user), cause);
    draft.put(Change::Person(Box::new(person)));
}

/// Before somebody says something of their hours, when their person is at hand: it counts from what holds elsewhere.
pub(super) fn catch_up_if_known(draft: &mut Draft<'_>, user: &UserId) {
    if draft.seen.person_of(user).is_some() {
        catch_up(draft, user);
    }
}

/// Brings a member's row up to their person's.
fn catch_up(draft: &mut Draft<'_>, user: &UserId) {
    let Some(member) = draft.seen.members.get(user).cloned() else { return };
    match draft.seen.person_of(user).cloned() {
        Some(person) => draft.put_member(member.of(&person)),
        None if member.person.is_some() => draft.put_member(member.alone(&draft.seen.workspace.id.clone())),
        None => {}
    }
}

/// Brings a member's row up to their person's, and tells whoever asked for the code that somebody used it.
pub(super) fn follow(draft: &mut Draft<'_>, user: &UserId, joined: Option<&Newcomer>, cause: &mut Cause<'_>) {
    catch_up(draft, user);
    if let Some(newcomer) = joined {
        draft.owe(user, Effect::Linked { user: user.clone(), newcomer: newcomer.clone() }, cause);
    }
}

/// What a member has said since it was brought up to their person goes to the person and the other accounts.
pub(super) fn share(draft: &mut Draft<'_>, user: &UserId, cause: &Cause<'_>) {
    let Some(person) = draft.seen.person_of(user).cloned() else { return };
    let said = draft.member(user).said();
    if said == person.said {
        return;
    }
    let here = draft.seen.workspace.id.clone();
    tell(draft, person.others(&here, user), cause);
    draft.put(Change::Person(Box::new(Person { said, ..person })));
}

/// `/jeda link`: a code, or the use of one.
pub(super) fn link(
    draft: &mut Draft<'_>,
    by: &Origin,
    typed: Option<&str>,
    language: Language,
    cause: &Cause<'_>,
) -> Message {
    match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
        None => offer(draft, &by.user, language, cause),
        Some(typed) => redeem(draft, &by.user, typed, language, cause),
    }
}

/// A code for another account. An earlier one that was not used ends.
fn offer(draft: &mut Draft<'_>, user: &UserId, language: Language, cause: &Cause<'_>) -> Message {
    let Some(chance) = draft.seen.chance else { return words::no_code(language) };
    let person = own_or_new(draft, user, cause);
    let offer = Offer {
        code: Code::drawn(chance),
        person: person.id.clone(),
        workspace: cause.workspace.clone(),
        user: user.clone(),
        until: cause.now + SignedDuration::from_mins(LINK_MINUTES),
    };
    let places = places(&person, &cause.workspace.clone(), user);
    let message = words::code(language, &offer, &places);
    draft.put(Change::Offer(Box::new(offer)));
    message
}

/// The person that a member is, or becomes: from now on what they say is said there.
fn own_or_new(draft: &mut Draft<'_>, user: &UserId, cause: &Cause<'_>) -> Person {
    if let Some(person) = draft.seen.person_of(user) {
        return person.clone();
    }
    let member = draft.member(user);
    let person = Person {
        id: PersonId(short(&format!("{}/{}/person", cause.workspace, cause.key))),
        accounts: vec![account(draft, user)],
        said: member.said(),
        profile_zone: member.profile_zone,
    };
    draft.put_member(member.of(&person));
    draft.put(Change::Person(Box::new(person.clone())));
    person
}

fn account(draft: &Draft<'_>, user: &UserId) -> Account {
    let workspace = &draft.seen.workspace;
    Account { workspace: workspace.id.clone(), user: user.clone(), place: place(workspace) }
}

/// What a workspace is called.
fn place(workspace: &super::Workspace) -> String {
    if workspace.name.is_empty() { workspace.id.to_string() } else { workspace.name.clone() }
}

/// What the places of somebody's other accounts are called.
pub(crate) fn places(person: &Person, workspace: &WorkspaceId, user: &UserId) -> Vec<String> {
    person.others(workspace, user).map(|account| account.place.clone()).collect()
}

/// Takes a code that was typed.
fn redeem(draft: &mut Draft<'_>, user: &UserId, typed: &str, language: Language, cause: &Cause<'_>) -> Message {
    let member = draft.member(user);
    let over = |tries: &Tries| cause.now >= tries.since + SignedDuration::from_mins(LINK_TRY_MINUTES);
    let tries = member.tries.filter(|tries| !over(tries));
    if tries.is_some_and(|tries| tries.count >= LINK_TRIES_MAX) {
        return words::too_often(language);
    }
    let offer = Code::typed(typed).and_then(|code| draft.seen.offer.clone().filter(|offer| offer.code == code));
    let giver = offer.as_ref().and_then(|offer| draft.seen.persons.get(&offer.person)).cloned();
    let (Some(offer), Some(giver)) = (offer.filter(|offer| cause.now < offer.until), giver) else {
        let Tries { count, since } = tries.unwrap_or(Tries { count: 0, since: cause.now });
        draft.put_member(Member { tries: Some(Tries { count: count + 1, since }), ..member });
        return words::unknown_code(language);
    };
    if giver.has(cause.workspace, user) {
        return words::own_code(language);
    }
    let mine = draft.seen.person_of(user).cloned();
    let come = mine.as_ref().map_or_else(|| vec![account(draft, user)], |mine| mine.accounts.clone());
    if giver.accounts.len() + come.len() > ACCOUNTS_MAX {
        return words::too_many(language);
    }
    draft.put(Change::OfferGone(offer.code.clone()));
    join(draft, member, giver, mine, come, &offer, language, cause)
}

/// Two persons become one. What was said on the side of the code wins.
#[expect(clippy::too_many_arguments, reason = "one step of one decision, which reads better apart from its checks")]
fn join(
    draft: &mut Draft<'_>,
    member: Member,
    giver: Person,
    mine: Option<Person>,
    come: Vec<Account>,
    offer: &Offer,
    language: Language,
    cause: &Cause<'_>,
) -> Message {
    let user = member.user.clone();
    let said = member.said();
    let both = differ(&giver.said.zone, &said.zone) || differ(&giver.said.hours, &said.hours);
    let from = giver.accounts.iter().find(|it| it.workspace == offer.workspace).map(|it| it.place.clone());
    let profile_zone =
        giver.profile_zone.or_else(|| mine.as_ref().and_then(|mine| mine.profile_zone)).or(member.profile_zone);
    let accounts = giver.accounts.iter().cloned().chain(come).collect();
    let person = Person { accounts, said: giver.said.or(said), profile_zone, ..giver };
    if let Some(mine) = mine {
        draft.put(Change::PersonGone(mine.id));
    }
    let newcomer = Newcomer { name: member.name.clone(), place: place(&draft.seen.workspace) };
    let member = Member { tries: None, ..member }.of(&person);
    let hours = member.hours(&draft.seen.workspace);
    draft.put_member(member);
    // This account, too: its questions and what waits for it move like everybody's.
    for Account { workspace, user: account, .. } in &person.accounts {
        let is_giver = *workspace == offer.workspace && *account == offer.user;
        follow_there(draft, workspace, account, is_giver.then(|| newcomer.clone()), cause);
    }
    let places = places(&person, cause.workspace, &user);
    draft.put(Change::Person(Box::new(person)));
    words::linked(language, &places, &hours, from.filter(|_| both))
}

/// Whether both said something, and not the same.
fn differ<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// `/jeda unlink`: this account goes on alone, with the hours that it has now.
pub(super) fn unlink(draft: &mut Draft<'_>, user: &UserId, language: Language, cause: &Cause<'_>) -> Message {
    let Some(person) = draft.seen.person_of(user).cloned() else { return words::not_linked(language) };
    let here = cause.workspace.clone();
    let others: Vec<Account> = person.others(&here, user).cloned().collect();
    draft.put_member(draft.member(user).alone(&here));
    if others.len() > 1 {
        draft.put(Change::Person(Box::new(Person { accounts: others, ..person })));
        return words::unlinked(language);
    }
    tell(draft, others.iter(), cause);
    draft.put(Change::PersonGone(person.id));
    if others.is_empty() { words::not_linked(language) } else { words::unlinked(language) }
}

#[cfg(test)]
mod tests;
