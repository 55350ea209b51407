//! `/desk/menus`: the list, a file of menus, and the form of one.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::form::Fields;
use domain::ledger::menu_sheet::{MenuPreview, read_menus};
use domain::menu::Menu;
use domain::office::{Faults, joined, menu_fields, opened, read_menu};
use domain::{CommunityId, MenuCode, Name};
use http::StatusCode;
use store::{Catalog, StoreError};
use ui::locales::{ledger as words, office as t};
use ui::pages::desk::office::Did;
use ui::pages::desk::{DeskPage, menus as page};
use ui::pages::error::Trouble;
use ui::views::ledger_words;

use super::upload::{self, Upload};
use super::{did, go, newest, render};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET /desk/menus`.
///
/// # Errors
/// The table's.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    list(&state, &visitor, did(&form), None).await
}

async fn list(
    state: &AppState,
    visitor: &Visitor,
    done: Option<Did>,
    error: Option<String>,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let catalog = newest(state, visitor).await?;
    render(state, visitor, DeskPage::Menus, None, move || page::list(&catalog.community, lang, done, error))
        .await
}

/// `POST /desk/menus`: a file.
///
/// # Errors
/// The table's.
pub async fn receive(
    State(state): State<AppState>,
    visitor: Visitor,
    file: Upload,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let refused = match &file.sheets {
        Ok(sheets) => read_menus(sheets).err().map(|_| words::no_menu_header(lang).to_owned()),
        Err(error) => Some(ledger_words::file(lang, error)),
    };
    match (refused, file.sheets) {
        (None, Ok(sheets)) => {
            let id = upload::keep(&state, &visitor, &sheets).await?;
            Ok(go(&format!("/desk/menus/import/{id}"), None))
        }
        (refused, _) => {
            let page = list(&state, &visitor, None, refused).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn uploaded(state: &AppState, visitor: &Visitor, id: &str) -> Result<Option<MenuPreview>, Problem> {
    let sheets = upload::kept(state, visitor, id).await?;
    Ok(sheets.and_then(|sheets| read_menus(&sheets).ok()))
}

/// `GET /desk/menus/import/{id}`: what the file would bring.
///
/// # Errors
/// The table's.
pub async fn look(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let Some(seen) = uploaded(&state, &visitor, &id).await? else {
        return Ok(go("/desk/menus", Some(Did::UploadGone)));
    };
    let catalog = newest(&state, &visitor).await?;
    render(&state, &visitor, DeskPage::Menus, None, move || {
        page::preview(&catalog.community, lang, &id, &seen)
    })
    .await
}

/// `POST /desk/menus/import/{id}`: it is confirmed.
///
/// # Errors
/// The table's; menus written before stay, and the same file writes the others.
pub async fn confirm(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let Some(seen) = uploaded(&state, &visitor, &id).await? else {
        return Ok(go("/desk/menus", Some(Did::UploadGone)));
    };
    let catalog = newest(&state, &visitor).await?;
    for menu in seen.menus {
        keep(&state, &catalog, menu).await?;
    }
    upload::forget(&state, &visitor, &id).await?;
    newest(&state, &visitor).await?;
    Ok(go("/desk/menus", Some(Did::MenusImported)))
}

/// Saves a menu over its newest version, or as the next one if that is frozen. Says whether it is the next one.
async fn keep(state: &AppState, catalog: &Catalog, menu: Menu) -> Result<bool, Problem> {
    let c: &CommunityId = catalog.id();
    let newest = catalog.community.newest_menu(&menu.code);
    let menu = Menu { version: newest.map_or(1, |newest| newest.version), ..menu };
    if newest == Some(&menu) {
        return Ok(false);
    }
    match state.store().save_menu(c, &menu).await {
        Ok(()) => Ok(false),
        Err(StoreError::TransactionRefused { .. }) => {
            let next = Menu { version: menu.version + 1, ..menu };
            state.store().save_menu(c, &next).await?;
            Ok(true)
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /desk/menus/edit`: the form, of `?code=` or of a new menu.
///
/// # Errors
/// The table's; a menu that is not there.
pub async fn edit(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(query): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let (known, form) = match query.get("code") {
        None => (None, Fields::default()),
        Some(code) => {
            let code: MenuCode = code.parse().map_err(|_| Trouble::NotFound)?;
            let menu = catalog.community.newest_menu(&code).ok_or(Trouble::NotFound)?;
            (Some(code), opened(menu_fields(menu)))
        }
    };
    form_page(&state, &visitor, known, form, Faults::default()).await
}

async fn form_page(
    state: &AppState,
    visitor: &Visitor,
    known: Option<MenuCode>,
    form: Fields,
    faults: Faults,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let title = known.as_ref().map_or_else(
        || t::new_menu(lang).to_owned(),
        |code| {
            let typed = |field| form.get(field).unwrap_or_default();
            format!("{code} {}", Name::new(typed("name_zh"), typed("name_en")).in_lang(lang))
        },
    );
    render(state, visitor, DeskPage::Menus, Some(title), move || {
        page::edit(lang, known.as_ref(), &form, &faults)
    })
    .await
}

/// `POST /desk/menus/edit`.
///
/// # Errors
/// The table's.
pub async fn save(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let known: Option<MenuCode> = form.get("known").and_then(|code| code.parse().ok());
    let known = known.filter(|code| catalog.community.newest_menu(code).is_some());
    if form.get("more").is_some() {
        return form_page(&state, &visitor, known, form, Faults::default()).await;
    }
    let kept = known.as_ref().and_then(|code| catalog.community.newest_menu(code)).map(menu_fields);
    let read = joined(&form, &kept.unwrap_or_default()).and_then(|form| {
        read_menu(&form, &catalog.community, known.as_ref()).map_err(|faults| (form, faults))
    });
    match read {
        Ok(menu) => {
            let next = keep(&state, &catalog, menu).await?;
            newest(&state, &visitor).await?;
            Ok(go("/desk/menus", Some(if next { Did::MenuVersioned } else { Did::MenuSaved })))
        }
        Err((form, faults)) => {
            let page = form_page(&state, &visitor, known, form, faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}
