//! Quantities with their units as people write them: `1.5 kg`, `2斤`, `15 pcs`. Exact, without floats.

use super::fold::key;
use crate::quantity::{Quantity, Unit};

/// A unit, and how many thousandths of it one written unit is: a 斤 is 500 thousandths of a kilogram.
const UNITS: [(Unit, u64, &str); 12] = [
    (Unit::Kg, 1_000, "kg kgs kilo kilos kilogram kilograms 公斤 千克"),
    (Unit::Kg, 500, "斤 市斤 jin"),
    (Unit::G, 1_000, "g gr gram grams 克"),
    (Unit::G, 50_000, "两"),
    (Unit::L, 1_000, "l litre litres liter liters 升 公升"),
    (Unit::Ml, 1_000, "ml millilitre millilitres 毫升"),
    (Unit::Piece, 1_000, "piece pieces pc pcs each 个 只 枚 根 块 片 条 件 份"),
    (Unit::Head, 1_000, "head heads 棵 颗 头"),
    (Unit::Tin, 1_000, "tin tins can cans 罐 听"),
    (Unit::Bag, 1_000, "bag bags pack packs packet packets 袋 包"),
    (Unit::Box, 1_000, "box boxes carton cartons 盒 箱"),
    (Unit::Bottle, 1_000, "bottle bottles 瓶"),
];

/// The unit that a cell names, with the thousandths that one of it is.
pub(super) fn read_unit(cell: &str) -> Option<(Unit, u64)> {
    let cell = key(cell);
    let cell = cell.trim_end_matches('.');
    UNITS
        .iter()
        .find(|(.., names)| names.split(' ').any(|name| name == cell))
        .map(|(unit, scale, _)| (*unit, *scale))
}

/// An amount with the unit beside it or, if that cell is blank, behind the number: `1.5kg`.
pub(super) fn read_measure(amount: &str, unit: &str) -> Option<(Quantity, Unit)> {
    let end = amount.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(amount.len());
    let (digits, behind) = (&amount[..end], amount[end..].trim());
    let (unit, scale) = match (unit.is_empty(), behind.is_empty()) {
        (false, true) => read_unit(unit)?,
        (true, false) => read_unit(behind)?,
        // "1.5kg" beside "kg" is fine, beside "g" it is not.
        (false, false) if read_unit(unit) == read_unit(behind) => read_unit(unit)?,
        _ => return None,
    };
    let thousandths = Quantity::parse(digits)?.0.checked_mul(scale)?;
    match thousandths % 1_000 {
        0 => Some((Quantity(thousandths / 1_000), unit)),
        // Half a gram is left of an odd 斤: exact in grams.
        _ if unit == Unit::Kg => Some((Quantity(thousandths), Unit::G)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_in_every_spelling() {
        assert_eq!(read_measure("1.5", "kg"), Some((Quantity(1_500), Unit::Kg)));
        assert_eq!(read_measure("1.5 kg", ""), Some((Quantity(1_500), Unit::Kg)));
        assert_eq!(read_measure("2斤", ""), Some((Quantity(1_000), Unit::Kg)));
        assert_eq!(read_measure("0.001", "斤"), Some((Quantity(500), Unit::G)));
        assert_eq!(read_measure("3", "两"), Some((Quantity(150_000), Unit::G)));
        assert_eq!(read_measure("15", "PCS."), Some((Quantity(15_000), Unit::Piece)));
        for (amount, unit) in [
            ("1,5", "kg"),
            ("", "kg"),
            ("-1", "kg"),
            ("1", ""),
            ("0", "kg"),
            ("1kg", "g"),
            ("1", "桶"),
            ("1e3", "g"),
        ] {
            assert_eq!(read_measure(amount, unit), None, "{amount} {unit}");
        }
    }
}
