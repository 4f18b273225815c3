//! What a digest shows, in its order: what is due first first, then what waits longest, grouped by place.

use super::{Item, Source, State};
use crate::{
    ask::Ask,
    id::UserId,
    snapshot::{Need, Snapshot},
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// One item, with what is known of it at this moment.
#[derive(Clone, Debug)]
pub(crate) struct Line<'s> {
    /// Which.
    pub(crate) item: &'s Item,
    /// The question that it is, where it is one.
    pub(crate) ask: Option<&'s Ask>,
    /// Where its message is.
    pub(crate) link: Option<String>,
}

/// Rows that [`lines`] needs for what waits for somebody, beside the items.
pub(super) fn needs(reader: &UserId) -> BTreeSet<Need> {
    [Need::Member(reader.clone()), Need::AsksFor(reader.clone())].into()
}

impl<'s> Line<'s> {
    /// Nothing where there is nothing to say any more: a question that doesn't wait for its reader.
    fn of(snapshot: &'s Snapshot, item: &'s Item) -> Option<Self> {
        let ask = match &item.source {
            Source::Ask(id) => {
                let ask = snapshot.asks.get(id).filter(|ask| ask.is_open())?;
                Some(ask.people.get(&item.reader).filter(|asked| asked.is_waited_for()).map(|_| ask)?)
            }
            _ => None,
        };
        let posted = item.posted.as_ref();
        let link = posted.and_then(|posted| snapshot.workspace.link_to(&posted.channel, &posted.message));
        Some(Self { item, ask, link })
    }

    /// Until when it wants an answer.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        let asked = self.ask.and_then(|ask| ask.people.get(&self.item.reader));
        asked.map(|asked| asked.due).or(self.item.due)
    }
}

/// These items as a digest shows them.
pub(super) fn lines<'s>(snapshot: &'s Snapshot, items: impl IntoIterator<Item = &'s Item>) -> Vec<Line<'s>> {
    let mut all: Vec<Line<'s>> = items.into_iter().filter_map(|item| Line::of(snapshot, item)).collect();
    all.sort_by_key(|line| (line.due().unwrap_or(Timestamp::MAX), line.item.since, line.item.id.clone()));
    let mut grouped: Vec<Line<'s>> = Vec::with_capacity(all.len());
    while let Some(first) = all.first() {
        let place = first.item.place.clone();
        let (here, elsewhere) = all.into_iter().partition(|line| line.item.place == place);
        grouped.extend::<Vec<_>>(here);
        all = elsewhere;
    }
    grouped
}

/// What came in a digest and its reader has said nothing of yet.
pub(super) fn open<'s>(snapshot: &'s Snapshot, digest: &super::DigestId) -> Vec<Line<'s>> {
    let came = |item: &&Item| matches!(&item.state, State::Shown { digest: in_it, .. } if in_it == digest);
    lines(snapshot, snapshot.items.values().filter(came))
}
