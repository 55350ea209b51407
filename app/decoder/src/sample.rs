//! Reads the modules of a code whose place is known, and has them mended and spelt out.

use crate::layout::Modules;
use crate::patch::Patch;
use crate::warp::{Marks, Warp};
use crate::{blocks, segments};

/// How strongly neighbours are taken out of a module: blur mixes them in, a little sharpening takes them out again.
const SHARPEN: [f32; 3] = [0.0, 0.12, 0.25];

/// Share of marks that must be right: less, and the error correction would only find that this is no code.
const LEAST: f32 = 0.78;

/// The text of the code, if the damage is within what its error correction mends.
pub(crate) fn text(patch: &Patch, warp: &Warp, marks: &Marks) -> Option<String> {
    let size = marks.size;
    let modules = modules(patch, warp, size);
    if marks.share(&modules) < LEAST {
        return None;
    }
    SHARPEN.iter().find_map(|&amount| {
        let sharp = sharpened(&modules, size, amount);
        let seen = Modules::new(size, |at| sharp[at] > 0.0)?;
        said(&seen).or_else(|| said(&seen.mirrored()))
    })
}

/// What a code says, if its damage can be mended.
pub(crate) fn said(modules: &Modules) -> Option<String> {
    let (level, mask) = modules.format()?;
    let data = blocks::data(&modules.bytes(mask), modules.version(), level)?;
    segments::text(&data, modules.version())
}

/// How dark each module is, looked at in five places.
fn modules(patch: &Patch, warp: &Warp, size: usize) -> Vec<f32> {
    const LOOKS: [(f32, f32); 5] = [(0.5, 0.5), (0.3, 0.5), (0.7, 0.5), (0.5, 0.3), (0.5, 0.7)];
    let mut modules = Vec::with_capacity(size * size);
    for y in 0..size {
        for x in 0..size {
            modules.push(LOOKS.iter().map(|&(u, v)| patch.at(warp.at(x as f32 + u, y as f32 + v))).sum());
        }
    }
    modules
}

/// Each module less some of its four neighbours.
fn sharpened(modules: &[f32], size: usize, amount: f32) -> Vec<f32> {
    let at = |x: usize, y: usize| {
        // Around the code lies the light border.
        if x < size && y < size { modules[y * size + x] } else { -100.0 }
    };
    let mut sharp = Vec::with_capacity(modules.len());
    for y in 0..size {
        for x in 0..size {
            let around = at(x.wrapping_sub(1), y) + at(x + 1, y) + at(x, y.wrapping_sub(1)) + at(x, y + 1);
            sharp.push(at(x, y) - amount * around);
        }
    }
    sharp
}
