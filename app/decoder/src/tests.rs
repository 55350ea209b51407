//! The decoder on drawn codes: what must be read whatever the clips of the `clips` crate happen to contain.

use fast_qr::{ECL, QRBuilder};

use crate::read;

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
