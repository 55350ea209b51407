//! When a reflection hides one eye: two good eyes, and the places where the third may be. Each eye is a square, so
//! its outline alone tells how the code lies around it.

use std::f32::consts::PI;

use crate::finder::{Eye, Point};
use crate::measure::measure;
use crate::patch::Patch;
use crate::plane::Plane;
use crate::warp::{Guess, Marks, Warp};

/// An eye whose outline is known: the ways of one module right and one module down the code, either way round.
#[derive(Debug, Clone, Copy)]
struct Square {
    centre: Point,
    one: Point,
    other: Point,
}

/// The likeliest pairs of eyes, those seen on most lines first. At most this many are looked at.
const MOST: usize = 6;

/// Pairs of eyes that may belong to one code.
pub(crate) fn pairs(eyes: &[Eye]) -> Vec<(Eye, Eye)> {
    let mut pairs = Vec::new();
    for (i, &a) in eyes.iter().enumerate() {
        for &b in &eyes[i + 1..] {
            let apart = a.centre.to(b.centre).length();
            let (wide, narrow) = (a.module.max(b.module), a.module.min(b.module));
            if wide < 1.8 * narrow && apart > 8.0 * wide && apart < 80.0 * narrow {
                pairs.push((a, b));
            }
        }
    }
    pairs.sort_by_key(|(a, b)| std::cmp::Reverse(a.seen.min(b.seen)));
    pairs.truncate(MOST);
    pairs
}

/// The ways a code may lie over two eyes, the best fitting first, with the patch they are seen in.
pub(crate) fn guesses(picture: &Plane, (a, b): (Eye, Eye)) -> Option<(Patch, Vec<Guess>)> {
    let apart = a.centre.to(b.centre).length();
    let patch = Patch::around(picture, &[a, b], &[a.centre, b.centre], 1.3 * apart + 6.0 * a.module)?;
    let squares = [Square::of(&patch, a)?, Square::of(&patch, b)?];
    let mut found = Vec::new();
    for (handles, modules) in places(&squares) {
        let version = ((modules - 10.0) / 4.0).round().clamp(1.0, 20.0) as usize;
        for version in version.saturating_sub(1).max(1)..=version + 1 {
            let marks = Marks::of(version * 4 + 17);
            let fits = handles.iter().filter_map(|&handles| {
                let warp = Warp::new(handles, marks.size)?;
                Some((marks.rough_fit(&patch, &warp), warp))
            });
            if let Some((fit, warp)) = fits.max_by(|a, b| a.0.total_cmp(&b.0)) {
                found.push(Guess { fit, warp, marks });
            }
        }
    }
    Some((patch, Guess::best(found, 3)))
}

/// How much nearer or farther the far side may be: steps of the slant that two eyes can't tell.
const SLANTS: [f32; 7] = [0.0, 0.08, -0.08, 0.17, -0.17, 0.28, -0.28];

/// Handles for every way the code may lie over two eyes, each with the number of modules between two eyes' centres.
fn places([a, b]: &[Square; 2]) -> Vec<(Vec<[Point; 4]>, f32)> {
    let mut places = Vec::new();
    let mut put = |handles: Vec<[Point; 4]>, modules: f32| places.push((handles, modules));
    let (Some(seen), Some(back)) = (a.within(b.centre), b.within(a.centre)) else { return Vec::new() };
    // Turn both squares so that the pair lies along `one`, as far as it lies along either.
    let (a, seen) = if seen.0.abs() < seen.1.abs() { (a.turned(), (seen.1, seen.0)) } else { (*a, seen) };
    let (b, back) = if back.0.abs() < back.1.abs() { (b.turned(), (back.1, back.0)) } else { (*b, back) };
    let modules = (seen.0 * back.0).abs().sqrt();
    let slants =
        |near: &dyn Fn(f32) -> [Point; 4]| SLANTS.iter().map(|&slant| near(1.0 / (1.0 + slant))).collect();
    if seen.1.abs() < 0.35 * seen.0.abs() && back.1.abs() < 0.35 * back.0.abs() {
        // Side by side: the third is over there or over here, above the one or above the other.
        let way = if a.other.x * b.other.x + a.other.y * b.other.y < 0.0 { -1.0 } else { 1.0 };
        for side in [modules, -modules] {
            let far = |near: f32| {
                (a.centre.moved(a.other, side * near), b.centre.moved(b.other, side * way * near))
            };
            put(slants(&|near| clockwise([a.centre, b.centre, far(near).1, far(near).0])), modules);
            put(slants(&|near| clockwise([b.centre, a.centre, far(near).0, far(near).1])), modules);
        }
    } else if seen.1.abs() > 0.6 * seen.0.abs() {
        // Across: straight lines stay straight, so the corner is where the one's row meets the other's column.
        let modules = (seen.0 * seen.1 * back.0 * back.1).abs().powf(0.25);
        let along = |one: Point, other: Point| (one.x * other.x + one.y * other.y).abs() / other.length();
        let b = if along(a.one, b.one) < along(a.one, b.other) { b.turned() } else { b };
        if let (Some(corner), Some(fourth)) =
            (meet(a.centre, a.one, b.centre, b.other), meet(a.centre, a.other, b.centre, b.one))
        {
            put(vec![clockwise([corner, a.centre, fourth, b.centre])], modules);
            put(vec![clockwise([fourth, a.centre, corner, b.centre])], modules);
        }
    }
    places
}

/// Where a line through `p` and one through `q` meet.
fn meet(p: Point, one: Point, q: Point, other: Point) -> Option<Point> {
    let area = one.x * other.y - one.y * other.x;
    let way = p.to(q);
    (area.abs() > 0.5).then(|| p.moved(one, (way.x * other.y - way.y * other.x) / area))
}

/// Corner, one arm, far corner, other arm: going round so that right comes before down.
fn clockwise([corner, one, far, other]: [Point; 4]) -> [Point; 4] {
    let (a, b) = (corner.to(one), corner.to(other));
    if a.x * b.y - a.y * b.x > 0.0 { [corner, one, far, other] } else { [corner, other, far, one] }
}

impl Square {
    /// Works the square out from the eye's outline, looked at in many directions.
    fn of(patch: &Patch, eye: Eye) -> Option<Self> {
        const LOOKS: usize = 24;
        let mut centre = patch.inward(eye.centre);
        let rough = eye.module / patch.shrunk();
        let mut ways = Vec::with_capacity(LOOKS);
        for look in 0..LOOKS {
            let (y, x) = (look as f32 * PI / LOOKS as f32).sin_cos();
            let way = Point { x, y };
            if let Some((width, shift)) = measure(patch, centre, way, rough) {
                centre = centre.moved(way, shift * 0.5);
                ways.push((way, 1.0 / width));
            }
        }
        if ways.len() * 4 < LOOKS * 3 {
            return None;
        }
        // The outline is farthest at the square's corners; half their sum and half their difference are its sides.
        let farthest = |from: &dyn Fn(Point) -> bool| {
            ways.iter().filter(|(way, _)| from(*way)).min_by(|a, b| a.1.total_cmp(&b.1)).copied()
        };
        let (first, short) = farthest(&|_| true)?;
        let (second, shorter) = farthest(&|way| (way.x * first.x + way.y * first.y).abs() < 0.75)?;
        let corners = [(first, 1.0 / short), (second, 1.0 / shorter)]
            .map(|(way, length)| Point { x: way.x * length, y: way.y * length });
        let half = |sign: f32| Point {
            x: (corners[0].x + sign * corners[1].x) / 2.0,
            y: (corners[0].y + sign * corners[1].y) / 2.0,
        };
        let mut square = Self { centre, one: half(1.0), other: half(-1.0) };
        for _ in 0..3 {
            square = square.fitted(&ways)?;
        }
        Some(square)
    }

    /// Fits the two sides to what was seen: the reach in a direction is set by the side that it leaves through.
    fn fitted(&self, ways: &[(Point, f32)]) -> Option<Self> {
        // For each side a plane `row . way = 1 / width`, by least squares over the directions that leave there.
        let mut sums = [[0.0f32; 5]; 2];
        for &(way, inverse) in ways {
            let (one, other) = Self { centre: Point { x: 0.0, y: 0.0 }, ..*self }.within(way)?;
            let (side, reach) = if one.abs() > other.abs() { (0, one) } else { (1, other) };
            let aim = inverse * reach.signum();
            for (sum, term) in sums[side].iter_mut().zip([
                way.x * way.x,
                way.x * way.y,
                way.y * way.y,
                way.x * aim,
                way.y * aim,
            ]) {
                *sum += term;
            }
        }
        let [first, second] = sums.map(|[xx, xy, yy, xa, ya]| {
            let area = xx * yy - xy * xy;
            (area > 1e-3).then(|| Point { x: (xa * yy - ya * xy) / area, y: (ya * xx - xa * xy) / area })
        });
        let (first, second) = (first?, second?);
        let area = first.x * second.y - first.y * second.x;
        (area.abs() > 1e-4).then(|| Self {
            centre: self.centre,
            one: Point { x: second.y / area, y: -second.x / area },
            other: Point { x: -first.y / area, y: first.x / area },
        })
    }

    /// A point in modules of this square, as if the card went on flat.
    fn within(&self, point: Point) -> Option<(f32, f32)> {
        let way = self.centre.to(point);
        let area = self.one.x * self.other.y - self.one.y * self.other.x;
        (area.abs() > 0.5).then(|| {
            (
                (way.x * self.other.y - way.y * self.other.x) / area,
                (self.one.x * way.y - self.one.y * way.x) / area,
            )
        })
    }

    /// The same square with its sides the other way round.
    fn turned(&self) -> Self {
        Self { centre: self.centre, one: self.other, other: self.one }
    }
}
