//! Whatever the types can hold: what `serde_json` writes is read as it was, and what we write are the same bytes.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::actor::{Assignment, Role, Signed};
use crate::community::{Notice, Person};
use crate::fact::{
    AddJob, Away, Body, Complaint, Dispute, DoorCheck, DropJob, Fact, Load, Mark, OrderSet, Paid, PaidState,
    Retract, Seen, Sequence, Stamped, Verdict,
};
use crate::handover::{HandOver, Ticket, TookOver};
use crate::household::Household;
use crate::ids::*;
use crate::job::{BoxItem, Failure, JobKind, JobRef, Outcome};
use crate::json::{Json, read, text};
use crate::menu::{Item, Line, Menu, MenuKind, Substitution};
use crate::need::{Category, Channel, NeedReport, NeedStep, Step};
use crate::outbox::{Clock, State};
use crate::places::{Area, Door, Label, Spot};
use crate::time::DeviceTime;
use crate::window::{Payment, Window};
use crate::wire::{Acknowledged, Answer, Answers, Flag, Refusal};
use crate::{Fen, Lang, Millis, Name, Quantity, Unit};

/// The same value on both ways, the same bytes from both.
fn same<T: Json + DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(value: &T) {
    let general = serde_json::to_string(value).expect("it can be written");
    assert_eq!(&text(value), &general);
    assert_eq!(read::<T>(&general).as_ref(), Some(value), "{general}");
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[楼a\"\\\\/\\x00-\\x1f\\x7f\u{1f600}]{0,12}"]
}
fn id() -> impl Strategy<Value = FactId> {
    (0..1_i64 << 47, any::<[u8; 10]>()).prop_map(|(at, random)| FactId::new(at, random))
}
fn at() -> impl Strategy<Value = Millis> {
    any::<i64>().prop_map(Millis)
}
fn code() -> impl Strategy<Value = MenuCode> {
    "[A-Za-z0-9_-]{1,12}".prop_map(|text| text.parse().expect("a code"))
}
fn run() -> impl Strategy<Value = RunId> {
    any::<u32>().prop_map(RunId)
}
fn household() -> impl Strategy<Value = HouseholdId> {
    any::<u32>().prop_map(HouseholdId)
}
fn door() -> impl Strategy<Value = DoorId> {
    any::<u32>().prop_map(DoorId)
}
fn name() -> impl Strategy<Value = Name> {
    (words(), words()).prop_map(|(zh, en)| Name { zh, en })
}
fn role() -> impl Strategy<Value = Role> {
    select(Role::ALL.to_vec())
}
fn signed() -> impl Strategy<Value = Signed> {
    prop_oneof![
        household().prop_map(Signed::Household),
        (any::<u32>(), role()).prop_map(|(id, role)| Signed::Person(PersonId(id), role)),
        Just(Signed::Clock),
    ]
}
fn area() -> impl Strategy<Value = Area> {
    let building = || any::<u16>().prop_map(BuildingId);
    prop_oneof![
        Just(Area::Community),
        any::<u16>().prop_map(|id| Area::Compound(CompoundId(id))),
        building().prop_map(Area::Building),
        (building(), any::<u8>()).prop_map(|(id, unit)| Area::Unit(id, unit)),
        (building(), any::<u8>(), any::<i8>(), any::<i8>()).prop_map(|(b, u, f, t)| Area::Floors(b, u, f, t)),
    ]
}
fn line() -> impl Strategy<Value = Line> {
    (code(), any::<u16>(), any::<u16>(), any::<i64>(), vec(any::<u8>(), 0..3)).prop_map(
        |(menu, version, boxes, price, picks)| Line { menu, version, boxes, price: Fen(price), picks },
    )
}
fn box_item() -> impl Strategy<Value = BoxItem> {
    (code(), any::<u16>(), any::<u8>()).prop_map(|(menu, version, item)| BoxItem { menu, version, item })
}
fn outcome() -> impl Strategy<Value = Outcome> {
    let failure = prop_oneof![
        select(vec![Failure::NobodyHome, Failure::NoAccess, Failure::Refused, Failure::WrongAddress]),
        (vec(code(), 0..3), vec(box_item(), 0..3), words())
            .prop_map(|(menus, items, note)| Failure::ShortOrDamaged { menus, items, note }),
        words().prop_map(Failure::Other),
    ];
    prop_oneof![
        select(vec![Outcome::Done, Outcome::LeftAtDoor]),
        words().prop_map(Outcome::Neighbour),
        failure.prop_map(Outcome::Failed),
    ]
}
fn job() -> impl Strategy<Value = JobRef> {
    prop_oneof![household().prop_map(JobRef::Order), id().prop_map(JobRef::Added)]
}
fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        select(vec![Step::Read, Step::Taken, Step::Closed]),
        words().prop_map(Step::Answered),
        words().prop_map(Step::Reopened),
        (select(Category::ALL.to_vec()), any::<bool>())
            .prop_map(|(about, urgent)| Step::Sorted(about, urgent)),
    ]
}

/// Every kind of fact.
fn body() -> impl Strategy<Value = Body> {
    let check = select(vec![DoorCheck::Scanned, DoorCheck::Typed, DoorCheck::Listed, DoorCheck::Paper]);
    let substitution = select(vec![Substitution::Ask, Substitution::Yes, Substitution::No]);
    let channel = select(vec![Channel::App, Channel::Door, Channel::Call, Channel::Paper, Channel::Chat]);
    let category = || select(Category::ALL.to_vec());
    let paid = select(vec![PaidState::Paid, PaidState::Unpaid, PaidState::RefundDue]);
    prop_oneof![
        (run(), household(), of(id()), vec(line(), 0..3), substitution).prop_map(
            |(run, household, replaces, lines, substitution)| {
                Body::Order(OrderSet { run, household, replaces, lines, substitution })
            }
        ),
        (run(), door(), vec((job(), outcome()), 0..3), check, of(at()))
            .prop_map(|(run, door, jobs, by, happened)| Body::Mark(Mark { run, door, jobs, by, happened })),
        (run(), door(), id()).prop_map(|(run, door, fact)| Body::Retract(Retract { run, door, fact })),
        (run(), any::<[u16; 3]>()).prop_map(|(run, [building, taken, returned])| {
            Body::Load(Load { run, building: BuildingId(building), taken, returned })
        }),
        (run(), door(), of(household()), select(JobKind::ALL), words(), of(id())).prop_map(
            |(run, door, household, kind, text, need)| {
                Body::AddJob(AddJob { run, door, household, kind, text, need })
            }
        ),
        (run(), door(), id()).prop_map(|(run, door, job)| Body::DropJob(DropJob { run, door, job })),
        (run(), household(), any::<bool>()).prop_map(|(run, household, away)| Body::Away(Away {
            run,
            household,
            away
        })),
        (
            run(),
            household(),
            id(),
            of(job()),
            select(vec![Complaint::Wrong, Complaint::NeverArrived]),
            words()
        )
            .prop_map(|(run, household, mark, job, says, note)| Body::Dispute(Dispute {
                run,
                household,
                mark,
                job,
                says,
                note
            })),
        (run(), household(), paid).prop_map(|(run, household, state)| Body::Paid(Paid {
            run,
            household,
            state
        })),
        (household(), category(), words(), any::<bool>(), channel, of(id())).prop_map(
            |(household, category, text, urgent, channel, continues)| {
                Body::Need(NeedReport { household, category, text, urgent, channel, continues })
            }
        ),
        (household(), id(), step()).prop_map(|(household, need, step)| Body::NeedStep(NeedStep {
            household,
            need,
            step
        })),
        (household(), any::<u32>())
            .prop_map(|(household, notice)| Body::Seen(Seen { household, notice: NoticeId(notice) })),
        (run(), any::<u16>(), any::<[u8; 16]>()).prop_map(|(run, building, ticket)| {
            let (areas, seal) = (areas(building), Ticket::new(ticket).seal());
            Body::HandOver(HandOver { run, building: BuildingId(building), areas, seal })
        }),
        (run(), any::<u16>(), id(), any::<u32>()).prop_map(|(run, building, hand, from)| {
            let (areas, from) = (areas(building), PersonId(from));
            Body::TookOver(TookOver { run, building: BuildingId(building), areas, hand, from })
        }),
    ]
}

fn areas(building: u16) -> Vec<Area> {
    let building = BuildingId(building);
    vec![Area::Building(building), Area::Unit(building, 2), Area::Floors(building, 1, -1, 18)]
}

fn fact() -> impl Strategy<Value = Fact> {
    let via = of(any::<[u8; 16]>().prop_map(Ticket::new));
    (any::<u8>(), id(), (at(), any::<i64>(), of(at())), any::<[u32; 2]>(), body(), via).prop_map(
        |(v, id, (at, offset, contact), [epoch, number], body, via)| Fact {
            v,
            id,
            made: DeviceTime { at, offset, contact },
            seq: Sequence { epoch, number },
            body,
            via,
        },
    )
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let flag = select(vec![
        Flag::NoLongerAssigned,
        Flag::ClockWrong,
        Flag::RunOver,
        Flag::UnknownJob,
        Flag::AfterSeal,
        Flag::LateDispute,
        Flag::HandOverUnheard,
        Flag::Unconfirmed,
    ]);
    let refusal = prop_oneof![
        select(vec![
            Refusal::NotAllowed,
            Refusal::NoSuchRun,
            Refusal::NotOpenYet,
            Refusal::Closed,
            Refusal::ChangedMeanwhile,
            Refusal::Unknown,
            Refusal::Malformed,
            Refusal::UnknownVersion,
            Refusal::AlreadyClosed,
        ]),
        code().prop_map(Refusal::NotOffered),
        code().prop_map(Refusal::MenuChanged),
        (code(), any::<u16>()).prop_map(|(menu, limit)| Refusal::OverLimit(menu, limit)),
        (code(), any::<u8>()).prop_map(|(menu, picks)| Refusal::WrongPicks(menu, picks)),
        (code(), any::<u32>()).prop_map(|(menu, left)| Refusal::SoldOut(menu, left)),
    ];
    prop_oneof![Just(Verdict::Taken), flag.prop_map(Verdict::Flagged), refusal.prop_map(Verdict::Refused)]
}

proptest! {
    #[test]
    fn every_fact_is_the_same_on_both_ways(fact in fact(), by in signed(), at in at(), verdict in verdict()) {
        same(&fact);
        same(&Stamped { fact, by, received: at, verdict });
    }

    #[test]
    fn every_answer_and_state_is_the_same(id in id(), at in at(), verdict in verdict(), offset: i64, contact in of(at())) {
        let words = [Acknowledged::Stored(verdict.clone()), Acknowledged::OtherContent, Acknowledged::Later];
        for answer in words {
            same(&Answer { id, answer });
        }
        let answers = Answers { now: at, answers: vec![] };
        assert_eq!(text(&answers), serde_json::to_string(&answers).expect("writes"));
        for state in [State::Waiting, State::Stored { verdict, at }, State::OtherContent] {
            same(&state);
        }
        same(&Clock { offset, contact });
    }

    #[test]
    fn every_place_and_person_is_the_same(
        ids in any::<[u32; 4]>(),
        words in [words(), words(), words(), words()],
        (unit, floor) in any::<(u8, i8)>(),
        lang in select(Lang::ALL.to_vec()),
        diets in vec("[a-z]{1,9}", 0..3),
        (role, area, from, to, left) in (role(), area(), at(), of(at()), any::<bool>()),
        text in name(),
    ) {
        let [holder, speaks, note, room] = words;
        let spot = Spot { unit, floor, room: Label(room) };
        same(&Door { id: DoorId(ids[0]), building: BuildingId(1), spot });
        let diets = diets.iter().map(|diet| diet.parse().expect("a diet")).collect();
        let door = (ids[1] > 9).then_some(DoorId(ids[1]));
        let id = HouseholdId(ids[2]);
        same(&Household { id, door, holder, people: 3, over_60: 1, lang, speaks, note: note.clone(), diets });
        let assignments = vec![Assignment { area, from, to }];
        same(&Person { id: PersonId(ids[3]), name: note, role, assignments, duty: unit, left });
        same(&Notice { id: NoticeId(ids[3]), area, text, from, until: to });
    }

    #[test]
    fn every_menu_and_window_is_the_same(
        code in code(),
        numbers in any::<[u16; 4]>(),
        names in [name(), name()],
        (price, quantity) in (any::<i64>(), 0..=i64::MAX as u64),
        unit in select(Unit::ALL.to_vec()),
        kind in prop_oneof![Just(MenuKind::Set), any::<u8>().prop_map(MenuKind::Pick)],
        payment in prop_oneof![Just(Payment::Free), words().prop_map(Payment::Prepaid), Just(Payment::OnDelivery)],
        (limit, stock, sealed, published) in (of(any::<u16>()), of(any::<u32>()), of(at()), any::<bool>()),
        at in at(),
        note in words(),
    ) {
        let [name, item] = names;
        let items = vec![Item { name: item, quantity: Quantity(quantity), unit }];
        let version = numbers[0];
        let menu = Menu {
            code: code.clone(), version, kind, name, price: Fen(price), items, limit, stock, diets: Default::default(),
        };
        same(&menu);
        same(&Window {
            run: RunId(u32::from(numbers[1])),
            opens: at,
            closes: at,
            grace_minutes: numbers[2],
            compounds: vec![CompoundId(numbers[3])],
            menus: vec![(code, version)],
            delivery_from: at,
            delivery_to: at,
            payment,
            note_en: note.chars().rev().collect(),
            note,
            published,
            sealed,
        });
    }
}
