//! 中文：社区服务台自己的资料，如台账、套餐、人员、通知、设置。

words! {
    did_import = "台账已导入。需要时可以撤销。";
    did_undo = "已撤销，台账回到之前。撤错了，再撤销一次就能恢复。";
    did_nothing_to_undo = "没有可以撤销的更改。";
    did_upload_gone = "这个文件已处理过，或等候超过一小时。需要的话请重新上传。";
    did_meanwhile = "别人刚刚也改了，这次没有保存。请看一下现在的内容再改。";
    did_menus_imported = "套餐已导入。开下单时段时就能选。";
    did_menu_saved = "套餐已保存。";
    did_menu_versioned = "已存为新版本。正在下单的时段仍用原来的版本，订单不受影响。";
    did_draft = "草稿已保存，居民还看不到。";
    did_publish = "已发布，居民现在能看到。";
    did_withdraw = "已收回成草稿，居民看不到了。";
    did_extend = "截止时间已改。";
    did_close = "已停止下单。关错了可以重新开放。";
    did_seal = "已截单，分拣单已定。";
    did_not_yet = "还不能截单：补收时间还没结束。";
    did_save_errands = "跑腿时间已保存。现在可以到各户页面上加要办的事。";
    did_top_up = "库存已增加。";
    did_add_person = "已添加。下一步：出示邀请；楼栋管家和志愿者还要分配负责的楼。";
    did_save_person = "已保存。";
    did_assign = "已分配。";
    did_end_assignment = "已结束这项分配，记录保留。";
    did_leave = "已标为离开，所有手机已退出。点“回来了”可以恢复。";
    did_last_desk = "这是最后一位服务台人员，请先邀请另一位。";
    did_come_back = "已恢复。请重新分配负责的楼。";
    did_uninvite = "邀请已作废，凭它不能再登录。";
    did_unkey = "通行密钥已取消，谁也不能再用它登录。";
    did_revoke = "这部手机已退出。之后送来的记录会先请服务台确认。";
    did_notice = "通知已发布。";
    did_end_notice = "通知已停止显示。";
    did_notice_again = "通知重新显示。";
    did_save_household = "住户信息已保存。";
    did_settings = "设置已保存。";

    fault_missing = "请填写这一项。";
    fault_not_a_time = "请选日期和时间。";
    fault_not_money = "请填金额，例如 30 或 30.50。";
    fault_not_after = "要晚于前一个时间。";
    fault_past = "这个时间已经过了，请选以后的时间。";
    fault_choose_one = "请至少选一个。";
    fault_no_such_place = "这栋楼没有这个单元或楼层。";
    fault_not_a_code = "只能用字母、数字和短横，最多 12 个，例如 A1。";
    fault_code_taken = "这个编号已有套餐，请换一个。";
    fault_fewer_items = "可选的品种比要选的还少。";
    fault_not_an_amount = "请填数量，例如 1.5。";
    fault_not_a_telephone = "请填电话号码，例如 0371-6555 1234。";
    fault_not_a_host = "请只填网址的主机名，例如 food.example.org。";
    fault_speaks_of_health = "这里提到健康情况，志愿者会看到：请写到「特殊情况」里";
    fault_not_hours = "请写成 22:00-07:00 这样";
    fault_which_unit = "填了楼层，也要填单元。";
    fault_which_building = "请先选到楼栋，或者把这里留空。还没有保存。";

    place_gone = "已不在台账里的地方";
    area_all = "整个社区";
    where_label = "范围";
    choose_place = "请选择";
    unit_label = "单元";
    unit_hint = "不填就是整栋楼";
    floor_from_label = "从几层";
    floor_to_label = "到几层";
    without_door = "暂无住址";

    file_label = "表格文件";
    file_hint = ".xlsx 或 .csv，最大 10 MB。";
    look_at_file = "先看内容";
    nothing_written = "请先核对。确认之前什么都不会写入。";
    rejected_rows = "没有导入的行";
    row_word = "行";
    reason_word = "原因";

    no_ledger = "还没有住户台账";
    no_ledger_more = "上传社区的住户表，就能看到每栋楼、每一户。";
    import_ledger = "导入台账";
    import_again = "导入更新后的台账";
    compound_label = "小区名称";
    compound_hint = "只有表里没写小区时才填";
    compounds_known = "台账里已有：";
    ledger_columns = "要有：小区、楼栋、单元、房号、人数。也认：楼层、户主、电话、60岁以上、语言、特殊情况、备注。表头上面有标题也没关系。";
    care_promise = "特殊情况单独加密保存，志愿者和楼栋管家看不到。";
    compounds_word = "个小区";
    buildings_word = "栋楼";
    households_word = "户";
    people_word = "人";
    over_60_word = "位60岁以上";
    care_word = "条特殊情况";
    doors_word = "门数";
    building_word = "楼栋";
    by_building = "按楼栋看";
    undo_import = "撤销台账上次的更改";
    undo_free = "会消失的门都没有订单和送达记录，可以放心撤销。";
    in_the_file = "文件里有";
    how_it_was_read = "表格是怎么读的";
    columns_read = "读到的列：";
    columns_ignored = "没有用到的列：";
    no_rejected = "每一行都读懂了。";
    rejected_more = "其余的行照常导入。可以下载这几行，改好后单独再导入。";
    download_rejected = "下载这些行（CSV）";
    worth_a_look = "值得看一眼";
    against_ledger = "和现有台账相比";
    new_word = "户新增";
    changed_word = "户有变化";
    unchanged_word = "户不变";
    gone_word = "户不在文件里";
    what_changes = "看哪些会变";
    who_is_new = "看新增了哪些户";
    nothing_said = "无";
    some_moved_out = "有人搬走了";
    gone_more = "不勾选就照旧保留。勾选的会离开这扇门，订单、诉求和记录都留着。";
    nothing_new = "和现有台账一样，不用导入。";
    no_household_to_take = "没有读到住户，请看下面的原因，改好后再上传。";
    preview_again = "在您核对时台账变了，下面按现在的台账重新比较。请再看一次。";
    import_runs = "正在导入，请不要关闭本页";
    import_broke = "没有全部写完。重新导入同一个文件就会接着写完，不会重复。";
    to_the_ledger = "回到台账";

    no_menus = "还没有套餐";
    no_menus_more = "上传套餐表，或者自己做一个。";
    import_menus = "从表格导入";
    menu_columns = "一行一样：套餐编号、类型、名称、价格、品名、数量、单位；也认每户限购、库存、饮食标签。";
    new_menu = "新做一个套餐";
    save_menu = "保存套餐";
    kind_set = "固定套餐";
    kind_pick = "自选";
    price_yuan = "每份价格（元）";
    code_hint = "印在套餐册上，例如 A1";
    limit_hint = "不填就不限";
    stock_hint = "不填就不会卖完";
    choose_hint = "只有自选套餐才填";
    own_diets = "其他饮食标签";
    own_diets_hint = "用空格隔开";
    items_label = "里面有什么";
    items_hint = "把一行清空就是去掉这样。";
    more_rows = "再加几行";
    menu_is_new = "新增";
    menu_is_same = "没有变化";
    menu_is_changed = "有变化";
    menu_incomplete = "有一行没读懂，这个套餐少了东西";
    no_menu_to_take = "没有读到套餐，请看上面的原因。";

    errands_no_orders = "跑腿，不订餐";

    no_people = "还没有人员";
    no_people_more = "先邀请一位楼栋管家。";
    invite_somebody = "邀请新的人";
    add_person = "添加并邀请";
    name_label = "姓名";
    role_label = "担任什么";
    people_left = "已离开";
    not_assigned = "还没有分配楼栋";
    not_assigned_more = "还没有分配。分配后，配送轮次才会出现在手机上。";
    all_covered = "每一户都有人负责。";
    uncovered_more = "点开看门牌。到楼栋管家或志愿者的页面里分配。";
    invite_title = "邀请";
    invite_explained = "二维码和输入码只显示一次，可以打印。谁拿到谁就能登录，请当面交给本人。";
    make_invite = "出示邀请";
    make_invite_again = "重新发一个邀请";
    assignments_title = "负责哪里";
    assign = "分配";
    assign_again = "再次分配";
    end_assignment = "结束";
    past_assignments = "以前负责过";
    handed_title = "路上转交的配送";
    handed_unheard = "交出人的手机还没有消息，请核对一下";
    about_person = "资料";
    duty_label = "值班顺序";
    duty_hint = "1 最先；不填就不值班";
    phones_title = "已登录的手机";
    no_phone_yet = "还没有手机登录。";
    some_phone = "手机";
    take_invite_back = "作废";
    revoke = "让这部手机退出";
    revoke_hint = "手机丢了就点退出，再重新发邀请。";
    leave = "不再参与……";
    leave_hint = "所有手机会马上退出，不能再登录；做过的记录都保留。服务台的人可以恢复。";
    leave_now = "退出所有手机";
    come_back = "回来了";
    invite_once = "这一页只显示这一次，请现在扫码、发送或打印。";
    invite_scan = "用手机相机扫码：";
    invite_link = "或打开链接：";

    no_notices = "还没有通知";
    no_notices_more = "在下面写一条，居民首页马上会提示有新通知。";
    write_notice = "写通知";
    in_chinese = "中文";
    in_english = "英文";
    one_language_hint = "只写一种也可以，会原样给所有人看";
    everybody = "所有住户";
    from_label = "从什么时候显示";
    from_hint = "不填就是现在";
    until_label = "显示到什么时候";
    until_hint = "不填就一直显示";
    publish_notice = "发布通知";
    shown_now = "正在显示";
    shown_no_more = "已停止";
    show_again = "重新显示";
    end_notice = "停止显示";
    seen_title = "看过的住户";
    seen_hint = "住户在通知下面点过按钮，才算看过。";
    all_seen = "每一户都看过了。";
    print_knock_list = "打印敲门名单";

    community_title = "社区";
    name_zh = "中文名称";
    name_en = "英文名称";
    numbers_title = "电话";
    hotline_label = "社区 24 小时电话";
    hotline_hint = "每一页下面都有，断网也能拨";
    emergency_label = "急救电话";
    emergency_hint = "通常是 120";
    unread_label = "紧急诉求几分钟没人看就找下一位值班人";
    unread_hint = "建议 10";
    quiet_label = "夜间免打扰时段";
    quiet_hint = "例如 22:00-07:00；这段时间手机不响，早上再响一声；没人看的紧急诉求照常响。留空就是不设";
    hosts_title = "门牌码上的网址";
    host_now = "现在的网址：";
    hosts_label = "以前用过的网址";
    hosts_hint = "一行一个。换过网址也能继续扫旧门牌码。";
}

pub(crate) fn fault_meanwhile(theirs: &str) -> String {
    if theirs.is_empty() {
        return "您打开页面以后，别人改过这里。再保存一次，就用您填的。".to_owned();
    }
    format!("您打开页面以后，别人在这里改成了：{theirs}。再保存一次，就用您填的。")
}

pub(crate) fn fault_too_long(most: u16) -> String {
    format!("最多 {most} 个字，请改短。")
}

pub(crate) fn fault_not_a_number(least: u32, most: u32) -> String {
    format!("请填 {least} 到 {most} 之间的整数。")
}

pub(crate) fn unit(unit: u8) -> String {
    format!("{unit}单元")
}

pub(crate) fn floors(from: i8, to: i8) -> String {
    format!("{from}–{to}层")
}

pub(crate) fn doorless(count: usize) -> String {
    format!("其中 {count} 户暂无住址。")
}

pub(crate) fn undo_explained(now: usize, before: usize) -> String {
    format!("现在 {now} 户，撤销后回到 {before} 户。电话和特殊情况保留最新内容。")
}

pub(crate) fn undo_busy(doors: usize) -> String {
    format!("有 {doors} 扇门撤销后会从台账里消失，但已有订单或送达记录。记录不会丢，只是不再出现在楼栋图上：")
}

pub(crate) fn households_of(count: u32) -> String {
    format!("{count} 户")
}

pub(crate) fn duplicates_of(count: usize) -> String {
    format!("重复的行：{count}")
}

pub(crate) fn kept_by_rejected(count: usize) -> String {
    format!("{count} 户所在的行没有读懂，保持不变。")
}

pub(crate) fn kept_elsewhere(count: usize) -> String {
    format!("{count} 户住在文件没有提到的楼里，保持不变。")
}

pub(crate) fn lives_there(holders: &str) -> String {
    format!("这扇门已住着：{holders}，会保留")
}

pub(crate) fn doors_shared(count: usize) -> String {
    format!("有 {count} 户新增的门里已经住着别的户。是不是同一户换了名字？如果是，请先改文件。")
}

pub(crate) fn changes_to(name: &str, to: &str) -> String {
    format!("{name}：改为 {to}")
}

pub(crate) fn changes_from_to(name: &str, from: &str, to: &str) -> String {
    format!("{name}：{from} → {to}")
}

pub(crate) fn file_is_part(count: usize) -> String {
    format!("这个文件只是台账的一部分：这些楼里还有 {count} 户不在文件里，都照旧保留。")
}

pub(crate) fn gone_title(count: usize) -> String {
    format!("有 {count} 户不在文件里。搬走了吗？")
}

pub(crate) fn take_ledger(new: usize, changed: usize) -> String {
    format!("确认导入：新增 {new} 户，更新 {changed} 户")
}

pub(crate) fn pick_of(choose: u8, items: usize) -> String {
    format!("{items} 样选 {choose} 样")
}

pub(crate) fn limit_of(limit: u16) -> String {
    format!("每户限 {limit} 份")
}

pub(crate) fn stock_of(stock: u32) -> String {
    format!("共 {stock} 份")
}

pub(crate) fn take_menus(count: usize) -> String {
    format!("确认导入 {count} 个套餐")
}

pub(crate) fn duty_place(place: u8) -> String {
    format!("值班顺序 {place}")
}

pub(crate) fn uncovered(doors: usize) -> String {
    format!("{doors} 扇门没有人负责")
}

pub(crate) fn all_doors(doors: usize) -> String {
    format!("整个单元 {doors} 户")
}

pub(crate) fn some_doors(doors: usize) -> String {
    format!("{doors} 户")
}

pub(crate) fn since(time: &str) -> String {
    format!("从 {time} 起")
}

pub(crate) fn invite_for(name: &str, role: &str) -> String {
    format!("{name}（{role}）的邀请")
}

pub(crate) fn invite_type(minutes: i64) -> String {
    format!("或在首页输入（{minutes} 分钟内有效，只能用一次）：")
}

pub(crate) fn invite_still_good(until: &str, phones: u32) -> String {
    format!("有效的邀请：到 {until}，还可登录 {phones} 部手机")
}

pub(crate) fn invite_good(until: &str, phones: u32) -> String {
    format!("二维码和链接到 {until} 有效，最多 {phones} 部手机。")
}

pub(crate) fn shown_until(time: &str) -> String {
    format!("显示到 {time}")
}

pub(crate) fn shown_from(time: &str) -> String {
    format!("{time} 开始显示")
}

pub(crate) fn not_seen(count: usize) -> String {
    format!("{count} 户还没看过")
}

pub(crate) fn handed_line(from: &str, to: &str) -> String {
    format!("{to}接着送，{from}交出")
}

pub(crate) fn handed_nobody(from: &str) -> String {
    format!("{from}已交出，还没有人接")
}
