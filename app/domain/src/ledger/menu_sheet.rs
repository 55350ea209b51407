//! Set menus from a sheet with one row an item (`menus.csv`). Prices and quantities are read digit by digit, never
//! through floats. A row that cannot be read is named with its reason and changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Sheet;
use super::column_names::name_key;
use super::fold::{fold, key};
use super::menu_row::{Cells, disagreement, read_code, read_head, read_item};
use crate::ids::MenuCode;
use crate::menu::{Item, Menu, MenuKind};

/// The most items a menu may have: what still fits a printed page and a phone.
pub const MAX_ITEMS: usize = 60;

/// What a column of a menu sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MenuColumn {
    /// The code a menu is ordered by.
    Code,
    /// A fixed box or pick your own.
    Kind,
    /// The menu's Chinese name.
    NameZh,
    /// The menu's English name.
    NameEn,
    /// What a box costs, in yuan.
    Price,
    /// How many items are picked.
    Choose,
    /// The most boxes a household may have.
    Limit,
    /// How many boxes there are.
    Stock,
    /// Diets the box keeps.
    Diet,
    /// The item's Chinese name.
    ItemZh,
    /// The item's English name.
    ItemEn,
    /// How much of the item.
    Quantity,
    /// In which unit.
    Unit,
}

/// Why a row of a menu sheet was not taken. It carries the offending text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MenuReject {
    /// The cell must hold something.
    Missing(MenuColumn),
    /// The cell does not say what its column is for.
    NotUnderstood(MenuColumn, String),
    /// The row says something else about its menu than the menu's first row.
    Disagrees(MenuColumn, String),
    /// The menu has this item already.
    SameItemTwice(String),
    /// More than [`MAX_ITEMS`] items.
    TooManyItems,
    /// Pick-your-own wants more items than the menu has.
    ChooseMoreThanItems {
        /// How many are to be picked.
        choose: u8,
        /// How many there are.
        items: u8,
    },
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuRejected {
    /// The row, from 1.
    pub row: u32,
    /// Why.
    pub why: MenuReject,
}

/// What a menu sheet holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MenuPreview {
    /// The menus, in the order of the sheet, as version 1.
    pub menus: Vec<Menu>,
    /// Menus of which a row was rejected: they lack something until the sheet is corrected.
    pub incomplete: Vec<MenuCode>,
    /// Rows that were not taken.
    pub rejected: Vec<MenuRejected>,
    /// Rows below the column names, blank ones not counted.
    pub rows_read: u32,
}

/// No sheet of the file has columns for menu code, price and item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no row with column names for menu code, price and item")]
pub struct NoMenuHeader;

/// Reads the first sheet that has the columns of menus.
///
/// # Errors
/// [`NoMenuHeader`] if there is none.
pub fn read_menus(sheets: &[Sheet]) -> Result<MenuPreview, NoMenuHeader> {
    let (sheet, header, columns) = sheets
        .iter()
        .find_map(|sheet| {
            let mut rows = sheet.rows.iter().take(30).map(|cells| columns_of(cells)).enumerate();
            let needed = [MenuColumn::Code, MenuColumn::Price, MenuColumn::ItemZh];
            let (header, columns) =
                rows.find(|(_, columns)| needed.iter().all(|need| columns.contains_key(need)))?;
            Some((sheet, header, columns))
        })
        .ok_or(NoMenuHeader)?;
    let mut reader =
        Reader { columns, menus: Vec::new(), spoiled: BTreeSet::new(), preview: MenuPreview::default() };
    for (row, cells) in (1u32..).zip(&sheet.rows).skip(header + 1) {
        if cells.iter().all(|cell| fold(cell).is_empty()) {
            continue;
        }
        reader.preview.rows_read += 1;
        reader.row(row, cells);
    }
    Ok(reader.finish())
}

struct Reader {
    columns: BTreeMap<MenuColumn, usize>,
    /// Each menu with its first row.
    menus: Vec<(u32, Menu)>,
    /// Codes of menus of which a row was rejected.
    spoiled: BTreeSet<String>,
    preview: MenuPreview,
}

impl Reader {
    fn row(&mut self, row: u32, cells: &[String]) {
        let cells = Cells { columns: &self.columns, cells };
        // A merged cell names the menu once; the rows below name only items.
        let continues = cells.have_no_head();
        let last = self.menus.last().map(|(_, menu)| menu.code.to_string());
        let code = if continues { last.unwrap_or_default() } else { read_code(&cells) };
        if let Err(why) = take(&mut self.menus, row, &cells, continues) {
            self.spoiled.insert(code);
            self.preview.rejected.push(MenuRejected { row, why });
        }
    }

    fn finish(mut self) -> MenuPreview {
        for (row, menu) in self.menus {
            let items = u8::try_from(menu.items.len()).unwrap_or(u8::MAX);
            match menu.kind {
                // A menu without items is named by its rejected rows already.
                _ if items == 0 => {}
                MenuKind::Pick(choose) if choose > items => {
                    let why = MenuReject::ChooseMoreThanItems { choose, items };
                    self.preview.rejected.push(MenuRejected { row, why });
                }
                _ => {
                    if self.spoiled.contains(menu.code.as_str()) {
                        self.preview.incomplete.push(menu.code.clone());
                    }
                    self.preview.menus.push(menu);
                }
            }
        }
        self.preview.rejected.sort_by_key(|rejected| rejected.row);
        self.preview
    }
}

/// Adds a row's item to its menu, which the row may be the first to name. A row that fails adds nothing.
fn take(
    menus: &mut Vec<(u32, Menu)>,
    row: u32,
    cells: &Cells<'_>,
    continues: bool,
) -> Result<(), MenuReject> {
    if continues {
        let (_, menu) = menus.last_mut().ok_or(MenuReject::Missing(MenuColumn::Code))?;
        return add(&mut menu.items, read_item(cells)?);
    }
    let mut menu = read_head(cells)?;
    let item = read_item(cells)?;
    match menus.iter_mut().find(|(_, known)| known.code == menu.code) {
        Some((_, known)) => match disagreement(known, &menu, cells) {
            Some(column) => Err(MenuReject::Disagrees(column, cells.tidy(column))),
            None => add(&mut known.items, item),
        },
        None => {
            menu.items.push(item);
            menus.push((row, menu));
            Ok(())
        }
    }
}

fn add(items: &mut Vec<Item>, item: Item) -> Result<(), MenuReject> {
    if items.iter().any(|known| key(&known.name.zh) == key(&item.name.zh)) {
        return Err(MenuReject::SameItemTwice(item.name.zh));
    }
    if items.len() >= MAX_ITEMS {
        return Err(MenuReject::TooManyItems);
    }
    items.push(item);
    Ok(())
}

const NAMES: [(MenuColumn, &str); 13] = [
    (MenuColumn::Code, "menucode code 套餐编号 套餐代码 编号 代码 套餐号"),
    (MenuColumn::Kind, "kind type 类型 套餐类型 种类"),
    (MenuColumn::NameZh, "menuzh menu menuname 套餐 套餐名 套餐名称 名称 中文名称"),
    (MenuColumn::NameEn, "menuen menuenglish 英文名 套餐英文 套餐英文名 英文名称"),
    (MenuColumn::Price, "priceyuan price pricecny 价格 单价 售价 套餐价 金额 价格元"),
    (MenuColumn::Choose, "choose pick choosen 选几样 任选 可选 可选数 选择数"),
    (MenuColumn::Limit, "capperhousehold limit limitperhousehold cap 每户限量 限购 每户限购 限量 每户上限"),
    (MenuColumn::Stock, "stock 库存 总量 备货 份数 总份数"),
    (MenuColumn::Diet, "diet diets 饮食 饮食标签 标签 忌口"),
    (MenuColumn::ItemZh, "itemzh item itemname 品名 物品 菜品 商品 物品名称 商品名称 明细"),
    (MenuColumn::ItemEn, "itemen itemenglish 英文品名 物品英文 品名英文"),
    (MenuColumn::Quantity, "quantity qty amount 数量 重量 分量"),
    (MenuColumn::Unit, "unit units 单位"),
];

fn columns_of(cells: &[String]) -> BTreeMap<MenuColumn, usize> {
    let mut columns = BTreeMap::new();
    for (place, cell) in cells.iter().enumerate() {
        let name = name_key(cell);
        let known =
            NAMES.iter().find(|(_, names)| !name.is_empty() && names.split(' ').any(|known| known == name));
        if let Some((column, _)) = known {
            columns.entry(*column).or_insert(place);
        }
    }
    // A sheet in English alone has no Chinese columns to fill.
    for (zh, en) in [(MenuColumn::NameZh, MenuColumn::NameEn), (MenuColumn::ItemZh, MenuColumn::ItemEn)] {
        if let (None, Some(place)) = (columns.get(&zh), columns.get(&en).copied()) {
            columns.insert(zh, place);
        }
    }
    columns
}
