//! Finds and reads QR codes in a camera's grey frames: the scanner's fallback where the browser has no detector.
//!
//! Made for hand-held phones in stairwells (slant, blur, noise, glare), and small, since every phone without a
//! detector of its own downloads it. No camera, no clock, no DOM: one frame in, texts out, and no input makes it panic.

mod blocks;
mod finder;
mod layout;
mod measure;
mod mend;
mod pair;
mod patch;
mod plane;
mod sample;
mod segments;
mod triple;
mod warp;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::finder::Eye;
use crate::measure::Measured;
use crate::patch::Patch;
use crate::plane::Plane;
use crate::triple::Triple;
use crate::warp::{Guess, Marks};

/// The texts of the QR codes in a grey frame, for the scanner's worker: empty if there is none.
#[wasm_bindgen]
#[must_use]
pub fn decode(luma: &[u8], width: u32, height: u32) -> Vec<String> {
    read(luma, width as usize, height as usize)
}

/// The modules of a QR code of a text for another phone's camera, row by row, 1 where it is dark; empty if it is too
/// long. It stands here because this program is fetched by the same phones, and only when they need it.
#[wasm_bindgen]
#[must_use]
pub fn encode(text: &str) -> Vec<u8> {
    // A screen is clean and lit: 15 % may be lost, and the code stays coarse.
    let code = fast_qr::QRBuilder::new(text).ecl(fast_qr::ECL::M).build();
    let Ok(code) = code else { return Vec::new() };
    let side = 0..code.size;
    side.clone()
        .flat_map(|y| side.clone().map(move |x| (x, y)))
        .map(|(x, y)| u8::from(code[y][x].value()))
        .collect()
}

/// The texts of the QR codes in a grey frame, one byte a pixel, row by row.
///
/// Five looks of different fineness, the cheapest first; the first that reads something ends the search. If none
/// does, two eyes must do. A buffer that does not fit the size, or a picture too small or too large, holds no code.
#[must_use]
pub fn read(luma: &[u8], width: usize, height: usize) -> Vec<String> {
    if width < 21 || height < 21 || width.saturating_mul(height) > 1 << 23 || luma.len() != width * height {
        return Vec::new();
    }
    let full = Plane { width, height, pixels: luma.to_vec() };
    let half = full.halved();
    let (mut tried, mut eyes, mut smooth) = (Vec::new(), Vec::new(), None);
    for look in 0..5 {
        let (bits, times) = match look {
            0 => (half.split(12, 94), 2),
            1 => (smooth.insert(full.smoothed()).split(20, 94), 1),
            2 => (half.halved().split(20, 92), 4),
            3 => (half.smoothed().split(10, 96), 2),
            _ => (smooth.take().unwrap_or_else(|| full.smoothed()).split(6, 98), 1),
        };
        // A coarse picture is looked at line by line, a fine one at every other.
        let step = if times == 1 { 2 } else { 1 };
        let seen: Vec<Eye> = finder::eyes(&bits, step).into_iter().map(|eye| eye.enlarged(times)).collect();
        let texts = by_threes(&full, &seen, &mut tried);
        if !texts.is_empty() {
            return texts;
        }
        for eye in seen {
            if !eyes.iter().any(|known: &Eye| known.is_about(&eye)) {
                eyes.push(eye);
            }
        }
    }
    eyes.sort_by(|a, b| b.sharpness().total_cmp(&a.sharpness()));
    eyes.truncate(MOST_EYES);
    by_twos(&full, &eyes).into_iter().collect()
}

/// So many eyes are paired in the end, the clearest ones.
const MOST_EYES: usize = 8;

/// Reads the codes whose three eyes are seen. What was tried in an earlier look is not tried again.
fn by_threes(full: &Plane, eyes: &[Eye], tried: &mut Vec<Triple>) -> Vec<String> {
    let mut texts = Vec::new();
    for triple in triple::triples(eyes) {
        if tried.iter().any(|known| known.is_about(&triple)) {
            continue;
        }
        tried.push(triple);
        let Some(patch) = triple.patch(full) else { continue };
        let Some(measured) = Measured::of(&patch, &triple) else { continue };
        let guesses = measured.sizes().filter_map(|size| {
            let marks = Marks::of(size);
            let (fit, warp) = marks.rough(&patch, measured.handles)?;
            Some(Guess { fit, warp, marks })
        });
        if let Some(text) = first_text(&patch, Guess::best(guesses.collect(), 2))
            && !texts.contains(&text)
        {
            texts.push(text);
        }
    }
    texts
}

/// Reads a code of which a reflection hides one eye.
fn by_twos(full: &Plane, eyes: &[Eye]) -> Option<String> {
    pair::pairs(eyes).into_iter().find_map(|pair| {
        let (patch, guesses) = pair::guesses(full, pair)?;
        first_text(&patch, guesses)
    })
}

/// Fits the guesses finely and reads the first that can be read.
fn first_text(patch: &Patch, guesses: Vec<Guess>) -> Option<String> {
    guesses.into_iter().find_map(|guess| {
        let warp = guess.marks.fine(patch, guess.warp);
        sample::text(patch, &warp, &guess.marks)
    })
}

#[cfg(test)]
mod tests;
