//! The palette's promises, read from `style/core/10-tokens.css`: WCAG AA in both themes. Only tests live here.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../style/core/10-tokens.css");
const BY_DEVICE: &str = "@media (prefers-color-scheme: dark)";
const BY_CHOICE: &str = ":root[data-theme=\"dark\"]";

/// Text and the ground it stands on: at least 4.5 to 1.
const TEXT: [(&str, &[&str]); 12] = [
    ("ink", &["ground", "surface", "sunk", "wash", "warn-wash", "danger-wash", "wheat"]),
    ("quiet", &["ground", "surface", "sunk", "wash", "warn-wash", "danger-wash", "wheat"]),
    ("accent", &["ground", "surface", "sunk", "wash", "wheat"]),
    ("danger", &["ground", "surface", "danger-wash", "wheat"]),
    ("warn", &["warn-wash"]),
    ("on-accent", &["accent", "accent-down"]),
    ("on-danger", &["danger"]),
    ("on-alarm", &["alarm"]),
    ("confirmed", &["ground", "surface"]),
    ("central", &["ground", "surface"]),
    ("isolating", &["ground", "surface"]),
    ("cannot-walk", &["ground", "surface"]),
];

/// Edges of what can be touched, and the focus ring (`accent`): at least 3 to 1.
const EDGES: [(&str, &[&str]); 2] =
    [("edge", &["ground", "surface", "sunk"]), ("accent", &["line", "warn-wash", "danger-wash"])];

type Colours = BTreeMap<String, [f64; 3]>;

fn colours(css: &str) -> Colours {
    let channel = |hex: &str, from: usize, width: usize| {
        let digits = &hex[from * width..(from + 1) * width];
        let value = u8::from_str_radix(&digits.repeat(3 - width), 16).expect("a hex digit");
        f64::from(value) / 255.0
    };
    css.lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"))
        .filter(|(_, hex)| matches!(hex.len(), 3 | 6) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .map(|(name, hex)| {
            let width = hex.len() / 3;
            (name.to_owned(), [0, 1, 2].map(|from| channel(hex, from, width)))
        })
        .collect()
}

fn themes() -> (Colours, Colours, Colours) {
    let (light, rest) = TOKENS.split_once(BY_DEVICE).expect("dark by the device's wish");
    let (by_device, by_choice) = rest.split_once(BY_CHOICE).expect("dark by the reader's choice");
    (colours(light), colours(by_device), colours(by_choice))
}

/// Contrast as WCAG 2 defines it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let [red, green, blue] =
            colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn words_and_edges_can_be_told_from_their_ground_in_both_themes() {
    let (light, by_device, _) = themes();
    let mut dark = light.clone();
    dark.extend(by_device);
    for (theme, colours) in [("light", &light), ("dark", &dark)] {
        for (pairs, least) in [(&TEXT[..], 4.5), (&EDGES[..], 3.0)] {
            for (name, grounds) in pairs {
                for ground in *grounds {
                    let found = contrast(colours[*name], colours[*ground]);
                    assert!(found >= least, "{theme}: {name} on {ground} is {found:.2}, wanted {least}");
                }
            }
        }
    }
}

#[test]
fn dark_is_the_same_whether_the_device_or_the_reader_wants_it() {
    let (_, by_device, by_choice) = themes();
    assert!(by_device.len() > 20, "{by_device:?}");
    assert_eq!(by_device, by_choice);
}

#[test]
fn contrast_is_measured_as_wcag_does() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    let grey = 119.0 / 255.0;
    assert!((contrast([grey; 3], [1.0; 3]) - 4.48).abs() < 0.01);
}
