//! 中文：通行密钥的文字。

words! {
    title = "通行密钥";
    lead = "有了通行密钥，用手机自己的指纹、人脸或锁屏密码就能再次登录，不用邀请，也不用记密码。";
    none_yet = "还没有通行密钥";
    none_yet_more = "没有它，退出登录后要请社区重新发邀请。";
    some_device = "某台设备";
    never_used = "还没用过";
    remove = "取消";
    remove_hint = "取消后，谁也不能再用它登录。已经登录的手机不受影响，要由社区停用。";
    add = "添加通行密钥";
    add_how = "请在只有您自己用的设备上添加。";
    add_button = "在这台设备上添加";
    add_none = "这个浏览器不能添加通行密钥。请用近两年的 Chrome、Edge、Safari 或 Firefox 打开本页，并允许 JavaScript；在那之前，用社区发的邀请登录。";
    enter = "社区工作人员、楼栋管家、供应商：用通行密钥";
    enter_button = "用通行密钥登录";
    enter_none = "这个浏览器不支持通行密钥。请打开社区发给您的邀请链接，或者请社区重新发一个。";
    no_address = "通行密钥只能在有域名的 https 网址上使用，这个网址不行。请告诉管理服务器的人，在那之前用邀请登录。";
    cancelled = "没有完成：可能取消了，也可能这台设备上没有这里的通行密钥。请再试一次，或者打开社区发的邀请。";
    there = "这台设备上已经有您的通行密钥。";
    refused = "这把通行密钥在这里用不了，可能已经被取消。请社区重新发一个邀请。";
    late = "页面打开太久，已经重新加载。请再按一次。";
    failed = "没有成功：可能没有网络，或者服务器正忙。请稍后再试。";
    desk_hint = "设备丢了：取消它的通行密钥，再在下面停用那部手机。";
    link = "通行密钥";
    this_device = "这部手机：字号、通行密钥、退出登录";
}

pub(crate) fn made(when: &str) -> String {
    format!("{when} 添加")
}

pub(crate) fn last_used(when: &str) -> String {
    format!("上次使用 {when}")
}
