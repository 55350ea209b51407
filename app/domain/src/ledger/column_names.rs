//! The words that name a column in a ledger's header, in Chinese and English.

use super::columns::Column;
use super::fold::key;

/// The rank of a name that is only a word inside a longer one.
pub(super) const CONTAINED: u8 = 100;

/// What a header cell names, and how surely: 0 is its usual name, [`CONTAINED`] a word somewhere in it.
pub(super) fn recognise(cell: &str) -> Option<(Column, u8)> {
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
    if whole.contains(|c: char| c.is_ascii_digit()) || whole.contains("关系") || whole.contains("身份证")
    {
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
    let speaks_of_age = ["岁", "over", "above", "aged", "age", "older", "+", "≥", "以上", ">"]
        .iter()
        .any(|word| key.contains(word));
    let digits: String = key.chars().filter(char::is_ascii_digit).collect();
    (speaks_of_age && !digits.is_empty())
        .then(|| digits == "60" && !key.contains("以下") && !key.contains("under"))
}

/// A header without brackets and signs: `*房号（必填）` is 房号.
pub(super) fn name_key(cell: &str) -> String {
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
const NAMES: [(Column, &str); 13] = [
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
    (Column::Floor, "楼层 所在楼层 层 floor floorno level storey"),
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
        Column::Diet,
        "饮食 饮食标签 饮食禁忌 饮食要求 饮食习惯 忌口 diet diets dietary dietaryneeds dietaryrequirements",
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
const WORDS: [(Column, &str); 13] = [
    (
        Column::Care,
        "特殊 重点 关爱 健康 疾 病 孕 残 透析 化疗 独居 失能 高龄 special care health medical vulnerab \
         disab pregnan dialysis chronic",
    ),
    (Column::Diet, "饮食 忌口 diet"),
    (Column::Language, "语言 语种 language"),
    (Column::Phone, "电话 手机 联系方式 phone mobile"),
    (Column::Note, "备注 remark comment note instruction"),
    (Column::People, "人数 人口 people persons occupants householdsize"),
    (Column::Address, "地址 住址 address"),
    (Column::Room, "房号 房间 室号 门牌 room apartment"),
    (Column::Floor, "楼层"),
    (Column::Unit, "单元 entrance staircase"),
    (Column::Building, "楼栋 楼号 栋号 幢号 building bldg"),
    (Column::Holder, "户主 姓名 householder fullname"),
    (Column::Compound, "小区 家属院 compound estate"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubtful_remark_column_is_kept_from_volunteers() {
        assert_eq!(recognise("健康备注").map(|found| found.0), Some(Column::Care));
        assert_eq!(recognise("Care remarks").map(|found| found.0), Some(Column::Care));
        assert_eq!(recognise("门口备注").map(|found| found.0), Some(Column::Note));
    }
}
