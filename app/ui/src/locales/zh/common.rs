//! 中文：多处共用的文字，如页眉页脚、按钮、状态、网络提示。

use domain::text::text;

words! {
    app_name = "最后一米";
    app_description = "订菜、买药、报诉求，送到家门口。";
    skip_to_content = "跳到正文";
    menu = "目录";
    back = "返回";
    call = "打电话";
    call_community = "社区 24 小时电话";
    call_emergency = "急救";
    call_now = "现在就打";
    large_text = "大字";
    usual_text = "标准字号";
    new_version = "有新版本了。换上后，存在本机的内容都还在。";
    use_it_now = "现在换";
    later = "以后再说";
    save = "保存";
    cancel = "取消";
    undo = "撤回";
    close = "关闭";
    next = "下一步";
    done = "完成";
    edit = "修改";
    remove = "删除";
    add = "添加";
    search = "查找";
    print = "打印";
    try_again = "再试一次";
    show_more = "查看更多";
    optional = "可不填";
    loading = "正在打开";
    no_signal = "现在没有信号。可以接着用，内容不会丢。";
    saved_on_this_phone = "已存在这部手机上，有信号时自动发出。";
    all_sent = "全部已发出";
    not_sent = "还没有发出去";
    not_sent_call = "这件事还没有送到社区。请马上打电话。";
    still_trying = "手机还在继续发送。社区收到后，这个页面会自动消失。";
}

pub(crate) fn quantity_of(what: &str) -> String {
    text!("{what}的数量")
}

pub(crate) fn one_less(what: &str) -> String {
    text!("{what}减一份")
}

pub(crate) fn one_more(what: &str) -> String {
    text!("{what}加一份")
}

pub(crate) fn of_total(done: u32, total: u32) -> String {
    text!("{done} / {total}")
}

pub(crate) fn chosen_of(chosen: u32, choose: u32) -> String {
    text!("已选 {chosen} 样，共选 {choose} 样")
}

pub(crate) fn check_fields(count: u32) -> String {
    text!("有 {count} 处需要修改，已在下面标出。您填的内容都还在。")
}

pub(crate) fn saved_here_waiting(count: u32) -> String {
    text!("存在本机，{count} 条待发")
}

pub(crate) fn as_of(time: &str) -> String {
    text!("{time} 的情况")
}
