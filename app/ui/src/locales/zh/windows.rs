//! 中文：社区开的下单时段和代办。

words! {
    menus_first = "先做套餐";
    ordering = "下单";
    delivery = "配送";
    local_time = "当地时间";
    opens_label = "开始下单";
    closes_label = "截止下单";
    closes_hint = "之后不再接新订单";
    grace_label = "补收时间（分钟）";
    grace_hint = "截止前下的单，没信号晚到也收";
    delivery_from_label = "开始配送";
    delivery_to_label = "送完";
    for_compounds = "哪些小区";
    with_menus = "提供哪些套餐";
    payment_label = "怎么付款";
    pay_free = "免费";
    pay_on_delivery = "送到时付";
    pay_prepaid = "另行预付";
    payment_text_label = "收款码内容";
    payment_text_hint = "只有另行预付时填，会显示成二维码";
    note_label = "给居民的话";
    note_hint = "显示在订餐页上方";
    note_en_label = "给居民的话（英文）";
    publish = "发布给居民";
    save_draft = "先存草稿";
    price_label = "价格";
    left_label = "剩余";
    copy_window = "照这个再开一个";
    all_windows = "全部下单时段";
    errands = "只跑腿，不订餐";
    errands_more = "取快递、送药、送信、敲门这类事，不用开下单时段。先定好时间，再到各户页面上加要办的事；负责的人在手机上能看到。";
    errands_change = "改时间";
    errands_next = "找到要去的那一户，在它的页面上加要办的事。";
    withdraw = "收回成草稿";
    withdraw_hint = "还没开始下单，收回后可以修改。";
    change_closing = "改截止时间";
    reopen = "重新开放下单";
    close_now = "现在停止下单";
    sealed_explained = "订单已定。之后的改动由服务台登记，会注明日期写在分拣单上。";
    top_up_label = "给哪个套餐加库存";
    boxes_label = "加几份";
    top_up = "增加库存";
}

pub(crate) fn orders_from_to(from: &str, to: &str) -> String {
    format!("下单 {from} 到 {to}")
}

pub(crate) fn grace_of(minutes: u16) -> String {
    format!("补收 {minutes} 分钟")
}

pub(crate) fn ordered_so_far(households: u32, boxes: u32) -> String {
    format!("{households} 户已订，共 {boxes} 份")
}

pub(crate) fn close_hint(minutes: u16) -> String {
    format!("停止后 {minutes} 分钟内还收没信号时下的单，之后截单。")
}

pub(crate) fn grace_explained(until: &str) -> String {
    format!("正在补收没信号时下的单，{until} 之后截单。")
}

pub(crate) fn left_of(left: u32, cap: u32) -> String {
    format!("{left}（最初 {cap}）")
}
