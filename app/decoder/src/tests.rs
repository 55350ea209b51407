//! The decoder on drawn codes: what must be read whatever the clips of the `clips` crate happen to contain.

use fast_qr::{ECL, QRBuilder};

use crate::layout::Modules;
use crate::{read, sample};

const DOOR: &str = "https://lm.example.org/d/EHPQ8S909NM6YS35CGG0C";

/// A grey picture with a code of `text` turned by some degrees, `module` pixels a module.
struct Drawing {
    pixels: Vec<u8>,
    side: usize,
}

impl Drawing {
    fn of(text: &str, module: f32, degrees: f32) -> Self {
        let code = QRBuilder::new(text).ecl(ECL::Q).build().expect("fits");
        let side = ((code.size as f32 + 10.0) * module * 1.42) as usize;
        let mut drawing = Self { pixels: Vec::with_capacity(side * side), side };
        let (sin, cos) = degrees.to_radians().sin_cos();
        for at in 0..side * side {
            let (x, y) = ((at % side) as f32 - side as f32 / 2.0, (at / side) as f32 - side as f32 / 2.0);
            let place = |along: f32| (along / module + code.size as f32 / 2.0).floor();
            let (u, v) = (place(x * cos + y * sin), place(y * cos - x * sin));
            let inside = u >= 0.0 && v >= 0.0 && u < code.size as f32 && v < code.size as f32;
            drawing.pixels.push(if inside && code[v as usize][u as usize].value() { 30 } else { 220 });
        }
        drawing
    }

    /// Blots out a disc, as a lamp's reflection does.
    fn blotted(mut self, x: f32, y: f32, radius: f32) -> Self {
        for at in 0..self.pixels.len() {
            if ((at % self.side) as f32 - x).hypot((at / self.side) as f32 - y) < radius {
                self.pixels[at] = 255;
            }
        }
        self
    }

    fn read(&self) -> Vec<String> {
        read(&self.pixels, self.side, self.side)
    }
}

#[test]
fn a_code_is_read_at_any_turn() {
    for degrees in (0..360).step_by(15) {
        assert_eq!(Drawing::of(DOOR, 5.0, degrees as f32).read(), [DOOR], "{degrees} degrees");
    }
}

#[test]
fn a_code_is_read_from_far_and_from_near() {
    for module in [2.6, 3.0, 4.0, 7.0, 11.0, 19.0] {
        assert_eq!(Drawing::of(DOOR, module, 8.0).read(), [DOOR], "{module} pixels a module");
    }
}

#[test]
fn long_texts_on_a_screen_are_read() {
    for letters in [1, 20, 90, 200, 400, 600] {
        let text: String = (0..letters).map(|at| char::from(b'a' + (at * 7 % 26) as u8)).collect();
        assert_eq!(Drawing::of(&text, 6.0, 3.0).read(), [text.as_str()], "{letters} letters");
    }
    assert_eq!(Drawing::of("北林新苑3号楼1101", 6.0, 0.0).read(), ["北林新苑3号楼1101"]);
}

#[test]
fn a_code_with_one_eye_blotted_out_is_read() {
    for degrees in [0.0f32, 33.0, 140.0] {
        for (u, v) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0)] {
            let whole = Drawing::of(DOOR, 7.0, degrees);
            // A door's code has 33 modules; an eye's middle lies 13 from the code's.
            let (sin, cos) = degrees.to_radians().sin_cos();
            let (x, y) = (13.0 * 7.0 * u, 13.0 * 7.0 * v);
            let middle = whole.side as f32 / 2.0;
            let blotted = whole.blotted(middle + x * cos - y * sin, middle + y * cos + x * sin, 30.0);
            assert_eq!(blotted.read(), [DOOR], "{degrees} degrees, eye at {u} {v}");
        }
    }
}

#[test]
fn two_codes_in_one_frame_are_both_read() {
    let (left, right) =
        (Drawing::of(DOOR, 5.0, 5.0), Drawing::of("a parcel's label of another firm", 5.0, 80.0));
    let height = left.side.min(right.side);
    let rows = left.pixels.chunks(left.side).zip(right.pixels.chunks(right.side)).take(height);
    let pixels: Vec<u8> = rows.flat_map(|(left, right)| [left, right].concat()).collect();
    let mut texts = read(&pixels, left.side + right.side, height);
    texts.sort();
    assert_eq!(texts, ["a parcel's label of another firm", DOOR]);
}

#[test]
fn a_mirrored_code_is_read() {
    let mut drawing = Drawing::of(DOOR, 5.0, 10.0);
    drawing.pixels.chunks_mut(drawing.side).for_each(<[u8]>::reverse);
    assert_eq!(drawing.read(), [DOOR]);
}

#[test]
fn a_frame_without_a_code_reads_as_nothing() {
    assert!(read(&[], 0, 0).is_empty());
    assert!(read(&[0; 100], 10, 10).is_empty());
    assert!(read(&[0; 400], 21, 21).is_empty(), "a buffer of another size");
    assert!(read(&[0; 8], usize::MAX, 2).is_empty());
    for grey in [0, 127, 255] {
        assert!(read(&vec![grey; 640 * 480], 640, 480).is_empty());
    }
    assert!(Drawing::of(DOOR, 1.2, 0.0).read().is_empty(), "too small for anybody");
}

#[test]
fn noise_stripes_and_scraps_of_codes_never_stop_the_decoder() {
    let mut state = 1u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    };
    for round in 0..60 {
        let (width, height) = (21 + next() as usize % 300, 21 + next() as usize % 300);
        let whole = Drawing::of(DOOR, 1.5 + (round % 9) as f32, next() as f32);
        let (across, down) = (1 + next() as usize % 9, 1 + next() as usize % 9);
        let pixels: Vec<u8> = (0..width * height)
            .map(|at| match round % 4 {
                0 => next() as u8,
                1 => {
                    if (at % width / across + at / width / down) % 2 == 0 {
                        10
                    } else {
                        240
                    }
                }
                // Rows cut out of a code with the wrong width: eyes torn apart.
                2 => whole.pixels[at % whole.pixels.len()],
                _ => whole.pixels[at % whole.pixels.len()].wrapping_add((next() % 160) as u8),
            })
            .collect();
        let _ = read(&pixels, width, height);
    }
}

#[test]
fn every_version_and_level_is_read_with_every_mask_and_kind_of_text() {
    use fast_qr::Mask;
    #[rustfmt::skip]
    const VERSIONS: [fast_qr::Version; 40] = {
        use fast_qr::Version::*;
        [V01, V02, V03, V04, V05, V06, V07, V08, V09, V10, V11, V12, V13, V14, V15, V16, V17, V18, V19, V20,
         V21, V22, V23, V24, V25, V26, V27, V28, V29, V30, V31, V32, V33, V34, V35, V36, V37, V38, V39, V40]
    };
    #[rustfmt::skip]
    const MASKS: [Mask; 8] = {
        use Mask::*;
        [Checkerboard, HorizontalLines, VerticalLines, DiagonalLines, LargeCheckerboard, Fields, Diamonds, Meadow]
    };
    // The last has 17 bytes: a code of version 1 and level L just holds it.
    let texts = ["8675309", "DOOR 1101: $5.20", "门牌 1101, ok"];
    let mut read_back = 0;
    for (version, wanted) in VERSIONS.into_iter().enumerate() {
        for (level, ecl) in [ECL::L, ECL::M, ECL::Q, ECL::H].into_iter().enumerate() {
            let text = texts[(version + level) % texts.len()];
            let mask = MASKS[(version + 2 * level) % MASKS.len()];
            let Ok(code) = QRBuilder::new(text).ecl(ecl).version(wanted).mask(mask).build() else {
                assert!(version < 2, "too small for {text}");
                continue;
            };
            let seen = |at: usize| code[at / code.size][at % code.size].value();
            let said = Modules::new(code.size, seen).and_then(|modules| sample::said(&modules));
            assert_eq!(said.as_deref(), Some(text), "version {}, {ecl:?}, {mask:?}", version + 1);
            read_back += 1;
        }
    }
    assert!(read_back > 155, "{read_back}");
}

#[test]
fn as_much_damage_as_the_standard_promises_is_mended_and_no_more_is_guessed() {
    let code = QRBuilder::new(DOOR).ecl(ECL::Q).build().expect("fits");
    let mut state = 7u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let (mut mended, mut lost) = (0, 0);
    for flips in 0..240 {
        let mut dark: Vec<bool> =
            (0..code.size * code.size).map(|at| code[at / code.size][at % code.size].value()).collect();
        for _ in 0..flips {
            let at = next(dark.len());
            dark[at] = !dark[at];
        }
        match sample::said(&Modules::new(code.size, |at| dark[at]).expect("a size")) {
            Some(text) => {
                assert_eq!(text, DOOR, "mended to something else");
                mended += 1;
            }
            None => lost += 1,
        }
        // Each of the two blocks bears 13 wrong bytes: 20 flips can't break it.
        assert!(flips > 20 || lost == 0, "{flips} flipped modules were too many");
    }
    assert!(mended > 20 && lost > 100, "{mended} mended, {lost} lost");
}
