//! 中文：给运行服务器的人看的文字，显示在终端上。

words! {
    acme_wrong_contact = "证书机构不接受 --acme-contact 里的邮箱。请改正，或者不写。";
    acme_no_authority = "连不上颁发证书的机构。请检查这台机器能不能上网，时间准不准。";
    acme_not_an_authority = "--acme-directory 的地址不是颁发证书的机构。请核对网址。";
    acme_disk = "证书文件读不出或写不进。请查看数据文件夹里的 acme 文件夹；坏掉的文件可以删除，会重新申请。";
}

pub(crate) fn acme_asking(domain: &str, authority: &str) -> String {
    format!("正在向 {authority} 申请 {domain} 的证书……")
}

pub(crate) fn acme_got(domain: &str, until: &str) -> String {
    format!("{domain} 的证书有效期到 {until}，到期前会自动更换。")
}

pub(crate) fn acme_again(minutes: u32, ends: &str) -> String {
    let now = match ends {
        "" => "在那之前，手机打不开本服务器。".to_owned(),
        ends => format!("现在的证书 {ends} 到期，在那之前手机不受影响。"),
    };
    format!("{minutes} 分钟后自动再试，不用重新启动。{now}")
}

pub(crate) fn acme_with_reason(what: &str, said: &str) -> String {
    format!("{what}（{said}）")
}

pub(crate) fn acme_no_name(domain: &str) -> String {
    format!(
        "没有拿到证书：{domain} 没有解析。请到域名服务商那里加一条 A 记录，指向这台机器的公网地址；生效可能要一个小时。"
    )
}

pub(crate) fn acme_no_answer(domain: &str) -> String {
    format!(
        "没有拿到证书：{domain} 的 443 端口没有应答。请在路由器上把 443 端口转到本服务器的端口，并在防火墙上放行。"
    )
}

pub(crate) fn acme_not_here(domain: &str) -> String {
    format!(
        "没有拿到证书：证书机构访问了 {domain} 的 443 端口，找到的不是本服务器。可能域名指向了别的机器，可能那里是别的程序或代理在应答，也可能端口没有开放。"
    )
}

pub(crate) fn acme_not_allowed(domain: &str) -> String {
    format!("没有拿到证书：{domain} 的 CAA 记录只允许其他机构颁发。请到域名服务商那里加上这一家。")
}

pub(crate) fn acme_wrong_name(domain: &str) -> String {
    format!("没有拿到证书：这家机构不给 {domain} 颁发证书。请使用公开注册的域名。")
}

pub(crate) fn acme_too_often(domain: &str) -> String {
    format!("还没有拿到证书：为 {domain} 申请过于频繁。请让服务器继续运行，重新启动只会更慢。")
}

pub(crate) fn acme_other(domain: &str) -> String {
    format!("没有拿到 {domain} 的证书。")
}
