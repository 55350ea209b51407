//! Text as people type it into cells, folded to one form: width, spaces, numerals. No meaning of columns here.

/// Folds a cell: full-width and enclosed characters to plain ones, every kind of space to one space, invisible
/// characters away, both ends trimmed. The ranges of Unicode's NFKC that Chinese input methods really produce.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FF01}'..='\u{FF5E}' => folded.push(shift(c, 0xFF01, 0x21)),
            '\u{FFE5}' => folded.push('¥'),
            '\u{2460}'..='\u{2473}' => push_number(&mut folded, c, 0x2460),
            '\u{2474}'..='\u{2487}' => push_number(&mut folded, c, 0x2474),
            '\u{2488}'..='\u{249B}' => push_number(&mut folded, c, 0x2488),
            '\u{2776}'..='\u{277F}' => push_number(&mut folded, c, 0x2776),
            // Roman numerals name units and phases; as digits they meet "2" and "二".
            '\u{2160}'..='\u{216B}' => push_number(&mut folded, c, 0x2160),
            '\u{2070}' | '\u{2080}' => folded.push('0'),
            '\u{00B9}' => folded.push('1'),
            '\u{00B2}' => folded.push('2'),
            '\u{00B3}' => folded.push('3'),
            '\u{2074}'..='\u{2079}' => folded.push(shift(c, 0x2074, u32::from('4'))),
            '\u{2081}'..='\u{2089}' => folded.push(shift(c, 0x2081, u32::from('1'))),
            // Kangxi radicals look like numerals and come out of PDFs.
            '\u{2F00}' => folded.push('一'),
            '\u{2F06}' => folded.push('二'),
            '\u{2F0B}' => folded.push('八'),
            '\u{2F17}' => folded.push('十'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => folded.push('-'),
            _ if is_invisible(c) => {}
            _ if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            _ if c.is_control() => {}
            _ => folded.push(c),
        }
    }
    folded.trim().to_owned()
}

/// A remark as it was written, without invisible characters and with single spaces: punctuation keeps its width.
pub(super) fn tidy(text: &str) -> String {
    let visible: String =
        text.chars().filter(|c| !is_invisible(*c) && (c.is_whitespace() || !c.is_control())).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// [`fold`], and spaces beside Chinese characters taken out: `张 三` and `张三` are one name.
pub(crate) fn fold_name(text: &str) -> String {
    let folded: Vec<char> = fold(text).chars().collect();
    let beside_chinese = |place: usize| {
        folded.get(place.wrapping_sub(1)).is_some_and(|c| is_han(*c))
            || folded.get(place + 1).is_some_and(|c| is_han(*c))
    };
    folded
        .iter()
        .enumerate()
        .filter(|(place, c)| **c != ' ' || !beside_chinese(*place))
        .map(|(_, c)| *c)
        .collect()
}

/// The form in which two spellings of a name are compared: folded, without spaces, lower case.
pub(crate) fn key(text: &str) -> String {
    fold(text).chars().filter(|c| *c != ' ').flat_map(char::to_lowercase).collect()
}

/// Whether `c` is a Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '〇')
}

/// A number in folded digits: `3`, `+3`, `-2`, and `3.0`, which spreadsheets make of `3`. Nothing else.
pub(super) fn whole_number(folded: &str) -> Option<i64> {
    let (sign, digits) = match folded.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, folded.strip_prefix('+').unwrap_or(folded)),
    };
    let digits = strip_zero_decimals(digits);
    let fits = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit());
    if fits { digits.parse::<i64>().ok().map(|number| sign * number) } else { None }
}

/// `3.0` and `3.00` to `3`; anything else as it is.
pub(super) fn strip_zero_decimals(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, zeros))
            if !whole.is_empty() && !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') =>
        {
            whole
        }
        _ => text,
    }
}

/// A number in Chinese numerals: `三` 3, `十二` 12, `二十` 20, `一百零一` 101, and digit by digit: `三〇一` 301.
pub(super) fn chinese_number(text: &str) -> Option<u32> {
    let length = text.chars().count();
    if length == 0 || length > 7 {
        return None;
    }
    if !text.contains(['十', '百']) {
        return text.chars().try_fold(0u32, |number, c| number.checked_mul(10)?.checked_add(numeral(c)?));
    }
    let (mut total, mut digit, mut scale) = (0, None, 1_000);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            _ => {
                // "零" only holds a place; two digits in a row ("十二三") are no number.
                let value = numeral(c)?;
                if value > 0 && digit.replace(value).is_some() {
                    return None;
                }
                continue;
            }
        };
        if unit >= scale {
            return None;
        }
        scale = unit;
        total += digit.take().unwrap_or(1) * unit;
    }
    Some(total + digit.unwrap_or(0))
}

/// Whether `c` may be part of a Chinese number.
pub(super) fn is_numeral(c: char) -> bool {
    matches!(c, '十' | '百') || numeral(c).is_some()
}

/// Whether the text reads like a date a spreadsheet made of something else, such as `2022-01-02` of `1-2`.
pub(super) fn looks_like_a_date(folded: &str) -> bool {
    let number = |part: &str, range: std::ops::RangeInclusive<u32>| {
        part.bytes().all(|b| b.is_ascii_digit()) && part.parse().is_ok_and(|n: u32| range.contains(&n))
    };
    let day = folded.split([' ', 'T']).next().unwrap_or_default().trim_end_matches('日');
    match day.split(['-', '/', '.', '年', '月']).collect::<Vec<_>>()[..] {
        [year, month, day] => {
            year.len() == 4 && number(year, 1900..=2199) && number(month, 1..=12) && number(day, 1..=31)
        }
        [month, day] => folded.contains('月') && number(month, 1..=12) && number(day, 1..=31),
        _ => false,
    }
}

fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}')
}

fn shift(c: char, from: u32, to: u32) -> char {
    char::from_u32(u32::from(c) - from + to).unwrap_or(c)
}

fn push_number(folded: &mut String, c: char, one: u32) {
    folded.push_str(&(u32::from(c) - one + 1).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_spaces_and_invisible_characters_fold_away() {
        assert_eq!(fold("\u{FEFF}　１号楼\u{200B} "), "1号楼");
        assert_eq!(fold("Ｂｌｄｇ\u{00A0}\n３"), "Bldg 3");
        assert_eq!(fold("①单元 Ⅱ ⑿"), "1单元 2 12");
        assert_eq!(fold("1１０１－2"), "1101-2");
    }

    #[test]
    fn a_chinese_name_with_a_space_is_the_same_name() {
        assert_eq!(fold_name("张　三"), "张三");
        assert_eq!(fold_name("Anna  Ivanova"), "Anna Ivanova");
        assert_eq!(key("Anna IVANOVA"), key("annaivanova"));
    }

    #[test]
    fn numbers_come_as_digits_or_as_floats_of_a_spreadsheet() {
        assert_eq!(whole_number("3.0"), Some(3));
        assert_eq!(whole_number("-2"), Some(-2));
        for bad in ["", "-", "3.5", "三", "1e3", "=1+1", ".0", "3.", "12345678901"] {
            assert_eq!(whole_number(bad), None, "{bad}");
        }
    }

    #[test]
    fn chinese_numerals_are_read_both_ways() {
        for (text, number) in [
            ("三", 3),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零一", 101),
            ("三〇一", 301),
            ("一一零二", 1102),
        ] {
            assert_eq!(chinese_number(text), Some(number), "{text}");
        }
        for bad in ["", "十百", "三号", "二三十", "十十", "一二三四五六七八"] {
            assert_eq!(chinese_number(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_room_that_excel_turned_into_a_date_is_seen() {
        for date in ["2022-01-02", "2022/1/2", "2022年1月2日", "1月2日", "2022-01-02 00:00:00"] {
            assert!(looks_like_a_date(date), "{date}");
        }
        for other in ["1-2-301", "3-2-1101", "1101", "12-1-102", ""] {
            assert!(!looks_like_a_date(other), "{other}");
        }
    }
}
