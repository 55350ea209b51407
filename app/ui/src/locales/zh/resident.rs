//! 中文：居民页面的文字，如首页、订餐、诉求、我家。

use domain::text::text;

words! {
    no_window = "现在没有开放的订餐";
    no_window_more = "开放下单时，这里会显示。急需食品请点「我有诉求」。";
    order_food = "订套餐";
    change_order = "修改订单";
    i_need_something = "我有诉求";
    my_household = "我家";
    nothing_open = "没有未办的事";
    notices = "通知";
    this_phone = "这部手机";
    no_notices = "暂时没有通知";
    no_notices_more = "社区发通知后会出现在这里。";
    seen_it = "知道了";

    order_title = "订套餐";
    sold_out = "已订完";
    if_missing = "如果缺货";
    review = "核对订单";
    nothing_to_order = "现在没有可订的套餐";
    nothing_to_order_more = "下单时段还没有开始，或已经结束。";

    review_title = "核对订单";
    total = "合计";
    payment = "付款";
    when_missing = "缺货时";
    delivery_time = "配送";
    place_order = "提交订单";
    change_it = "确认修改";
    go_back = "返回修改";
    cancel_order = "取消订单";
    restore_order = "恢复订单";
    nothing_changed = "没有改动，订单照旧。";
    order_cancelled = "订单已取消";
    scan_to_pay = "请用支付软件扫这个码付款";

    deliveries = "配送";
    done_ordering = "好了，回首页";
    ordered = "已下单";
    ordered_again = "重新下单";
    changed = "已修改";
    cancelled = "已取消";
    refused = "未受理";
    undone = "上一条记录已撤回";
    we_are_away = "我们不在家";
    away_now = "您说过家里没人，送货的人会看到。";
    we_are_back = "我们在家了";
    is_this_right = "收到的东西有问题？";
    they_are_away = "登记：这户不在家";
    they_are_back = "登记：这户回来了";
    do_they_say_wrong = "住户说收到的东西有问题？";
    waiting_to_send = "存在本机，等信号发出";
    order_waiting = "还没有下单成功：已存在这部手机上，有信号就发出";
    no_orders = "还没有订单";
    no_orders_more = "订套餐后，从下单到送达的每一步都会显示在这里。";
    step_sorted = "社区已转给合适的人";
    needs_title = "我家的诉求";
    no_needs = "没有诉求";
    no_needs_more = "缺药、缺粮、要维修，都可以点下面的按钮告诉社区。";
    is_solved = "已经解决了";
    failed_next = "这次没有送到。请打社区电话，约定再送。";
    planned = "已安排";
    take_need_back = "不需要了，撤回";
    not_solved = "还没解决";
    what_is_missing = "还缺什么？";

    need_title = "我有诉求";
    what_about = "是哪方面的事？";
    say_it = "请说明情况";
    say_it_hint = "写清缺什么、什么时候要。不用写姓名和门牌。";
    urgent = "很急，今天就要解决";
    send_need = "发给社区";
    need_failed_text = "请写一句话，社区才知道怎么帮您。";
    too_long = "写得太长了，请分两次发。";
    choose_category = "请先选一类。";
}

pub(crate) fn delivery(span: &str) -> String {
    text!("{span} 配送")
}

pub(crate) fn visit(span: &str) -> String {
    text!("{span} 上门")
}

pub(crate) fn order_until(at: &str, left: &str) -> String {
    text!("{at} 截止下单，还剩 {left}")
}

pub(crate) fn opens_at(at: &str) -> String {
    text!("{at} 开始下单")
}

pub(crate) fn your_order(basket: &str) -> String {
    text!("已订：{basket}")
}

pub(crate) fn open_needs(count: u32) -> String {
    text!("{count} 件诉求未办结")
}

pub(crate) fn new_count(count: u32) -> String {
    text!("{count} 条新")
}

pub(crate) fn for_delivery(span: &str) -> String {
    text!("{span} 送到家门口")
}

pub(crate) fn each_household(limit: u16) -> String {
    text!("每户最多 {limit} 份")
}

pub(crate) fn left_boxes(left: u32) -> String {
    text!("还剩 {left} 份")
}

pub(crate) fn choose_items(choose: u8) -> String {
    text!("请选 {choose} 样")
}

pub(crate) fn of_chosen(choose: u8) -> String {
    text!("/ {choose} 样已选")
}

pub(crate) fn undo_delivery(who: &str) -> String {
    text!("{who}撤回了上一条记录")
}

pub(crate) fn not_diet(diets: &str) -> String {
    text!("注意：没有标明{diets}")
}

pub(crate) fn review_basket(boxes: u32, total: &str) -> String {
    text!("核对：{boxes} 份，{total}")
}

pub(crate) fn already_ordered(basket: &str) -> String {
    text!("您家已订：{basket}。下面可以修改。")
}

pub(crate) fn confirm_change(before: &str, after: &str) -> String {
    text!("您家已订「{before}」。要改成「{after}」吗？")
}

pub(crate) fn answer(text: &str) -> String {
    text!("社区回复：{text}")
}

pub(crate) fn life_first(number: &str) -> String {
    text!("有生命危险请直接拨打 {number}")
}

pub(crate) fn keyed_later(clock: &str) -> String {
    text!("服务台 {clock} 补录")
}

pub(crate) fn too_many(more: &str) -> String {
    text!("多选了 {more} 样，请去掉")
}
