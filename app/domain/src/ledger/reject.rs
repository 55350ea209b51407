//! Why a row of the ledger was not taken, what was noticed about rows that were, and why a whole file was not read.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::columns::Column;

/// Why a row was not taken. It carries the offending text, so that the desk finds it in the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    /// No compound in the row, and none was named for the whole file.
    CompoundMissing,
    /// No building in the row.
    BuildingMissing,
    /// The building is not a number, a letter or a name.
    BuildingNotUnderstood(String),
    /// The unit (单元) is not a number, a letter or 甲, 乙...
    UnitNotUnderstood(String),
    /// The floor is not a number.
    FloorNotUnderstood(String),
    /// No room in the row.
    RoomMissing,
    /// The room is not a door number.
    RoomNotUnderstood(String),
    /// The address is not building, unit and room.
    AddressNotUnderstood(String),
    /// Two cells of the row name different places.
    PlacesDisagree(String),
    /// The spreadsheet turned `1-2` into a date; typed again as text it will be read.
    TurnedIntoADate(String),
    /// No number of people.
    PeopleMissing,
    /// The number of people is not a number.
    PeopleNotANumber(String),
    /// The number of people is below zero.
    PeopleNegative(String),
    /// Zero people: an empty flat is a door, not a household.
    NobodyLivesThere,
    /// More people than one household can have; see [`super::MAX_PEOPLE`].
    TooManyPeople(String),
    /// The number of people over 60 is not a number.
    OverSixtyNotANumber(String),
    /// The number of people over 60 is below zero.
    OverSixtyNegative(String),
    /// More people over 60 than people.
    MoreOverSixtyThanPeople {
        /// People over 60, as written.
        over_60: u16,
        /// People, as written.
        people: u16,
    },
}

/// How much of a cell a reason quotes, in characters.
const LONGEST_QUOTE: usize = 40;

impl RejectReason {
    /// The reason in a few stable English words, for tests, exports and logs: it never holds the cell's text.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::CompoundMissing => "compound missing",
            Self::BuildingMissing => "building missing",
            Self::BuildingNotUnderstood(_) => "building not understood",
            Self::UnitNotUnderstood(_) => "unit not understood",
            Self::FloorNotUnderstood(_) => "floor not understood",
            Self::RoomMissing => "room missing",
            Self::RoomNotUnderstood(_) => "room not understood",
            Self::AddressNotUnderstood(_) => "address not understood",
            Self::PlacesDisagree(_) => "places disagree",
            Self::TurnedIntoADate(_) => "turned into a date",
            Self::PeopleMissing => "people missing",
            Self::PeopleNotANumber(_) => "people not a number",
            Self::PeopleNegative(_) => "people negative",
            Self::NobodyLivesThere => "nobody lives there",
            Self::TooManyPeople(_) => "too many people",
            Self::OverSixtyNotANumber(_) => "over 60 not a number",
            Self::OverSixtyNegative(_) => "over 60 negative",
            Self::MoreOverSixtyThanPeople { .. } => "more over 60 than people",
        }
    }

    /// The text of the cell that was not understood, if one is to blame.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::BuildingNotUnderstood(text)
            | Self::UnitNotUnderstood(text)
            | Self::FloorNotUnderstood(text)
            | Self::RoomNotUnderstood(text)
            | Self::AddressNotUnderstood(text)
            | Self::PlacesDisagree(text)
            | Self::TurnedIntoADate(text)
            | Self::PeopleNotANumber(text)
            | Self::PeopleNegative(text)
            | Self::TooManyPeople(text)
            | Self::OverSixtyNotANumber(text)
            | Self::OverSixtyNegative(text) => Some(text),
            _ => None,
        }
    }

    /// The reason with no more of the cell than finds it in the sheet.
    #[must_use]
    pub(super) fn shortened(mut self) -> Self {
        if let Some(text) = self.text_mut()
            && let Some((end, _)) = text.char_indices().nth(LONGEST_QUOTE)
        {
            text.truncate(end);
            text.push('…');
        }
        self
    }

    fn text_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::BuildingNotUnderstood(text)
            | Self::UnitNotUnderstood(text)
            | Self::FloorNotUnderstood(text)
            | Self::RoomNotUnderstood(text)
            | Self::AddressNotUnderstood(text)
            | Self::PlacesDisagree(text)
            | Self::TurnedIntoADate(text)
            | Self::PeopleNotANumber(text)
            | Self::PeopleNegative(text)
            | Self::TooManyPeople(text)
            | Self::OverSixtyNotANumber(text)
            | Self::OverSixtyNegative(text) => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for RejectReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// Something about a row that was taken, which the desk may want to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// The telephone number lost its last digits in the spreadsheet (`1.38E+10`) and was left out.
    PhoneLostDigits,
    /// The telephone cell holds no number and was left out.
    PhoneNotUnderstood,
    /// A word of the diets is too long for a tag: the diets were left out.
    DietNotUnderstood,
    /// The door note mentions health: it is kept for the desk and not shown to volunteers.
    NoteMentionsHealth,
    /// "Yes" stands where a number of people over 60 belongs: counted as one.
    OverSixtyTakenAsOne,
}

/// Why a file as a whole was not read as a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum LedgerError {
    /// No cell holds anything.
    #[error("nothing in the file")]
    Empty,
    /// No row names a room and at least one other known column. What the best row names is carried along.
    #[error("no row with column names")]
    NoHeader(Vec<Column>),
    /// There are column names, but none for the building.
    #[error("no column for the building")]
    NoBuildingColumn,
    /// The file names no compound: the desk says for which compound it is, and tries again.
    #[error("no column for the compound")]
    WhichCompound,
    /// One row a person ("relation to the head of household") instead of one row a household.
    #[error("one row a person instead of one row a household")]
    OneRowPerPerson,
}
