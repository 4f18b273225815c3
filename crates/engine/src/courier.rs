//! The courier: takes what is owed under a lease, has core look at it once more, delivers it once, and settles it.
//!
//! `claim -> release -> deliver -> settle`. An effect whose delivery may have happened (a time-out, a lease that ran
//! out) is never sent blindly: the platform is asked first.

use crate::{
    clock::SharedClock,
    desk::{Bells, Busy, DeskHandle, Matter, panic_words},
    lockout::{Lockout, Turn},
    platforms::Platforms,
    port::{Delivery, Found},
};
use jeda_core::{
    effect::{Outgoing, Owed},
    event::{Errand, Event, Inbound, Outcome, Posted, Refusal, Seen},
    id::{EffectKey, InboxKey, Subject, WorkspaceId},
    limit::{CALENDAR_WHOLE_HOURS, DELIVERY_ATTEMPTS_MAX},
    people::{CalendarTrouble, FeedId, Marks, Reading},
    release::{self, Release},
    time::Zone,
};
use jeda_store::{Claimed, Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::AtomicUsize},
    time::Duration,
};
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{debug, error, info, warn};

/// Effects under delivery at once: more only wait for their platform's rate limits in memory in place of the outbox.
const UNDER_WAY_MAX: usize = 256;
/// Calendars read at once. Somebody else's server may take its time, and whatever waits for it is in the way of messages.
const CALENDARS_AT_ONCE: usize = 32;
/// How long a calendar waits at least, and at most, when that many are being read.
const CALENDAR_WAITS_SECS: (u64, u64) = (10, 40);
/// How long a claimed effect is ours.
const LEASE: Duration = Duration::from_secs(180);
/// How long one is carried at most, its wait for a rate limit included. What is not settled by then is dropped where
/// it stands and reconciled, so that nothing is sent on a lease that ran out: the rest of the lease is for a request
/// that is on its way and for its settling.
const CARRY_MAX: Duration = Duration::from_secs(120);
/// First wait after a failed attempt, doubled each time.
const BACKOFF_MIN: Duration = Duration::from_secs(2);
/// Longest wait between attempts.
const BACKOFF_MAX: Duration = Duration::from_secs(4 * 3600);
/// How long to leave a platform alone before it is asked whether a message arrived: a request that timed out may
/// still be under way in it.
const RECONCILE_AFTER: Duration = Duration::from_secs(5);
/// At most this long between two looks at the outbox: another replica may owe something, or have died.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

#[derive(Clone)]
pub(crate) struct Courier {
    pub(crate) store: Store,
    pub(crate) clock: SharedClock,
    pub(crate) desk: DeskHandle,
    pub(crate) bells: Bells,
    pub(crate) platforms: Arc<Platforms>,
    pub(crate) lockout: Arc<Lockout>,
    pub(crate) under_way: Arc<AtomicUsize>,
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
    /// Turns in which calendars are read.
    pub(crate) calendars: Arc<Semaphore>,
}

impl Courier {
    /// Turns for as many calendars as may be read at once.
    pub(crate) fn calendar_turns() -> Arc<Semaphore> {
        Arc::new(Semaphore::new(CALENDARS_AT_ONCE))
    }

    /// Works until it is told to stop, then waits for what is under way.
    pub(crate) async fn work(self) {
        while !self.stop.is_cancelled() {
            let next = self.round().await.unwrap_or_else(|failure| {
                error!(error = %failure, "the courier can't read the outbox; it looks again in a minute");
                None
            });
            tokio::select! {
                () = self.stop.cancelled() => break,
                () = self.bells.effects.notified() => {}
                () = self.clock.sleep_until(next.unwrap_or(Timestamp::MAX)) => {}
                () = tokio::time::sleep(LOOK_AGAIN) => {}
            }
        }
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Claims what is due and sends it on its way. Returns when to look again.
    async fn round(&self) -> Result<Option<Timestamp>, StoreError> {
        self.store.expire_leases(self.clock.now(), false).await?;
        loop {
            let now = self.clock.now();
            let room = UNDER_WAY_MAX.saturating_sub(self.tasks.len());
            if room == 0 || self.stop.is_cancelled() {
                // Whatever ends next rings the bell.
                return Ok(None);
            }
            let mut shut = self.lockout.shut_now(now);
            shut.extend(self.platforms.waiting());
            // Until each has its own count, so that what is claimed is never unseen.
            let _claiming = Busy::begin(&self.under_way);
            let claimed = self.store.claim(now, now + LEASE, room, &shut).await?;
            if claimed.is_empty() {
                let next = [self.store.next_effect(&shut).await?, self.lockout.next_try(now)];
                return Ok(next.into_iter().flatten().filter(|at| *at > now).min());
            }
            for claim in claimed {
                let courier = self.clone();
                let busy = Busy::begin(&self.under_way);
                self.tasks.spawn(async move {
                    let key = claim.owed.key.clone();
                    if let Err(failure) = courier.carry_in_time(claim, now + CARRY_MAX).await {
                        error!(effect = %key, error = %failure, "an effect could not be settled; it is reconciled");
                    }
                    drop(busy);
                    courier.bells.effects.notify_one();
                });
            }
        }
    }

    /// Carries one effect until `deadline`.
    async fn carry_in_time(&self, claim: Claimed, deadline: Timestamp) -> Result<(), StoreError> {
        let key = claim.owed.key.clone();
        tokio::select! {
            carried = self.carry(claim) => carried,
            () = self.clock.sleep_until(deadline) => {
                debug!(effect = %key, "carried for too long; the platform is asked about it");
                self.store.put_back_uncertain(&key, self.clock.now(), "carried_too_long").await
            }
        }
    }

    /// Carries one effect to its end, or puts it back.
    async fn carry(&self, claim: Claimed) -> Result<(), StoreError> {
        let owed = &claim.owed;
        let now = self.clock.now();
        let snapshot = self.store.load(&release::scope(owed)).await?;
        let released = catch_unwind(AssertUnwindSafe(|| release::release(&snapshot, owed, now)));
        match released {
            Ok(Release::Send(outgoing)) => self.send(&claim, outgoing).await,
            Ok(Release::Ask(errand)) => self.ask(&claim, errand).await,
            Ok(Release::Wait(until)) => self.store.put_back(&owed.key, until, false, None).await,
            Ok(Release::Skip(why)) => self.settle(owed, None, Outcome::Skipped(why), None).await,
            Err(panic) => {
                error!(workspace = %owed.workspace, effect = %owed.key, words = panic_words(&panic), "release broke");
                self.later(&claim, None, "release_broke".to_owned()).await
            }
        }
    }

    /// Sends a message; asks first whether it is there already when nobody knows.
    async fn send(&self, claim: &Claimed, outgoing: Outgoing) -> Result<(), StoreError> {
        let Some(platform) = self.platforms.of(&claim.owed.workspace) else { return self.unconnected(claim).await };
        if claim.uncertain {
            match platform.find(&outgoing).await {
                Found::Sent(posted) => {
                    info!(effect = %claim.owed.key, "it had arrived");
                    metrics::counter!("jeda_effects_reconciled_total", "found" => "sent").increment(1);
                    return self.sent(claim, outgoing.subject.as_ref(), posted).await;
                }
                Found::Absent => {
                    metrics::counter!("jeda_effects_reconciled_total", "found" => "absent").increment(1);
                }
                Found::Untraceable => {
                    metrics::counter!("jeda_effects_reconciled_total", "found" => "untraceable").increment(1);
                    let lost = Refusal::Other("nobody can tell whether it arrived".to_owned());
                    return self.settle(&claim.owed, None, Outcome::Refused(lost), None).await;
                }
                Found::Unknown { why } => {
                    let again = self.clock.now() + backoff(claim.attempts);
                    return self.store.put_back_uncertain(&claim.owed.key, again, &why).await;
                }
            }
        }
        let delivery = platform.deliver(&outgoing).await;
        self.delivered(claim, outgoing.subject.as_ref(), delivery).await
    }

    /// What one attempt came to.
    async fn delivered(
        &self,
        claim: &Claimed,
        subject: Option<&Subject>,
        delivery: Delivery,
    ) -> Result<(), StoreError> {
        let owed = &claim.owed;
        match delivery {
            Delivery::Sent(posted) => self.sent(claim, subject, posted).await,
            Delivery::Refused(refusal) => {
                self.unlocked(&owed.workspace).await;
                warn!(workspace = %owed.workspace, effect = %owed.key, ?refusal, "the platform refused an effect");
                self.settle(owed, subject.cloned(), Outcome::Refused(refusal), None).await
            }
            Delivery::Later { after, why } => self.later(claim, after, why).await,
            Delivery::Locked { why } => self.locked(claim, why).await,
            Delivery::Uncertain { why } => {
                debug!(effect = %owed.key, why, "nobody knows whether it arrived");
                let at = self.clock.now() + RECONCILE_AFTER.max(backoff(claim.attempts) / 2);
                self.store.put_back_uncertain(&owed.key, at, &why).await
            }
        }
    }

    async fn sent(&self, claim: &Claimed, subject: Option<&Subject>, posted: Posted) -> Result<(), StoreError> {
        self.unlocked(&claim.owed.workspace).await;
        let waited = self.clock.now().duration_since(claim.owed.due_at).as_secs_f64();
        metrics::histogram!("jeda_effect_wait_seconds").record(waited.max(0.0));
        self.settle(&claim.owed, subject.cloned(), Outcome::Sent(posted), None).await
    }

    /// Asks the platform, and hands its answer in together with the errand's end.
    async fn ask(&self, claim: &Claimed, errand: Errand) -> Result<(), StoreError> {
        let owed = &claim.owed;
        if let Errand::Calendar { user, feed, zone } = &errand {
            let Ok(_turn) = self.calendars.try_acquire() else {
                let at = self.clock.now() + calendar_waits(&owed.key);
                return self.store.put_back(&owed.key, at, false, None).await;
            };
            let reading = self.read_calendar(&owed.workspace, feed, zone).await?;
            let seen = Seen::Calendar { user: user.clone(), feed: feed.clone(), reading };
            return self.settle(owed, None, Outcome::Answered, Some(Box::new(Event::Seen(seen)))).await;
        }
        let Some(platform) = self.platforms.of(&owed.workspace) else { return self.unconnected(claim).await };
        match platform.ask(&owed.workspace, &errand).await {
            Ok(seen) => {
                self.unlocked(&owed.workspace).await;
                self.settle(owed, None, Outcome::Answered, Some(Box::new(Event::Seen(seen)))).await
            }
            Err(Delivery::Refused(refusal)) => {
                let seen = Seen::Unavailable { errand, refusal: refusal.clone() };
                self.settle(owed, None, Outcome::Refused(refusal), Some(Box::new(Event::Seen(seen)))).await
            }
            Err(Delivery::Locked { why }) => self.locked(claim, why).await,
            Err(Delivery::Later { after, why }) => self.later(claim, after, why).await,
            // A question changes nothing: it is simply asked again.
            Err(Delivery::Uncertain { why }) => self.later(claim, None, why).await,
            Err(Delivery::Sent(_)) => self.later(claim, None, "an errand is not a message".to_owned()).await,
        }
    }

    /// Reads somebody's calendar. Its address goes from the store to whoever fetches it, and nowhere else.
    async fn read_calendar(&self, workspace: &WorkspaceId, id: &FeedId, zone: &str) -> Result<Reading, StoreError> {
        let Some(mut feed) = self.store.feed(workspace, id).await? else { return Ok(Reading::Gone) };
        let Some(calendars) = self.platforms.calendars() else {
            return Ok(Reading::Failed(CalendarTrouble::Off));
        };
        let now = self.clock.now();
        let whole_until = |at: Timestamp| at + SignedDuration::from_hours(CALENDAR_WHOLE_HOURS);
        if feed.marks.whole_at.is_none_or(|at| now >= whole_until(at)) {
            feed.marks = Marks::default();
        }
        let reading = calendars.read(&feed, Zone::find(zone).unwrap_or_else(|_| Zone::utc()), now).await;
        if let Reading::Failed(trouble) = &reading {
            debug!(%workspace, feed = id.as_str(), ?trouble, "a calendar could not be read");
        }
        metrics::counter!("jeda_calendars_read_total", "reading" => reading_word(&reading)).increment(1);
        Ok(reading)
    }

    /// Puts an effect back that waits for its platform to be connected.
    async fn unconnected(&self, claim: &Claimed) -> Result<(), StoreError> {
        self.store.put_back(&claim.owed.key, claim.owed.due_at, false, None).await
    }

    /// Puts an effect back that is certainly not there, or gives it up after many tries.
    async fn later(&self, claim: &Claimed, after: Option<Duration>, why: String) -> Result<(), StoreError> {
        let owed = &claim.owed;
        metrics::counter!("jeda_effects_retried_total").increment(1);
        if claim.attempts >= DELIVERY_ATTEMPTS_MAX {
            error!(workspace = %owed.workspace, effect = %owed.key, why, "an effect was given up");
            return self.settle(owed, None, Outcome::Refused(Refusal::GaveUp(why)), None).await;
        }
        let wait = after.unwrap_or_else(|| backoff(claim.attempts));
        debug!(effect = %owed.key, why, wait_secs = wait.as_secs(), "an effect is tried again");
        // What the platform asks for is no failure of ours, and doesn't count as one.
        self.store.put_back(&owed.key, self.clock.now() + wait, after.is_none(), Some(&why)).await
    }

    /// Puts an effect back whose workspace is locked, and tells it once.
    async fn locked(&self, claim: &Claimed, why: String) -> Result<(), StoreError> {
        let owed = &claim.owed;
        let now = self.clock.now();
        let (turn, until) = self.lockout.shut(&owed.workspace, now);
        self.store.put_back(&owed.key, until, false, Some(&why)).await?;
        if turn == Turn::Began {
            error!(
                workspace = %owed.workspace, why,
                "the token doesn't work: nothing is sent and nothing is lost. Give jeda a working token; `jeda doctor` shows how"
            );
            self.tell(&owed.workspace, Seen::Locked { reason: why }, now).await;
        }
        Ok(())
    }

    /// Something went through: if the workspace was locked, it no longer is.
    async fn unlocked(&self, workspace: &WorkspaceId) {
        if self.lockout.open(workspace) {
            info!(%workspace, "the token works again");
            self.tell(workspace, Seen::Unlocked, self.clock.now()).await;
        }
    }

    async fn tell(&self, workspace: &WorkspaceId, seen: Seen, now: Timestamp) {
        let word = if seen == Seen::Unlocked { "unlocked" } else { "locked" };
        let key = InboxKey::new(format!("{word}/{}", now.as_millisecond()));
        let inbound = Inbound { key, workspace: workspace.clone(), event: Event::Seen(seen) };
        if let Err(failure) = self.desk.hand_in(Matter::Happened(inbound)).await {
            error!(%workspace, error = %failure, "a lockout could not be recorded");
        }
    }

    async fn settle(
        &self,
        owed: &Owed,
        subject: Option<Subject>,
        outcome: Outcome,
        answer: Option<Box<Event>>,
    ) -> Result<(), StoreError> {
        metrics::counter!("jeda_effects_total", "outcome" => outcome_word(&outcome)).increment(1);
        let matter = Matter::Settled { owed: owed.clone(), subject, outcome, answer };
        self.desk
            .hand_in(matter)
            .await
            .map(|_| ())
            .map_err(|failure| StoreError::Database { operation: "settle", why: failure.to_string() })
    }
}

fn reading_word(reading: &Reading) -> &'static str {
    match reading {
        Reading::Unchanged => "unchanged",
        Reading::Whole { .. } => "whole",
        Reading::Failed(_) => "failed",
        Reading::Gone => "gone",
    }
}

fn outcome_word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Sent(_) => "sent",
        Outcome::Answered => "answered",
        Outcome::Refused(_) => "refused",
        Outcome::Skipped(_) => "skipped",
    }
}

/// The wait before the next attempt.
fn backoff(attempts: u32) -> Duration {
    BACKOFF_MIN.saturating_mul(1 << attempts.min(16)).min(BACKOFF_MAX)
}

/// Each waits for another time, so that they don't all come back at once.
fn calendar_waits(key: &EffectKey) -> Duration {
    let (least, most) = CALENDAR_WAITS_SECS;
    let spread = key.as_str().bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    Duration::from_secs(least + spread % (most - least))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_last_about_two_days_before_an_effect_is_given_up() {
        let whole: Duration = (0..DELIVERY_ATTEMPTS_MAX).map(backoff).sum();
        assert!(whole > Duration::from_secs(24 * 3600) && whole < Duration::from_secs(3 * 24 * 3600), "{whole:?}");
        assert_eq!(backoff(0), Duration::from_secs(2));
        assert_eq!(backoff(u32::MAX), BACKOFF_MAX);
    }
}
