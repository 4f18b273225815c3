//! The team of the demo. All of them are invented.

use jeda_core::time::Zone;
use jeda_emulator::{discord, slack};

/// Somebody in the team.
#[derive(Debug)]
pub(super) struct Mate {
    /// How the platforms call them.
    pub(super) name: &'static str,
    /// Their full name.
    pub(super) full: &'static str,
    /// Where they are, as the transcript says it.
    pub(super) city: &'static str,
    /// Their zone, as IANA names it.
    pub(super) zone: &'static str,
    /// The language of their Slack and their Discord.
    pub(super) locales: (&'static str, &'static str),
    /// Whether they administer both workspaces.
    pub(super) admin: bool,
}

const EN: (&str, &str) = ("en-GB", "en-GB");
const ID: (&str, &str) = ("id-ID", "id");

/// Who the workspaces belong to, the channel they share.
pub(super) const WORKSPACE: &str = "Lautan";
pub(super) const CHANNEL: &str = "#ferries";

/// Eight people in six zones, from east to west.
pub(super) static TEAM: [Mate; 8] = [
    mate("aroha", "Aroha Ngata", "Auckland", "Pacific/Auckland", EN, false),
    mate("sari", "Sari Wulandari", "Jakarta", "Asia/Jakarta", ID, true),
    mate("budi", "Budi Santoso", "Jakarta", "Asia/Jakarta", ID, false),
    mate("nisha", "Nisha Gurung", "Kathmandu", "Asia/Kathmandu", EN, false),
    mate("oliver", "Oliver Hayes", "London", "Europe/London", EN, false),
    mate("amelia", "Amelia Reid", "London", "Europe/London", EN, false),
    mate("ana", "Ana Ribeiro", "São Paulo", "America/Sao_Paulo", EN, false),
    mate("marcus", "Marcus Bell", "Los Angeles", "America/Los_Angeles", EN, false),
];

const fn mate(
    name: &'static str,
    full: &'static str,
    city: &'static str,
    zone: &'static str,
    locales: (&'static str, &'static str),
    admin: bool,
) -> Mate {
    Mate { name, full, city, zone, locales, admin }
}

/// The mate of this name.
pub(super) fn find(name: &str) -> Option<&'static Mate> {
    TEAM.iter().find(|mate| mate.name == name)
}

impl Mate {
    /// Their zone.
    pub(super) fn zone(&self) -> Zone {
        Zone::find(self.zone).unwrap_or_else(|_| Zone::utc())
    }

    /// Reads Indonesian.
    pub(super) fn reads_indonesian(&self) -> bool {
        self.locales == ID
    }
}

/// Slack, where they all are.
pub(super) fn slack(clock: jeda_emulator::clock::Clock) -> slack::Setup {
    let setup = TEAM.iter().fold(slack::Setup::new(WORKSPACE, clock), |setup, mate| {
        let member = slack::Member::named(mate.name).real_name(mate.full);
        let member = member.in_zone(mate.zone).speaking(mate.locales.0);
        setup.person(if mate.admin { member.admin() } else { member })
    });
    setup.channel(CHANNEL, &TEAM.each_ref().map(|mate| mate.name))
}

/// Discord, where they all are, too. The channel is theirs alone.
pub(super) fn discord(clock: jeda_emulator::clock::Clock) -> discord::Setup {
    // What a held message takes, beside what an invitation asks for.
    let allowed = discord::INVITED | discord::MANAGE_MESSAGES | discord::MANAGE_WEBHOOKS;
    let server = discord::Setup::new(WORKSPACE, clock).bot_permissions(allowed);
    let setup = TEAM.iter().fold(server, |setup, mate| {
        let person = discord::Person::named(mate.name).display(mate.full);
        let person = person.zone(mate.zone).locale(mate.locales.1);
        setup.person(if mate.admin { person.owner() } else { person })
    });
    let names = TEAM.each_ref().map(|mate| mate.name);
    setup.room(discord::Room::text(CHANNEL.trim_start_matches('#')).only(names))
}
