//! One row of a menu sheet: what it says of its menu, and its item.

use std::collections::BTreeMap;

use super::diet::read_diets;
use super::fold::{fold, key, strip_zero_decimals, tidy, whole_number};
use super::measure::{read_measure, read_unit};
use super::menu_sheet::{MenuColumn, MenuReject};
use super::people::is_stroke;
use crate::lang::Name;
use crate::menu::{Item, Menu, MenuKind};
use crate::money::Fen;

/// The longest name of a menu or an item, in characters.
const LONGEST_NAME: usize = 60;

/// The cells of a row, by what their columns hold.
pub(super) struct Cells<'a> {
    pub(super) columns: &'a BTreeMap<MenuColumn, usize>,
    pub(super) cells: &'a [String],
}

impl Cells<'_> {
    fn raw(&self, column: MenuColumn) -> &str {
        self.columns.get(&column).and_then(|place| self.cells.get(*place)).map_or("", String::as_str)
    }

    fn fold(&self, column: MenuColumn) -> String {
        fold(self.raw(column))
    }

    /// The cell as it was written, for the desk to find.
    pub(super) fn tidy(&self, column: MenuColumn) -> String {
        tidy(self.raw(column))
    }

    /// Whether the row names no menu, only an item.
    pub(super) fn have_no_head(&self) -> bool {
        let head =
            [MenuColumn::Code, MenuColumn::Kind, MenuColumn::NameZh, MenuColumn::NameEn, MenuColumn::Price];
        head.iter().all(|column| self.fold(*column).is_empty())
    }
}

/// The code of the row's menu, as written.
pub(super) fn read_code(cells: &Cells<'_>) -> String {
    strip_zero_decimals(&cells.fold(MenuColumn::Code)).to_owned()
}

/// What the row says of its menu, without items.
pub(super) fn read_head(cells: &Cells<'_>) -> Result<Menu, MenuReject> {
    let wrong = |column| MenuReject::NotUnderstood(column, cells.tidy(column));
    let code = read_code(cells);
    if code.is_empty() {
        return Err(MenuReject::Missing(MenuColumn::Code));
    }
    let price = cells.fold(MenuColumn::Price);
    if price.is_empty() {
        return Err(MenuReject::Missing(MenuColumn::Price));
    }
    let limit = number(cells, MenuColumn::Limit)?.filter(|limit| *limit > 0);
    let diets = read_diets(&cells.fold(MenuColumn::Diet)).map_err(|_| wrong(MenuColumn::Diet))?;
    Ok(Menu {
        code: code.parse().map_err(|_| wrong(MenuColumn::Code))?,
        version: 1,
        kind: read_kind(cells)?,
        name: name(cells, MenuColumn::NameZh, MenuColumn::NameEn)?,
        price: Fen::parse_yuan(&price).ok_or_else(|| wrong(MenuColumn::Price))?,
        items: Vec::new(),
        limit: limit.map(u16::try_from).transpose().map_err(|_| wrong(MenuColumn::Limit))?,
        stock: number(cells, MenuColumn::Stock)?,
        diets,
    })
}

fn read_kind(cells: &Cells<'_>) -> Result<MenuKind, MenuReject> {
    let choose = number(cells, MenuColumn::Choose)?;
    let pick = match key(&cells.fold(MenuColumn::Kind)).as_str() {
        "set" | "fixed" | "box" | "套餐" | "固定" | "固定套餐" | "多选" => false,
        "pick" | "choose" | "pickyourown" | "自选" | "自选套餐" | "任选" => true,
        "" => choose.is_some(),
        _ => return Err(MenuReject::NotUnderstood(MenuColumn::Kind, cells.tidy(MenuColumn::Kind))),
    };
    if !pick {
        return Ok(MenuKind::Set);
    }
    let choose = choose.ok_or(MenuReject::Missing(MenuColumn::Choose))?;
    let fits = u8::try_from(choose).ok().filter(|choose| *choose > 0);
    fits.map(MenuKind::Pick).ok_or_else(|| MenuReject::NotUnderstood(MenuColumn::Choose, choose.to_string()))
}

pub(super) fn read_item(cells: &Cells<'_>) -> Result<Item, MenuReject> {
    let name = name(cells, MenuColumn::ItemZh, MenuColumn::ItemEn)?;
    let (amount, unit) = (cells.fold(MenuColumn::Quantity), cells.fold(MenuColumn::Unit));
    if amount.is_empty() {
        return Err(MenuReject::Missing(MenuColumn::Quantity));
    }
    if !unit.is_empty() && read_unit(&unit).is_none() {
        return Err(MenuReject::NotUnderstood(MenuColumn::Unit, cells.tidy(MenuColumn::Unit)));
    }
    let wrong = || MenuReject::NotUnderstood(MenuColumn::Quantity, cells.tidy(MenuColumn::Quantity));
    let (quantity, unit) = read_measure(&amount, &unit).ok_or_else(wrong)?;
    Ok(Item { name, quantity, unit })
}

/// The first column in which a later row contradicts the menu; a blank cell contradicts nothing.
pub(super) fn disagreement(known: &Menu, next: &Menu, cells: &Cells<'_>) -> Option<MenuColumn> {
    let differs = [
        (MenuColumn::Kind, known.kind != next.kind),
        (MenuColumn::NameZh, known.name.zh != next.name.zh),
        (MenuColumn::NameEn, known.name.en != next.name.en),
        (MenuColumn::Price, known.price != next.price),
        (MenuColumn::Limit, known.limit != next.limit),
        (MenuColumn::Stock, known.stock != next.stock),
        (MenuColumn::Diet, known.diets != next.diets),
    ];
    differs
        .into_iter()
        .find(|(column, differs)| *differs && !cells.fold(*column).is_empty())
        .map(|(column, _)| column)
}

fn name(cells: &Cells<'_>, zh: MenuColumn, en: MenuColumn) -> Result<Name, MenuReject> {
    let (chinese, english) = (cells.tidy(zh), cells.tidy(en));
    for (column, text) in [(zh, &chinese), (en, &english)] {
        if text.chars().count() > LONGEST_NAME {
            return Err(MenuReject::NotUnderstood(column, text.clone()));
        }
    }
    match (chinese.is_empty(), english.is_empty()) {
        (true, true) => Err(MenuReject::Missing(zh)),
        (true, false) => Ok(Name::new(english.clone(), english)),
        _ => Ok(Name::new(chinese, english)),
    }
}

fn number(cells: &Cells<'_>, column: MenuColumn) -> Result<Option<u32>, MenuReject> {
    let text = cells.fold(column);
    if text.is_empty() || is_stroke(&text) {
        return Ok(None);
    }
    let number = whole_number(&text).and_then(|number| u32::try_from(number).ok());
    number.map(Some).ok_or(MenuReject::NotUnderstood(column, text))
}
