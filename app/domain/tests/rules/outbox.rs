//! A phone's outbox: what is sent, what an answer changes, and what a page shows meanwhile.

use domain::fact::{Body, DoorCheck, Fact, Mark, Retract, Stamped, Verdict};
use domain::feed::{Feed, Me};
use domain::job::{JobRef, Outcome};
use domain::need::{Category, Channel, NeedReport};
use domain::outbox::{
    Clock, Kept, Reply, State, ToSend, batches, heard, pause, pending, to_call_about, without_old_rounds,
};
use domain::round::stops;
use domain::wire::{Acknowledged, Answer, Answers, Flag, MAX_BATCH, Refusal};
use domain::*;

use crate::world::*;

/// The phone of Wang, who walks all rounds, with one order at door 1.
fn wangs_feed(now: Millis) -> Feed {
    let mut server = Server::new();
    let first = fact(1, OPENS, order(1, boxes_of_a(&server.community, 2), None));
    server.household(1, &first, OPENS);
    let wang = &server.community.people[&WANG];
    let me = Me::Person {
        id: WANG,
        name: wang.name.clone(),
        role: wang.role,
        assignments: wang.assignments.clone(),
    };
    Feed {
        as_of: now,
        community: server.community.for_rounds(&me.actor(), now),
        me,
        facts: server.facts,
        cards: vec![],
        left: vec![],
        codes: vec![],
    }
}

fn kept(fact: Fact) -> Kept {
    Kept { fact, by: community().people[&WANG].actor().signed(), state: State::Waiting }
}

fn done(n: u64, at: Millis) -> Fact {
    fact(n, at, mark(1, Outcome::Done))
}

fn answers(now: Millis, given: &[(FactId, Acknowledged)]) -> Answers {
    let answers = given.iter().map(|(id, answer)| Answer { id: *id, answer: answer.clone() }).collect();
    Answers { now, answers }
}

#[test]
fn a_mark_made_without_signal_shows_at_once_and_once() {
    let feed = wangs_feed(DELIVERY);
    let mine = kept(done(7, DELIVERY + 60_000));
    let told = pending(&feed, std::slice::from_ref(&mine), DELIVERY + 90_000);
    assert_eq!(told[0].verdict, Verdict::Taken);
    assert_eq!(told[0].received, DELIVERY + 60_000, "nothing moves when the page folds again");
    let all: Vec<&Stamped> = feed.facts.iter().chain(&told).collect();
    let folded = stops(all, |household| feed.community.places.door_of(household));
    assert!(!folded[&DoorId(1)].to_do());

    // The server has it now, and the feed tells it: the outbox adds nothing.
    let mut fresh = feed.clone();
    fresh.facts.push(told[0].clone());
    assert_eq!(pending(&fresh, std::slice::from_ref(&mine), DELIVERY + 99_000), []);
    let sent = Kept { state: State::Stored { verdict: Verdict::Taken, at: DELIVERY }, ..mine };
    assert!(sent.outlived(&fresh, DELIVERY) && !sent.outlived(&feed, DELIVERY));
}

#[test]
fn an_undo_without_signal_opens_the_stop_again() {
    let feed = wangs_feed(DELIVERY);
    let mark = done(7, DELIVERY);
    let undo = Body::Retract(Retract { run: RUN, door: DoorId(1), fact: mark.id });
    let told = pending(&feed, &[kept(mark), kept(fact(8, DELIVERY + 5, undo))], DELIVERY + 10);
    let all: Vec<&Stamped> = feed.facts.iter().chain(&told).collect();
    let folded = stops(all, |household| feed.community.places.door_of(household));
    assert!(folded[&DoorId(1)].to_do());
}

#[test]
fn the_phone_says_at_once_what_the_server_would_refuse_or_flag() {
    let feed = wangs_feed(DELIVERY);
    let elsewhere = Mark {
        run: RunId(9),
        door: DoorId(1),
        jobs: vec![(JobRef::Order(HouseholdId(1)), Outcome::Done)],
        by: DoorCheck::Listed,
        happened: None,
    };
    let no_such_job = fact(9, DELIVERY, mark(2, Outcome::Done));
    let told = pending(&feed, &[kept(fact(8, DELIVERY, Body::Mark(elsewhere))), kept(no_such_job)], DELIVERY);
    assert_eq!(told[0].verdict, Verdict::Refused(Refusal::NoSuchRun));
    assert_eq!(told[1].verdict, Verdict::Flagged(Flag::UnknownJob));
}

#[test]
fn another_persons_mark_on_the_same_phone_is_not_judged_by_my_rights() {
    let feed = wangs_feed(DELIVERY);
    let li = community().people[&LI].actor().signed();
    let told = pending(&feed, &[Kept { by: li, ..kept(done(7, DELIVERY)) }], DELIVERY);
    assert_eq!((told[0].by, &told[0].verdict), (li, &Verdict::Taken));
}

#[test]
fn states_only_move_forward() {
    let at = DELIVERY;
    let stored = Acknowledged::Stored(Verdict::Taken);
    let refused = Acknowledged::Stored(Verdict::Refused(Refusal::Closed));
    assert_eq!(State::Waiting.after(&Acknowledged::Later, at), State::Waiting);
    assert_eq!(State::Waiting.after(&Acknowledged::OtherContent, at), State::OtherContent);
    let taken = State::Waiting.after(&stored, at);
    for later in [Acknowledged::Later, Acknowledged::OtherContent, refused] {
        assert_eq!(taken.clone().after(&later, at + 9), taken);
        assert_eq!(State::OtherContent.after(&later, at + 9), State::OtherContent);
    }
}

#[test]
fn an_answer_about_something_else_acknowledges_nothing() {
    let (mine, other) = (done(7, DELIVERY), done(8, DELIVERY));
    let stored = Acknowledged::Stored(Verdict::Taken);
    let reply = answers(DELIVERY, &[(other.id, stored.clone()), (mine.id, stored.clone())]);
    let asked = [mine.id];
    let said: Vec<_> = heard(&asked, &reply).collect();
    assert_eq!(said, [(mine.id, &stored)]);
}

#[test]
fn only_answers_count_as_an_answer() {
    let busy = answers(DELIVERY, &[(done(7, DELIVERY).id, Acknowledged::Later)]);
    assert_eq!(Reply::of(200, Some(&busy)), Reply::Heard { again: true });
    assert_eq!(Reply::of(200, Some(&answers(DELIVERY, &[]))), Reply::Heard { again: false });
    assert_eq!(Reply::of(200, None), Reply::Nobody, "a captive portal says 200 to everything");
    assert_eq!(Reply::of(302, None), Reply::Nobody);
    assert_eq!(Reply::of(503, None), Reply::Nobody);
    assert_eq!(Reply::of(413, None), Reply::TooMuch);
    assert_eq!(Reply::of(401, None), Reply::NotAccepted);
}

#[test]
fn one_request_holds_one_persons_facts_in_order_and_what_cannot_wait_goes_first() {
    let need = |urgent| {
        Body::Need(NeedReport {
            household: HouseholdId(1),
            category: Category::Food,
            text: "米".into(),
            urgent,
            channel: Channel::Door,
            continues: None,
        })
    };
    let facts = [
        ("wang", done(2, DELIVERY)),
        ("li", done(1, DELIVERY)),
        ("wang", done(1, DELIVERY)),
        ("wang", fact(3, DELIVERY, need(false))),
        ("wang", fact(4, DELIVERY, need(true))),
    ];
    let waiting: Vec<ToSend<'_>> =
        facts.iter().map(|(token, fact)| ToSend { token, fact: Some(fact) }).collect();
    assert_eq!(batches(&waiting), [vec![4, 2, 0, 3], vec![1]]);
    let unreadable = [ToSend { token: "wang", fact: None }];
    assert_eq!(batches(&unreadable), [vec![0]], "what a newer program wrote is sent all the same");

    let many: Vec<Fact> = (0..1_201).map(|n| done(n, DELIVERY)).collect();
    let waiting: Vec<ToSend<'_>> =
        many.iter().map(|fact| ToSend { token: "wang", fact: Some(fact) }).collect();
    let sizes: Vec<usize> = batches(&waiting).iter().map(Vec::len).collect();
    assert_eq!(sizes, [MAX_BATCH, MAX_BATCH, 201]);
    assert!(batches(&[]).is_empty());
}

fn need(category: Category, urgent: bool, channel: Channel) -> NeedReport {
    NeedReport {
        household: HouseholdId(1),
        category,
        text: "胰岛素".into(),
        urgent,
        channel,
        continues: None,
    }
}

/// A household's phone that holds these needs, each in its state.
fn holding(needs: impl IntoIterator<Item = (NeedReport, State)>) -> Vec<Kept> {
    let hold = |(n, (report, state)): (u64, (NeedReport, State))| {
        let mut kept = kept(fact(n, DELIVERY, Body::Need(report)));
        kept.state = state;
        kept
    };
    (1..).zip(needs).map(hold).collect()
}

fn answered(verdict: Verdict) -> State {
    State::Waiting.after(&Acknowledged::Stored(verdict), DELIVERY)
}

const SOON: Option<Millis> = Some(Millis(DELIVERY.0 + 1_000));

#[test]
fn an_urgent_need_asks_for_a_call_until_it_is_received() {
    let medical = || need(Category::Medical, false, Channel::App);
    let waiting = holding([(medical(), State::Waiting)]);
    assert_eq!(to_call_about(&waiting, SOON, false), None, "it is on its way");
    assert_eq!(to_call_about(&waiting, SOON, true), waiting.first(), "there is no way");
    let late = Some(DELIVERY + Millis::MINUTE);
    assert_eq!(to_call_about(&waiting, late, false), waiting.first(), "answered, and not taken");
    assert_eq!(to_call_about(&waiting, None, false), waiting.first(), "nothing is known");
    let received = holding([(medical(), answered(Verdict::Taken))]);
    assert_eq!(to_call_about(&received, late, true), None);
}

#[test]
fn an_urgent_need_that_was_refused_asks_for_a_call_for_a_day_unless_another_is_unsent() {
    let urgent = || need(Category::Food, true, Channel::App);
    let refused = answered(Verdict::Refused(Refusal::NotAllowed));
    let alone = holding([(urgent(), refused.clone())]);
    assert_eq!(to_call_about(&alone, SOON, false), alone.first());
    assert_eq!(to_call_about(&alone, Some(DELIVERY + Millis::DAY), false), None);
    let both = holding([(urgent(), refused.clone()), (urgent(), State::Waiting), (urgent(), refused)]);
    assert_eq!(to_call_about(&both, SOON, true), both.get(1));
}

#[test]
fn whoever_runs_out_of_medicine_is_told_that_it_was_not_sent_unless_somebody_at_the_door_asked() {
    let alarms = |category, urgent, channel| {
        let held = holding([(need(category, urgent, channel), State::Waiting)]);
        to_call_about(&held, SOON, true).is_some()
    };
    assert!(alarms(Category::Medicine, false, Channel::App));
    assert!(!alarms(Category::Medicine, false, Channel::Door));
    assert!(alarms(Category::Medicine, true, Channel::Door));
    assert!(alarms(Category::Medical, false, Channel::Door));
    for other in Category::ALL.iter().filter(|c| !matches!(c, Category::Medicine | Category::Medical)) {
        assert!(alarms(*other, true, Channel::App) && !alarms(*other, false, Channel::App), "{other:?}");
    }
}

#[test]
fn pauses_grow_keep_to_what_the_server_asked_and_spread() {
    for failures in 0..40 {
        for random in [0, 1, 12_345, u32::MAX] {
            let plain = pause(failures, None, random);
            assert!((1_000..=5 * 60_000).contains(&plain), "{plain} after {failures}");
            assert!(pause(failures, Some(30), random) >= 30_000);
            assert!(
                pause(failures, Some(u32::MAX), random) <= 2 * 3_600_000,
                "no server silences a phone for days"
            );
        }
    }
    assert!(pause(6, None, 0) > pause(1, None, u32::MAX));
    assert_ne!(pause(3, Some(60), 1), pause(3, Some(60), 20_000));
}

#[test]
fn the_clock_is_measured_in_the_middle_of_an_exchange() {
    let device = Millis(DELIVERY.0 - 2 * Millis::DAY);
    let clock = Clock::measured(device, device + 400, DELIVERY + 200).unwrap();
    assert_eq!(clock.offset, 2 * Millis::DAY);
    assert_eq!(clock.now(device), DELIVERY);
    assert_eq!(clock.stamp(device).contact, Some(DELIVERY + 200));
    assert_eq!(Clock::measured(device, device + -1, DELIVERY), None, "set back meanwhile");
    assert_eq!(Clock::measured(device, device + Millis::HOUR, DELIVERY), None, "asleep meanwhile");
}

#[test]
fn twelve_hours_after_the_round_no_door_is_left_on_a_volunteers_phone() {
    let during = without_old_rounds(wangs_feed(DELIVERY), DELIVERY + Millis::HOUR);
    assert!(!during.facts.is_empty() && !during.community.places.doors.is_empty());
    let after = without_old_rounds(wangs_feed(DELIVERY), DELIVERY + 15 * Millis::HOUR);
    assert!(after.facts.is_empty() && after.cards.is_empty());
    assert!(after.community.places.households.is_empty());
    assert_eq!(after.me, during.me);
}
