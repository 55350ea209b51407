//! 中文：服务台看到的卡口清点。

words! {
    title = "卡口清点";
    building = "楼栋";
    due = "应领";
    taken = "已领";
    delivered = "送达";
    returned = "退回";
    left = "还差";
    not_as_ordered = "领取数和订单数不同，请问领取人。";
    too_many = "送达加退回比领取的多，请核对领取数和退回数。";
    missing = "每户都去过了，还有餐盒没有着落，请问配送人。";
}
