//! 中文：补录纸质配送单的页面。

words! {
    title = "补录配送单";
    lead = "照着纸上的顺序填。没写时间的，就是上一户的时间。只用键盘：Tab 到下一格，左右方向键选结果，回车保存。";
    key_in_sheet = "补录配送单";
    key_in_what = "停电断网时在纸上做的记录，整张补录，时间照纸上写的";
    day = "配送日期";
    time = "时间";
    words = "说明";
    nothing_ticked = "没打勾";
    neighbour = "邻居代收";
    save = "保存这张单";
    choose = "哪一栋的配送单？";
    none = "这里没有要送的。";
    bad_time = "时间看不懂，请写成 9:12 或 0912。";
    in_future = "这个时间还没到，请核对日期和时间。";
    no_words = "“其他”请写明原因。";
    words_not_kept = "说明只能跟“邻居代收”“没人”或“其他”一起填。";
    too_long = "说明太长，请写短一些。";
    bad_boxes = "份数请填整数。";
    nobody_and = "没人在家：";
    not_ours = "这一行没有编号，请重新打开本页。";
    busy = "这一行还没存上，请再保存一次。";
}

pub(crate) fn saved(lines: u32) -> String {
    format!("已保存 {lines} 户。")
}

pub(crate) fn some_not(lines: u32) -> String {
    format!("有 {lines} 户还没存，原因写在那一行；其余已保存。")
}

pub(crate) fn to_key_in(lines: u32) -> String {
    format!("{lines} 户")
}

pub(crate) fn outcome_at(room: &str) -> String {
    format!("{room} 结果")
}

pub(crate) fn time_at(room: &str) -> String {
    format!("{room} 时间")
}

pub(crate) fn words_at(room: &str) -> String {
    format!("{room} 说明")
}
