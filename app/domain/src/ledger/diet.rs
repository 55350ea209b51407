//! Diets as tables write them: 清真, 素食; halal. The same words for what a menu keeps and what a household wants kept.

use super::fold::key;
use super::people::is_none_word;
use crate::household::{DietTag, Diets};

/// Reads a cell of diets. `Err` carries the first word that is too long for a tag.
pub(super) fn read_diets(cell: &str) -> Result<Diets, String> {
    cell.split([';', ',', '、', '/', '|'])
        .filter(|tag| !tag.trim().is_empty() && !is_none_word(tag))
        .map(|tag| diet(tag).ok_or_else(|| tag.to_owned()))
        .collect()
}

fn diet(tag: &str) -> Option<DietTag> {
    let tag = match key(tag).as_str() {
        "素" | "素食" | "吃素" | "vegan" => "vegetarian".to_owned(),
        "清真" | "回民" => "halal".to_owned(),
        "低糖" | "控糖" | "无糖" | "lowsugar" => "low-sugar".to_owned(),
        _ => tag.trim().to_owned(),
    };
    tag.parse().ok()
}
