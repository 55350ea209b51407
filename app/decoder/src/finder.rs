//! Looks for the three square eyes of a QR code: dark, light, dark thrice as wide, light, dark, along every line.

use crate::plane::Bits;

/// A point of a picture, in pixels; pixel centres lie at whole numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

impl Point {
    /// The way from here to `other`.
    pub(crate) fn to(self, other: Self) -> Self {
        Self { x: other.x - self.x, y: other.y - self.y }
    }

    /// This point moved by `times` the way `by`.
    pub(crate) fn moved(self, by: Self, times: f32) -> Self {
        Self { x: self.x + by.x * times, y: self.y + by.y * times }
    }

    /// How long this way is.
    pub(crate) fn length(self) -> f32 {
        self.x.hypot(self.y)
    }
}

/// Something that looks like an eye.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Eye {
    pub(crate) centre: Point,
    /// Width of a module in pixels, the mean of across and down.
    pub(crate) module: f32,
    /// On how many lines it was seen.
    pub(crate) seen: u32,
}

impl Eye {
    /// The same eye in a picture `times` as large.
    pub(crate) fn enlarged(self, times: usize) -> Self {
        let (by, lines) = (times as f32, times as u32);
        let centre = Point { x: (self.centre.x + 0.5) * by - 0.5, y: (self.centre.y + 0.5) * by - 0.5 };
        Self { centre, module: self.module * by, seen: self.seen * lines }
    }

    /// Whether the other eye is the same as good as exactly.
    pub(crate) fn is_about(&self, other: &Self) -> bool {
        self.centre.to(other.centre).length() < 0.3 * self.module
    }

    /// On how many of the three rows of modules in an eye's heart it was seen.
    pub(crate) fn sharpness(&self) -> f32 {
        (self.seen as f32 / self.module).min(3.0)
    }
}

/// More eyes than this are clutter; the ones seen on most lines stay.
const MOST: usize = 14;

/// The eyes of a picture, those seen on most lines first. Looks at every `step`th line.
pub(crate) fn eyes(bits: &Bits, step: usize) -> Vec<Eye> {
    let mut found = Vec::new();
    for (y, row) in bits.dark.chunks_exact(bits.width).enumerate().step_by(step) {
        let mut runs = [0u32; 5];
        let (mut last, mut since, mut known) = (false, 0, 0u32);
        // Beyond the edge everything is light, which closes a run that touches it.
        for (x, &dark) in row.iter().chain(std::iter::once(&false)).enumerate() {
            if dark == last {
                continue;
            }
            runs = [runs[1], runs[2], runs[3], runs[4], (x - since) as u32];
            (last, since, known) = (dark, x, known + 1);
            if !dark && known >= 5 && is_eye(runs) {
                let centre = x as f32 - (runs[4] + runs[3]) as f32 - runs[2] as f32 / 2.0 - 0.5;
                confirm(bits, centre, y, runs.iter().sum(), step as u32, &mut found);
            }
        }
    }
    found.retain(|eye: &Eye| eye.seen >= 2 * step as u32);
    found.sort_by_key(|eye| std::cmp::Reverse(eye.seen));
    found.truncate(MOST);
    found
}

/// Whether five runs are as 1 to 1 to 3 to 1 to 1, as far as blur and few pixels let one tell.
fn is_eye(runs: [u32; 5]) -> bool {
    let total: u32 = runs.iter().sum();
    if total < 7 {
        return false;
    }
    let module = total as f32 / 7.0;
    let near = |run: u32, modules: f32, slack: f32| (run as f32 - module * modules).abs() <= module * slack;
    near(runs[2], 3.0, 1.3) && [0, 1, 3, 4].iter().all(|&side| near(runs[side], 1.0, 0.75))
}

/// Looks at the column through a line's find, then at the line through the column's centre.
fn confirm(bits: &Bits, across: f32, y: usize, wide: u32, lines: u32, found: &mut Vec<Eye>) {
    let column = across.round() as usize;
    let Some((down, tall)) = through(y, bits.height, wide, |at| bits.at(column, at)) else { return };
    let line = (down.round() as usize).min(bits.height - 1);
    let Some((across, wide)) = through(column, bits.width, tall, |at| bits.at(at, line)) else { return };
    // Stripes and noise pass two lines now and then, but not a slanted third.
    let (column, line) = (across.round() as usize, line as isize);
    let slanted = |by: isize| {
        let end = bits.width;
        let at = |x: usize| {
            let y = line + by * (x as isize - column as isize);
            (0..bits.height as isize).contains(&y) && bits.at(x, y as usize)
        };
        through(column, end, wide.midpoint(tall), at).is_some()
    };
    if !slanted(1) && !slanted(-1) {
        return;
    }
    let centre = Point { x: across, y: down };
    let module = (wide + tall) as f32 / 14.0;
    let same = found.iter_mut().find(|eye| {
        let apart = eye.centre.to(centre).length();
        apart < 2.0 * eye.module && (0.6..1.7).contains(&(module / eye.module))
    });
    if let Some(eye) = same {
        let weight = lines as f32 / (eye.seen + lines) as f32;
        eye.centre = eye.centre.moved(eye.centre.to(centre), weight);
        eye.module += (module - eye.module) * weight;
        eye.seen += lines;
    } else {
        found.push(Eye { centre, module, seen: lines });
    }
}

/// The runs through `start` on one line; its centre and total length if they are an eye's.
///
/// `expected` is the length seen the other way: perspective makes them differ, but not by more than three.
fn through(start: usize, end: usize, expected: u32, dark: impl Fn(usize) -> bool) -> Option<(f32, u32)> {
    if start >= end || !dark(start) {
        return None;
    }
    let longest = expected as usize * 2;
    let run = |from: usize, forward: bool, colour: bool| {
        let mut at = from;
        let mut length = 0;
        while length < longest && at < end && dark(at) == colour {
            length += 1;
            at = if forward { at + 1 } else { at.wrapping_sub(1) };
        }
        (at, length as u32)
    };
    let (at, stone_before) = run(start, false, true);
    let (at, light_before) = run(at, false, false);
    let (_, ring_before) = run(at, false, true);
    let (at, stone_after) = run(start + 1, true, true);
    let stone_end = at;
    let (at, light_after) = run(at, true, false);
    let (_, ring_after) = run(at, true, true);
    let runs = [ring_before, light_before, stone_before + stone_after, light_after, ring_after];
    let total: u32 = runs.iter().sum();
    if !is_eye(runs) || total * 3 < expected || total > expected * 3 {
        return None;
    }
    Some((stone_end as f32 - runs[2] as f32 / 2.0 - 0.5, total))
}
