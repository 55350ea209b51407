//! Every kind of row, as it stands in tables, and what is none.

use super::*;
use proptest::prelude::*;

fn read_all(rows: &str) -> Result<Chunk, NotRows> {
    let mut chunk = Chunk::default();
    read(rows, &mut chunk).map(|()| chunk)
}

fn all(chunk: &Chunk) -> (Places, Moved) {
    chunk.clone().parts()
}

/// What stands in the table for ever: every kind of row, as it is written.
#[test]
fn each_kind_of_row_is_written_so() {
    let rows = concat!(
        "c1,9:五号院",
        "b2,1,2:12",
        "d7,2,1,-1,4:B101",
        "h7,7,3,1,:6:李华:12:别按门铃2,5:halal9:low-sugar",
        "h8,,1,0,2:en:6:上海:0,",
        "D7,1,2,1,3,3:301",
        "H8,2,7,,",
    );
    let chunk = read_all(rows).expect("rows");
    let (places, moved) = all(&chunk);
    assert_eq!(written(&places, &moved).collect::<String>(), rows);
    let (first, second) = (&chunk.households[0], &chunk.households[1]);
    assert_eq!((first.holder.as_str(), first.note.as_str(), first.diets.len()), ("李华", "别按门铃", 2));
    assert_eq!((second.door, second.lang, second.speaks.as_str()), (None, Lang::En, "上海"));
    assert_eq!(chunk.doors[0].spot.floor, -1);
    assert_eq!(moved.homes, [(HouseholdId(8), vec![Some(DoorId(7)), None])]);
}

#[test]
fn what_is_no_row_is_refused_and_breaks_nothing() {
    let bad = [
        "x",
        "c1,",
        "c1,4:五",
        "c1,2:五号",
        "c,1:a",
        "c-1,1:a",
        "c70000,1:a",
        "c1,-1:a",
        "c1,99:a",
        "d1,2,300,1,1:a",
        "h1,,1,0,2:fr:::0,",
        "h1,,1,0,::::1,:",
        "h1,,1,,::::0,",
        "c1,-2:ab",
        "H1,4294967295,,,",
        "c12345678901,1:a",
        "五",
    ];
    for rows in bad {
        assert!(read_all(rows).is_err(), "{rows}");
    }
    assert_eq!(read_all("c1,1:ab2"), Err(NotRows { left: 1 }));
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9:,\"\\\\a-c五号院\n]{0,9}", any::<String>()]
}

fn spot() -> impl Strategy<Value = (BuildingId, Spot)> {
    (any::<u16>(), any::<u8>(), any::<i8>(), text()).prop_map(|(building, unit, floor, room)| {
        (BuildingId(building), Spot { unit, floor, room: Label(room) })
    })
}

fn a_household() -> impl Strategy<Value = Household> {
    let door = proptest::option::of(any::<u32>().prop_map(DoorId));
    let diets = proptest::collection::btree_set("[a-z]{1,5}", 0..3);
    (any::<u32>(), door, any::<(u16, u16, bool)>(), text(), text(), text(), diets).prop_map(
        |(id, door, (people, over_60, is_english), holder, speaks, note, diets)| Household {
            id: HouseholdId(id),
            door,
            holder,
            people,
            over_60,
            lang: if is_english { Lang::En } else { Lang::Zh },
            speaks,
            note,
            diets: diets.iter().filter_map(|diet| diet.parse().ok()).collect(),
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        compounds in proptest::collection::vec((any::<u16>(), text()), 0..3),
        buildings in proptest::collection::vec((any::<u16>(), any::<u16>(), text()), 0..3),
        doors in proptest::collection::vec((any::<u32>(), spot()), 0..5),
        households in proptest::collection::vec(a_household(), 0..5),
        moved_doors in proptest::collection::vec((any::<u32>(), proptest::collection::vec(spot(), 0..3)), 0..3),
        moved_homes in proptest::collection::vec(
            (any::<u32>(), proptest::collection::vec(proptest::option::of(any::<u32>()), 0..3)), 0..3),
    ) {
        let chunk = Chunk {
            compounds: compounds.into_iter().map(|(id, name)| Compound { id: CompoundId(id), name }).collect(),
            buildings: buildings
                .into_iter()
                .map(|(id, compound, label)| Building {
                    id: BuildingId(id), compound: CompoundId(compound), label: Label(label),
                })
                .collect(),
            doors: doors
                .into_iter()
                .map(|(id, (building, spot))| Door { id: DoorId(id), building, spot })
                .collect(),
            households,
            moved_doors: moved_doors.into_iter().map(|(door, before)| (DoorId(door), before)).collect(),
            moved_homes: moved_homes
                .into_iter()
                .map(|(id, homes)| (HouseholdId(id), homes.into_iter().map(|home| home.map(DoorId)).collect()))
                .collect(),
        };
        let (places, moved) = all(&chunk);
        let rows: String = written(&places, &moved).collect();
        prop_assert_eq!(all(&read_all(&rows).expect("rows")), (places, moved));
    }

    #[test]
    fn nothing_breaks_the_reader(rows in "[cbdhDH0-9,:五-]{0,40}") {
        let _ = read_all(&rows);
    }
}
