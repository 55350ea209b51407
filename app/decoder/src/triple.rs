//! Which three eyes belong to one code, and which of them is the corner. Geometry only: no pixels are read.

use crate::finder::Eye;
use crate::patch::Patch;
use crate::plane::Plane;

/// Three eyes of one code, as a reader of the code sees them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Triple {
    /// Top left.
    pub(crate) corner: Eye,
    /// Top right.
    pub(crate) right: Eye,
    /// Bottom left.
    pub(crate) down: Eye,
}

/// At most this many triples of a picture are looked at closely.
const MOST: usize = 6;

/// The likeliest triples, the squarest first.
pub(crate) fn triples(eyes: &[Eye]) -> Vec<Triple> {
    let mut ranked = Vec::new();
    for (i, &a) in eyes.iter().enumerate() {
        for (j, &b) in eyes.iter().enumerate().skip(i + 1) {
            for &c in &eyes[j + 1..] {
                // Perspective can make any side the longest: each eye may be the corner.
                for (corner, one, other) in [(a, b, c), (b, a, c), (c, a, b)] {
                    if let Some(rank) = oddness(corner, one, other) {
                        ranked.push((rank, turned(corner, one, other)));
                    }
                }
            }
        }
    }
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    ranked.into_iter().take(MOST).map(|(_, triple)| triple).collect()
}

/// How far three eyes are from an upright square's corners; `None` if they can't be one code's.
fn oddness(corner: Eye, one: Eye, other: Eye) -> Option<f32> {
    let modules = [corner.module, one.module, other.module];
    let widest = modules.into_iter().fold(0.0, f32::max);
    let narrowest = modules.into_iter().fold(f32::MAX, f32::min);
    let (a, b) = (corner.centre.to(one.centre), corner.centre.to(other.centre));
    let (long, short) = (a.length().max(b.length()), a.length().min(b.length()));
    // A code that a phone can show or read has 14 to 120 modules between two eyes; a slant makes a module look up to
    // 1.5 times as wide.
    if widest > 2.2 * narrowest || short < 8.0 * widest || long > 130.0 * narrowest || long > 2.5 * short {
        return None;
    }
    let cosine = (a.x * b.x + a.y * b.y).abs() / (long * short);
    // An eye's heart is three modules high; noise is seen on a line or two.
    let rare =
        [corner, one, other].iter().map(|eye| (2.0 - eye.seen as f32 / eye.module).max(0.0)).sum::<f32>();
    (cosine < 0.8).then(|| cosine + 0.7 * (long / short).ln() + 0.5 * (widest / narrowest).ln() + 0.3 * rare)
}

/// Names the two arms so that right comes before down going clockwise.
fn turned(corner: Eye, one: Eye, other: Eye) -> Triple {
    let (a, b) = (corner.centre.to(one.centre), corner.centre.to(other.centre));
    let (right, down) = if a.x * b.y - a.y * b.x > 0.0 { (one, other) } else { (other, one) };
    Triple { corner, right, down }
}

impl Triple {
    /// The picture around the code.
    pub(crate) fn patch(&self, picture: &Plane) -> Option<Patch> {
        let eyes = [self.corner, self.right, self.down];
        let [a, b, c] = eyes.map(|eye| eye.centre);
        let leg = a.to(b).length().max(a.to(c).length());
        // The eyes' centres lie 3.5 modules inside; the fourth corner may lie further out than a square's.
        let margin = 2.0 * (self.corner.module + self.right.module + self.down.module) + 0.25 * leg;
        Patch::around(picture, &eyes, &[a, b, c, b.moved(a.to(c), 1.0)], margin)
    }

    /// Whether the other triple is the same as good as exactly, so that it would be read no better.
    pub(crate) fn is_about(&self, other: &Self) -> bool {
        self.corner.is_about(&other.corner)
            && self.right.is_about(&other.right)
            && self.down.is_about(&other.down)
    }
}
