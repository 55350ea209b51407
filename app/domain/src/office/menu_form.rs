//! The form of a set menu: its head, and one row an item.

use super::fault::{Fault, Faults, narrow, number, text, words};
use crate::community::Community;
use crate::form::Fields;
use crate::household::{DietTag, Diets};
use crate::ids::MenuCode;
use crate::lang::Name;
use crate::ledger::menu_sheet::MAX_ITEMS;
use crate::menu::{Item, Menu, MenuKind};
use crate::money::Fen;
use crate::quantity::{Quantity, Unit};

/// The longest name of a menu or an item, in characters.
const NAME: u16 = 60;
/// Rows for new items below those that are there.
const SPARE_ROWS: usize = 3;

/// One row of items, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemRow {
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// How much.
    pub quantity: String,
    /// In which unit, as [`Unit::names`] has it in English.
    pub unit: String,
}

impl ItemRow {
    fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty() && self.quantity.is_empty()
    }
}

/// The rows of a form in their order, with some empty ones to go on.
#[must_use]
pub fn item_rows(form: &Fields) -> Vec<ItemRow> {
    let mut rows = filled_rows(form);
    let spare = if form.get("more").is_some() { 3 * SPARE_ROWS } else { SPARE_ROWS };
    rows.extend((0..spare).map(|_| ItemRow::default()));
    rows.truncate(MAX_ITEMS);
    rows
}

/// The rows that say something.
pub(super) fn filled_rows(form: &Fields) -> Vec<ItemRow> {
    typed_rows(form).into_iter().filter(|row| !row.is_empty()).collect()
}

/// Rows are told apart by the number in their fields' names, so that an empty one shifts no other.
fn typed_rows(form: &Fields) -> Vec<ItemRow> {
    (0..MAX_ITEMS)
        .map(|row| {
            let get = |field: &str| form.get(&format!("{field}{row}")).unwrap_or_default().to_owned();
            ItemRow { zh: get("zh"), en: get("en"), quantity: get("quantity"), unit: get("unit") }
        })
        .collect()
}

/// The diets that are ticked, and others typed with something between them.
pub(super) fn read_tags(form: &Fields) -> Diets {
    let tags = form.all("diet").flat_map(|typed| typed.split([',', '，', '、', ';', ' ']));
    tags.filter_map(|tag| tag.parse::<DietTag>().ok()).collect()
}

/// Reads a menu. `known` is the code of the menu that is edited; `None` for a new one. The version is the newest
/// there is, or 1: whether that may still be overwritten is the table's to say.
///
/// # Errors
/// Faults at their fields.
pub fn read_menu(form: &Fields, community: &Community, known: Option<&MenuCode>) -> Result<Menu, Faults> {
    let mut faults = Faults::default();
    let code = match known {
        Some(code) => Some(code.clone()),
        None => faults.note("code", new_code(form, community)),
    };
    let zh = faults.note("name_zh", words(form, "name_zh", NAME));
    let en = faults.note("name_en", text(form, "name_en", NAME));
    let price = form.get("price").ok_or(Fault::Missing);
    let price = price.and_then(|typed| Fen::parse_yuan(&narrow(typed)).ok_or(Fault::NotMoney));
    let price = faults.note("price", price);
    let limit = faults.note("limit", number::<u16>(form, "limit", (1, 999)));
    let stock = faults.note("stock", number::<u32>(form, "stock", (0, 1_000_000)));
    let diets = read_tags(form);
    let items = read_items(form, &mut faults);
    let kind = match form.get("kind") {
        Some("pick") => {
            let choose = faults.note("choose", number::<u8>(form, "choose", (1, 60)));
            match choose {
                Some(None) => {
                    faults.add("choose", Fault::Missing);
                    None
                }
                Some(Some(choose)) if usize::from(choose) > items.len() => {
                    faults.add("choose", Fault::FewerItemsThanPicks);
                    None
                }
                choose => choose.flatten().map(MenuKind::Pick),
            }
        }
        _ => Some(MenuKind::Set),
    };
    let version = code.as_ref().and_then(|code| community.newest_menu(code)).map_or(1, |menu| menu.version);
    let menu = (|| {
        let name = Name::new(zh?, en?);
        Some(Menu {
            code: code?,
            version,
            kind: kind?,
            name,
            price: price?,
            items,
            limit: limit?,
            stock: stock?,
            diets,
        })
    })();
    faults.into_result(menu)
}

fn new_code(form: &Fields, community: &Community) -> Result<MenuCode, Fault> {
    let code: MenuCode =
        form.get("code").ok_or(Fault::Missing)?.to_ascii_uppercase().parse().map_err(|_| Fault::NotACode)?;
    if community.newest_menu(&code).is_some() { Err(Fault::CodeTaken) } else { Ok(code) }
}

fn read_items(form: &Fields, faults: &mut Faults) -> Vec<Item> {
    let mut items = Vec::new();
    // Faults stand where the row will be shown: empty rows above it are gone by then.
    for (place, row) in filled_rows(form).into_iter().enumerate() {
        let too_long = |text: &str| text.chars().count() > usize::from(NAME);
        let zh = if row.zh.is_empty() { &row.en } else { &row.zh };
        if zh.is_empty() {
            faults.add(format!("zh{place}"), Fault::Missing);
        } else if too_long(zh) || too_long(&row.en) {
            faults.add(format!("zh{place}"), Fault::TooLong(NAME));
        }
        let quantity = match row.quantity.as_str() {
            "" => Err(Fault::Missing),
            typed => Quantity::parse(&narrow(typed)).ok_or(Fault::NotAnAmount),
        };
        let unit = Unit::ALL.into_iter().find(|unit| unit.names().0 == row.unit).unwrap_or(Unit::Piece);
        if let Some(quantity) = faults.note(&format!("quantity{place}"), quantity) {
            items.push(Item { name: Name::new(zh.clone(), row.en.clone()), quantity, unit });
        }
    }
    if items.is_empty() && faults.0.is_empty() {
        faults.add("zh0", Fault::Missing);
    }
    items
}

/// A menu as the form shows it.
#[must_use]
pub fn menu_fields(menu: &Menu) -> Fields {
    let (kind, choose) = match menu.kind {
        MenuKind::Set => ("set", String::new()),
        MenuKind::Pick(choose) => ("pick", choose.to_string()),
    };
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut fields: Vec<(String, String)> = [
        ("code", menu.code.to_string()),
        ("kind", kind.to_owned()),
        ("choose", choose),
        ("name_zh", menu.name.zh.clone()),
        ("name_en", menu.name.en.clone()),
        ("price", menu.price.to_string()),
        ("limit", number(menu.limit.map(u32::from))),
        ("stock", number(menu.stock)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    fields.extend(menu.diets.iter().map(|tag| ("diet".to_owned(), tag.to_string())));
    for (row, item) in menu.items.iter().enumerate() {
        fields.push((format!("zh{row}"), item.name.zh.clone()));
        fields.push((format!("en{row}"), item.name.en.clone()));
        fields.push((format!("quantity{row}"), item.quantity.to_string()));
        fields.push((format!("unit{row}"), item.unit.names().0.to_owned()));
    }
    Fields(fields)
}
