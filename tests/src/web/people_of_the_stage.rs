//! Everybody who asks on the stage, and the words planted in each household that only some of them may ever read.
//! Who may is written here by hand, apart from the server's own rules.

use domain::HouseholdId;
use domain::actor::{Role, Signed};
use domain::fact::{Body as What, Verdict};
use domain::need::{Category, Channel, NeedReport};
use domain::wire::Acknowledged;
use store::{Care, Contact};

use super::stage::{FORMER, HOUSEHOLDS, Phone, STEWARD, SUPPLIER, Stage, VOLUNTEER, fact, order};

/// Somebody with a phone.
pub(super) struct Person {
    pub(super) who: Option<Signed>,
    pub(super) phone: Option<Phone>,
}

impl Person {
    pub(super) async fn signed_in(stage: &Stage, who: Option<Signed>) -> Self {
        let phone = match who {
            Some(who) => Some(stage.phone(who).await),
            None => None,
        };
        Self { who, phone }
    }
}

/// Words of one household.
#[derive(Debug)]
pub(super) struct Canary {
    pub(super) household: u32,
    pub(super) kind: Kind,
    pub(super) words: String,
}

/// What the words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The holder's name, as in the ledger.
    Holder,
    /// What somebody needs.
    Need,
    /// A telephone number.
    Telephone,
    /// A remark on care.
    Care,
    /// What a phone hands in with.
    HandIn,
}

/// Whether somebody may ever read it.
pub(super) fn may_know(who: Option<Signed>, canary: &Canary) -> bool {
    match (who, canary.kind) {
        (Some(Signed::Household(own)), Kind::Holder | Kind::Need | Kind::HandIn) => own.0 == canary.household,
        // Whoever brings it knows at whose door; nobody who brings it knows more.
        (Some(Signed::Person(STEWARD, _)), Kind::Holder) => canary.household <= 3,
        (Some(Signed::Person(VOLUNTEER, _)), Kind::Holder) => canary.household <= 2,
        _ => false,
    }
}

/// Fills the stage: everybody signed in, and words planted in every household.
pub(super) async fn furnish(stage: &Stage) -> (Vec<Person>, Vec<Canary>) {
    let (mut people, mut canaries) = (Vec::new(), Vec::new());
    for n in 1..=HOUSEHOLDS {
        let person = Person::signed_in(stage, Some(Signed::Household(HouseholdId(n)))).await;
        let phone = person.phone.as_ref().expect("a phone");
        let words = [
            (Kind::Holder, format!("户主代号{n}")),
            (Kind::Need, format!("只有{n}号户知道的话")),
            (Kind::Telephone, format!("1390000111{n}")),
            (Kind::Care, format!("{n}号户的金丝雀")),
            (Kind::HandIn, phone.hand_in.clone()),
        ];
        plant(stage, phone, HouseholdId(n), &words).await;
        canaries.extend(words.into_iter().map(|(kind, words)| Canary { household: n, kind, words }));
        people.push(person);
    }
    let staff = [
        (STEWARD, Role::Steward),
        (FORMER, Role::Steward),
        (VOLUNTEER, Role::Volunteer),
        (SUPPLIER, Role::Supplier),
    ];
    for (id, role) in staff {
        people.push(Person::signed_in(stage, Some(Signed::Person(id, role))).await);
    }
    people.push(Person::signed_in(stage, None).await);
    (people, canaries)
}

async fn plant(stage: &Stage, phone: &Phone, household: HouseholdId, words: &[(Kind, String); 5]) {
    let now = stage.state.now();
    let [_, (_, need), (_, telephone), (_, care), _] = words;
    let report = NeedReport {
        household,
        category: Category::Medicine,
        text: need.clone(),
        urgent: false,
        channel: Channel::App,
        continues: None,
    };
    let facts = [fact(now, What::Need(report)), fact(now, order(household, "A", 1, None))];
    let answers = stage.hand_in_facts(phone, &facts).await;
    let taken = Acknowledged::Stored(Verdict::Taken);
    assert!(answers.answers.iter().all(|answer| answer.answer == taken), "{answers:?}");
    let (store, vault) = (stage.state.store(), stage.state.vault());
    let c = &stage.state.config().community;
    let contact = Contact { phones: vec![telephone.clone()] };
    store.save_contacts(vault, c, [(household, contact)]).await.expect("saved");
    let remark = (household, "ledger".to_owned(), Care { text: care.clone(), review: None });
    store.save_care(vault, c, [remark]).await.expect("saved");
}
