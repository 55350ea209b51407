//! Who lives there: how many, how many over 60, their language, their telephone number, and remarks.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::fold::{fold, key, whole_number};
use super::reject::{RejectReason, Warning};
use crate::lang::Lang;

/// The most people one household may have: dormitories included, typing errors (`22` for `2`) mostly not.
pub const MAX_PEOPLE: u16 = 99;

/// A telephone number as the ledger writes it, folded. Debug output hides it, so that it reaches no log by accident.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// The number as it is shown to those who may call it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two spellings of one number have the same digits.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        let digits = |phone: &Self| phone.0.chars().filter(char::is_ascii_digit).collect::<String>();
        digits(self) == digits(other)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(hidden)")
    }
}

/// Reads a telephone cell. What is not a number is left out with a warning: a household is never lost for its phone.
pub(super) fn read_phone(cell: &str) -> (Option<Phone>, Option<Warning>) {
    let text = super::fold::strip_zero_decimals(cell);
    if text.is_empty() || is_none_word(text) {
        return (None, None);
    }
    let upper = text.to_ascii_uppercase();
    if upper.split_once("E+").is_some_and(|(front, power)| {
        front.starts_with(|c: char| c.is_ascii_digit()) && power.parse::<u8>().is_ok()
    }) {
        return (None, Some(Warning::PhoneLostDigits));
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 3 || text.chars().count() > 60 || text.starts_with('=') {
        return (None, Some(Warning::PhoneNotUnderstood));
    }
    (Some(Phone(text.to_owned())), None)
}

/// Reads the number of people: `3`, `3.0`, `３人`, `3口人`.
pub(super) fn read_people(cell: &str) -> Result<u16, RejectReason> {
    let wrong = || cell.to_owned();
    if cell.is_empty() {
        return Err(RejectReason::PeopleMissing);
    }
    match whole_number(without_counters(cell)) {
        None => Err(RejectReason::PeopleNotANumber(wrong())),
        Some(number) if number < 0 => Err(RejectReason::PeopleNegative(wrong())),
        Some(0) => Err(RejectReason::NobodyLivesThere),
        Some(number) => u16::try_from(number)
            .ok()
            .filter(|n| *n <= MAX_PEOPLE)
            .ok_or_else(|| RejectReason::TooManyPeople(wrong())),
    }
}

/// Reads how many of `people` are over 60; an empty cell is none.
pub(super) fn read_over_60(cell: &str, people: u16) -> Result<(u16, Option<Warning>), RejectReason> {
    if cell.is_empty() || is_none_word(cell) {
        return Ok((0, None));
    }
    if is_yes(cell) {
        return Ok((1, Some(Warning::OverSixtyTakenAsOne)));
    }
    match whole_number(without_counters(cell)) {
        None => Err(RejectReason::OverSixtyNotANumber(cell.to_owned())),
        Some(number) if number < 0 => Err(RejectReason::OverSixtyNegative(cell.to_owned())),
        Some(number) => match u16::try_from(number).unwrap_or(u16::MAX) {
            over_60 if over_60 > people => Err(RejectReason::MoreOverSixtyThanPeople { over_60, people }),
            over_60 => Ok((over_60, None)),
        },
    }
}

/// The language of the screens, and the language spoken where the screens do not have it: its BCP 47 tag, or the
/// cell's own words where they are not known.
pub(super) fn read_language(cell: &str) -> (Lang, String) {
    let spoken = key(cell);
    if spoken.is_empty() || is_none_word(cell) {
        return (Lang::default(), String::new());
    }
    let known =
        LANGUAGES.iter().find(|(tag, names)| *tag == spoken || names.split(' ').any(|name| name == spoken));
    match known.map(|(tag, _)| *tag) {
        Some("zh") => (Lang::Zh, String::new()),
        Some("en") => (Lang::En, String::new()),
        // Who grew up with these reads Chinese sooner than English.
        Some(tag @ ("ug" | "bo" | "kk" | "mn" | "yue" | "ii" | "za")) => (Lang::Zh, tag.to_owned()),
        Some(tag) => (Lang::En, tag.to_owned()),
        None => (Lang::default(), fold(cell).chars().take(40).collect()),
    }
}

/// Whether a cell says "nothing": 无, 否, none, `-`, `/`.
pub(super) fn is_none_word(cell: &str) -> bool {
    matches!(
        key(cell).as_str(),
        "无" | "没有"
            | "否"
            | "暂无"
            | "未填"
            | "none"
            | "no"
            | "n"
            | "nil"
            | "n/a"
            | "na"
            | "-"
            | "--"
            | "/"
            | "\\"
            | "—"
            | "x"
            | "×"
            | "нет"
    )
}

/// Whether a cell of a place holds only a stroke: `-`, `/`, 无. Narrower than [`is_none_word`]: N may be a building.
pub(super) fn is_stroke(cell: &str) -> bool {
    matches!(cell, "-" | "--" | "/" | "\\" | "无" | "*" | ".")
}

/// Whether a cell says "yes": 是, 有, a tick.
pub(super) fn is_yes(cell: &str) -> bool {
    matches!(key(cell).as_str(), "是" | "有" | "√" | "✓" | "✔" | "☑" | "yes" | "y" | "true" | "да")
}

/// Whether a remark for the door speaks of somebody's health: then it is no remark for volunteers.
pub(crate) fn mentions_health(remark: &str) -> bool {
    let remark = remark.to_lowercase();
    HEALTH.split(' ').any(|word| remark.contains(word))
}

fn without_counters(cell: &str) -> &str {
    let mut text = cell;
    for counter in ["口人", "人", "口", "位", "个", "名", "people", "persons", "person"] {
        if let Some(rest) = text.strip_suffix(counter) {
            text = rest.trim_end();
        }
    }
    text
}

const HEALTH: &str = "病 癌 瘤 透析 化疗 放疗 孕 产妇 残疾 残障 偏瘫 瘫痪 失能 失智 痴呆 阳性 确诊 密接 艾滋 hiv 抑郁 精神 \
    癫痫 胰岛素 糖尿 高血压 心脏 术后 失聪 听力 视力 盲 吸氧 dialysis chemo cancer pregnan diabet \
    insulin disab dementia";

/// A language's names in Chinese and in English, for whoever has to find somebody who speaks it: `俄语 Russian` for `ru`.
/// What is no code here is its own name.
#[must_use]
pub fn language_names(code: &str) -> String {
    let Some((_, names)) = LANGUAGES.iter().find(|(known, _)| *known == code) else { return code.to_owned() };
    let chinese = names.split(' ').next().unwrap_or_default();
    let english = names.split(' ').find(|name| name.chars().all(|c| c.is_ascii_lowercase()));
    let mut letters = english.unwrap_or_default().chars();
    let first = letters.next().map(|letter| format!(" {}", letter.to_ascii_uppercase())).unwrap_or_default();
    format!("{chinese}{first}{}", letters.as_str())
}

const LANGUAGES: [(&str, &str); 26] = [
    ("zh", "中文 汉语 普通话 国语 华语 中国话 zh-cn chinese mandarin putonghua китайский"),
    ("en", "英语 英文 english en-us en-gb английский"),
    ("ru", "俄语 俄文 русский russian рус"),
    ("ko", "韩语 韩文 朝鲜语 korean 한국어"),
    ("ja", "日语 日文 japanese 日本語 日本语"),
    ("fr", "法语 法文 french français francais"),
    ("de", "德语 德文 german deutsch"),
    ("es", "西班牙语 西语 spanish español espanol"),
    ("pt", "葡萄牙语 葡语 portuguese português"),
    ("it", "意大利语 italian italiano"),
    ("ar", "阿拉伯语 阿语 arabic العربية"),
    ("fa", "波斯语 persian farsi فارسی"),
    ("tr", "土耳其语 turkish türkçe"),
    ("uk", "乌克兰语 ukrainian українська"),
    ("vi", "越南语 vietnamese tiếngviệt"),
    ("th", "泰语 thai ไทย ภาษาไทย"),
    ("hi", "印地语 hindi हिन्दी"),
    ("ur", "乌尔都语 urdu اردو"),
    ("sw", "斯瓦希里语 swahili kiswahili"),
    ("ug", "维吾尔语 维语 uyghur uighur ئۇيغۇرچە"),
    ("bo", "藏语 tibetan བོད་སྐད"),
    ("kk", "哈萨克语 kazakh қазақша"),
    ("mn", "蒙古语 蒙语 mongolian монгол"),
    ("yue", "粤语 广东话 cantonese"),
    ("ii", "彝语"),
    ("za", "壮语 zhuang"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_named_for_people() {
        assert_eq!(language_names("ru"), "俄语 Russian");
        assert_eq!(language_names("zh"), "中文 Chinese");
        assert_eq!(language_names("ii"), "彝语", "which has no other name here");
        assert_eq!(language_names("手语"), "手语");
        for (code, _) in LANGUAGES {
            assert_ne!(language_names(code), code);
        }
    }

    #[test]
    fn a_number_of_people_is_digits_with_or_without_a_counter() {
        for text in ["3", "3.0", "3人", "3 人", "3口人", "3 people"] {
            assert_eq!(read_people(text), Ok(3), "{text}");
        }
        assert_eq!(read_people("三"), Err(RejectReason::PeopleNotANumber("三".into())));
        assert_eq!(read_people("=1+1"), Err(RejectReason::PeopleNotANumber("=1+1".into())));
        assert_eq!(read_people("3.5"), Err(RejectReason::PeopleNotANumber("3.5".into())));
        assert_eq!(read_people("-2"), Err(RejectReason::PeopleNegative("-2".into())));
        assert_eq!(read_people("0"), Err(RejectReason::NobodyLivesThere));
        assert_eq!(read_people("100"), Err(RejectReason::TooManyPeople("100".into())));
    }

    #[test]
    fn the_old_are_some_of_the_people() {
        assert_eq!(read_over_60("", 2), Ok((0, None)));
        assert_eq!(read_over_60("2人", 2), Ok((2, None)));
        assert_eq!(read_over_60("是", 2), Ok((1, Some(Warning::OverSixtyTakenAsOne))));
        assert_eq!(
            read_over_60("3", 2),
            Err(RejectReason::MoreOverSixtyThanPeople { over_60: 3, people: 2 })
        );
    }

    #[test]
    fn languages_become_tags_and_unknown_ones_stay_as_written() {
        assert_eq!(read_language("中文"), (Lang::Zh, String::new()));
        assert_eq!(read_language(" ENGLISH "), (Lang::En, String::new()));
        assert_eq!(read_language("Русский"), (Lang::En, "ru".into()));
        assert_eq!(read_language("俄语"), (Lang::En, "ru".into()));
        assert_eq!(read_language("维吾尔语"), (Lang::Zh, "ug".into()));
        assert_eq!(read_language("客家话"), (Lang::Zh, "客家话".into()));
    }

    #[test]
    fn a_phone_that_a_spreadsheet_spoiled_is_left_out_and_said() {
        assert_eq!(read_phone("13800000000.0").0.expect("phone").as_str(), "13800000000");
        assert_eq!(read_phone("1.38E+10"), (None, Some(Warning::PhoneLostDigits)));
        assert_eq!(read_phone("打不通"), (None, Some(Warning::PhoneNotUnderstood)));
        assert!(Phone("0371-000 000".into()).same_as(&Phone("0371000000".into())));
        assert_eq!(format!("{:?}", Phone("00000000000".into())), "Phone(hidden)");
    }

    #[test]
    fn a_remark_about_health_is_not_one_for_the_stairs() {
        assert!(mentions_health("家有孕妇"));
        assert!(mentions_health("Dialysis on Tuesday"));
        assert!(!mentions_health("勿按门铃，有婴儿"));
        assert!(!mentions_health("放门口即可，谢谢！"));
    }
}
