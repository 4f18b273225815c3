//! `[calendars]`

use schemars::JsonSchema;
use serde::Deserialize;

/// Calendars in iCal format that people and the team have elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Calendars {
    /// People may give the address of their own calendar (`/hours calendar https://…`), which is read from then on.
    pub enabled: bool,
    /// Hosts inside your network whose calendars may be read, such as `calendar.corp.example`. Every other address inside
    /// is refused, whoever gives it.
    pub allow_hosts: Vec<String>,
    /// The team's days off: files, folders of files, and web addresses, in iCal format. Each whole day in them is one, for
    /// everyone. They are read again every hour.
    pub holidays: Vec<String>,
    /// A folder with people's own calendars, one file each in iCal format, named after whose it is: `slack-U0123.ics`,
    /// `discord-4567.ics`. They are read twice an hour like those whose address people gave.
    pub people: Option<String>,
}

impl Default for Calendars {
    fn default() -> Self {
        Self { enabled: true, allow_hosts: Vec::new(), holidays: Vec::new(), people: None }
    }
}
