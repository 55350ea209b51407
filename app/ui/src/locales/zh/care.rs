//! 中文：服务台查看特殊情况的页面。

words! {
    title = "特殊情况";
    promise = "只有服务台能看，每看一次都会留下姓名、时间和原因。志愿者、楼栋管家的手机上和打印件上都没有。";
    why = "为什么要看";
    why_hint = "会记在下面，住户问起时可以告诉他们。";
    why_missing = "请先选一个原因。";
    look = "查看";
    for_need = "处理这户的诉求";
    for_medicine = "买药、送药";
    for_hospital = "安排就医";
    for_call = "打电话问候";
    for_review = "核对是否还属实";
    remarks = "登记的情况";
    none = "这户没有登记特殊情况。";
    from_ledger = "台账";
    from_note = "门口提示";
    from_other = "其他";
    consent = "住户同意吗";
    not_asked = "还没有问过这户。台账里带来的内容先加密保存，请尽快问。";
    ask = "请这样问：「社区想记下您家的特殊情况，只用于安排药品和就医。您可以不同意，订菜、送菜、求助都不受影响。」";
    they_agree = "同意保存";
    they_refuse = "不同意……";
    refuse_hint = "登记的内容会马上永久删除，找不回来；住户不同意期间，再导入台账也不会保存。";
    delete_it = "永久删除";
    refused_by_mistake = "按错了？请按「同意保存」，再导入一次台账，台账里写的会重新保存。";
    readers = "谁看过";
    readers_hint = "最近 100 次";
    nobody_yet = "还没有人看过。";
    when = "时间";
    who = "谁";
}

pub(crate) fn remarks_now(why: &str) -> String {
    format!("这次查看已记录：{why}")
}

pub(crate) fn agreed(at: &str, who: &str) -> String {
    format!("同意保存。{at}，由{who}记录。")
}

pub(crate) fn refused(at: &str, who: &str) -> String {
    format!("不同意，内容已删除。{at}，由{who}记录。订菜、送菜、求助都不受影响。")
}
