//! How a flat code lies in the picture: the map from modules to pixels, and its best fit to what every code has.

use crate::finder::Point;
use crate::patch::Patch;

/// Maps modules to pixels of the patch, given where the centres of the four corner squares lie.
///
/// The fourth corner has no eye, but the point three and a half modules from its edges is as good a handle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Warp {
    /// Top left, top right, bottom right, bottom left.
    pub(crate) handles: [Point; 4],
    across: [f32; 3],
    down: [f32; 3],
    depth: [f32; 3],
}

impl Warp {
    /// The map for a code of `size` modules a side; `None` if the handles make no proper quadrangle.
    pub(crate) fn new(handles: [Point; 4], size: usize) -> Option<Self> {
        let [a, b, c, d] = handles;
        // The unit square to any quadrangle, after Heckbert; then modules to the unit square.
        let (dx1, dy1) = (b.x - c.x, b.y - c.y);
        let (dx2, dy2) = (d.x - c.x, d.y - c.y);
        let (sx, sy) = (a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y);
        let area = dx1 * dy2 - dx2 * dy1;
        if area.abs() < 1.0 {
            return None;
        }
        let g = (sx * dy2 - dx2 * sy) / area;
        let h = (dx1 * sy - sx * dy1) / area;
        if g <= -0.9 || h <= -0.9 || g + h <= -0.9 {
            return None;
        }
        let side = (size - 7) as f32;
        let row = |u: f32, v: f32, one: f32| [u / side, v / side, one - 3.5 * (u + v) / side];
        Some(Self {
            handles,
            across: row(b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x),
            down: row(b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y),
            depth: row(g, h, 1.0),
        })
    }

    /// Where a point of the code lies; the middle of the first module is (0.5, 0.5).
    pub(crate) fn at(&self, x: f32, y: f32) -> Point {
        let along = |row: &[f32; 3]| row[0] * x + row[1] * y + row[2];
        let depth = along(&self.depth);
        Point { x: along(&self.across) / depth, y: along(&self.down) / depth }
    }
}

/// A way that a code may lie in the patch.
pub(crate) struct Guess {
    /// How well its marks fit, by a rough look.
    pub(crate) fit: f32,
    pub(crate) warp: Warp,
    pub(crate) marks: Marks,
}

impl Guess {
    /// A guess whose marks fit less than this is no code.
    pub(crate) const LEAST: f32 = 0.2;

    /// Guesses worth a closer look, the best first.
    pub(crate) fn best(mut guesses: Vec<Self>, most: usize) -> Vec<Self> {
        guesses.retain(|guess| guess.fit > Self::LEAST);
        guesses.sort_by(|a, b| b.fit.total_cmp(&a.fit));
        guesses.truncate(most);
        guesses
    }
}

/// Of so many marks one is looked at roughly.
const ROUGH: usize = 3;

/// What every code of one size has in the same places: eyes with their light rim, timing lines, alignment square.
pub(crate) struct Marks {
    /// Modules a side.
    pub(crate) size: usize,
    /// Middle of the module, and 1 for dark or -1 for light, heavier where it tells more.
    cells: Vec<(f32, f32, f32)>,
    weight: f32,
}

impl Marks {
    /// The marks of a code of `size` modules a side.
    pub(crate) fn of(size: usize) -> Self {
        let mut cells = Vec::new();
        let mut put = |x: usize, y: usize, dark: bool, weight: f32| {
            cells.push((x as f32 + 0.5, y as f32 + 0.5, if dark { weight } else { -weight }));
        };
        for y in 0..8 {
            for x in 0..8 {
                let ring = x.min(y).min(6 - x.min(6)).min(6 - y.min(6));
                let dark = x < 7 && y < 7 && ring != 1;
                put(x, y, dark, 1.0);
                put(size - 1 - x, y, dark, 1.0);
                put(x, size - 1 - y, dark, 1.0);
            }
        }
        for along in 8..size - 8 {
            put(along, 6, along % 2 == 0, 1.5);
            put(6, along, along % 2 == 0, 1.5);
        }
        if size > 21 {
            for y in 0..5usize {
                for x in 0..5usize {
                    let ring = x.abs_diff(2).max(y.abs_diff(2));
                    put(size - 9 + x, size - 9 + y, ring != 1, 2.0);
                }
            }
        }
        let weight = cells.iter().map(|cell| cell.2.abs()).sum::<f32>() * 100.0;
        Self { size, cells, weight }
    }

    /// How well a map fits: 1 if every mark is where it should be, about 0 for a map to anywhere.
    fn fit(&self, patch: &Patch, warp: &Warp) -> f32 {
        let sum: f32 = self.cells.iter().map(|&(x, y, dark)| dark * patch.at(warp.at(x, y))).sum();
        sum / self.weight
    }

    /// The share of the marks that modules, read row by row, have right.
    pub(crate) fn share(&self, modules: &[f32]) -> f32 {
        let right =
            |&&(x, y, dark): &&(f32, f32, f32)| modules[y as usize * self.size + x as usize] * dark > 0.0;
        self.cells.iter().filter(right).count() as f32 / self.cells.len() as f32
    }

    /// The same from a third of the marks, looked at roughly: enough to choose among places far apart.
    pub(crate) fn rough_fit(&self, patch: &Patch, warp: &Warp) -> f32 {
        let sum: f32 =
            self.cells.iter().step_by(ROUGH).map(|&(x, y, dark)| dark * patch.near(warp.at(x, y))).sum();
        sum * ROUGH as f32 / self.weight
    }

    /// Width of a module in pixels, by the distance of the eyes.
    fn module(&self, handles: &[Point; 4]) -> f32 {
        let legs = handles[0].to(handles[1]).length() + handles[0].to(handles[3]).length();
        legs / 2.0 / (self.size - 7) as f32
    }

    /// Looks for the fourth handle around the place that perspective gives it.
    pub(crate) fn rough(&self, patch: &Patch, handles: [Point; 4]) -> Option<(f32, Warp)> {
        let module = self.module(&handles);
        let mut best: Option<(f32, Warp)> = None;
        for x in -3i8..=3 {
            for y in -3i8..=3 {
                let mut tried = handles;
                tried[2].x += f32::from(x) * module;
                tried[2].y += f32::from(y) * module;
                let Some(warp) = Warp::new(tried, self.size) else { continue };
                let fit = self.rough_fit(patch, &warp);
                if best.is_none_or(|(known, _)| fit > known) {
                    best = Some((fit, warp));
                }
            }
        }
        best
    }

    /// Shifts the handles by less and less, as long as that fits better.
    pub(crate) fn fine(&self, patch: &Patch, warp: Warp) -> Warp {
        let module = self.module(&warp.handles);
        let mut best = (self.fit(patch, &warp), warp);
        for step in [0.6, 0.3, 0.15] {
            for handle in [2, 0, 1, 3, 2, 0, 1, 3] {
                for (x, y) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
                    let mut tried = best.1.handles;
                    tried[handle].x += x * step * module;
                    tried[handle].y += y * step * module;
                    let Some(warp) = Warp::new(tried, self.size) else { continue };
                    let fit = self.fit(patch, &warp);
                    if fit > best.0 {
                        best = (fit, warp);
                    }
                }
            }
        }
        best.1
    }
}
