//! A door's page at the desk: marks to look at, jobs more and less, marks keyed in. Through the whole server.

use domain::actor::{Role, Signed};
use domain::fact::{Body as What, DoorCheck, Load, Mark, OrderSet, Verdict};
use domain::job::{JobRef, Outcome};
use domain::wire::{Acknowledged, Flag};
use domain::{BuildingId, DoorId, FactId, Millis};
use http::StatusCode;

use super::stage::{DELIVERING, DESK, HERE, NOON, Phone, STEWARD, SUPPLIER, Stage, fact, order};

const DOOR: &str = "/desk/door/1";

/// The household behind door 1 gets a box in the run that is being delivered.
async fn ordered() -> (Stage, Phone) {
    let stage = Stage::new().await;
    stage.state.clock().set(NOON + -20 * Millis::HOUR);
    let phone = stage.resident(HERE).await;
    let What::Order(open) = order(HERE, "A", 1, None) else { panic!("an order") };
    let at = stage.state.now();
    stage.hand_in_facts(&phone, &[fact(at, What::Order(OrderSet { run: DELIVERING, ..open }))]).await;
    stage.state.clock().set(NOON);
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    (stage, desk)
}

fn handed_over() -> What {
    let jobs = vec![(JobRef::Order(HERE), Outcome::Done)];
    What::Mark(Mark { run: DELIVERING, door: DoorId(1), jobs, by: DoorCheck::Listed, happened: None })
}

/// The hidden fields of the form of an act, as the page holds them.
pub(super) fn form_of(page: &str, act: &str) -> Vec<(String, String)> {
    let forms = page.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap_or_default());
    let named = format!("name=\"act\" value=\"{act}\"");
    let form = forms.into_iter().find(|form| form.contains(&named)).expect("the form is there");
    let fields = form.split("type=\"hidden\"").skip(1).map(|field| {
        let of = |name: &str| {
            let (_, rest) = field.split_once(&format!(" {name}=\"")).expect("an attribute");
            let value = rest.split('"').next().expect("its value");
            value.replace("&quot;", "\"").replace("&amp;", "&")
        };
        (of("name"), of("value"))
    });
    fields.collect()
}

async fn presses(
    stage: &Stage,
    desk: &Phone,
    page: &str,
    act: &str,
    more: &[(&str, &str)],
) -> super::stage::Came {
    let fields = form_of(page, act);
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    fields.extend_from_slice(more);
    stage.form(Some(desk), "/act", &fields).await
}

#[tokio::test]
async fn a_mark_from_a_lost_phone_waits_for_the_desk_which_confirms_it() {
    let (stage, desk) = ordered().await;
    let steward = Signed::Person(STEWARD, Role::Steward);
    let lost = stage.phone(steward).await;
    assert_eq!(stage.get(Some(&lost), "/round").await.status, StatusCode::OK, "its session is remembered");
    let phones = stage.state.store().phones(&stage.state.config().community, steward, NOON).await;
    let handle = phones.expect("phones")[0].handle.clone();
    stage.form(Some(&desk), "/desk/people/1/revoke", &[("handle", &handle)]).await;
    assert_eq!(stage.get(Some(&lost), "/round").await.location(), Some("/"), "out at once, not in a minute");

    let answers = stage.hand_in_facts(&lost, &[fact(NOON, handed_over())]).await;
    let unconfirmed = Verdict::Flagged(Flag::Unconfirmed);
    assert_eq!(answers.answers[0].answer, Acknowledged::Stored(unconfirmed));
    let resident = stage.resident(HERE).await;
    assert!(!stage.get(Some(&resident), "/household").await.body.contains("当面交付"), "not before the desk");

    let page = stage.get(Some(&desk), DOOR).await.body;
    assert!(page.contains("来自已挂失的手机") && page.contains("不算数") && page.contains("待送"), "{page}");
    let done = presses(&stage, &desk, &page, "confirm", &[]).await;
    assert_eq!(done.location(), Some("/desk/door/1?done=confirmed"));
    let page = stage.get(Some(&desk), "/desk/door/1?done=confirmed").await.body;
    assert!(
        page.contains("已确认。") && page.contains("已送达") && !page.contains("来自已挂失的手机"),
        "{page}"
    );
    let told = stage.get(Some(&resident), "/household").await.body;
    assert!(told.contains("当面交付") && told.contains("补录") && !told.contains("当时没有信号"), "{told}");
}

#[tokio::test]
async fn what_the_desk_turns_down_is_still_to_be_brought_and_the_household_hears_nothing() {
    let (stage, desk) = ordered().await;
    let steward = Signed::Person(STEWARD, Role::Steward);
    let lost = stage.phone(steward).await;
    let (store, c) = (stage.state.store(), &stage.state.config().community);
    let phone = store.phones(c, steward, NOON).await.expect("phones").remove(0);
    store.revoke(c, steward, &phone, NOON).await.expect("revoked");
    stage.hand_in_facts(&lost, &[fact(NOON, handed_over())]).await;
    let page = stage.get(Some(&desk), DOOR).await.body;
    let done = presses(&stage, &desk, &page, "undo", &[]).await;
    let page = stage.get(Some(&desk), done.location().expect("led on")).await.body;
    assert!(page.contains("已作废") && page.contains("待送") && !page.contains("请核对这条记录"), "{page}");
    let resident = stage.resident(HERE).await;
    let told = stage.get(Some(&resident), "/household").await.body;
    assert!(!told.contains("当面交付") && !told.contains("撤回"), "{told}");
}

#[tokio::test]
async fn a_job_more_is_shown_marked_from_paper_and_dropped_while_nobody_did_it() {
    let (stage, desk) = ordered().await;
    let page = stage.get(Some(&desk), DOOR).await.body;
    for text in ["药店取药", "快递两件"] {
        let page = stage.get(Some(&desk), DOOR).await.body;
        let added =
            presses(&stage, &desk, &page, "add_job", &[("run", "2"), ("says", "errand"), ("text", text)])
                .await;
        assert_eq!(added.location(), Some("/desk/door/1?done=added"));
    }
    assert!(!page.contains("取消这件事"), "an order is not a job to drop");
    let page = stage.get(Some(&desk), DOOR).await.body;
    assert!(page.contains("药店取药") && page.contains("快递两件"), "{page}");

    // One is dropped; the other is marked from paper, with words.
    let dropped = presses(&stage, &desk, &page, "drop_job", &[]).await;
    assert_eq!(dropped.location(), Some("/desk/door/1?done=dropped"));
    let page = stage.get(Some(&desk), DOOR).await.body;
    let left = page.split("name=\"about\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let left: FactId = left.expect("one is left").parse().expect("a fact");
    let job = format!("j{left}");
    let wrong = [("job", job.as_str()), ("o", "neighbour"), ("note", "302"), ("at", "2026-12-22T09:00")];
    let refused = presses(&stage, &desk, &page, "paper_mark", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a time next month");
    assert!(refused.body.contains("没有保存") && refused.body.contains("302"), "nothing typed is lost");
    let right = [&wrong[..3], &[("at", "2026-11-22T11:00")]].concat();
    let keyed = presses(&stage, &desk, &page, "paper_mark", &right).await;
    assert_eq!(keyed.location(), Some("/desk/door/1?done=keyed"));
    let page = stage.get(Some(&desk), DOOR).await.body;
    assert!(page.contains("已交邻居代收（302）") && !page.contains("取消这件事"), "{page}");
}

#[tokio::test]
async fn an_order_for_a_caller_goes_to_the_window_that_is_open_and_a_late_one_says_what_it_is() {
    let (stage, desk) = ordered().await;
    let sealed = stage.form(Some(&desk), "/desk/windows/seal", &[("run", "2")]).await;
    assert_eq!(sealed.location(), Some("/desk/windows/2?did=sealed"));
    let page = stage.get(Some(&desk), DOOR).await.body;
    let (before, late) = page.split_once("/behalf/1/order?run=2").expect("the late order");
    assert!(before.contains("/behalf/1/order?run=1") && before.contains("代为订餐"), "the open one first");
    assert!(late.split("</a>").next().unwrap_or_default().contains("补单："), "{late}");

    let form = stage.get(Some(&desk), "/behalf/1/order?run=2").await.body;
    assert!(form.contains("分拣单已定"), "{form}");
    let review = stage.get(Some(&desk), "/behalf/1/order?run=2&boxes-A=2&review=yes").await.body;
    assert!(review.contains("分拣单已定") && review.contains("/desk/door/1?done=ordered"), "{review}");
    assert!(!stage.get(Some(&desk), "/behalf/1/order?run=1").await.body.contains("分拣单已定"));
    let page = stage.get(Some(&desk), "/desk/door/1?done=ordered").await.body;
    assert!(page.contains("订单已保存"), "{page}");
}

#[tokio::test]
async fn a_day_without_orders_still_has_its_errands_from_the_desk_to_the_household() {
    let (stage, desk) = ordered().await;
    let page = stage.get(Some(&desk), DOOR).await.body;
    assert!(page.contains("/desk/errands?door=1"), "{page}");
    let form = stage.get(Some(&desk), "/desk/errands?door=1").await.body;
    assert!(
        form.contains("value=\"2026-11-22T12:00\"") && form.contains("value=\"2026-11-22T21:00\""),
        "{form}"
    );
    let typed = |to| {
        [
            ("run", "0"),
            ("door", "1"),
            ("compound", "1"),
            ("delivery_from", "2026-11-22T14:00"),
            ("delivery_to", to),
        ]
    };
    let wrong = stage.form(Some(&desk), "/desk/errands", &typed("2026-11-22T13:00")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
    assert!(wrong.body.contains("2026-11-22T13:00") && wrong.body.contains("name=\"door\" value=\"1\""));
    // Sent twice, it is one day of errands.
    for _ in 0..2 {
        let planned = stage.form(Some(&desk), "/desk/errands", &typed("2026-11-22T18:00")).await;
        assert_eq!(planned.location(), Some("/desk/door/1?done=planned"));
    }
    let community =
        stage.state.communities().newest(&stage.state.config().community, NOON).await.expect("read");
    let errands: Vec<_> =
        community.community.windows.values().filter(|window| !window.takes_orders()).collect();
    let run = errands[0].run.to_string();
    assert_eq!(errands.len(), 1);

    let page = stage.get(Some(&desk), DOOR).await.body;
    assert!(page.contains("的跑腿") && !page.contains("/desk/errands?door=1"), "{page}");
    let (_, card) = page.split_once("的跑腿").expect("a card of its own");
    let job = [("run", run.as_str()), ("says", "medicine"), ("text", "门口有袋子")];
    let added = presses(&stage, &desk, card, "add_job", &job).await;
    assert_eq!(added.location(), Some("/desk/door/1?done=added"));

    // The steward has it on the round and does it; the household reads what is coming and that it came.
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let round = stage.get(Some(&steward), &format!("/round?run={run}")).await.body;
    assert!(round.contains("送药"), "{round}");
    let resident = stage.resident(HERE).await;
    let told = stage.get(Some(&resident), "/household").await.body;
    assert!(told.contains("送药") && told.contains("门口有袋子"), "{told}");
    // Nobody can order in it, and the supplier hears nothing of it.
    assert!(!stage.get(Some(&resident), "/").await.body.contains(&format!("/order?run={run}")));
    let lists = stage.get(Some(&desk), "/desk/picklist").await.body;
    assert!(!lists.contains(&format!("/desk/picklist/{run}")), "{lists}");
    let list = stage.get(Some(&desk), "/desk/windows").await.body;
    assert!(list.contains("跑腿，不订餐"), "{list}");
    let window = stage.get(Some(&desk), &format!("/desk/windows/{run}")).await.body;
    assert!(window.contains(&format!("/desk/errands?run={run}")) && !window.contains("停止下单"), "{window}");
}

#[tokio::test]
async fn the_pick_list_says_which_boxes_taken_at_the_gate_have_no_door() {
    let (stage, desk) = ordered().await;
    let list = || stage.get(Some(&desk), "/desk/picklist/2");
    assert!(!list().await.body.contains("卡口清点"), "nobody was at the gate");
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let load =
        |taken, returned| What::Load(Load { run: DELIVERING, building: BuildingId(1), taken, returned });
    stage.hand_in_facts(&steward, &[fact(NOON, load(2, 0))]).await;
    let page = list().await.body;
    assert!(page.contains("卡口清点") && page.contains("领取数和订单数不同"), "{page}");
    stage.hand_in_facts(&steward, &[fact(NOON, handed_over())]).await;
    assert!(list().await.body.contains("还有餐盒没有着落"), "everybody was visited, and one box is nowhere");
    stage.hand_in_facts(&steward, &[fact(NOON, load(0, 1))]).await;
    let page = list().await.body;
    assert!(page.contains("领取数和订单数不同") && !page.contains("还有餐盒没有着落"), "{page}");
    let supplier = stage.phone(Signed::Person(SUPPLIER, Role::Supplier)).await;
    assert!(
        !stage.get(Some(&supplier), "/desk/picklist/2").await.body.contains("卡口清点"),
        "the desk's alone"
    );
}
