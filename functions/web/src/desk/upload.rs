//! A file that the desk uploads: read to its end whatever its size, since a browser whose upload is cut off shows no
//! page, but kept only up to the limit. What waits for confirmation is the table's, as rows of cells.

use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::{IntoResponse, Response};
use domain::form::Fields;
use domain::ledger::{Sheet, SheetError};
use http_body_util::BodyExt;
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::secret::{hash_of, random};
use crate::security::UPLOAD_LIMIT;
use crate::sheets;
use crate::state::AppState;
use crate::visitor::Visitor;

/// The most bytes that are read and thrown away so that the answer can be shown.
const DRAINED: usize = 200 * 1024 * 1024;

/// A form with a file, read.
#[derive(Debug)]
pub struct Upload {
    /// The sheets of the file, or why it is none.
    pub sheets: Result<Vec<Sheet>, SheetError>,
    /// The other fields.
    pub fields: Fields,
}

impl FromRequest<AppState> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let too_large = || Self {
            sheets: Err(SheetError::TooLarge(u32::try_from(sheets::MAX_BYTES >> 20).unwrap_or(u32::MAX))),
            fields: Fields::default(),
        };
        let Some(bytes) = collect(body).await? else { return Ok(too_large()) };
        let request = Request::from_parts(parts, Body::from(bytes));
        let unreadable = || Problem::from(Trouble::NotUnderstood).into_response();
        let mut form = Multipart::from_request(request, state).await.map_err(|_| unreadable())?;
        let (mut file, mut fields) = (None, Fields::default());
        while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|_| unreadable())?;
            if name == "file" {
                file = Some(bytes);
            } else if bytes.len() <= 2_000 {
                fields.0.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        let file = file.unwrap_or_default();
        // Unpacking and parsing takes as long as it takes: not on a thread that serves others.
        let read = tokio::task::spawn_blocking(move || sheets::read(&file)).await;
        Ok(Self { sheets: read.unwrap_or(Err(SheetError::Damaged)), fields })
    }
}

/// The whole body, or `None` if it is larger than is kept; then the rest of it has been read and forgotten.
async fn collect(mut body: Body) -> Result<Option<Vec<u8>>, Response> {
    let (mut kept, mut read) = (Vec::new(), 0usize);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::from(Trouble::NotUnderstood).into_response())?;
        let Ok(data) = frame.into_data() else { continue };
        read += data.len();
        if read > DRAINED {
            break;
        }
        if read <= UPLOAD_LIMIT {
            kept.extend_from_slice(&data);
        } else {
            kept = Vec::new();
        }
    }
    Ok((read <= UPLOAD_LIMIT).then_some(kept))
}

/// Keeps the sheets until they are confirmed; returns the name they go by.
///
/// # Errors
/// The table's.
pub(super) async fn keep(state: &AppState, visitor: &Visitor, sheets: &[Sheet]) -> Result<String, Problem> {
    let known = visitor.known()?;
    let id = hash_of(&random::<16>())[..32].to_owned();
    let text = serde_json::to_string(sheets).map_err(|_| Trouble::Broken)?;
    state.store().keep_upload(state.vault(), &known.token, &id, &text, visitor.now).await?;
    Ok(id)
}

/// The sheets that go by a name in this session; `None` if they are gone.
///
/// # Errors
/// The table's.
pub(super) async fn kept(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
) -> Result<Option<Vec<Sheet>>, Problem> {
    if id.len() != 32 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let known = visitor.known()?;
    let text = state.store().upload(state.vault(), &known.token, id, visitor.now).await?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| Problem::from(Trouble::Broken))).transpose()
}

/// Forgets them.
///
/// # Errors
/// The table's.
pub(super) async fn forget(state: &AppState, visitor: &Visitor, id: &str) -> Result<(), Problem> {
    Ok(state.store().forget_upload(&visitor.known()?.token, id).await?)
}
