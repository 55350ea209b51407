//! A ledger that the desk has confirmed, into the table: places first, then what is kept apart from them. Reading
//! files is in `sheets`, meaning in `domain::ledger`. The demo community is imported by this very code.

use std::collections::BTreeSet;

use domain::HouseholdId;
use domain::community::Places;
use domain::ledger::{Changed, Field, Kept, LedgerDiff, Phone, Preview, Private, diff, kept, merge};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use store::{Care, Catalog, Contact};

use crate::errors::Problem;
use crate::state::AppState;

/// The care flag that holds the ledger's remark.
const REMARK: &str = "ledger";
/// The care flag that holds a door note which speaks of health, until the desk says where it belongs.
const NOTE: &str = "door-note";
/// Households whose private data is written between two steps of the progress.
const STEP: usize = 100;

/// Compares a file with what is kept. Care remarks are compared here and shown to nobody.
///
/// # Errors
/// The table's.
pub async fn compare(state: &AppState, catalog: &Catalog, preview: &Preview) -> Result<LedgerDiff, Problem> {
    let places = &catalog.community.places;
    if places.households.is_empty() {
        return Ok(diff(&[], preview));
    }
    let (store, vault, c) = (state.store(), state.vault(), catalog.id());
    let ids: Vec<HouseholdId> = places.households.keys().copied().collect();
    let contacts = store.contacts(vault, c, ids.clone()).await?;
    let care = store.compare_care(vault, c, REMARK, ids).await?;
    let private = |household: HouseholdId| {
        let number = contacts.get(&household).and_then(|contact| contact.phones.first());
        let remark = care.get(&household).map_or("", |care| care.text.as_str());
        (number.and_then(|number| phone(number)), remark)
    };
    let kept: Vec<Kept<'_>> = kept(places, private).collect();
    let mut diff = diff(&kept, preview);
    // What a household does not want kept is no change: it is not taken.
    let speaks = |changed: &&Changed| changed.what.contains(&Field::Care);
    let about: Vec<HouseholdId> = diff.changed.iter().filter(speaks).map(|changed| changed.id).collect();
    let refused = store.refused_care(vault, c, about).await?;
    for changed in diff.changed.iter_mut().filter(|changed| refused.contains(&changed.id)) {
        changed.what.retain(|field| *field != Field::Care);
    }
    let as_before = diff.changed.extract_if(.., |changed| changed.what.is_empty());
    diff.unchanged.extend(as_before.map(|changed| (changed.id, changed.household)));
    Ok(diff)
}

fn phone(number: &str) -> Option<Phone> {
    let text: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = number.into_deserializer();
    Phone::deserialize(text).ok()
}

/// What of an import is still to be written once the places are.
#[derive(Debug, Default)]
pub struct Rest {
    contacts: Vec<(HouseholdId, Contact)>,
    care: Vec<(HouseholdId, String, Care)>,
    no_care: Vec<HouseholdId>,
}

impl Rest {
    /// How many households' private data that is.
    #[must_use]
    pub fn len(&self) -> usize {
        self.contacts.len() + self.care.len() + self.no_care.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Writes the places, whole or not at all, when the ledger still is the one in `catalog`.
///
/// Private data comes after: written first, it would lie under ids that a failed import gives back, and the next
/// import would hand them to other people. Broken off in between, the same file imported again writes the rest.
///
/// # Errors
/// The table's; [`store::StoreError::TransactionRefused`] when the ledger changed meanwhile.
pub async fn write_places(
    state: &AppState,
    catalog: &Catalog,
    preview: &Preview,
    diff: &LedgerDiff,
    gone: &BTreeSet<HouseholdId>,
) -> Result<Rest, Problem> {
    let merged = merge(&catalog.community.places, preview, diff, gone, catalog.fresh_ids());
    if catalog.ledger == 0 {
        // Nothing, as a version of its own: the first import can be taken back like any other.
        state.store().import_ledger(catalog, &Places::default()).await?;
        let empty = state.communities().newest(catalog.id(), state.now()).await?;
        state.store().import_ledger(&empty, &merged.places).await?;
    } else {
        state.store().import_ledger(catalog, &merged.places).await?;
    }
    let mut rest = Rest::default();
    for update in merged.private {
        let household = update.household;
        rest.contacts.extend(update.phone.map(|phone| (household, contact(&phone))));
        match update.care {
            Some(Private(text)) if text.is_empty() => rest.no_care.push(household),
            Some(Private(text)) => {
                rest.care.push((household, REMARK.to_owned(), Care { text, review: None }));
            }
            None => {}
        }
    }
    for note in &preview.withheld {
        let household = usize::try_from(note.household).ok().and_then(|place| merged.households.get(place));
        let care = Care { text: note.text.0.clone(), review: None };
        rest.care.extend(household.map(|household| (*household, NOTE.to_owned(), care)));
    }
    Ok(rest)
}

fn contact(phone: &Phone) -> Contact {
    Contact { phones: vec![phone.as_str().to_owned()] }
}

/// Writes telephone numbers and care remarks, sealed. `told` hears how many of [`Rest::len`] are done.
///
/// # Errors
/// The table's; what was written before stays.
pub async fn write_private(
    state: &AppState,
    catalog: &Catalog,
    rest: Rest,
    mut told: impl FnMut(usize),
) -> Result<(), Problem> {
    let (store, vault, c) = (state.store(), state.vault(), catalog.id());
    let mut done = 0;
    for chunk in rest.contacts.chunks(STEP) {
        store.save_contacts(vault, c, chunk.to_vec()).await?;
        done += chunk.len();
        told(done);
    }
    let refused = store.refused_care(vault, c, rest.care.iter().map(|(household, ..)| *household)).await?;
    for chunk in rest.care.chunks(STEP) {
        // Whoever refused is not asked again by a file.
        let kept = chunk.iter().filter(|(household, ..)| !refused.contains(household)).cloned();
        store.save_care(vault, c, kept.collect::<Vec<_>>()).await?;
        done += chunk.len();
        told(done);
    }
    for household in rest.no_care {
        store.remove_care(c, household, REMARK).await?;
        done += 1;
        told(done);
    }
    Ok(())
}
