//! The phone's map and set against the standard ones.

use super::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

proptest! {
    #[test]
    fn the_phones_map_does_what_the_servers_does(steps in prop::collection::vec((0u8..4, 0u8..20, 0u8..9), 0..60)) {
        let (mut flat, mut tree) = (FlatMap::new(), BTreeMap::new());
        for (what, key, value) in steps {
            match what {
                0 => prop_assert_eq!(flat.insert(key, value), tree.insert(key, value)),
                1 => prop_assert_eq!(flat.remove(&key), tree.remove(&key)),
                2 => prop_assert_eq!(flat.entry(key).or_insert(value), tree.entry(key).or_insert(value)),
                _ => { flat.retain(|k, v| *k + *v != key); tree.retain(|k, v| *k + *v != key); }
            }
            prop_assert_eq!(flat.get(&key), tree.get(&key));
            prop_assert_eq!(flat.len(), tree.len());
        }
        let text = serde_json::to_string(&tree).unwrap_or_default();
        prop_assert_eq!(&serde_json::to_string(&flat).unwrap_or_default(), &text);
        prop_assert_eq!(serde_json::from_str::<FlatMap<u8, u8>>(&text).ok(), Some(flat.clone()));
        prop_assert!(flat.values().eq(tree.values()) && flat.keys().eq(tree.keys()));
    }

    #[test]
    fn the_phones_set_does_what_the_servers_does(items: Vec<u8>, others: Vec<u8>) {
        let (flat, tree): (FlatSet<u8>, BTreeSet<u8>) = (items.iter().copied().collect(), items.into_iter().collect());
        let (flat_others, tree_others): (FlatSet<u8>, BTreeSet<u8>) =
            (others.iter().copied().collect(), others.into_iter().collect());
        prop_assert!(flat.iter().eq(tree.iter()));
        prop_assert!(flat.difference(&flat_others).eq(tree.difference(&tree_others)));
        prop_assert_eq!(serde_json::to_string(&flat).ok(), serde_json::to_string(&tree).ok());
    }
}
