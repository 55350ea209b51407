//! `/desk/ledger`: a file is uploaded, shown, confirmed, taken back. Nothing is written before it is confirmed.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::ledger::{LedgerDiff, LedgerError, Options, Preview, Sheet, preview as read_ledger};
use domain::places::Door;
use domain::window::Window;
use domain::{HouseholdId, Millis};
use http::{StatusCode, header};
use store::{Catalog, StoreError};
use ui::pages::desk::office::Did;
use ui::pages::desk::{DeskPage, import as import_page, ledger as page};
use ui::views::ledger_words;

use super::upload::{self, Upload};
use super::{did, go, newest, render, running, when};
use crate::errors::Problem;
use crate::ledger::{Rest, compare, write_places, write_private};
use crate::pages::act::Sent;
use crate::sheets::out::{Cell, SheetOut, csv};
use crate::state::AppState;
use crate::visitor::Visitor;

/// So many households' private data are written while the browser waits; more of them show how far it is.
const WITHOUT_PROGRESS: usize = 100;

/// `GET /desk/ledger`.
///
/// # Errors
/// The table's.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    page_with(&state, &visitor, did(&form), None, "").await
}

async fn page_with(
    state: &AppState,
    visitor: &Visitor,
    done: Option<Did>,
    error: Option<String>,
    compound: &str,
) -> Result<Response, Problem> {
    let catalog = newest(state, visitor).await?;
    let when = when(visitor)?;
    let can_undo = state.store().previous_ledger(catalog.id()).await?.is_some();
    let compound = compound.to_owned();
    render(state, visitor, DeskPage::Ledger, None, move || {
        page::ledger(&catalog.community, &when, can_undo, done, error, &compound)
    })
    .await
}

/// `POST /desk/ledger`: a file.
///
/// # Errors
/// The table's.
pub async fn receive(
    State(state): State<AppState>,
    visitor: Visitor,
    file: Upload,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let compound = file.fields.get("compound").unwrap_or_default().to_owned();
    let sheets = match file.sheets {
        Ok(sheets) => sheets,
        Err(error) => return refuse(&state, &visitor, ledger_words::file(lang, &error), &compound).await,
    };
    match read_ledger(&sheets, &options(&compound)) {
        Ok(_) | Err(LedgerError::WhichCompound) => {
            let id = upload::keep(&state, &visitor, &sheets).await?;
            Ok(go(&format!("/desk/ledger/import/{id}{}", query(&compound)), None))
        }
        Err(error) => refuse(&state, &visitor, ledger_words::ledger(lang, &error), &compound).await,
    }
}

async fn refuse(
    state: &AppState,
    visitor: &Visitor,
    words: String,
    compound: &str,
) -> Result<Response, Problem> {
    let page = page_with(state, visitor, None, Some(words), compound).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn options(compound: &str) -> Options {
    Options { compound: Some(compound.to_owned()).filter(|name| !name.is_empty()) }
}

fn query(compound: &str) -> String {
    if compound.is_empty() {
        return String::new();
    }
    let pair = serde_urlencoded::to_string([("compound", compound)]).unwrap_or_default();
    format!("?{pair}")
}

/// `GET /desk/ledger/import/{id}`: what the file would do.
///
/// # Errors
/// The table's.
pub async fn look(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let compound = form.get("compound").unwrap_or_default().to_owned();
    let Some(sheets) = upload::kept(&state, &visitor, &id).await? else {
        return Ok(go("/desk/ledger", Some(Did::UploadGone)));
    };
    shown(&state, &visitor, &id, &compound, &sheets, false).await
}

async fn shown(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    compound: &str,
    sheets: &[Sheet],
    changed_meanwhile: bool,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let catalog = newest(state, visitor).await?;
    let (id, compound) = (id.to_owned(), compound.to_owned());
    let preview = match read_ledger(sheets, &options(&compound)) {
        Ok(preview) => preview,
        Err(LedgerError::WhichCompound) => {
            let words = ledger_words::ledger(lang, &LedgerError::WhichCompound);
            return render(state, visitor, DeskPage::Ledger, None, move || {
                import_page::which_compound(&catalog.community, lang, &id, words)
            })
            .await;
        }
        Err(error) => return refuse(state, visitor, ledger_words::ledger(lang, &error), &compound).await,
    };
    let diff = compare(state, &catalog, &preview).await?;
    render(state, visitor, DeskPage::Ledger, None, move || {
        import_page::preview(&import_page::Shown {
            lang,
            community: &catalog.community,
            version: catalog.ledger,
            id: &id,
            compound: &compound,
            preview: &preview,
            diff: &diff,
            changed_meanwhile,
        })
    })
    .await
}

/// `POST /desk/ledger/import/{id}`: it is confirmed.
///
/// # Errors
/// The table's.
pub async fn confirm(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let compound = form.get("compound").unwrap_or_default().to_owned();
    let Some(sheets) = upload::kept(&state, &visitor, &id).await? else {
        return Ok(go("/desk/ledger", Some(Did::UploadGone)));
    };
    let catalog = newest(&state, &visitor).await?;
    // What is confirmed is what was shown: against another ledger the same file does something else.
    let seen = form.get("version").and_then(|version| version.parse().ok());
    let Ok(preview) = read_ledger(&sheets, &options(&compound)) else {
        return shown(&state, &visitor, &id, &compound, &sheets, false).await;
    };
    if seen != Some(catalog.ledger) {
        return shown(&state, &visitor, &id, &compound, &sheets, true).await;
    }
    let diff = compare(&state, &catalog, &preview).await?;
    let gone: BTreeSet<HouseholdId> = form.all("gone").filter_map(|id| id.parse().ok()).collect();
    match take(&state, &visitor, &catalog, (&preview, &diff), &gone).await? {
        Some(rest) => {
            upload::forget(&state, &visitor, &id).await?;
            finish(state, visitor, rest).await
        }
        None => shown(&state, &visitor, &id, &compound, &sheets, true).await,
    }
}

/// Writes the places; `None` when somebody else changed the ledger in the same moment.
async fn take(
    state: &AppState,
    visitor: &Visitor,
    catalog: &Catalog,
    (preview, diff): (&Preview, &LedgerDiff),
    gone: &BTreeSet<HouseholdId>,
) -> Result<Option<Rest>, Problem> {
    match write_places(state, catalog, preview, diff, gone).await {
        Ok(rest) => {
            newest(state, visitor).await?;
            Ok(Some(rest))
        }
        Err(Problem::Store(StoreError::TransactionRefused { .. })) => Ok(None),
        Err(problem) => Err(problem),
    }
}

async fn finish(state: AppState, visitor: Visitor, rest: Rest) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    if rest.len() <= WITHOUT_PROGRESS {
        write_private(&state, &catalog, rest, |_| {}).await?;
        return Ok(go("/desk/ledger", Some(Did::Imported)));
    }
    running::page(state, visitor, rest).await
}

/// `GET /desk/ledger/import/{id}/rejected.csv`: the rows that were not taken, with the file's own columns and the
/// reason in one more, which a second import leaves out.
///
/// # Errors
/// The table's.
pub async fn rejected(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let Some(sheets) = upload::kept(&state, &visitor, &id).await? else {
        return Ok(go("/desk/ledger", Some(Did::UploadGone)));
    };
    let Ok(preview) = read_ledger(&sheets, &options(form.get("compound").unwrap_or_default())) else {
        return Ok(go("/desk/ledger", Some(Did::UploadGone)));
    };
    let row = |sheet: u16, row: u32| {
        let rows = sheets.get(usize::from(sheet)).map(|sheet| &sheet.rows);
        let place = usize::try_from(row).ok().and_then(|row| row.checked_sub(1));
        rows.zip(place).and_then(|(rows, place)| rows.get(place)).cloned().unwrap_or_default()
    };
    let of_sheet = preview.rejected.first().map_or(0, |rejected| rejected.at.sheet);
    let header = preview.sheets.get(usize::from(of_sheet)).and_then(|sheet| sheet.header_row);
    let mut header = header.map(|number| row(of_sheet, number)).unwrap_or_default();
    let width = header.len();
    header.push(ui::locales::office::reason_word(lang).to_owned());
    let rows = preview.rejected.iter().map(|rejected| {
        let mut cells = row(rejected.at.sheet, rejected.at.row);
        cells.resize(width, String::new());
        let place = ledger_words::place(lang, &preview, rejected.at);
        cells.push(format!("{place}: {}", ledger_words::rejected(lang, &rejected.why)));
        cells.into_iter().map(Cell::Text).collect()
    });
    let file = csv(&SheetOut { header, rows: rows.collect(), ..SheetOut::default() });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rejected.csv\""),
    ];
    Ok((headers, file).into_response())
}

/// `GET /desk/ledger/undo`: what taking the last import back would do.
///
/// # Errors
/// The table's.
pub async fn ask_undo(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let when = when(&visitor)?;
    let catalog = newest(&state, &visitor).await?;
    let Some(before) = state.store().previous_ledger(catalog.id()).await? else {
        return Ok(go("/desk/ledger", Some(Did::NothingToUndo)));
    };
    let places = &catalog.community.places;
    let leaving: BTreeSet<_> =
        places.doors.keys().filter(|id| !before.doors.contains_key(id)).copied().collect();
    // What is over stays with its door in the table and is on no list any more.
    let moving = |window: &&Window| when.now < window.delivery_to + 3 * Millis::DAY;
    let runs: Vec<_> = catalog.community.windows.values().filter(moving).map(|window| window.run).collect();
    let busy = state.store().doors_with_facts(&catalog, &runs, &leaving).await?;
    let doors: Vec<Door> = busy.iter().filter_map(|id| places.doors.get(id)).cloned().collect();
    let counts = (places.households.len(), before.households.len());
    render(&state, &visitor, DeskPage::Ledger, None, move || {
        page::undo(&catalog.community, &when, counts, &doors)
    })
    .await
}

/// `POST /desk/ledger/undo`: back to the ledger before the last change.
///
/// # Errors
/// The table's.
pub async fn undo(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let Some(before) = state.store().previous_ledger(catalog.id()).await? else {
        return Ok(go("/desk/ledger", Some(Did::NothingToUndo)));
    };
    // As a change of its own, so that an undo by mistake is undone in the same way. The file imported once more would
    // give every door a new id, and orders made meanwhile would stand at the old ones.
    let said = match state.store().import_ledger(&catalog, &before).await {
        Ok(_) => Did::Undone,
        Err(StoreError::TransactionRefused { .. }) => Did::Meanwhile,
        Err(error) => return Err(error.into()),
    };
    newest(&state, &visitor).await?;
    Ok(go("/desk/ledger", Some(said)))
}
