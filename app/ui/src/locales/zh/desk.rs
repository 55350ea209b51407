//! 中文：社区服务台日常页面的文字，如今日、楼栋图、诉求、住户。

words! {
    today = "今日";
    board = "楼栋图";
    needs = "诉求";
    rounds = "配送轮次";
    windows = "下单时段";
    menus = "套餐";
    people = "人员";
    ledger = "住户台账";
    notices = "通知";
    pick_list = "分拣单";
    prints = "打印";
    settings = "设置";
    this_device = "这台设备";
    sign_out = "退出";

    window_closing = "等待截单";
    window_sealed = "已截单";
    window_draft = "草稿，居民还看不到";
    no_windows = "还没有下单时段";
    no_windows_more = "先导入套餐，再开一个下单时段，居民就能订餐。";
    open_window = "开一个下单时段";
    unreached_doors = "还没送到的门";
    doors_of_nobody = "要送却没有人负责的门";
    look_doors = "记录需要核对的门";
    failed_doors = "去过但没送成的门";
    disputed_doors = "住户有异议的门";
    conflict_doors = "两人说法不同的门";
    everyone_reached = "每一户都去过了";
    seal_now = "现在截单";
    see_board = "看楼栋图";
    see_pick_list = "看分拣单";
    unread_facts_more = "这些手机上的程序比服务器新。内容已原样存好，服务器更新后会自动读取。急事请先打电话给对方。";
    closed_facts_more = "有人退出登录时没有信号，没发出的内容在手机上封好了，现在打不开：可能换过 care.key，或手机退出太久。原来的 care.key 放回后会自动打开，90 天内有效。急事请打电话问住户。";
    print_all = "断网备用：打印今晚全部名单";
    about_household = "住户信息";
    telephones_hint = "多个电话用顿号隔开";
    without_door = "没有门牌";
    note_at_door_hint = "管家敲门前该知道的事；不要写健康情况";
    find_household = "查找住户";
    find_hint = "门牌、姓名、电话，或纸质订单右上角的编号；例如 3-2-1101";
    first_steps = "六步开始";
    step_number = "填写 24 小时电话";
    step_number_more = "每个页面都会带上它，没有信号也能拨打。";
    step_ledger = "导入住户台账";
    step_ledger_more = "上传社区的住户表，先看内容再确认。";
    step_menus = "导入套餐";
    step_menus_more = "居民能订什么，多少钱一份。";
    step_people = "邀请楼栋管家";
    step_people_more = "谁负责哪栋楼。也可以晚一点再请。";
    step_window = "开一个下单时段";
    step_window_more = "几点截止，什么时候送。";
    step_print = "打印入户信和门牌码";
    step_print_more = "居民凭入户信登录下单，管家扫门牌码登记。";

    legend = "图例";
    cell_nothing = "没有订餐";
    cell_ordered = "待送";
    cell_delivered = "已送达";
    cell_failed = "未送达";
    cell_disputed = "有异议";
    cell_conflict = "两人说法不同";
    look = "请核对";
    open_need = "有诉求";
    urgent_need = "有紧急诉求";
    board_empty = "还没有楼栋";
    board_empty_more = "导入住户台账后，这里会画出每栋楼、每扇门。";

    needs_none = "没有未办结的诉求";
    needs_none_more = "居民上报后会出现在这里，紧急的排在最前。";
    unread = "未读";
    nobody_on_duty = "没有下一位值班人，请马上处理";
    mark_read = "我已看到";
    take_on = "我来处理";
    answer_label = "回复住户";
    send_answer = "发送回复";
    close_need = "办结";
    sort_label = "分类定级";
    save_sorting = "保存分类";
    channel_app = "手机";
    channel_door = "上门";
    channel_call = "电话";
    channel_paper = "纸条";
    channel_chat = "群消息";
    show_closed = "看已办结的";
    show_open = "看未办结的";
    sound_on = "打开提示音";
    sound_off = "浏览器还没有放开声音，点一下才会响。";
    rings = "有未读的紧急诉求";

    no_household = "这扇门后没有登记住户";
    order_for = "代为订餐";
    late_order_warning = "这一批已截单，分拣单已定。这笔订单会作为截单后的变动列在分拣单上，请同时打电话告诉供应商。";
    closed_order_note = "这一批住户已不能下单。分拣单定下来以前，您还可以替住户下单。";
    order_kept = "订单已保存，见下面。";
    need_for = "代报诉求";
    channel_label = "从哪里得知";
    new_letter = "重发入户信";
    new_card = "重做门牌码";
    mark_paid = "记为已付款";
    mark_unpaid = "记为未付款";
    mark_refund = "记为待退款";
    note_at_door = "门口提示";
    add_job = "加一件事";
    job_kind = "什么事";
    job_text = "具体内容";
    which_run = "哪一轮配送";
    key_in_mark = "补录纸上的记录";
    when_happened = "实际时间";
    outcome_label = "结果";
}

pub(crate) fn window_open(until: &str) -> String {
    format!("正在下单，{until} 截止")
}

pub(crate) fn window_grace(until: &str) -> String {
    format!("已截止，等迟到的订单到 {until}")
}

pub(crate) fn window_announced(at: &str) -> String {
    format!("{at} 开始下单")
}

pub(crate) fn ordered_of(ordered: u32, households: u32) -> String {
    format!("{ordered} / {households} 户已订")
}

pub(crate) fn boxes_total(boxes: u32, total: &str) -> String {
    format!("{boxes} 份，{total}")
}

pub(crate) fn urgent_count(count: u32) -> String {
    format!("紧急 {count}")
}

pub(crate) fn closed_facts(count: u32) -> String {
    format!("有 {count} 条封好的手机记录打不开")
}

pub(crate) fn unread_facts(count: u32) -> String {
    format!("有 {count} 条手机记录暂时读不了")
}

pub(crate) fn open_count(count: u32) -> String {
    format!("未办结 {count}")
}

pub(crate) fn delivered_of(delivered: u32, total: u32) -> String {
    format!("已送达 {delivered} / {total} 户")
}

pub(crate) fn board_of(run: &str) -> String {
    format!("楼栋图：{run}")
}

pub(crate) fn building_counts(delivered: u32, due: u32) -> String {
    format!("已送达 {delivered} / {due}")
}

pub(crate) fn fresh_at(time: &str) -> String {
    format!("{time} 更新")
}

pub(crate) fn handled_by(name: &str) -> String {
    format!("{name}在处理")
}

pub(crate) fn taken_meanwhile(name: &str) -> String {
    format!("{name}刚刚接手了这条诉求，您的没有发出。如果还是由您来回复，请再发送一次。")
}

pub(crate) fn answered_meanwhile(name: &str) -> String {
    format!(
        "{name}刚刚回复了这条诉求，见下面。您的还没有发出，发出后住户会看到两条回复。确实需要的话，请再发送一次。"
    )
}

pub(crate) fn late_order_for(delivery: &str) -> String {
    format!("补单：{delivery}")
}

pub(crate) fn unread_since(minutes: u32) -> String {
    format!("已 {minutes} 分钟无人查看")
}

pub(crate) fn escalated_to(name: &str) -> String {
    format!("已转给下一位值班人：{name}")
}

pub(crate) fn reported_by(who: &str, channel: &str) -> String {
    format!("{who}上报（{channel}）")
}

pub(crate) fn waits_for(span: &str) -> String {
    format!("已等 {span}")
}

pub(crate) fn people_count(people: u32, over_60: u32) -> String {
    if over_60 == 0 {
        format!("{people} 人")
    } else {
        format!("{people} 人，其中 60 岁以上 {over_60} 人")
    }
}

pub(crate) fn phones_count(count: u32) -> String {
    format!("已登录 {count} 部手机")
}

pub(crate) fn found_none(query: &str) -> String {
    format!("没有找到「{query}」。可以试试门牌号，例如 1101。")
}

pub(crate) fn form_code_wrong(code: &str) -> String {
    format!("没有编号是 {code} 的订单。请和纸上右上角再对一遍，三段数字中间用点隔开。")
}
