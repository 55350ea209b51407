//! 中文：印在纸上的文字，如入户信、门牌码、订购单、配送单、标签；以及供应商的分拣单。

words! {
    print_now = "打印";
    print_hint = "也可以用浏览器的打印。纸张选 A4，缩放选 100%，不要页眉页脚。";
    open = "打开";
    which_building = "哪栋楼";
    every_building = "全部楼栋";
    which_run = "哪一次配送";
    no_run = "还没有下单时段";
    no_run_more = "先开一个下单时段，才有订购单、配送单和标签可印。";
    nothing_to_print = "没有要印的内容";
    for_doors = "发到每一户";
    for_deliveries = "每次配送";

    letters = "入户信";
    letters_what = "每户一张，上面有登录码。一页三张，沿虚线裁开，从门缝塞进去。";
    cards = "门牌码";
    cards_what = "贴在门上，送到时扫一下。一页八张，码里没有住户信息。";
    booklet = "套餐订购单";
    booklet_what = "给没有手机的住户：勾好套餐，写上还缺什么，交给楼栋管家。";
    rounds = "配送单";
    rounds_what = "按楼栋和管家，一层一层排好。每户勾结果，写时间。不含健康信息。";
    labels = "分装标签";
    labels_what = "给供应商，按楼栋排好。门牌、套餐、忌口，一页二十四张。";
    gate = "卡口交接单";
    gate_what = "每栋楼领走几份，谁领的，退回几份。贴在卡口。";
    map = "卡口楼栋图";
    map_what = "每栋楼画成一张图：今晚哪扇门送几份，哪个单元谁负责。不写姓名，不含健康信息。";
    fallback = "断网备用";
    fallback_what = "一次印齐今晚所有楼的配送单和住户名单（含电话）。";

    not_printable = "现在还不能印";
    not_printable_do = "请用 https 开头、居民手机打得开的网址启动程序（--acme、--tls-cert 和 --tls-key，或者放在代理后面并用 --public-url），再回来打印。";
    see_cards_anyway = "配送单、标签和住户名单不受影响，照常可以打印。";

    letters_kill = "新信一印出来，这些住户以前的信就失效。已经登录的手机不受影响。";
    letters_without_phone = "只印还没有手机登录的住户";
    letters_all = "每户都印";
    letter_make = "印一张新的";
    letters_once = "请现在就打印：登录码只显示这一次。关掉这一页以后只能重新印。";
    letters_nobody = "这些住户都有手机登录了，没有要印的信。";

    letter_title = "用手机订菜、报诉求";
    letter_scan = "用手机相机扫右边的码。";
    letter_press = "点「是我家，登录这部手机」。";
    letter_valid = "一家 6 部手机，14 天内有效";
    letter_keep = "请不要把这张纸给别人：它能以您家的名义订菜。";
    day_and_night = "24 小时";

    card_kill = "印了新的，门上旧的就扫不出来了，请换下来。";
    card_again = "旧的作废，印一张新的";
    card_line = "门牌码：送到时管家扫这里。码里没有您家的信息。";
    card_none = "这里还没有门牌码。";

    booklet_title = "套餐订购单";
    booklet_or_call = "或者打电话";
    field_building = "楼栋";
    field_door = "房号";
    field_name = "姓名";
    if_missing = "如果缺货";
    other_needs = "家里还缺什么、有什么难处";
    other_needs_how = "缺药请写药名和还能吃几天。";
    urgent_call = "急事不要写在这里，请马上打电话";
    signature = "签名";
    only_without_phone = "只印没有手机登录的住户";
    for_everyone = "每户都印";
    everyone_has_phone = "这栋楼每户都有手机登录了。";

    nobody_in_charge = "还没有指定管家";
    taken_out = "领出";
    brought_back = "退回";
    floor = "层";
    door = "房号";
    gets = "送什么";
    notes = "注意";
    tick_handed = "当面";
    tick_left = "放门口";
    tick_neighbour = "邻居";
    tick_nobody = "没人";
    tick_other = "其他";
    time_and_why = "时间、原因";
    away = "家里没人";
    round_foot = "每户勾一格，写上时间。送完交回服务台，由服务台按实际时间补录。";

    gate_title = "卡口交接单";
    gate_lead = "按楼栋点数，领的人签名写时间；没送出去的退回时再点一次。";
    gate_taken_by = "领的人";
    gate_time = "时间";
    gate_building = "楼栋";
    gate_sum = "合计";
    map_due = "要送几份";
    map_done = "已送达";
    map_nothing = "这次没有";
    from_the_top = "从高层往下";
    from_the_ground = "从低层往上";
    form_code = "录入编号";

    fallback_steps = "断网、停电时这样做";
    fallback_one = "把配送单发给每栋楼的管家，按单送，每户勾结果、写时间。";
    fallback_two = "住户打来电话，记在住户名单的「注意」一栏，急事直接打急救电话。";
    fallback_three = "恢复以后，在「打印」页点「补录配送单」，整张照纸上的时间录入。";
    fallback_keep = "这份名单上有电话，只放在服务台，用完销毁。";
    people = "人数";
    over_60 = "60 岁以上";
    speaks = "语言";
    phone = "电话";
    no_door = "没有门牌的住户";

    pick_list = "分拣单";
    pick_lists_lead = "每个下单时段一份分拣单。截单以后住户不能再改；服务台事后替住户改的，列在「截单后的改动」里，请留意。";
    draft_list = "还没有发布";
    totals = "总数";
    by_menu = "按套餐";
    by_item = "按物品";
    by_building = "按楼栋";
    menu = "套餐";
    item = "物品";
    amount = "总量";
    boxes = "份数";
    households = "户数";
    sum = "合计";
    price = "金额";
    substitutions = "缺货时怎么办";
    substitutions_lead = "住户下单时说好的。写「先问我」的，请先告诉社区服务台。";
    baskets = "每户明细";
    basket = "订的套餐";
    may_swap = "缺货时";
    picked = "自选";
    differences = "截单后的改动";
    differences_lead = "上面的数已经算进这些改动。";
    differences_none = "截单后没有改动。";
    short = "缺少或损坏";
    short_lead = "送到门口时发现的，以每户最后一次登记为准。";
    short_what = "缺什么、坏什么";
    short_unnamed = "没有写明是哪样";
    changed_at = "什么时候";
    is_now = "改成";
    cancelled = "取消了";
    as_xlsx = "下载表格";
    no_orders = "还没有订单。";
    no_lists = "还没有分拣单";
    no_lists_more = "社区开了下单时段，分拣单会出现在这里。";
}

pub(crate) fn open_what(what: &str) -> String {
    format!("打开：{what}")
}

pub(crate) fn page_of(title: &str, what: &str) -> String {
    format!("{title}：{what}")
}

pub(crate) fn not_printable_why(address: &str) -> String {
    format!("程序现在的网址是 {address}。居民的手机打不开它，印出来的二维码扫了也没有用。")
}

pub(crate) fn letters_newer(count: u32) -> String {
    format!("{count} 户在这一页之后又印过新的信。新信有效，旧信不再显示。")
}

pub(crate) fn letters_lead(households: u32, where_: &str) -> String {
    format!("{where_}：{households} 户。")
}

pub(crate) fn letter_lead(where_: &str) -> String {
    format!("给 {where_} 重印一张入户信。")
}

pub(crate) fn letter_type(host: &str) -> String {
    format!("没有相机？打开 {host}，输入右下的 10 位码。")
}

pub(crate) fn letter_from(community: &str) -> String {
    format!("{community} 社区服务台")
}

pub(crate) fn cards_missing(missing: u32, doors: u32) -> String {
    format!("{doors} 扇门，其中 {missing} 扇还没有门牌码。")
}

pub(crate) fn cards_make(missing: u32) -> String {
    format!("做 {missing} 张新门牌码")
}

pub(crate) fn booklet_delivered(span: &str) -> String {
    format!("{span} 送到家门口")
}

pub(crate) fn booklet_return(at: &str) -> String {
    format!("{at} 以前交给楼栋管家")
}

pub(crate) fn boxes_count(count: u16) -> String {
    format!("{count} 份")
}

pub(crate) fn tick_items(choose: u8, of: u32) -> String {
    format!("在 {of} 样里勾 {choose} 样")
}

pub(crate) fn keeps(diets: &str) -> String {
    format!("适合：{diets}")
}

pub(crate) fn booklet_for_building(forms: u32) -> String {
    format!("{forms} 户，每户一张。")
}

pub(crate) fn round_title(building: &str) -> String {
    format!("配送单 {building}")
}

pub(crate) fn round_counts(stops: u32, boxes: u32) -> String {
    format!("{stops} 户，{boxes} 份")
}

pub(crate) fn in_charge(names: &str) -> String {
    format!("管家 {names}")
}

pub(crate) fn unit_row(unit: u8) -> String {
    format!("{unit}单元")
}

pub(crate) fn basket_of(number: u32, of: u32) -> String {
    format!("{number} / {of}")
}

pub(crate) fn fallback_title(span: &str) -> String {
    format!("断网备用：{span}")
}

pub(crate) fn list_title(building: &str) -> String {
    format!("住户名单 {building}")
}

pub(crate) fn list_counts(households: u32, people: u32) -> String {
    format!("{households} 户，{people} 人")
}

pub(crate) fn provisional(version: u32, at: &str) -> String {
    format!("暂定，第 {version} 版，{at}")
}

pub(crate) fn changed_since(changes: u32) -> String {
    format!("，之后改动 {changes} 处")
}

pub(crate) fn collect(amount: &str) -> String {
    format!("收款 {amount}")
}

pub(crate) fn to_collect(amount: &str) -> String {
    format!("共收款 {amount}")
}

pub(crate) fn sealed_at(at: &str) -> String {
    format!("已截单，{at}")
}

pub(crate) fn provisional_more(at: &str) -> String {
    format!("还会变：{at} 截单以后才是最后的数。")
}

pub(crate) fn delivered(span: &str) -> String {
    format!("{span} 配送")
}

pub(crate) fn run_line(households: u32, boxes: u32) -> String {
    format!("{households} 户，{boxes} 份")
}

pub(crate) fn map_foot(at: &str) -> String {
    format!("{at} 打印，之后的变化看手机。有事请打社区电话")
}
