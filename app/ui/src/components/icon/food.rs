//! Pictures of set menus on a 48 grid: ink lines with soft fills (`w` wheat, `l` leaf, `b` blush).

use crate::prelude::*;

/// One picture of food; show it with [`Food::view`]. The menu's name stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Food(&'static str);

impl Food {
    /// The picture, silent for a screen reader.
    #[must_use]
    pub fn view(self) -> impl IntoView {
        view! { <svg class="food" viewBox="0 0 48 48" aria-hidden="true" inner_html=self.0></svg> }
    }

    /// The picture that fits a menu best, by the Chinese words in its name.
    ///
    /// The more particular word wins: `清真牛肉套餐` is beef before it is meat, `婴儿米粉套餐` is for infants.
    #[must_use]
    pub fn for_menu(name_zh: &str) -> Self {
        const BY_WORD: [(&str, Food); 16] = [
            ("婴", INFANT),
            ("奶粉", INFANT),
            ("糖", LOW_SUGAR),
            ("自选", BASKET),
            ("篮", BASKET),
            ("清真", BEEF),
            ("牛", BEEF),
            ("羊", BEEF),
            ("肉", MEAT_AND_EGG),
            ("蛋", MEAT_AND_EGG),
            ("米", STAPLES),
            ("面", STAPLES),
            ("油", STAPLES),
            ("菜", VEGETABLE),
            ("蔬", VEGETABLE),
            ("果", BASKET),
        ];
        // By hand: the standard search for words in long texts would be 3 KB of a phone's program.
        let has = |word: &str| name_zh.as_bytes().windows(word.len()).any(|part| part == word.as_bytes());
        BY_WORD.iter().find(|(word, _)| has(word)).map_or(BOX, |(_, food)| *food)
    }
}

/// Vegetables.
pub const VEGETABLE: Food = Food(
    r#"<path class="l" d="M17 43C9.5 40 5 32 6 23c.6-5 3.5-7.5 4.5-12.5C13 13 16 12.5 18.5 8c2.5 4 5.5 4.5 8 2 .5 4.5 4 7.5 4.5 13 .7 9-3.5 17-10 20z"/><path d="M19 43V18M19 31l-6.5-6.5M19 26.5l5.5-6"/><circle class="b" cx="34.5" cy="34.5" r="8.5"/><path class="l" d="M34.5 28.5c-1.5-2-3.5-2.5-5-2 1-2 3.5-2.5 5-1.5 1.5-1 4-.5 5 1.5-1.5-.5-3.5 0-5 2zM34.5 25v-3"/>"#,
);

/// Meat and eggs.
pub const MEAT_AND_EGG: Food = Food(
    r#"<path class="b" d="M6.5 19C9 10.5 19.5 6.5 27 10c5 2.300 5 8 1 10.5-3.5 2.200-4 4-4 8 0 6.5-8 9.5-13.5 5.5C5.5 30.5 5 24.5 6.5 19z"/><path d="M11 21.5c1.5-4.5 6-7 10.5-6.5"/><circle class="w" cx="14.5" cy="27" r="3"/><path class="w" d="M35 21c4.5 0 8.5 7.5 8.5 13.5a8.5 8.5 0 0 1-17 0C26.5 28.5 30.5 21 35 21z"/><path d="M39.5 34.5a4.5 4.5 0 0 1-4 4.5"/>"#,
);

/// Beef, halal.
pub const BEEF: Food = Food(
    r#"<path class="w" d="M15 18c3-2.5 15-2.5 18 0 1 6-.5 10.5-1.5 15.5C31 38.5 28 42 24 42s-7-3.5-7.5-8.5C15.5 28.5 14 24 15 18z"/><path class="b" d="M17 34c2-3 12-3 14 0-.5 5-3 8-7 8s-6.5-3-7-8z"/><path d="M15.5 17C9 17.5 6 13 7.5 6.5 9.5 11.5 13 13.5 19 14.200M32.5 17c6.5.5 9.5-4 8-10.5C38.5 11.5 35 13.5 29 14.200M14.800 20.5c-3.5-.5-6 .5-7.300 3 3 1.5 5.5 1 7.5-.5M33.200 20.5c3.5-.5 6 .5 7.300 3-3 1.5-5.5 1-7.5-.5M19.5 25v1.5M28.5 25v1.5M21.5 36.5v.8M26.5 36.5v.8"/>"#,
);

/// Rice, flour, oil.
pub const STAPLES: Food = Food(
    r#"<path class="w" d="M7 42.5C3.5 34 4.5 26 8.5 20 7 17.5 6.5 15 7.5 12.5h15c1 2.5.5 5-1 7.5 4 6 5 14 1.5 22.5z"/><path d="M8.5 20h13M15 25.5v12M9.5 31.5h11M11 27l1.5 2.300M19 27l-1.5 2.300M14.5 32L10 36.5M15.5 32l4.5 4.5"/><path d="M33 42.5h8.5a1.5 1.5 0 0 0 1.5-1.5V25l-3.5-5.5V13H35v6.5L31.5 25v16a1.5 1.5 0 0 0 1.5 1.5zM34.5 8.5H40V13h-5.5z"/><path class="w" d="M31.5 28H43v13a1.5 1.5 0 0 1-1.5 1.5H33a1.5 1.5 0 0 1-1.5-1.5z"/>"#,
);

/// Milk powder, nappies.
pub const INFANT: Food = Food(
    r#"<path class="b" d="M12 14c0-3.5 2.5-3.5 2.5-6.5 0-2.600 5-2.600 5 0 0 3 2.5 3 2.5 6.5z"/><path class="w" d="M8.5 26.5h17V40a2.5 2.5 0 0 1-2.5 2.5H11A2.5 2.5 0 0 1 8.5 40z"/><path d="M10 14h14v4.5H10zM10.5 18.5L8.5 24v16a2.5 2.5 0 0 0 2.5 2.5h12a2.5 2.5 0 0 0 2.5-2.5V24l-2-5.5M8.5 31h4M8.5 36h4"/><path class="l" d="M29.5 27.5h15v4c-3 .5-4.5 2.5-5 6.5h-5c-.5-4-2-6-5-6.5z"/><path d="M33 27.5v3M41 27.5v3"/>"#,
);

/// Low in sugar.
pub const LOW_SUGAR: Food = Food(
    r#"<path class="l" d="M11 27.5A7.200 7.200 0 0 1 8 14.300 8 8 0 0 1 21.5 8 8 8 0 0 1 35 14.300 7.200 7.200 0 0 1 32 27.5z"/><path class="l" d="M15 27.5l3.5 7v8h6v-8l3.5-7"/><path d="M17.5 14.5a3.5 3.5 0 0 1 3-2.5M26 18a3.5 3.5 0 0 1 2.5 3M14 21.5a3.5 3.5 0 0 1 3-1.5"/><path class="w" d="M33 34h8v8h-8z"/><path d="M30 45l14-14"/>"#,
);

/// Pick your own.
pub const BASKET: Food = Food(
    r#"<path class="b" d="M17.5 24c-3.5-1.5-5.5-5-4.5-8.5 1-3 4-4 6.5-2.5 2.5-1.5 5.5-.5 6.5 2.5 1 3.5-1 7-4.5 8.5z"/><path d="M19.5 13c0-2 .8-3.5 2.5-4.5"/><path class="l" d="M28 24l2.5-15c3 .5 6 3 6 8 0 3-.8 5-2 7z"/><path d="M31.5 23l1.200-7M9.5 24l-2-8M12 24l-1-5"/><path class="w" d="M4.5 24h39l-4 16a3 3 0 0 1-2.900 2.300H11.400A3 3 0 0 1 8.5 40z"/><path d="M15 29.5l1.5 7.5M24 29.5V37M33 29.5L31.5 37"/>"#,
);

/// Any other box.
pub const BOX: Food = Food(
    r#"<path class="w" d="M6 16l18-8 18 8v17l-18 8-18-8z"/><path d="M6 16l18 8 18-8M24 24v17M15 12l18 8v6"/>"#,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_particular_word_chooses_the_picture() {
        let pictures = [
            ("蔬菜套餐", VEGETABLE),
            ("肉蛋套餐", MEAT_AND_EGG),
            ("清真牛肉套餐", BEEF),
            ("米面油套餐", STAPLES),
            ("婴儿套餐", INFANT),
            ("控糖套餐", LOW_SUGAR),
            ("自选菜篮", BASKET),
            ("防疫包", BOX),
        ];
        for (name, food) in pictures {
            assert_eq!(Food::for_menu(name), food, "{name}");
        }
    }
}
