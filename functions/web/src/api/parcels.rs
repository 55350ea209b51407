//! `POST /api/parcels`: facts that a phone sealed when its owner signed out. Whoever brings them, or nobody: the author
//! stands inside. Each is answered apart, and what does not open is kept for the desk.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::parcels::{Became, take};
use crate::state::AppState;

/// The most parcels of one request.
pub const MOST: usize = 50;
/// The longest name of a parcel: a fact's.
const LONGEST_NAME: usize = 64;

/// What is brought.
#[derive(Deserialize)]
struct Brought {
    parcels: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    /// What the phone calls it, for the answer.
    id: String,
    /// Its bytes in base64.
    sealed: String,
}

/// The server's word on each.
#[derive(Debug, Serialize, Deserialize)]
pub struct Words {
    /// In the order they were brought.
    pub answers: Vec<Word>,
}

/// The server's word on one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Word {
    /// Which.
    pub id: String,
    /// What became of it.
    pub is: Became,
}

/// Takes them.
///
/// # Errors
/// Not readable at all, too many, or the table does not answer.
pub async fn bring(State(state): State<AppState>, body: Bytes) -> Result<Json<Words>, Problem> {
    let brought: Brought = serde_json::from_slice(&body).map_err(|_| Trouble::NotUnderstood)?;
    if brought.parcels.len() > MOST || brought.parcels.iter().any(|one| one.id.len() > LONGEST_NAME) {
        return Err(Trouble::TooLarge.into());
    }
    // What is not even base64 is kept as the letters it came in.
    let (ids, sealed): (Vec<String>, Vec<Vec<u8>>) = brought
        .parcels
        .into_iter()
        .map(|one| (one.id, STANDARD.decode(&one.sealed).unwrap_or_else(|_| one.sealed.into_bytes())))
        .unzip();
    let became = take(&state, sealed).await?;
    let answers = ids.into_iter().zip(became).map(|(id, is)| Word { id, is }).collect();
    Ok(Json(Words { answers }))
}
