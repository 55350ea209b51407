//! 中文：登录、添加手机、退出，以及出错时的说明。

words! {
    door_card = "这是一张门牌码，给送菜的人用的。您要订餐或报诉求，请用入户通知单登录。";
    welcome_lead = "封控、停水、高温，或只是年纪大了出不了门：在这里订套餐、说难处，看得到办到哪一步。";
    have_letter = "收到入户通知单了吗？";
    have_letter_how = "用手机相机扫通知单上的二维码，或者在下面输入 10 位编码。";
    code_label = "通知单上的编码";
    code_hint = "10 个字母和数字，不分大小写。";
    sign_in = "登录";
    sign_in_title = "登录";
    no_letter = "没有通知单？";
    no_letter_how = "打社区电话，马上给您补一张。家里已经有手机登录的，也可以在那部手机上生成一个十分钟有效的编码。";
    staff_how = "楼栋管家、志愿者和社区工作人员：打开社区发给您的邀请链接。";
    letter_title = "这是您家吗？";
    letter_lead = "点一下按钮，这部手机就登录到这一户，以后打开就能用。";
    letter_button = "是我家，登录这部手机";
    letter_not_mine = "不是您家？请把通知单放回社区，不要登录。";
    invite_lead = "点一下按钮，这台设备就用这个身份登录。";
    invite_button = "登录这台设备";
    in_app_browser = "您是在聊天软件里打开的。请点右上角的菜单，选「在浏览器打开」，不然下次会找不到。";
    add_phone_title = "添加一部手机";
    add_phone_lead = "在另一部手机上打开这个网址，输入下面的编码，或者扫二维码。十分钟内有效，只能用一次。";
    add_phone_installed = "苹果手机装到主屏幕以后，第一次打开也要输一次编码。";
    add_phone_offline = "没有信号：生成编码要等有信号。其他都能用。";
    held_news = "登录已经过期。您填的内容还在这一页上，没有丢：登录后再发送一次。";
    held_elsewhere = "已经用别的办法在这部手机上登录了？";
    held_title = "已登录";
    held_signed_in = "已登录。您刚才填的内容还没有发出。";
    held_send = "现在发送";
    add_phone_button = "生成编码";
    add_phone_again = "再生成一个";
    sign_out = "退出登录";
    sign_out_title = "退出登录？";
    sign_out_lead = "这部手机上的内容会清掉。要再登录，需要通知单或另一部手机上的编码。";
    sign_out_staff = "这部手机上的内容会清掉。要再登录，需要新的邀请。";
    sign_out_sealed = "还没发出的先发；没有信号就先封好，谁也看不到，有信号时自动发出，仍算您家的。";
    sign_out_stuck = "还有内容没有发出，这部手机又封不了。为了不丢，先没有退出，请在有信号时再试。";
    sealed_here = "条内容还没发出，已经封好，谁也看不到。有信号时会自动发出。";
    sealed_urgent = "其中有急事，还没有送到社区。请马上打下面的电话。";
    signed_out = "已退出。";
    code_empty = "请输入编码。";
    code_slip = "有一个字符不对，请对照通知单再看一遍。";
    code_unknown = "没有找到这个编码：可能用过了、过期了，或者换发了新的。另一部手机上的编码 10 分钟内有效，只能用一次。请打社区电话。";
    other_signed_in = "这部手机现在登录的是别家（或别人）。继续以后，这部手机上只看得到上面这一家。";
    code_spent = "这张通知单已经换发了新的，或者过期了，或者已经登录了 6 部手机。在已登录的手机上可以添加，或者打社区电话换一张。";
    code_throttled = "试的次数太多了。请过一个小时再试，或者打社区电话。";
    invite_spent = "这个邀请已经用过或者过期了。请让社区再发一个。";
    error_title = "这一步没有成功";
    not_found_title = "没有这个页面";
    not_found = "网址可能打错了，或者页面已经换了地方。";
    not_allowed_title = "这里不归您管";
    not_allowed = "您登录的身份看不到这一页。如果应该能看到，请打社区电话。";
    sign_in_first = "请先登录。";
    foreign_form = "这个请求不是从本站页面发来的，没有执行。请从首页重新打开再试。";
    too_large = "内容太大了，没有收下。请分几次发。";
    not_understood = "没有看懂发来的内容，没有执行。请返回重新填。";
    busy_title = "现在人太多";
    busy = "系统现在很忙，您的内容没有丢。请等一会儿再试。";
    broken = "系统出了问题，已经记下。请再试一次，急事请打电话。";
    no_answer_title = "没有等到回答";
    no_answer = "刚才那一步，系统没有回答。写着“已存在这部手机上”的内容不会丢，会自动再发。刚填的表格还在上一页，请返回再交一次。";
    no_answer_call = "急事请打入户通知单上的社区 24 小时电话，有生命危险请打 120。";
    no_answer_again = "再试一次";
    home = "回到首页";
    plain_http = "这是没有加密的地址：离线使用、扫码和安装到主屏幕在这里都用不了。请用 https 开头的地址。";
    look_title = "字号和颜色";
    text_size = "字号";
    colours = "颜色";
    theme_device = "跟随手机";
    theme_light = "浅色";
    theme_dark = "深色";
    push_title = "新消息提醒";
    push_lead = "开始下单、送货上路、送到门口或诉求有答复时，这部手机会响一声。屏幕上只显示“有新消息”，不写内容。很多手机收不到，请照常打开来看。";
    push_on = "打开提醒";
    push_is_on = "这部手机会收到提醒。";
    push_off = "关闭提醒";
    push_blocked = "浏览器没有允许通知。请在浏览器或系统设置里允许本站通知，再试一次。";
    push_failed = "这部手机现在用不了提醒，可能是连不上推送服务。一切照常，请自己打开来看。";
    push_text = "有新消息，请打开查看。";
}

pub(crate) fn code_length(found: usize) -> String {
    format!("编码是 10 位，您输入了 {found} 位。")
}

pub(crate) fn code_character(what: char) -> String {
    format!("编码里没有「{what}」，请对照通知单再看一遍。")
}
