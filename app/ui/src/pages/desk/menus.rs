//! Set menus: the list with drawings, the form, and what a file of menus would bring.

use domain::Lang;
use domain::community::Community;
use domain::form::Fields;
use domain::ledger::menu_sheet::MenuPreview;
use domain::menu::{Menu, MenuKind};
use domain::office::{Faults, ItemRow, item_rows};
use domain::{MenuCode, Unit};
use leptos::prelude::*;

use super::office::{Did, did, file_input, head, labelled, to_check, typed, was, wrong, wrong_choice};
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::choice::{Choice, Segments};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::food::Food;
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Empty, Note, Tone};
use crate::locales::format::money;
use crate::locales::office as t;
use crate::locales::{common, ledger};
use crate::views::home::hidden;
use crate::views::{ledger_words, words};

/// The list.
pub fn list(
    community: &Community,
    lang: Lang,
    done: Option<Did>,
    error: Option<String>,
) -> impl IntoView + use<> {
    let mut codes: Vec<&MenuCode> = community.menus.iter().map(|menu| &menu.code).collect();
    codes.sort();
    codes.dedup();
    let none = codes.is_empty().then(|| {
        view! { <Empty icon=ui::BASKET title=t::no_menus(lang)><p>{t::no_menus_more(lang)}</p></Empty> }
    });
    let newest = codes.into_iter().filter_map(|code| community.newest_menu(code));
    let cards = newest.map(|menu| card(lang, menu)).collect_view();
    view! {
        {did(lang, done)}
        {none}
        <div class="menus">{cards}</div>
        <section class="card">
            <h2>{t::import_menus(lang)}</h2>
            <form method="post" action="/desk/menus" enctype="multipart/form-data">
                {file_input(lang, error)}
                <p class="small quiet">{t::menu_columns(lang)}</p>
                <Submit icon=ui::UPLOAD>{t::look_at_file(lang)}</Submit>
            </form>
        </section>
        <Act><ButtonLink href="/desk/menus/edit" weight=Weight::Main icon=ui::PLUS>{t::new_menu(lang)}</ButtonLink></Act>
    }
}

fn card(lang: Lang, menu: &Menu) -> impl IntoView + use<> {
    let items: Vec<String> = menu.items.iter().map(|item| words::item(lang, item)).collect();
    let comma = if lang == Lang::Zh { "、" } else { ", " };
    let kind = match menu.kind {
        MenuKind::Set => t::kind_set(lang).to_owned(),
        MenuKind::Pick(choose) => t::pick_of(lang, choose, menu.items.len()),
    };
    let diets = menu.diets.iter().map(|tag| view! { <span class="tag">{words::diet(lang, tag)}</span> });
    let limit = menu.limit.map(|limit| t::limit_of(lang, limit));
    let stock = menu.stock.map(|stock| t::stock_of(lang, stock));
    let more: Vec<String> = [Some(kind), limit, stock].into_iter().flatten().collect();
    let title = format!("{} {}", menu.code, menu.name.in_lang(lang));
    view! {
        <a class="row menu" href=format!("/desk/menus/edit?code={}", menu.code)>
            {Food::for_menu(&menu.name.zh).view()}
            <span class="grow">
                <b>{title}</b> " " {diets.collect_view()}
                <small class="quiet">{more.join(" · ")}</small>
                <small>{items.join(comma)}</small>
            </span>
            <b>{money(lang, menu.price)}</b>
            {ui::CHEVRON_RIGHT.view()}
        </a>
    }
}

/// The form. `known` is the menu that is edited.
pub fn edit(lang: Lang, known: Option<&MenuCode>, form: &Fields, faults: &Faults) -> impl IntoView + use<> {
    let code = match known {
        Some(code) => hidden(&[("known", code.to_string())]).markup(),
        None => view! {
            <Field lang name="code" label=head(ledger::menu_code(lang)) hint=t::code_hint(lang) max_length=12
                value=typed(form, "code") error=wrong(lang, faults, "code")/>
        }
        .markup(),
    };
    let kinds = vec![Choice::new("set", t::kind_set(lang)), Choice::new("pick", t::kind_pick(lang))];
    let kind = form.get("kind").unwrap_or("set").to_owned();
    let rows =
        item_rows(form).into_iter().enumerate().map(|(place, row)| item_row(lang, place, &row, faults));
    let number = |name: &'static str, label: &'static str, hint: &'static str| {
        let (value, error) = (typed(form, name), wrong(lang, faults, name));
        view! { <Field lang name=name label=head(label) hint=hint kind=FieldKind::Number optional=true value=value error=error/> }
    };
    view! {
        {to_check(lang, faults)}
        <form method="post" action="/desk/menus/edit" class="office">
            {was(form)}
            <section class="card">
                <div class="quick">
                    {code}
                    <Field lang name="name_zh" label=ledger::menu_name_zh(lang) max_length=60 value=typed(form, "name_zh")
                        error=wrong(lang, faults, "name_zh")/>
                    <Field lang name="name_en" label=ledger::menu_name_en(lang) max_length=60 optional=true
                        value=typed(form, "name_en") error=wrong(lang, faults, "name_en")/>
                    <Field lang name="price" label=t::price_yuan(lang) value=typed(form, "price") error=wrong(lang, faults, "price")/>
                    {number("limit", ledger::menu_limit(lang), t::limit_hint(lang))}
                    {number("stock", ledger::menu_stock(lang), t::stock_hint(lang))}
                </div>
                <Segments name="kind" legend=head(ledger::menu_kind(lang)) choices=kinds value=kind/>
                {wrong_choice(lang, faults, "kind")}
                {number("choose", ledger::menu_choose(lang), t::choose_hint(lang))}
                {super::office::diet_inputs(lang, &head(ledger::menu_diet(lang)), form, faults)}
            </section>
            <section class="card">
                <h2>{t::items_label(lang)}</h2>
                <div class="table" tabindex="0">
                    <table class="items">
                        <thead><tr>
                            <th scope="col">{head(ledger::menu_item_zh(lang))}</th><th scope="col">{head(ledger::menu_item_en(lang))}</th>
                            <th scope="col">{head(ledger::menu_quantity(lang))}</th><th scope="col">{head(ledger::menu_unit(lang))}</th>
                        </tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
                <p class="small quiet">{t::items_hint(lang)}</p>
                <Submit name="more" value="yes" icon=ui::PLUS>{t::more_rows(lang)}</Submit>
            </section>
            <Act><Submit weight=Weight::Main>{t::save_menu(lang)}</Submit></Act>
        </form>
    }
}

fn item_row(lang: Lang, place: usize, row: &ItemRow, faults: &Faults) -> impl IntoView + use<> {
    let cell = |name: &str, label: &str, value: &str, numeric: bool| {
        let field = format!("{name}{place}");
        let error = wrong(lang, faults, &field);
        let invalid = (!error.is_empty()).then_some("true");
        let error = (!error.is_empty()).then(|| view! { <p class="error">{ui::WARNING.view()} {error}</p> });
        view! {
            <td>
                <input name=field value=value.to_owned() aria-label=label.to_owned() aria-invalid=invalid
                    inputmode=numeric.then_some("decimal") maxlength="60"/>
                {error}
            </td>
        }
    };
    let units = Unit::ALL.map(|unit| {
        let (en, zh) = unit.names();
        let words = if lang == Lang::Zh { zh } else { en };
        let selected = row.unit == en || (row.unit.is_empty() && en == "kg");
        view! { <option value=en selected=selected>{words}</option> }
    });
    view! {
        <tr>
            {cell("zh", ledger::menu_item_zh(lang), &row.zh, false)}
            {cell("en", ledger::menu_item_en(lang), &row.en, false)}
            {cell("quantity", ledger::menu_quantity(lang), &row.quantity, true)}
            <td><select name=format!("unit{place}") aria-label=ledger::menu_unit(lang)>{units.into_iter().collect_view()}</select></td>
        </tr>
    }
}

/// What a file of menus would bring.
pub fn preview(community: &Community, lang: Lang, id: &str, seen: &MenuPreview) -> impl IntoView + use<> {
    let rows = seen.menus.iter().map(|menu| {
        let (word, class) = match community.newest_menu(&menu.code) {
            None => (t::menu_is_new(lang), "tag new"),
            Some(known) if Menu { version: menu.version, ..known.clone() } == *menu => {
                (t::menu_is_same(lang), "tag")
            }
            Some(_) => (t::menu_is_changed(lang), "tag warn"),
        };
        let incomplete = seen.incomplete.contains(&menu.code);
        let incomplete = incomplete
            .then(|| view! { <p class="error">{ui::WARNING.view()} {t::menu_incomplete(lang)}</p> });
        view! { <div>{card(lang, menu)} <span class=class>{word}</span> {incomplete}</div> }
    });
    let rejected: Vec<Markup> = seen
        .rejected
        .iter()
        .map(|rejected| {
            view! {
                <tr>
                    <th scope="row">{ledger::in_row(lang, rejected.row)}</th>
                    <td>{ledger_words::menu_rejected(lang, &rejected.why)}</td>
                </tr>
            }
            .markup()
        })
        .collect();
    let rejected = (!rejected.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{labelled(lang, t::rejected_rows(lang), rejected.len())}</h2>
                <div class="table" tabindex="0"><table><tbody>{rejected}</tbody></table></div>
            </section>
        }
    });
    let action = format!("/desk/menus/import/{id}");
    let confirm = if seen.menus.is_empty() {
        view! { <Note tone=Tone::Warn><p>{t::no_menu_to_take(lang)}</p></Note> }.markup()
    } else {
        let words = t::take_menus(lang, seen.menus.len());
        view! {
            <form method="post" action=action>
                <Act><Submit weight=Weight::Main>{words}</Submit></Act>
            </form>
        }
        .markup()
    };
    view! {
        <Note><p>{t::nothing_written(lang)}</p></Note>
        <div class="menus">{rows.collect_view()}</div>
        {rejected}
        {confirm}
        <div class="tools"><ButtonLink href="/desk/menus" weight=Weight::Bare>{common::cancel(lang)}</ButtonLink></div>
    }
}
