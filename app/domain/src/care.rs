//! Care remarks (特殊情况): for what somebody may look at them, and what the household says to their being kept.
//! The remarks themselves never pass through a fold, a feed or a fact.

use serde::{Deserialize, Serialize};

/// Why somebody looks. A closed list: words of one's own would write health into the log of readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarePurpose {
    /// To get or bring medicine.
    Medicine,
    /// To arrange a way to the hospital.
    Hospital,
    /// They asked for help and this decides how quickly.
    Need,
    /// To ask how they are.
    Call,
    /// To ask whether it still holds.
    Review,
}

impl CarePurpose {
    /// Every one, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Need, Self::Medicine, Self::Hospital, Self::Call, Self::Review];

    /// Its word in forms and in the log.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Medicine => "medicine",
            Self::Hospital => "hospital",
            Self::Need => "need",
            Self::Call => "call",
            Self::Review => "review",
        }
    }

    /// The purpose of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }
}

/// What a household says to its remarks being kept. Refusing costs nothing: food and help come all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// They may be kept.
    Agreed,
    /// Nothing may be kept.
    Refused,
}
