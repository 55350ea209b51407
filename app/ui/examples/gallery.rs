//! The style guide: every part in both languages, light, dark and in elder mode, as files to look at.
//!
//! `cargo run -p ui --example gallery --features ssr` writes `target/gallery/<language>-<look>.html`. Words here are
//! samples, not texts of the product.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use domain::Lang;
use leptos::prelude::*;
use ui::components::action::{Act, ButtonLink, RowLink, Submit, Weight};
use ui::components::choice::{Check, Choice, Pick, Segments, Tiles};
use ui::components::elevation::{Elevation, Facade, Pane, PaneNeed, Storey};
use ui::components::field::{Field, FieldKind, Select};
use ui::components::glyph::{Glyph, State};
use ui::components::icon::{Icon, door, food, need, ui as icon};
use ui::components::layout::{Bar, Calls, Document, Frame, Look, Plate, Theme};
use ui::components::message::{Empty, NotSent, Note, OutboxStrip, Tone};
use ui::components::progress::{Progress, Skeleton};
use ui::components::stepper::Stepper;
use ui::components::stop::{Door, Floor, Floors};
use ui::components::timeline::{Moment, Timeline};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = root.join("../../target/gallery");
    fs::create_dir_all(&out)?;
    for sheet in ["core", "desk"] {
        fs::write(out.join(format!("{sheet}.css")), style_sheet(&root.join("style").join(sheet))?)?;
    }
    for lang in Lang::ALL {
        let looks =
            [("light", false, Theme::Light), ("dark", false, Theme::Dark), ("elder", true, Theme::Light)];
        for (name, elder, theme) in looks {
            let look = Look { lang, elder, theme };
            let owner = Owner::new();
            let write = |part: &str, html: String| {
                fs::write(out.join(format!("{part}{}-{name}.html", lang.code())), html)
            };
            write("", owner.with(|| page(look, false, gallery).to_html()))?;
            write("board-", owner.with(|| page(look, true, board).to_html()))?;
            write("alarm-", owner.with(|| page(look, false, alarm).to_html()))?;
        }
    }
    Ok(())
}

/// The files of a folder in the order of their names, as the build joins them.
fn style_sheet(folder: &Path) -> io::Result<String> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files.iter().map(fs::read_to_string).collect()
}

/// The sample's words in one language.
fn say(lang: Lang, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

fn calls() -> Calls {
    Calls { community: "0371-0000 0000".to_owned(), emergency: "120".to_owned() }
}

fn page<V: IntoView + 'static>(look: Look, desk: bool, body: fn(Lang) -> V) -> impl IntoView {
    let lang = look.lang;
    let mut styles = vec!["core.css".to_owned()];
    styles.extend(desk.then(|| "desk.css".to_owned()));
    let bar = Bar {
        title: say(lang, "样式", "Style guide"),
        plate: Some("1101".to_owned()),
        detail: Some(say(lang, "3号楼 1单元", "Building 3, unit 1")),
        back: Some("#".to_owned()),
        switch: "#".to_owned(),
    };
    view! {
        <Document look title=bar.title.clone() styles>
            <Frame look bar calls=calls()>{body(lang)}</Frame>
        </Document>
    }
}

fn gallery(lang: Lang) -> impl IntoView {
    view! {
        <form method="post">
            {words_and_states(lang)}
            {lists(lang)}
            {questions(lang)}
            {drawings()}
            <Act>
                <Submit weight=Weight::Main icon=icon::BASKET onwards=true>{say(lang, "订菜", "Order food")}</Submit>
            </Act>
        </form>
    }
}

fn words_and_states(lang: Lang) -> impl IntoView {
    let states = [
        say(lang, "没有订单", "no order"),
        say(lang, "已下单", "ordered"),
        say(lang, "在路上", "on the way"),
        say(lang, "已送达", "delivered"),
        say(lang, "未送达", "failed"),
        say(lang, "说法不一", "disputed"),
        say(lang, "超时", "late"),
    ];
    let households = [
        say(lang, "确诊", "confirmed"),
        say(lang, "集中隔离", "in central quarantine"),
        say(lang, "居家隔离", "isolating at home"),
        say(lang, "行动不便", "cannot walk"),
    ];
    let glyphs = Glyph::STATES.into_iter().zip(states).chain(Glyph::HOUSEHOLD.into_iter().zip(households));
    view! {
        <p><Plate number="1101".to_owned() giant=true/></p>
        <p><Plate number="1102".to_owned() open=true/></p>
        <Note>{say(lang, "明天 9 点到 11 点送到。", "Comes tomorrow, 9 to 11.")}</Note>
        <Note tone=Tone::Warn icon=icon::BELL_OFF>{say(lang, "别按门铃，孩子在睡。", "Don't ring: the baby is asleep.")}</Note>
        <Note tone=Tone::Danger>{say(lang, "没有选满 5 样。", "Fewer than five are chosen.")}</Note>
        <OutboxStrip lang waiting=3 refused=false href="#"/>
        <Progress lang done=14 total=38 what=say(lang, "已送户数", "doors done")/>
        <p>{glyphs.map(|(glyph, word)| view! { <State glyph word/> <br/> }).collect_view()}</p>
        <Skeleton lang lines=3/>
        <Empty icon=icon::BELL title=say(lang, "还没有通知", "No notices yet")>
            <p>{say(lang, "有通知时会显示在这里。", "They will show here.")}</p>
        </Empty>
    }
}

fn lists(lang: Lang) -> impl IntoView {
    let moment = |glyph, zh: &str, en: &str, when: &str, detail: Option<String>| Moment {
        glyph,
        what: say(lang, zh, en),
        when: when.to_owned(),
        exact: None,
        detail,
    };
    let unsigned = say(lang, "没有信号时标记，14:32 发出", "marked without signal, sent 14:32");
    let door = |number: &str, gets: &str, glyph, next| Door {
        href: "#".to_owned(),
        number: number.to_owned(),
        gets: gets.to_owned(),
        glyph,
        word: "state".to_owned(),
        next,
    };
    let floor =
        |number: u8, doors| Floor { name: say(lang, &format!("{number} 层"), &format!("{number}F")), doors };
    view! {
        <section class="card">
            <h2>{say(lang, "明天：2 份", "Tomorrow: 2 boxes")}</h2>
            <Timeline moments=vec![
                moment(Glyph::Full, "已下单", "ordered", "10:02", None),
                moment(Glyph::Half, "在路上", "on the way", "14:05", Some(unsigned)),
                moment(Glyph::Open, "送到门口", "at your door", "", None),
            ]/>
            <div class="pair">
                <ButtonLink href="#">{say(lang, "改订单", "Change")}</ButtonLink>
                <ButtonLink href="#" weight=Weight::Danger>{say(lang, "取消", "Cancel")}</ButtonLink>
            </div>
        </section>
        <div class="rows">
            <RowLink href="#" icon=icon::HOME title=say(lang, "我家", "My household") detail=say(lang, "1 件诉求", "1 open need")/>
            <RowLink href="#" icon=icon::BELL title=say(lang, "通知", "Notices") tag=say(lang, "1 条新", "1 new")/>
        </div>
        <Floors floors=vec![
            floor(18, vec![door("1801", "–", Glyph::None, false), door("1802", "A B", Glyph::Full, false)]),
            floor(17, vec![door("1701", "C", Glyph::Open, true), door("1702", "A×2", Glyph::Crossed, false)]),
        ]/>
    }
}

fn questions(lang: Lang) -> impl IntoView {
    let items = [("土豆", "potatoes"), ("菠菜", "spinach"), ("豆腐", "tofu"), ("苹果", "apples")];
    let items = items.iter().map(|(zh, en)| Choice::new(*en, say(lang, zh, en)).about("0.5 kg")).collect();
    let categories = vec![
        Choice::new("medical", say(lang, "看病就医", "Doctor, hospital")).drawn(need::MEDICAL),
        Choice::new("medicine", say(lang, "买药", "Medicine")).drawn(need::MEDICINE),
    ];
    let who = vec![
        Choice::new("us", say(lang, "我家", "Us")),
        Choice::new("other", say(lang, "别人", "Somebody else")),
    ];
    view! {
        <div class="offer">
            {food::VEGETABLE.view()}
            <div>
                <h2>{say(lang, "蔬菜套餐", "Vegetable box")}</h2>
                <p class="small quiet">{say(lang, "土豆、大白菜、西红柿", "potatoes, cabbage, tomatoes")}</p>
            </div>
            <p class="price"><b>"30.00"</b></p>
            <Stepper lang name="a" what=say(lang, "蔬菜套餐", "Vegetable box") value=1 max=2/>
        </div>
        <Tiles name="pick" legend=say(lang, "选 3 样", "Choose 3") pick=Pick::Several choices=items
            values=vec!["tofu".to_owned()] counted=say(lang, "/ 3 样已选", "of 3 chosen")/>
        <Tiles name="kind" legend=say(lang, "是哪方面的事？", "What is it about?") pick=Pick::One choices=categories
            values=vec!["medicine".to_owned()]/>
        <Segments name="who" legend=say(lang, "谁需要？", "Who is it for?") choices=who value="us"/>
        <Field lang name="text" kind=FieldKind::Words label=say(lang, "请说说情况", "Tell us in your words")
            hint=say(lang, "最多 250 字", "At most 250 characters") error=say(lang, "请写一句话。", "Please write a sentence.")/>
        <Field lang name="code" kind=FieldKind::Code label=say(lang, "信上的码", "The code on the letter") value="7K3QP9XM2D"/>
        <Field lang name="tel" kind=FieldKind::Tel label=say(lang, "回电号码", "Number to call back") optional=true/>
        <Select name="building" label=say(lang, "楼栋", "Building") options=vec![("3".into(), "3".into())]/>
        <Check name="urgent" words=say(lang, "很急，等不了", "It can't wait")/>
        <div class="chips">
            <Submit icon=door::LEFT_AT_DOOR>{say(lang, "放门口", "Left at the door")}</Submit>
            <Submit icon=door::NOBODY_HOME>{say(lang, "没人应", "Nobody home")}</Submit>
        </div>
        <Submit weight=Weight::Bare>{say(lang, "撤回", "Undo")}</Submit>
    }
}

fn drawings() -> impl IntoView {
    let foods = [
        food::VEGETABLE,
        food::MEAT_AND_EGG,
        food::BEEF,
        food::STAPLES,
        food::INFANT,
        food::LOW_SUGAR,
        food::BASKET,
        food::BOX,
    ];
    let icons = [
        need::MEDICAL,
        need::MEDICINE,
        need::REPAIR,
        need::FOOD,
        need::EDUCATION,
        need::HEALTH_CODE,
        need::TRAFFIC,
        need::POLICY,
        need::COUNSELLING,
        need::COMPLAINT,
        need::SUGGESTION,
        need::PRAISE,
        door::DOOR,
        door::BOX,
        door::PARCEL,
        door::ERRAND,
        door::LETTER,
        door::RUBBISH,
        door::KNOCK,
        door::SAMPLE,
        door::HANDED,
        door::LEFT_AT_DOOR,
        door::NEIGHBOUR,
        door::NOBODY_HOME,
        door::NO_ACCESS,
        door::REFUSED,
        door::WRONG_ADDRESS,
        door::DAMAGED,
        door::OTHER,
        icon::SCAN,
        icon::TORCH,
        icon::KEYBOARD,
        icon::PHONE,
        icon::AMBULANCE,
        icon::GLOBE,
        icon::ROUND,
        icon::TRUCK,
        icon::NO_SIGNAL,
        icon::ON_PHONE,
        icon::SEND,
        icon::PRINTER,
        icon::HAND_OVER_PHONE,
    ];
    view! {
        <div class="figures">{foods.map(food::Food::view).collect_view()}</div>
        <div class="figures">{icons.map(Icon::view).collect_view()}</div>
    }
}

fn board(lang: Lang) -> impl IntoView {
    let glyphs =
        [Glyph::Open, Glyph::Full, Glyph::None, Glyph::Crossed, Glyph::Half, Glyph::Disputed, Glyph::Full];
    let house = |name: u8, floors: usize, units: usize| {
        let pane = |floor: usize, unit: usize, room: usize| {
            let place = floor * 5 + unit * 3 + room;
            let number = format!("{floor}0{room}");
            Pane {
                href: "#".to_owned(),
                words: format!("{number}: {place}"),
                number,
                glyph: glyphs[place % glyphs.len()],
                need: match place % 17 {
                    3 => Some(PaneNeed::Open),
                    9 => Some(PaneNeed::Urgent),
                    _ => None,
                },
                health: (place % 13 == 4).then(|| Glyph::HOUSEHOLD[place % 4]),
            }
        };
        let storey = |floor: usize| Storey {
            name: floor.to_string(),
            units: (0..units)
                .map(|unit| (1..=2).map(|room| Some(pane(floor, unit, room))).collect())
                .collect(),
        };
        Facade {
            name: say(lang, &format!("{name}号楼"), &format!("Building {name}")),
            counts: format!("14 / {}", floors * units * 2),
            units: (1..=units)
                .map(|unit| say(lang, &format!("{unit}单元"), &format!("Unit {unit}")))
                .collect(),
            storeys: (1..=floors).rev().map(storey).collect(),
        }
    };
    view! {
        <div class="street">
            <Elevation facade=house(1, 7, 3)/>
            <Elevation facade=house(2, 11, 2)/>
        </div>
    }
}

fn alarm(lang: Lang) -> impl IntoView {
    view! { <NotSent lang about="1".to_owned() place=String::new() what=say(lang, "胰岛素今晚就没有了", "The insulin runs out tonight") calls=calls() refused=false/> }
}
