//! The desk corrects its ledger and imports it again, and again.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::fold::fold;
use super::tests::{LEDGER, read};
use super::*;
use crate::community::Places;
use crate::ids::{CompoundId, HouseholdId};

/// What the desk keeps: the places, and apart from them numbers and care remarks.
#[derive(Default)]
struct Desk {
    places: Places,
    private: BTreeMap<HouseholdId, (Option<Phone>, String)>,
}

impl Desk {
    fn after(preview: &Preview) -> Self {
        let mut desk = Self::default();
        desk.confirms(preview, &[]);
        desk
    }

    fn imports(&self, preview: &Preview) -> LedgerDiff {
        let private =
            |id| self.private.get(&id).map_or((None, ""), |(phone, care)| (phone.clone(), care.as_str()));
        diff(&kept(&self.places, private).collect::<Vec<_>>(), preview)
    }

    fn confirms(&mut self, preview: &Preview, gone: &[HouseholdId]) -> Merged {
        let (diff, fresh) = (self.imports(preview), FreshIds::after(&self.places));
        let merged = merge(&self.places, preview, &diff, &gone.iter().copied().collect(), fresh);
        self.places = merged.places.clone();
        for update in &merged.private {
            let (phone, care) = self.private.entry(update.household).or_default();
            *phone = update.phone.clone().or(phone.take());
            *care = update.care.clone().map_or(std::mem::take(care), |care| care.0);
        }
        merged
    }
}

#[test]
fn importing_the_same_file_twice_changes_nothing() {
    let preview = read(LEDGER);
    let diff = Desk::after(&preview).imports(&preview);
    assert_eq!(diff.unchanged.len(), 4);
    assert_eq!((diff.added.len(), diff.changed.len(), diff.not_in_file.len()), (0, 0, 0));
}

#[test]
fn a_corrected_file_updates_and_names_who_is_gone() {
    let desk = Desk::after(&read(LEDGER));
    let corrected = read(
        "小区|楼栋|单元|房号|户主|联系电话|人数|备注\n\
         北林新苑|1|1|201|住户乙|00000000002|4|=1+1\n\
         北林新苑|2|2|1101|住户 丙|00000000003|4|勿按门铃，有婴儿\n\
         北林新苑|1|1|101|住户丁丁|00000000004|1|\n\
         北林新苑|2|2|1102|住户新|00000000009|1|",
    );
    let diff = desk.imports(&corrected);
    let changed: Vec<_> = diff.changed.iter().map(|changed| (changed.id.0, changed.what.clone())).collect();
    // Care, language and age are not columns of the new file: it says nothing about them.
    assert_eq!(changed, [(2, vec![Field::People]), (4, vec![Field::Holder])]);
    assert_eq!(diff.unchanged, [(HouseholdId(3), 1)]);
    assert_eq!(diff.added, [3]);
    assert_eq!(diff.not_in_file, [HouseholdId(1)]);
}

#[test]
fn a_diet_is_corrected_and_a_file_without_the_column_leaves_it() {
    let mut desk = Desk::after(&read("小区|楼栋|房号|户主|饮食\n甲苑|1|101|张三|素食"));
    let kept = |desk: &Desk| desk.places.households[&HouseholdId(1)].diets.len();
    assert_eq!(kept(&desk), 1);
    let silent = read("小区|楼栋|房号|户主\n甲苑|1|101|张三");
    assert!(desk.imports(&silent).changed.is_empty());
    let corrected = read("小区|楼栋|房号|户主|饮食\n甲苑|1|101|张三|素食、清真");
    assert_eq!(desk.imports(&corrected).changed[0].what, [Field::Diet]);
    desk.confirms(&corrected, &[]);
    assert_eq!(kept(&desk), 2);
}

#[test]
fn a_new_name_and_number_behind_an_old_door_is_a_new_household() {
    let desk = Desk::after(&read("小区|楼栋|房号|户主|电话|人数\n甲苑|1|101|张三|111111|2"));
    let next = read("小区|楼栋|房号|户主|电话|人数\n甲苑|1|101|李四|222222|2");
    let diff = desk.imports(&next);
    assert_eq!((diff.added, diff.not_in_file), (vec![0], vec![HouseholdId(1)]));
}

#[test]
fn a_household_that_moved_within_the_community_stays_itself() {
    let desk = Desk::after(&read(
        "小区|楼栋|房号|户主|电话|人数\n甲苑|1|101|张三|111111|2\n甲苑|1|102|李四|222222|2",
    ));
    let next = read("小区|楼栋|房号|户主|电话|人数\n甲苑|2|1101|张三|11-1111|2\n甲苑|1|102|李四|222222|2");
    let diff = desk.imports(&next);
    assert_eq!(diff.changed[0].what, [Field::Place, Field::Phone]);
    assert!(diff.added.is_empty() && diff.not_in_file.is_empty());
}

#[test]
fn a_rejected_row_and_a_building_left_out_make_nobody_disappear() {
    let desk = Desk::after(&read(
        "小区|楼栋|房号|户主|人数\n甲苑|1|101|张三|2\n甲苑|1|102|李四|2\n甲苑|2|101|王五|2",
    ));
    let next = read("小区|楼栋|房号|户主|人数\n甲苑|1|101|张三|两个\n甲苑|1|102|李四|2");
    let diff = desk.imports(&next);
    assert_eq!(diff.in_rejected_row, [(HouseholdId(1), At { sheet: 0, row: 2 })]);
    assert_eq!(diff.elsewhere, [HouseholdId(3)]);
    assert!(diff.not_in_file.is_empty());
}

#[test]
fn a_confirmed_import_keeps_ids_and_takes_away_only_what_the_desk_says() {
    let mut desk = Desk::after(&read(LEDGER));
    let before = desk.places.clone();
    assert_eq!(
        (before.compounds.len(), before.buildings.len(), before.doors.len(), before.households.len()),
        (1, 2, 3, 4)
    );
    let next = read(
        "小区|楼栋|单元|房号|户主|联系电话|人数|特殊情况\n\
         北林新苑小区|1|1|201|住户乙|00000000022|3|\n\
         北林新苑|2|2|1101|住户丙|00000000003|5|化疗\n\
         北林新苑|3|1|101|住户新|00000000009|1|",
    );
    let merged = desk.confirms(&next, &[HouseholdId(1)]);
    assert_eq!(merged.households, [HouseholdId(2), HouseholdId(3), HouseholdId(5)]);
    let home = |id| desk.places.households[&HouseholdId(id)].door;
    assert_eq!(home(1), None, "the desk said that they moved out");
    assert_eq!(home(4), before.households[&HouseholdId(4)].door, "nobody said anything about them");
    assert_eq!(
        (desk.places.doors.len(), desk.places.compounds[&CompoundId(1)].name.as_str()),
        (4, "北林新苑")
    );
    assert_eq!(desk.places.households[&HouseholdId(3)].people, 5);
    let (phone, care) = &desk.private[&HouseholdId(2)];
    assert_eq!((phone.as_ref().map(Phone::as_str), care.as_str()), (Some("00000000022"), ""));
    assert_eq!(desk.private[&HouseholdId(3)].1, "化疗");
    assert!(desk.imports(&next).changed.is_empty());
}

#[test]
fn an_undone_household_never_lends_its_id_to_another() {
    let first = Desk::after(&read("小区|楼栋|房号|户主\n甲苑|1|101|张三"));
    let more = read("小区|楼栋|房号|户主\n甲苑|1|101|张三\n甲苑|1|102|李四");
    let undone =
        merge(&first.places, &more, &first.imports(&more), &[].into(), FreshIds::after(&first.places));
    assert_eq!(undone.households[1], HouseholdId(2));
    let other = read("小区|楼栋|房号|户主\n甲苑|1|101|张三\n甲苑|1|103|王五");
    let again = merge(&first.places, &other, &first.imports(&other), &[].into(), undone.fresh);
    assert_eq!(again.households[1], HouseholdId(3));
}

/// Cells as desks write them, well and badly.
fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[1-3１-３](号楼|栋|#|单元|室|楼|层)?",
        "[0-9０-９]{1,5}",
        "(地下|负|-|B)?[1-9]0[1-4](室|-1)?",
        "(小区|楼栋|单元|房号|户主|电话|人数|60岁以上|语言|特殊情况|备注|地址|楼层)",
        "(Building|Unit|Room|Floor|No\\.|Bldg)[ .]?[0-9A-Z]{0,4}",
        "[甲乙丙十百零〇一二三]{1,4}(号楼|单元)?",
        "\\PC{0,12}",
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn any_cells_are_read_without_a_panic_and_every_row_is_accounted_for(
        rows in prop::collection::vec(prop::collection::vec(any_cell(), 0..14), 0..30),
        with_header in any::<bool>(),
    ) {
        let mut rows = rows;
        if with_header {
            let names = "小区|楼栋|单元|楼层|房号|户主|电话|人数|60岁以上|语言|特殊情况|备注|地址";
            rows.insert(0, names.split('|').map(str::to_owned).collect());
        }
        let sheets = [Sheet { name: "1号楼".into(), rows }];
        let options = Options { compound: Some("甲苑".into()) };
        if let Ok(preview) = preview(&sheets, &options) {
            let rows = preview.households.len() + preview.duplicates.len() + preview.rejected.len() + preview.skipped.len();
            prop_assert_eq!(u32::try_from(rows).expect("few") + preview.blank_rows, preview.rows_read);
            for household in &preview.households {
                prop_assert!(household.over_60 <= household.people && household.people <= MAX_PEOPLE);
                prop_assert!((1..=99).contains(&household.place.spot.unit));
            }
            let desk = Desk::after(&preview);
            prop_assert_eq!(desk.places.households.len(), preview.households.len());
            let diff = desk.imports(&preview);
            prop_assert_eq!(diff.unchanged.len(), preview.households.len());
            prop_assert!(diff.added.is_empty() && diff.changed.is_empty());
        }
    }

    #[test]
    fn two_previews_diff_without_losing_anybody(
        old in prop::collection::vec(household_row(), 0..12),
        new in prop::collection::vec(household_row(), 0..12),
    ) {
        let (old, new) = (read(&ledger_of(&old)), read(&ledger_of(&new)));
        let mut desk = Desk::after(&old);
        let diff = desk.imports(&new);
        let olds = diff.unchanged.len() + diff.changed.len() + diff.not_in_file.len() + diff.elsewhere.len() + diff.in_rejected_row.len();
        prop_assert_eq!(olds, old.households.len());
        prop_assert_eq!(diff.unchanged.len() + diff.changed.len() + diff.added.len(), new.households.len());
        let before = desk.places.clone();
        let gone: Vec<HouseholdId> = diff.not_in_file.clone();
        desk.confirms(&new, &gone);
        prop_assert_eq!(desk.imports(&new).unchanged.len(), new.households.len(), "confirming it leaves nothing to do");
        for (id, household) in &before.households {
            prop_assert_eq!(desk.places.households[id].door.is_none(), gone.contains(id) || household.door.is_none());
        }
    }

    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,20}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }
}

fn household_row() -> impl Strategy<Value = String> {
    (1..3u8, 1..4u8, "(张三|李四)?", "(111111|222222)?", 1..3u8).prop_map(
        |(building, room, holder, phone, people)| {
            format!("甲苑|{building}|10{room}|{holder}|{phone}|{people}")
        },
    )
}

fn ledger_of(rows: &[String]) -> String {
    format!("小区|楼栋|房号|户主|电话|人数\n甲苑|9|101|王五||1\n{}", rows.join("\n"))
}
