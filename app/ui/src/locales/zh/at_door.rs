//! 中文：服务台一户页面的文字，如要办的事、待核对的记录、补录。

words! {
    nobody_here = "这一户没有人负责，要办的事不会出现在任何人的手机上。";
    assign_somebody = "去分配";
    plan_errands = "今天有事要办（不订餐）";
    for_whom = "为哪一户";
    for_the_door = "整个门，不分哪一户";
    nothing_here = "这一轮没有要办的事。";
    two_differ = "两个人登记的结果不一样，两条都保留。请问清楚后补录实际结果。";
    drop_job = "取消这件事";

    look_title = "请核对这条记录";
    does_not_count = "服务台确认之前，这条不算数，住户也看不到。";
    counts_meanwhile = "这条已经算数，请看看是否属实。";
    it_is_so = "属实，确认";
    not_so = "不属实，作废";

    which_jobs = "哪几件事";
    key_in_wrong = "没有保存。请选好要登记的事；实际时间要填全，而且不能是还没到的时间；选「其他情况」请补充一句。";

    planned = "时间已定好。现在加要办的事。";
    added = "已加上，会出现在负责人的配送里。";
    dropped = "已取消这件事。";
    keyed = "已补录。";
    confirmed = "已确认。";
    turned_down = "已作废。原记录仍保存备查。";
}

pub(crate) fn on_round(when: &str) -> String {
    format!("{when} 的配送")
}

pub(crate) fn errands_on(when: &str) -> String {
    format!("{when} 的跑腿")
}
