//! 中文: what an import says of a file, its rows and its columns.

words! {
    file_empty = "文件是空的，请另选一个。";
    file_old_excel = "这是旧版 Excel 文件（.xls）。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。";
    file_macros = "这个工作簿带有宏（.xlsm）。请另存为不带宏的 .xlsx 后再上传。";
    file_binary_workbook = "这是二进制工作簿（.xlsb）。请另存为 .xlsx 后再上传。";
    file_open_document = "这是 OpenDocument 表格（.ods）。请另存为 .xlsx 或 .csv 后再上传。";
    file_numbers = "这是苹果 Numbers 表格。请导出为 .xlsx 或 .csv 后再上传。";
    file_password = "这个文件设了密码。请取消密码保护，保存后再上传。";
    file_pdf = "这是 PDF。请上传原来的表格（.xlsx 或 .csv）。";
    file_picture = "这是图片。请上传表格文件（.xlsx 或 .csv）。";
    file_text_document = "这是文字文档。请把里面的表复制到表格软件，存为 .xlsx 后再上传。";
    file_archive = "这是压缩包。请解压后上传里面的表格（.xlsx 或 .csv）。";
    file_web_page = "这其实是网页，虽然名字可能是 .xls。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。";
    file_not_a_sheet = "这不是表格。请上传 .xlsx 或 .csv 文件。";
    file_unknown_encoding = "这个文本文件里有读不出的字。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。";
    file_damaged = "这个工作簿已损坏。请用 Excel 或 WPS 打开，另存为新的 .xlsx 后再上传。";

    sheet_empty = "这张表是空的。";
    no_header = "没有找到表头。请留一行写明列名，如小区、楼栋、单元、房号、人数。";
    no_building_column = "缺少“楼栋”这一列，请加上。";
    which_compound = "文件里没有写是哪个小区。请填写小区名称再试。";
    one_row_per_person = "这份表一人一行。请上传一户一行的台账。";
    no_menu_header = "没有找到套餐。请留一行写明列名：套餐编号、价格、品名。";

    compound_missing = "缺小区";
    building_missing = "缺楼栋";
    room_missing = "缺房号";
    people_missing = "缺人数";
    nobody_lives_there = "人数为 0，没有人住";

    repeated_header = "重复的表头";
    totals_line = "合计行";
    phone_lost_digits = "电话号码被表格软件截断了，没有导入";
    phone_not_understood = "电话号码看不懂，没有导入";
    diet_not_understood = "饮食标签太长，没有导入";
    note_mentions_health = "备注里提到健康情况，在您决定之前志愿者看不到";
    over_60_taken_as_one = "60岁以上填的是“是”，按1人计";

    column_compound = "小区";
    column_building = "楼栋";
    column_unit = "单元";
    column_floor = "楼层";
    column_room = "房号";
    column_address = "地址";
    column_holder = "户主";
    column_phone = "联系电话";
    column_people = "人数";
    column_over_60 = "60岁以上";
    column_language = "语言";
    column_care = "特殊情况";
    column_note = "备注";
    column_door = "住址";

    menu_code = "套餐编号";
    menu_kind = "类型";
    menu_name_zh = "套餐名称";
    menu_name_en = "套餐英文名";
    menu_price = "价格";
    menu_choose = "选几样";
    menu_limit = "每户限购";
    menu_stock = "库存";
    menu_diet = "饮食标签";
    menu_item_zh = "品名";
    menu_item_en = "品名英文";
    menu_quantity = "数量";
    menu_unit = "单位";
}

pub(crate) fn file_too_large(megabytes: u32) -> String {
    format!("文件超过 {megabytes} MB。请去掉图片和不用的表，或分几次上传。")
}

pub(crate) fn file_unpacks_too_large(megabytes: u32) -> String {
    format!("文件展开后超过 {megabytes} MB。请把表复制到新的工作簿里再上传。")
}

pub(crate) fn file_too_many_rows(most: u32) -> String {
    format!("超过 {most} 行，请分几次上传。")
}

pub(crate) fn file_too_many_columns(most: u32) -> String {
    format!("超过 {most} 列，请去掉不需要的列。")
}

pub(crate) fn file_too_many_sheets(most: u32) -> String {
    format!("超过 {most} 张表，请分几次上传。")
}

pub(crate) fn file_cell_too_long(row: u32, column: u32, most: u32) -> String {
    format!("第 {row} 行第 {column} 列超过 {most} 个字。请改短后再上传。")
}

pub(crate) fn file_quote_not_closed(row: u32) -> String {
    format!("第 {row} 行的引号只有一半。请补全或删掉，或另存为 .xlsx 再上传。")
}

pub(crate) fn no_header_but(found: &str) -> String {
    format!("没有找到完整的表头，只认出：{found}。还需要房号和楼栋。")
}

pub(crate) fn in_row(row: u32) -> String {
    format!("第 {row} 行")
}

pub(crate) fn in_row_of_sheet(sheet: &str, row: u32) -> String {
    format!("“{sheet}”第 {row} 行")
}

pub(crate) fn rows_done(done: u32, of: u32) -> String {
    format!("已读 {done} 行，共 {of} 行")
}

pub(crate) fn building_not_understood(cell: &str) -> String {
    format!("楼栋“{cell}”看不懂，请写成 3、3号楼或 A座")
}

pub(crate) fn unit_not_understood(cell: &str) -> String {
    format!("单元“{cell}”看不懂，请写成 2 或 2单元")
}

pub(crate) fn floor_not_understood(cell: &str) -> String {
    format!("楼层“{cell}”看不懂，请写成 11")
}

pub(crate) fn room_not_understood(cell: &str) -> String {
    format!("房号“{cell}”看不懂，请写成 1101")
}

pub(crate) fn address_not_understood(cell: &str) -> String {
    format!("地址“{cell}”看不懂，请写明楼栋、单元、房号，如 3-2-1101")
}

pub(crate) fn places_disagree(cell: &str) -> String {
    format!("“{cell}”和同一行其他格写的不是一个地方")
}

pub(crate) fn turned_into_a_date(cell: &str) -> String {
    format!("这一格被表格软件变成了日期 {cell}，请设为文本格式后重新填写")
}

pub(crate) fn people_not_a_number(cell: &str) -> String {
    format!("人数“{cell}”不是数字，请用数字填写")
}

pub(crate) fn people_negative(cell: &str) -> String {
    format!("人数小于零：{cell}")
}

pub(crate) fn too_many_people(cell: &str) -> String {
    format!("一户 {cell} 人，人数过多")
}

pub(crate) fn over_60_not_a_number(cell: &str) -> String {
    format!("60岁以上人数“{cell}”不是数字，请用数字填写")
}

pub(crate) fn over_60_negative(cell: &str) -> String {
    format!("60岁以上人数小于零：{cell}")
}

pub(crate) fn more_over_60(over_60: u16, people: u16) -> String {
    format!("60岁以上 {over_60} 人，全户只有 {people} 人")
}

pub(crate) fn duplicate_of(row: &str) -> String {
    format!("与{row}是同一户")
}

pub(crate) fn duplicate_but_different(row: &str) -> String {
    format!("与{row}是同一户，内容不同，以先出现的为准")
}

pub(crate) fn menu_cell_missing(column: &str) -> String {
    format!("缺{column}")
}

pub(crate) fn menu_cell_not_understood(column: &str, cell: &str) -> String {
    format!("{column}“{cell}”看不懂")
}

pub(crate) fn menu_cell_disagrees(column: &str, cell: &str) -> String {
    format!("{column}“{cell}”与这个套餐的第一行不一致")
}

pub(crate) fn menu_same_item_twice(item: &str) -> String {
    format!("这个套餐里已经有“{item}”")
}

pub(crate) fn menu_too_many_items(most: usize) -> String {
    format!("一个套餐最多 {most} 样")
}

pub(crate) fn menu_choose_more_than_items(choose: u8, items: u8) -> String {
    format!("要选 {choose} 样，但套餐里只有 {items} 样")
}
