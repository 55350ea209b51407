//! 中文：楼栋管家和志愿者页面的文字，如配送轮次、一户、扫码、待发。

use domain::text::text;

words! {
    round_title = "我的配送";
    no_round = "现在没有您的配送";
    no_round_more = "配送前半天起，有信号时这里会显示要送的住户。还没分配楼栋的，请找社区服务台。";
    nothing_to_deliver = "这一轮没有要送到您负责的住户的东西。";
    scan_a_door = "扫门牌码";
    only_to_do = "只看没送的";
    all_stops = "看全部";
    from_top = "从高层往下";
    from_bottom = "从低层往上";
    all_done_here = "这里都送完了，辛苦了。";

    load_title = "卡口清点";
    load_even = "数目对得上。";
    load_taken = "领了几份";
    load_adds = "每次只填新领的份数，会加到一起；填多了，把多的填进“退回”。";
    load_returned = "退回几份";
    load_save = "保存清点";
    load_sure = "没有错，保存清点";
    load_needs_number = "请填领了几份或退回几份，只写数字。";

    stop_title = "一户";
    they_are_away = "住户说今天不在家";
    picks_hint = "已选";
    hand_over = "当面交付";
    mark_done = "已办好";
    something_else = "没有当面交付，或只办了一部分";
    note_for_outcome = "补充一句";
    note_for_outcome_hint = "交给哪家邻居、少了什么、什么情况";
    which_boxes = "缺了什么、坏了什么？";
    whole_box = "整份";
    other_needs_words = "请写几个字，说明是什么情况。";
    short_needs_what = "请在下面勾选缺了、坏了什么，或在这里写几个字。";
    untold = "勾选的和写的，只随“交给邻居”“缺少或损坏”“其他情况”保存。请按其中一个，或先清空。";
    unsent_need = "这户的诉求还没有保存。请先保存，或者把字删掉，再登记。";
    other_door = "镜头里换成了另一户，没有登记。看清门牌再按。";
    each_on_its_own = "逐项登记";
    save_each = "按所选逐项保存";
    partly = "部分办完";
    they_need_something = "这户还有诉求";
    order_for_them = "替这户订餐（要有信号）";
    need_what = "哪方面的事？";
    need_words = "他们怎么说";
    need_urgent = "很急，不能等";
    need_save = "替他们上报";
    called = "已打电话，继续";
    need_saved = "已存在这部手机上，有信号时马上发给社区。如果很急，请现在打电话。";
    waiting_here = "已存在本机，还没发出";
    scan_next = "扫下一户";
    back_to_round = "回到配送";
    undone = "已撤回，这一户重新待送。";
    mark_differently = "改登记";
    two_marks = "两个人登记的结果不一样。两条都保留，社区会看到。";
    mark_paid = "记为已付款";
    nothing_here = "这户没有要办的事。";
    nothing_here_more = "如果他们有诉求，可以在这里上报。";
    by_neighbour = "交给邻居";
    by_short = "缺少或损坏";
    by_other = "其他情况";

    scan_title = "扫门牌码";
    scan_this_door = "扫门牌核对";
    scan_lead = "把镜头对准门上的门牌码。";
    camera_off = "现在用不了摄像头。请输入门牌码下面的编号。";
    camera_denied = "浏览器没有允许使用摄像头。请在浏览器的网站设置里允许摄像头，再试一次；也可以在下面输入门牌码的编号。";
    camera_none = "这部手机或这个浏览器没有可用的摄像头。请在下面输入门牌码的编号；如果是在聊天软件里打开的，请换到手机自带的浏览器。";
    camera_busy = "摄像头正被别的应用占用。请关掉那个应用再试一次；也可以在下面输入门牌码的编号。";
    camera_lost = "摄像头中断了。请再试一次；也可以在下面输入门牌码的编号。";
    camera_again = "再试一次";
    torch = "照明";
    type_code = "门牌编号";
    type_code_hint = "图案旁边的 8 位字母和数字";
    open_door = "打开这户";
    not_on_round = "这户不在您的配送里。请核对楼栋和单元。";
    not_a_card = "这不是门牌码。门牌码贴在门上，有门牌号和 8 位编码。";
    other_site = "这个码是别处的，没有打开。";
    other_page = "这是我们的信，不是门牌码。";
    damaged_card = "门牌码读不出来了。请输入编号，并告诉社区补打一张。";
    code_wrong = "有一个字符不对，请和门牌对照一下。";
    code_character = "请只输入门牌上的字母和数字。";

    outbox_title = "本机待发";
    outbox_empty = "没有待发的内容";
    outbox_empty_more = "您发的内容社区都已收到。";
    outbox_lead = "有信号时会自动发出。可以关掉本页，也可以关机。";
    outbox_refused = "没有被接受";
    outbox_other_content = "另存待查";
    outbox_other_content_more = "系统里同一编号下已有别的内容。请拿给社区看一下。";
    outbox_sent = "已收到";
    send_now = "现在发一次";
    signed_out = "您已退出登录。存在本机的内容还在，仍会发出。";
    sign_in_again = "重新登录";
    not_saved = "没有存上。请再试一次，或先用纸记下来。";
    fact_other = "您做的一件事";

    hand_over_title = "把剩下的交给别人";
    hand_over_show = "交给别人，显示图案";
    hand_over_lead = "对方打开「扫门牌码」，对准这里的图案就能接着送，双方都不需要信号。您登记过的仍算您的。请让对方扫完再离开本页。要拿回来，请对方用同样的办法交还给您。";
    hand_over_part = "第 # 张，共 # 张";
    hand_over_picture = "给对方手机扫的图案";
    hand_over_before = "上一张";
    hand_over_after = "下一张";
    hand_over_nothing = "这栋楼没有剩下的了";
    hand_over_needs_script = "这部手机显示不了图案。请社区服务台把这一轮改派给对方。";
    handed_open = "已交出";
    take_over = "接着送";
    take_damaged = "图案读不全，或者这一轮已经结束。请对方重新显示一次。";
    fact_hand_over = "把剩下的交给别人";
    fact_took_over = "接手别人的配送";

    new_version = "有新版本。";
    new_version_more = "本机存的内容不受影响，方便的时候更新即可。";
    reload_now = "现在更新";
}

pub(crate) fn round_at(when: &str) -> String {
    text!("{when} 配送")
}

pub(crate) fn done_of(done: u32, total: u32) -> String {
    text!("已送 {done} 户，共 {total} 户")
}

pub(crate) fn unit(unit: u8) -> String {
    text!("{unit} 单元")
}

pub(crate) fn still_ordering(at: &str) -> String {
    text!("下单还没截止（{at} 截止），数量还会变。")
}

pub(crate) fn load_missing(boxes: u32) -> String {
    text!("还有 {boxes} 份没领")
}

pub(crate) fn load_to_take(boxes: u32) -> String {
    text!("应领 {boxes} 份")
}

pub(crate) fn load_in_hand(left: u32) -> String {
    text!("手上还有 {left} 份")
}

pub(crate) fn load_more_than_due(boxes: u16, due: u32) -> String {
    text!("领了 {boxes} 份？这里要领的只有 {due} 份。请核对一下。")
}

pub(crate) fn load_more_than_in_hand(boxes: u16, hand: u32) -> String {
    text!("退回 {boxes} 份？手上只有 {hand} 份。请核对一下。")
}

pub(crate) fn load_over(boxes: u32) -> String {
    text!("送出的比领的多 {boxes} 份，请补登领取数")
}

pub(crate) fn load_taken_so_far(taken: u32, delivered: u32, returned: u32) -> String {
    text!("领 {taken}，送 {delivered}，退 {returned}")
}

pub(crate) fn people(count: u16) -> String {
    text!("{count} 人")
}

pub(crate) fn speaks(language: &str) -> String {
    text!("说{language}")
}

pub(crate) fn marked_by(who: &str, when: &str) -> String {
    text!("{who}，{when}")
}

pub(crate) fn next_stop(door: &str) -> String {
    text!("下一户：{door}")
}

pub(crate) fn household_says(what: &str) -> String {
    text!("住户说：{what}")
}

pub(crate) fn to_collect(amount: &str) -> String {
    text!("应收 {amount}")
}

pub(crate) fn wrong_door(scanned: &str, expected: &str) -> String {
    text!("您扫的是 {scanned}，要送的是 {expected}。")
}

pub(crate) fn wrong_door_other(expected: &str) -> String {
    text!("这是另一户，不在您的配送里。要送的是 {expected}。")
}

pub(crate) fn wrong_door_whose(door: &str, name: &str) -> String {
    text!("{door} 是{name}家，也在您的配送里。")
}

pub(crate) fn way_left(doors: u32) -> String {
    if doors == 1 {
        "就在左边隔壁。".to_owned()
    } else {
        text!("在同一层，往左数第 {doors} 户。")
    }
}

pub(crate) fn way_right(doors: u32) -> String {
    if doors == 1 {
        "就在右边隔壁。".to_owned()
    } else {
        text!("在同一层，往右数第 {doors} 户。")
    }
}

pub(crate) fn way_up(floors: u32) -> String {
    text!("再往上走 {floors} 层。")
}

pub(crate) fn way_down(floors: u32) -> String {
    text!("往下走 {floors} 层。")
}

pub(crate) fn way_unit(unit: u8, floor: &str) -> String {
    text!("在本楼 {unit} 单元，{floor}。")
}

pub(crate) fn way_building(building: &str) -> String {
    text!("不在这栋楼，在{building}。")
}

pub(crate) fn open_scanned(door: &str) -> String {
    text!("改为打开 {door}")
}

pub(crate) fn code_length(expected: u32, found: u32) -> String {
    text!("编号是 {expected} 位，您输入了 {found} 位。")
}

pub(crate) fn outbox_waiting(count: u32) -> String {
    text!("{count} 条等待信号")
}

pub(crate) fn somebody_else(who: &str) -> String {
    text!("{who}登记")
}

pub(crate) fn fact_mark(door: &str, what: &str) -> String {
    text!("{door}：{what}")
}

pub(crate) fn fact_undo(door: &str) -> String {
    text!("{door}：撤回登记")
}

pub(crate) fn fact_load(taken: u16, returned: u16) -> String {
    match (taken, returned) {
        (taken, 0) => text!("清点：领取 {taken} 份"),
        (0, returned) => text!("清点：退回 {returned} 份"),
        (taken, returned) => text!("清点：领取 {taken} 份，退回 {returned} 份"),
    }
}

pub(crate) fn fact_need(door: &str, what: &str) -> String {
    text!("{door}：诉求（{what}）")
}

pub(crate) fn fact_paid(door: &str) -> String {
    text!("{door}：付款")
}

pub(crate) fn fact_order(door: &str) -> String {
    text!("{door}：订单")
}

pub(crate) fn hand_over_left(doors: u32, boxes: u32) -> String {
    text!("还有 {doors} 户、{boxes} 份没有送。")
}

pub(crate) fn handed_to(who: &str) -> String {
    text!("已交给{who}")
}

pub(crate) fn handed_to_at(from: &str, to: &str, when: &str) -> String {
    text!("{from}把剩下的交给了{to}（{when}）。")
}

pub(crate) fn handed_open_at(when: &str) -> String {
    text!("您把剩下的交出去了（{when}），对方的手机还没有消息。")
}

pub(crate) fn took_from(from: &str, when: &str) -> String {
    text!("从{from}手里接过来的（{when}）。")
}

pub(crate) fn take_part(read: u32, all: u32) -> String {
    text!("已扫 {read} 张，共 {all} 张，请继续对准")
}

pub(crate) fn take_lead(from: &str, place: &str, doors: u32, boxes: u32) -> String {
    text!("{from}把{place}剩下的 {doors} 户、{boxes} 份交给您。")
}
