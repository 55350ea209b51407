//! 中文：任务、送达、诉求、付款、提示、未受理原因等名称。

use domain::text::text;

words! {
    job_deliver_order = "送套餐";
    job_parcel = "代取快递";
    job_errand = "代买";
    job_medicine = "送药";
    job_letter = "送信件";
    job_rubbish = "带走垃圾";
    job_knock = "敲门询问";
    job_sample = "上门采样";
    job_notice = "送通知";
    job_other = "其他事项";

    handed_over = "当面交付";
    done_job = "已办好";
    left_at_door = "已放门口";
    nobody_home = "家中无人";
    no_access = "进不去";
    refused_at_door = "住户不要";
    wrong_address = "地址不对";

    job_open = "待送";
    job_done = "已送达";
    job_failed = "未送达";
    job_conflict = "两人说法不同";
    job_disputed = "住户有异议";

    medical = "就医";
    medicine = "用药";
    food = "食品";
    repair = "维修";
    health_code = "健康码";
    traffic = "出行";
    policy = "政策咨询";
    education = "上学";
    counselling = "心理疏导";
    suggestion = "建议";
    complaint = "投诉";
    praise = "表扬";

    need_reported = "已收到";
    need_read = "有人看过";
    need_taken = "处理中";
    need_answered = "已回复";
    need_closed = "已办结";
    need_reopened = "还没解决";
    need_sorted = "已分类定级";
    urgent_word = "紧急";
    told_at_door = "上门时反映";
    told_by_call = "电话反映";
    told_on_paper = "纸质填报";
    told_in_chat = "在群里反映";

    paid = "已付款";
    unpaid = "未付款";
    refund_due = "待退款";
    pay_nothing = "免费";
    pay_elsewhere = "请先扫码付款";
    pay_on_delivery = "送到时付款";

    substitute_yes = "可以换类似的";
    substitute_no = "不用换，少就少了";
    substitute_ask = "先问我";

    says_wrong = "东西不对";
    says_never_arrived = "没有收到";
    says_not_done = "没有办好";

    flag_no_longer_assigned = "记录人当时已不负责这里";
    flag_clock_wrong = "手机时间不准，显示的是收到时间";
    flag_run_over = "本轮配送已经结束";
    flag_unknown_job = "这户没有登记这件事";
    flag_after_seal = "截单后由服务台修改";
    flag_late_dispute = "超过送达后 24 小时";
    flag_unconfirmed = "来自已挂失的手机，待确认";
    flag_hand_over_unheard = "接手别人的配送时登记的，交出人的手机还没有消息";

    refuse_not_allowed = "这件事不在您的权限内。请打社区电话。";
    refuse_no_such_run = "这次订餐不面向您的小区，或已经取消。";
    refuse_not_open_yet = "还没到下单时间，请稍后再来。";
    refuse_closed = "下单时间已过，没有改成。有困难请打社区电话。";
    refuse_changed_meanwhile = "家里另一部手机刚改过订单。请看看现在的订单，再决定要不要改。";
    refuse_unknown = "找不到这一户或这件事。请刷新后再试。";
    refuse_malformed = "内容为空或太长，请修改后再提交。";
    refuse_unknown_version = "手机上的程序比服务器新，服务器还读不了这一条。内容已存好，更新后会读取。急事请打电话。";
    refuse_already_closed = "这件事已经办完了。";
    refuse_no_boxes = "请至少选一份。";

    your_household = "您家";
    household_itself = "住户本人";
    steward = "楼栋管家";
    volunteer = "志愿者";
    desk = "社区服务台";
    supplier = "保供商超";
    resident = "居民";
    the_program = "系统";

    diet_halal = "清真";
    diet_vegetarian = "素食";
    diet_low_sugar = "控糖";
}

pub(crate) fn given_to_neighbour(who: &str) -> String {
    if who.is_empty() { "已交邻居代收".to_owned() } else { text!("已交邻居代收（{who}）") }
}

pub(crate) fn short_or_damaged(what: &str) -> String {
    if what.is_empty() { "缺少或损坏".to_owned() } else { text!("缺少或损坏：{what}") }
}

pub(crate) fn not_done_because(why: &str) -> String {
    text!("没办成：{why}")
}

pub(crate) fn sent_later(clock: &str) -> String {
    text!("当时没有信号，{clock} 发出")
}

pub(crate) fn refuse_not_offered(menu: &str) -> String {
    text!("这次没有「{menu}」，请重新选择。")
}

pub(crate) fn refuse_menu_changed(menu: &str) -> String {
    text!("「{menu}」的内容或价格刚刚变了，请看过之后再下单。")
}

pub(crate) fn refuse_over_limit(menu: &str, limit: u16) -> String {
    text!("「{menu}」每户最多 {limit} 份。")
}

pub(crate) fn refuse_wrong_picks(menu: &str, choose: u8) -> String {
    text!("「{menu}」请选满 {choose} 样。")
}

pub(crate) fn refuse_sold_out(menu: &str) -> String {
    text!("「{menu}」已经订完了，请换一种套餐。")
}

pub(crate) fn refuse_only_left(menu: &str, left: u32) -> String {
    text!("「{menu}」只剩 {left} 份了，请减少份数。")
}

pub(crate) fn amount(quantity: &str, unit: domain::Unit) -> String {
    text!("{quantity}{}", unit.names().1)
}

pub(crate) fn building(label: &str) -> String {
    text!("{label}号楼")
}

pub(crate) fn building_unit(label: &str, unit: u8) -> String {
    text!("{label}号楼 {unit}单元")
}

pub(crate) fn floor(floor: i8) -> String {
    if floor < 0 { text!("地下{}层", -i16::from(floor)) } else { text!("{floor}层") }
}
