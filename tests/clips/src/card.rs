//! The printed door card as a grey raster: drawn here, or loaded from a picture of the page that the project printed.

use std::fmt;
use std::io::BufReader;
use std::path::Path;

use fast_qr::{ECL, QRBuilder};

use crate::random::Chance;

/// What a printer leaves on paper, as shares of the light that comes back.
const INK: f32 = 0.04;
const PAPER: f32 = 0.85;

/// A flat print. Places are in millimetres from its top left corner.
#[derive(Clone)]
pub struct Card {
    /// Width in millimetres.
    pub width: f32,
    /// Height in millimetres.
    pub height: f32,
    /// Middle of the QR code, where the camera is pointed.
    pub target: (f32, f32),
    /// Side of the QR code in millimetres, without the light border.
    pub code: f32,
    columns: usize,
    dots_per_mm: f32,
    dots: Vec<f32>,
}

/// Why a picture can't be used as a card.
#[derive(Debug)]
pub struct BadPicture(pub String);

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Card({} x {} mm)", self.width, self.height)
    }
}

impl Card {
    /// An A6 door card as the project prints it: a QR code 60 mm wide, a large room number and lines of text.
    ///
    /// # Panics
    /// If the text fits no QR code.
    #[must_use]
    pub fn door(text: &str, correction: ECL, chance: &mut Chance) -> Self {
        let code = QRBuilder::new(text).ecl(correction).build().expect("a door's address fits a QR code");
        let (width, height, dots_per_mm, side) = (105.0, 148.0, 10.0, 60.0);
        let columns = 1050;
        let mut card = Self {
            width,
            height,
            target: (width / 2.0, 75.0),
            code: side,
            columns,
            dots_per_mm,
            dots: vec![PAPER; columns * 1480],
        };
        let module = side / code.size as f32;
        let (left, top) = (card.target.0 - side / 2.0, card.target.1 - side / 2.0);
        for y in 0..code.size {
            for x in (0..code.size).filter(|&x| code[y][x].value()) {
                card.ink(left + x as f32 * module, top + y as f32 * module, module, module);
            }
        }
        // A frame, the room number in blocks, and grey lines standing for text.
        for (x, y, w, h) in
            [(4.0, 4.0, 97.0, 0.8), (4.0, 143.0, 97.0, 0.8), (4.0, 4.0, 0.8, 139.8), (100.2, 4.0, 0.8, 139.8)]
        {
            card.ink(x, y, w, h);
        }
        for digit in 0..4 {
            let x = 22.0 + digit as f32 * 16.0;
            for (dx, dy, w, h) in
                [(0.0, 0.0, 10.0, 3.0), (7.0, 0.0, 3.0, 22.0), (0.0, 19.0, 10.0, 3.0), (0.0, 0.0, 3.0, 22.0)]
            {
                if chance.happens(0.75) {
                    card.ink(x + dx, 14.0 + dy, w, h);
                }
            }
        }
        for line in 0..5 {
            let mut x = 12.0;
            while x < 90.0 {
                let word = chance.between(1.0, 5.0);
                card.ink(x, 114.0 + line as f32 * 5.5, word, 2.2);
                x += word + chance.between(0.6, 1.8);
            }
        }
        card
    }

    /// A card from a PNG of the printed page, `width` millimetres wide; the code is looked for where it is.
    ///
    /// # Errors
    /// If the file is no PNG, or no QR code is on it.
    pub fn from_png(path: &Path, width: f32) -> Result<Self, BadPicture> {
        let bad = |why: &dyn std::fmt::Display| BadPicture(format!("{}: {why}", path.display()));
        let file = std::fs::File::open(path).map_err(|error| bad(&error))?;
        let mut decoder = png::Decoder::new(BufReader::new(file));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(|error| bad(&error))?;
        let mut bytes = vec![0; reader.output_buffer_size().ok_or_else(|| bad(&"too large"))?];
        let info = reader.next_frame(&mut bytes).map_err(|error| bad(&error))?;
        let samples = info.color_type.samples();
        let luma: Vec<u8> = bytes[..info.buffer_size()]
            .chunks_exact(samples)
            .map(|pixel| {
                if samples < 3 {
                    pixel[0]
                } else {
                    ((77 * u32::from(pixel[0]) + 150 * u32::from(pixel[1]) + 29 * u32::from(pixel[2])) >> 8)
                        as u8
                }
            })
            .collect();
        let (columns, rows) = (info.width as usize, info.height as usize);
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(columns, rows, |x, y| luma[y * columns + x]);
        let grids = prepared.detect_grids();
        let bounds = grids.first().ok_or_else(|| bad(&"no QR code on it"))?.bounds;
        let dots_per_mm = columns as f32 / width;
        let middle = |a: i32, b: i32| (a + b) as f32 / 2.0 / dots_per_mm;
        Ok(Self {
            width,
            height: rows as f32 / dots_per_mm,
            target: (middle(bounds[0].x, bounds[2].x), middle(bounds[0].y, bounds[2].y)),
            code: (bounds[1].x - bounds[0].x).abs().max((bounds[2].x - bounds[0].x).abs()) as f32
                / dots_per_mm,
            columns,
            dots_per_mm,
            dots: luma
                .iter()
                .map(|&grey| INK + (PAPER - INK) * (f32::from(grey) / 255.0).powf(2.2))
                .collect(),
        })
    }

    /// How much light the print gives back at a place in millimetres; `None` beside the card.
    #[must_use]
    pub fn at(&self, x: f32, y: f32) -> Option<f32> {
        // Small numbers, and a cast that is one instruction: this is asked millions of times a clip.
        let (column, row) = ((x * self.dots_per_mm) as i32, (y * self.dots_per_mm) as i32);
        let inside = x >= 0.0 && y >= 0.0 && (column as usize) < self.columns;
        if inside { self.dots.get(row as usize * self.columns + column as usize).copied() } else { None }
    }

    /// Prints a rectangle.
    fn ink(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let dot = |mm: f32| (mm * self.dots_per_mm).round() as usize;
        let (left, right, top, bottom) = (dot(x), dot(x + width), dot(y), dot(y + height));
        for row in self.dots.chunks_exact_mut(self.columns).skip(top).take(bottom - top) {
            row[left..right].fill(INK);
        }
    }
}
