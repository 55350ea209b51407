//! Makes the picture of a QR code that prints sharply: one SVG path of outlines. Knows nothing of doors or letters.
//!
//! Outlines, not a rectangle a module: neighbouring rectangles leave hairlines on some printers, and hairlines
//! are what makes a card fail in a dim stairwell.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder, QRCode};

/// Light border in modules: the standard asks for four, and decoders mean it.
const QUIET: usize = 4;

/// How much of the code may be lost and still be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// 15 %: for screens, which stay clean, and for long texts.
    Screen,
    /// 25 %: for paper on a door, which meets glare, dirt and thumbs.
    Print,
}

/// A QR code ready to be drawn: its outlines in modules, quiet border included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrPicture {
    /// Width and height of the square picture in modules, with the light border.
    pub side: usize,
    /// The dark area as SVG path data.
    pub path: String,
}

impl QrPicture {
    /// Draws `text`; `None` if no QR code can hold that much.
    #[must_use]
    pub fn of(text: &str, correction: Correction) -> Option<Self> {
        let level = match correction {
            Correction::Screen => ECL::M,
            Correction::Print => ECL::Q,
        };
        let code = QRBuilder::new(text).ecl(level).build().ok()?;
        Some(Self { side: code.size + 2 * QUIET, path: outlines(&code) })
    }

    /// A whole SVG document, for a file or a message.
    #[must_use]
    pub fn document(&self) -> String {
        let Self { side, path } = self;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>"##
        )
    }
}

/// The edges of all dark areas, each walked clockwise with the dark on its right.
fn outlines(code: &QRCode) -> String {
    let size = code.size;
    let dark = |x: usize, y: usize| {
        // Vertices are counted from 1 inside the picture, so that a cell before the first needs no sign.
        (1..=size).contains(&x) && (1..=size).contains(&y) && code[y - 1][x - 1].value()
    };
    let mut walked = vec![false; (size + 2) * (size + 2)];
    let mut path = String::new();
    for y in 1..=size {
        for x in 1..=size {
            if dark(x, y) && !dark(x, y - 1) && !walked[y * (size + 2) + x] {
                walk(x, y, &dark, |x, y| walked[y * (size + 2) + x] = true, &mut path);
            }
        }
    }
    path
}

/// Where an outline is heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heading {
    Right,
    Down,
    Left,
    Up,
}

/// Walks one outline from the top left corner of cell (`x`, `y`) back to it.
fn walk(
    x: usize,
    y: usize,
    dark: &impl Fn(usize, usize) -> bool,
    mut top_edge: impl FnMut(usize, usize),
    path: &mut String,
) {
    use Heading::{Down, Left, Right, Up};
    let (start_x, start_y) = (x, y);
    let (mut x, mut y, mut heading, mut run) = (x, y, Right, 0usize);
    // Writing to a String cannot fail.
    let _ = write!(path, "M{} {}", x - 1 + QUIET, y - 1 + QUIET);
    loop {
        match heading {
            Right => {
                top_edge(x, y);
                x += 1;
            }
            Down => y += 1,
            Left => x -= 1,
            Up => y -= 1,
        }
        run += 1;
        let (ahead_right, ahead_left) = match heading {
            Right => (dark(x, y), dark(x, y - 1)),
            Down => (dark(x - 1, y), dark(x, y)),
            Left => (dark(x - 1, y - 1), dark(x - 1, y)),
            Up => (dark(x, y - 1), dark(x - 1, y - 1)),
        };
        let home = (x, y) == (start_x, start_y);
        if ahead_right && !ahead_left && !home {
            continue;
        }
        let _ = match heading {
            Right => write!(path, "h{run}"),
            Left => write!(path, "h-{run}"),
            Down => write!(path, "v{run}"),
            Up => write!(path, "v-{run}"),
        };
        run = 0;
        heading = match (heading, ahead_right) {
            (Right, false) | (Left, true) => Down,
            (Down, false) | (Up, true) => Left,
            (Left, false) | (Right, true) => Up,
            (Up, false) | (Down, true) => Right,
        };
        if home && heading == Right {
            path.push('z');
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOOR: &str = "https://lm.example.org/d/EHPQ8S909NM6YS35CGG0C";

    /// Which modules a reader of the path sees as dark: a module is inside if an odd number of edges lies left of it.
    fn painted(picture: &QrPicture) -> Vec<Vec<bool>> {
        let mut dark = vec![vec![false; picture.side]; picture.side];
        let (mut x, mut y) = (0i32, 0i32);
        let spaced = picture.path.replace('z', "").replace('M', " M").replace('h', " h").replace('v', " v");
        let mut words = spaced.split_whitespace();
        while let Some(word) = words.next() {
            let number: i32 = word[1..].parse().expect("a number");
            match &word[..1] {
                "M" => {
                    x = number;
                    y = words.next().expect("y").parse().expect("a number");
                }
                "h" => x += number,
                "v" => {
                    for row in y.min(y + number)..y.max(y + number) {
                        for cell in &mut dark[row as usize][x as usize..] {
                            *cell = !*cell;
                        }
                    }
                    y += number;
                }
                other => panic!("{other} is not in a QR path"),
            }
        }
        dark
    }

    #[test]
    fn the_outlines_paint_the_very_modules() {
        for (text, correction) in
            [(DOOR, Correction::Print), (DOOR, Correction::Screen), ("x", Correction::Print)]
        {
            let picture = QrPicture::of(text, correction).expect("fits");
            let level = if correction == Correction::Print { ECL::Q } else { ECL::M };
            let code = QRBuilder::new(text).ecl(level).build().expect("fits");
            assert_eq!(picture.side, code.size + 8);
            for (y, row) in painted(&picture).iter().enumerate() {
                for (x, &dark) in row.iter().enumerate() {
                    let inside = (4..4 + code.size).contains(&x) && (4..4 + code.size).contains(&y);
                    assert_eq!(dark, inside && code[y - 4][x - 4].value(), "module {x} {y} of {text}");
                }
            }
        }
    }

    #[test]
    fn a_decoder_reads_the_picture() {
        let picture = QrPicture::of(DOOR, Correction::Print).expect("fits");
        let dark = painted(&picture);
        let scale = 5;
        let side = picture.side * scale;
        let luma: Vec<u8> = (0..side * side)
            .map(|at| if dark[at / side / scale][at % side / scale] { 20 } else { 230 })
            .collect();
        assert_eq!(decoder::read(&luma, side, side), [DOOR]);
    }

    #[test]
    fn a_text_that_no_code_can_hold_draws_nothing() {
        assert_eq!(QrPicture::of(&"x".repeat(5000), Correction::Screen), None);
    }

    #[test]
    fn a_card_costs_few_bytes() {
        let picture = QrPicture::of(DOOR, Correction::Print).expect("fits");
        assert!(picture.document().len() < 4_000, "{} bytes", picture.document().len());
        assert!(picture.document().starts_with("<svg xmlns"));
    }
}
