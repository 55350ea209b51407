//! Finds the row with the column names, under title rows, in Chinese or English, and says what each column holds.

use serde::{Deserialize, Serialize};

use super::fold::{fold, key};

/// What a column of the ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Compound (小区).
    Compound,
    /// Building (楼栋).
    Building,
    /// Unit (单元).
    Unit,
    /// Floor (楼层).
    Floor,
    /// Room (房号).
    Room,
    /// Building, unit and room in one cell (地址).
    Address,
    /// Head of household (户主).
    Holder,
    /// Telephone number.
    Phone,
    /// Number of people.
    People,
    /// How many of them are over 60.
    OverSixty,
    /// Language.
    Language,
    /// Care remarks (特殊情况): health and need of help. Never for volunteers.
    Care,
    /// Remarks for the door (备注).
    Note,
}

/// The columns of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// What each known column holds, by its place. Care and notes may have several columns, the others one.
    known: Vec<(Column, usize)>,
    /// The header cells, folded.
    names: Vec<String>,
    /// How many rows the header takes: two where a heading spans columns with names below it.
    pub(super) rows: usize,
}

impl Columns {
    /// The place of the only column that holds `column`.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.known.iter().find(|(known, _)| *known == column).map(|(_, place)| *place)
    }

    /// All places that hold `column`.
    pub(super) fn places(&self, column: Column) -> impl Iterator<Item = usize> {
        self.known.iter().filter(move |(known, _)| *known == column).map(|(_, place)| *place)
    }

    /// The name of the column at `place`.
    pub(super) fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    /// The columns that hold something known.
    pub(super) fn found(&self) -> Vec<Column> {
        let mut found: Vec<Column> = self.known.iter().map(|(column, _)| *column).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The names of the columns that are not read.
    pub(super) fn ignored(&self) -> Vec<String> {
        let known = |place: &usize| self.known.iter().any(|(_, at)| at == place);
        (0..self.names.len()).filter(|place| !known(place) && !self.names[*place].is_empty()).map(|place| self.names[place].clone()).collect()
    }

    /// Whether a row says the column names once more, as printed ledgers do on each page.
    pub(super) fn repeats(&self, cells: &[String]) -> bool {
        let mut same = 0;
        for (place, cell) in cells.iter().enumerate() {
            let cell = fold(cell);
            if cell.is_empty() {
                continue;
            }
            if cell != self.name(place) {
                return false;
            }
            same += 1;
        }
        same >= 2
    }

    fn names_a_door(&self) -> bool {
        let found = self.found();
        (found.contains(&Column::Room) || found.contains(&Column::Address)) && found.len() >= 2
    }

    /// The relation to the head of household: a sheet with one row a person.
    pub(super) fn is_by_person(&self) -> bool {
        self.names.iter().any(|name| {
            let name = key(name);
            name.contains("与户主关系") || name.contains("与户主的关系") || name.contains("relationto") || name.contains("relationshipto")
        })
    }
}

/// How far down the column names are looked for.
const DEEPEST_HEADER: usize = 30;

/// The row of column names and what the columns hold. `Err` carries what the best row named.
pub(super) fn find(rows: &[Vec<String>]) -> Result<(usize, Columns), Vec<Column>> {
    let mut best: Option<(u32, usize, Columns)> = None;
    let mut nearest = Vec::new();
    for (place, cells) in rows.iter().enumerate().take(DEEPEST_HEADER) {
        let (score, mut columns) = read_header(cells, rows.get(place + 1));
        if !columns.names_a_door() {
            // In English a "unit" is often the flat itself.
            promote_unit(&mut columns);
        }
        if !columns.names_a_door() {
            if columns.known.len() > nearest.len() {
                nearest = columns.found();
            }
            continue;
        }
        if best.as_ref().is_none_or(|(highest, ..)| score > *highest) {
            best = Some((score, place, columns));
        }
    }
    best.map(|(_, place, columns)| (place, columns)).ok_or(nearest)
}

fn read_header(cells: &[String], below: Option<&Vec<String>>) -> (u32, Columns) {
    let mut names: Vec<String> = cells.iter().map(|cell| fold(cell)).collect();
    let (mut score, mut known) = assign(&names);
    let mut rows = 1;
    if let Some(below) = below.filter(|below| is_second_header_row(below, &known)) {
        names.resize(names.len().max(below.len()), String::new());
        for (place, cell) in below.iter().enumerate().map(|(place, cell)| (place, fold(cell))) {
            if !cell.is_empty() {
                names[place] = cell;
            }
        }
        (score, known) = assign(&names);
        rows = 2;
    }
    (score, Columns { known, names, rows })
}

/// Names below a heading that spans them: every cell is a name, and one of them says something new.
fn is_second_header_row(below: &[String], known: &[(Column, usize)]) -> bool {
    let mut says_more = false;
    for (place, cell) in below.iter().enumerate() {
        if key(cell).is_empty() {
            continue;
        }
        let Some((column, _)) = recognise(cell) else { return false };
        says_more |= !known.contains(&(column, place));
    }
    says_more && known.len() >= 2
}

/// Gives each column to the cell that names it best; the higher the score, the more a row looks like a header.
fn assign(names: &[String]) -> (u32, Vec<(Column, usize)>) {
    let mut found: Vec<(Column, u8, usize)> =
        names.iter().enumerate().filter_map(|(place, name)| recognise(name).map(|(column, rank)| (column, rank, place))).collect();
    found.sort_by_key(|(column, rank, place)| (*column, *rank, *place));
    let several = |column| matches!(column, Column::Care | Column::Note);
    found.dedup_by(|next, first| next.0 == first.0 && !several(first.0));
    let score = found.iter().map(|(_, rank, _)| if *rank < CONTAINED { 3 } else { 1 }).sum();
    (score, found.into_iter().map(|(column, _, place)| (column, place)).collect())
}

fn promote_unit(columns: &mut Columns) {
    if let Some(place) = columns.place(Column::Unit)
        && columns.name(place).is_ascii()
        && columns.place(Column::Building).is_some()
    {
        columns.known.retain(|(column, _)| *column != Column::Unit);
        columns.known.push((Column::Room, place));
    }
}

const CONTAINED: u8 = 100;

/// What a header cell names, and how surely: 0 is its usual name, [`CONTAINED`] a word somewhere in it.
fn recognise(cell: &str) -> Option<(Column, u8)> {
    let whole = name_key(cell);
    if whole.is_empty() || whole.chars().count() > 30 {
        return None;
    }
    if let Some(column) = over_sixty(&key(cell)) {
        return column.then_some((Column::OverSixty, 0));
    }
    for (column, names) in NAMES {
        if let Some(rank) = names.split(' ').position(|name| name == whole) {
            return Some((column, u8::try_from(rank).unwrap_or(CONTAINED - 1).min(CONTAINED - 1)));
        }
    }
    // A cell with a digit in it is data (3号楼), and what says who is related to whom is no name.
    if whole.contains(|c: char| c.is_ascii_digit()) || whole.contains("关系") || whole.contains("身份证") {
        return None;
    }
    let column = WORDS.iter().find(|(_, words)| words.split(' ').any(|word| whole.contains(word)))?.0;
    Some((column, CONTAINED))
}

/// `Some(true)`: people over 60. `Some(false)`: another age, which must not be taken for it.
fn over_sixty(key: &str) -> Option<bool> {
    if matches!(key, "老人" | "老人数" | "老年人" | "老年人数" | "elderly" | "seniors") {
        return Some(true);
    }
    let speaks_of_age = ["岁", "over", "above", "aged", "age", "older", "+", "≥", "以上", ">"].iter().any(|word| key.contains(word));
    let digits: String = key.chars().filter(char::is_ascii_digit).collect();
    (speaks_of_age && !digits.is_empty()).then(|| digits == "60" && !key.contains("以下") && !key.contains("under"))
}

/// A header without brackets and signs: `*房号（必填）` is 房号.
fn name_key(cell: &str) -> String {
    let mut depth = 0u32;
    let folded = key(cell);
    let outside: String = folded
        .chars()
        .filter(|c| match c {
            '(' | '[' | '【' | '〔' => {
                depth += 1;
                false
            }
            ')' | ']' | '】' | '〕' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect();
    let outside = if outside.is_empty() { folded } else { outside };
    outside.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The usual names first: a better name of the same column wins (户主 before 联系人).
const NAMES: [(Column, &str); 12] = [
    (
        Column::Compound,
        "小区 小区名称 小区名 所在小区 所属小区 compound compoundname estate estatename residentialcompound \
         complex residence 院落 家属院 楼院 庭院 园区 neighbourhood neighborhood 社区 community",
    ),
    (
        Column::Building,
        "楼栋 楼栋号 楼号 栋号 楼 栋 幢 幢号 座 楼座 楼幢 building buildingno buildingnumber bldg bldgno \
         block blockno tower towerno",
    ),
    (
        Column::Unit,
        "单元 单元号 楼门 门洞 unit unitno unitnumber entrance entranceno stair staircase stairwell",
    ),
    (
        Column::Floor,
        "楼层 所在楼层 层 floor floorno level storey",
    ),
    (
        Column::Room,
        "房号 房间号 房间 室号 室 房间号码 门牌号 门牌 门号 房屋号 房室号 户室 room roomno roomnumber flat \
         flatno flatnumber apartment apartmentno apartmentnumber apt aptno door doorno doornumber houseno \
         housenumber 户号",
    ),
    (
        Column::Address,
        "地址 住址 详细地址 家庭住址 居住地址 现住址 现住地址 住所 房屋地址 楼栋单元房号 楼栋房号 address \
         homeaddress fulladdress",
    ),
    (
        Column::Holder,
        "户主 户主姓名 姓名 住户 住户姓名 业主 业主姓名 居民 居民姓名 联系人 联系人姓名 承租人 租户 \
         householder headofhousehold householdhead holder name fullname head household resident \
         residentname owner tenant contact contactname contactperson familyname",
    ),
    (
        Column::Phone,
        "联系电话 电话 手机 手机号 手机号码 电话号码 联系方式 移动电话 户主电话 phone phoneno phonenumber \
         telephone tel mobile mobileno mobilephone mobilenumber cell cellphone contactno contactnumber \
         contactphone",
    ),
    (
        Column::People,
        "人数 家庭人数 居住人数 实住人数 常住人数 户内人数 住户人数 同住人数 总人数 人口 人口数 家庭人口 \
         家庭人口数 常住人口 people noofpeople numberofpeople persons noofpersons numberofpersons \
         householdsize familysize members householdmembers familymembers occupants residents headcount size \
         pax",
    ),
    (
        Column::Language,
        "语言 语种 使用语言 首选语言 沟通语言 母语 language languages preferredlanguage spokenlanguage \
         speaks lang",
    ),
    (
        Column::Care,
        "特殊情况 特殊人群 重点人群 特殊需求 特殊需要 健康状况 健康情况 身体状况 重点关注 关爱类型 关爱备注 \
         人员类别 疾病 病史 慢性病 慢病 基础疾病 special specialneeds specialneed specialcircumstances care \
         careneeds careflag careflags careremarks carenotes health healthstatus medical vulnerable",
    ),
    (
        Column::Note,
        "备注 备注信息 送货备注 配送备注 配送说明 门口备注 敲门提示 注意事项 说明 其他 其它 remarks remark \
         note notes comment comments doornote doornotes deliverynote deliverynotes deliveryinstructions \
         instructions",
    ),
];

/// Words inside longer names. Care comes first: a doubtful remark is kept from volunteers.
const WORDS: [(Column, &str); 12] = [
    (
        Column::Care,
        "特殊 重点 关爱 健康 疾 病 孕 残 透析 化疗 独居 失能 高龄 special care health medical vulnerab \
         disab pregnan dialysis chronic",
    ),
    (
        Column::Language,
        "语言 语种 language",
    ),
    (
        Column::Phone,
        "电话 手机 联系方式 phone mobile",
    ),
    (
        Column::Note,
        "备注 remark comment note instruction",
    ),
    (
        Column::People,
        "人数 人口 people persons occupants householdsize",
    ),
    (
        Column::Address,
        "地址 住址 address",
    ),
    (
        Column::Room,
        "房号 房间 室号 门牌 room apartment",
    ),
    (
        Column::Floor,
        "楼层",
    ),
    (
        Column::Unit,
        "单元 entrance staircase",
    ),
    (
        Column::Building,
        "楼栋 楼号 栋号 幢号 building bldg",
    ),
    (
        Column::Holder,
        "户主 姓名 householder fullname",
    ),
    (
        Column::Compound,
        "小区 家属院 compound estate",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
    }

    fn found(text: &str) -> (usize, Vec<Column>) {
        let (place, columns) = find(&rows(text)).expect("a header");
        (place, columns.found())
    }

    #[test]
    fn the_header_is_found_under_titles_in_any_order_and_language() {
        use Column::{Building, Compound, Holder, Note, OverSixty, People, Phone, Room, Unit};
        assert_eq!(found("北林街道封控小区住户台账||\n\u{FEFF}小 区|楼栋|单元|房号\n北林新苑|1|1|101").0, 1);
        assert_eq!(found("台账\n填表日期：2022年5月1日\n房号|楼栋|小区\n101|1|北林新苑").0, 2);
        assert_eq!(
            found("Room No.|Bldg|Unit|Compound|Head of household|Tel.|Number of people|Aged 60+|Remarks"),
            (0, vec![Compound, Building, Unit, Room, Holder, Phone, People, OverSixty, Note])
        );
        assert_eq!(
            found("*小区（必填）|楼栋号|房间号码|户主姓名|联系电话(手机)|家庭人数（人）|≥60周岁人数"),
            (0, vec![Compound, Building, Room, Holder, Phone, People, OverSixty])
        );
    }

    #[test]
    fn a_heading_over_two_columns_does_not_hide_them() {
        let (place, columns) = find(&rows("小区|楼栋|房号|人口情况|\n|||人数|60岁以上\n北林新苑|1|101|2|1")).expect("a header");
        assert_eq!((place, columns.rows), (0, 2));
        assert_eq!(columns.place(Column::People), Some(3));
        assert_eq!(columns.place(Column::OverSixty), Some(4));
    }

    #[test]
    fn another_age_is_not_over_sixty_and_an_id_number_is_not_read() {
        let (_, columns) = find(&rows("楼栋|房号|65岁以上|14岁以下|户主身份证号|序号")).expect("a header");
        assert_eq!(columns.found(), [Column::Building, Column::Room]);
        assert_eq!(columns.ignored(), ["65岁以上", "14岁以下", "户主身份证号", "序号"]);
    }

    #[test]
    fn a_doubtful_remark_column_is_kept_from_volunteers() {
        assert_eq!(recognise("健康备注").map(|found| found.0), Some(Column::Care));
        assert_eq!(recognise("Care remarks").map(|found| found.0), Some(Column::Care));
        assert_eq!(recognise("门口备注").map(|found| found.0), Some(Column::Note));
    }

    #[test]
    fn data_is_not_taken_for_a_header() {
        let nearest = find(&rows("北林新苑|3号楼|1单元|101室|住户|1")).err().expect("no header");
        assert!(nearest.len() < 2, "{nearest:?}");
    }

    #[test]
    fn an_english_unit_without_rooms_is_the_flat() {
        let (_, columns) = find(&rows("Building|Unit|Resident|People\nA|1101|Ann|2")).expect("a header");
        assert_eq!(columns.place(Column::Room), Some(1));
    }
}
