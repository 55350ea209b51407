//! `GET /api/me`: what a phone stores beside its facts: who is signed in, and the hand-in token that outlives the
//! session. Only this session hears its own.

use axum::Json;
use axum::extract::State;
use domain::Millis;
use domain::actor::Signed;
use serde::{Deserialize, Serialize};

use crate::errors::Problem;
use crate::secret::hand_in_of;
use crate::state::AppState;
use crate::visitor::Visitor;

/// The answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Me {
    /// The stamp on this phone's facts.
    pub who: Signed,
    /// What may be shown by `Authorization: Bearer` to hand facts in.
    pub hand_in: String,
    /// The server's clock.
    pub now: Millis,
}

/// Tells it.
///
/// # Errors
/// Not signed in.
pub async fn show(State(state): State<AppState>, visitor: Visitor) -> Result<Json<Me>, Problem> {
    let known = visitor.known()?;
    Ok(Json(Me { who: known.who, hand_in: hand_in_of(&known.token).text(), now: state.now() }))
}
