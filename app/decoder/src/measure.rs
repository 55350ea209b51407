//! Measures the eyes of a triple: their exact centres, the width of a module in both directions, and from these the
//! number of modules and the place of the fourth corner in perspective.

use crate::finder::Point;
use crate::patch::Patch;
use crate::triple::Triple;

/// What the three eyes say about the code.
pub(crate) struct Measured {
    /// Centres of the four corner squares: top left, top right, bottom right (worked out), bottom left.
    pub(crate) handles: [Point; 4],
    /// Modules between the centres of two eyes, not yet rounded; `None` if the eyes are too blurred to tell.
    pub(crate) apart: Option<f32>,
}

impl Measured {
    /// Measures; `None` if the eyes can't be those of one code after all.
    pub(crate) fn of(patch: &Patch, triple: &Triple) -> Option<Self> {
        let [mut a, mut b, mut c] =
            [triple.corner, triple.right, triple.down].map(|eye| patch.inward(eye.centre));
        let rough = (triple.corner.module + triple.right.module + triple.down.module) / 3.0 / patch.shrunk();
        let (right, down) = (unit(a.to(b))?, unit(a.to(c))?);
        // Width along each arm, at each eye.
        let mut widths = [[None; 3]; 2];
        for (at, eye) in [&mut a, &mut b, &mut c].into_iter().enumerate() {
            for (arm, way) in [right, down].into_iter().enumerate() {
                if let Some((width, shift)) = measure(patch, *eye, way, rough) {
                    widths[arm][at] = Some(width);
                    *eye = eye.moved(way, shift);
                }
            }
        }
        let [[Some(a_right), Some(b_right), _], [Some(a_down), _, Some(c_down)]] = widths else {
            let d = b.moved(a.to(c), 1.0);
            return Some(Self { handles: [a, b, d, c], apart: None });
        };
        let along = a.to(b).length() / (a_right * b_right).sqrt();
        let across = a.to(c).length() / (a_down * c_down).sqrt();
        if along > 1.35 * across || across > 1.35 * along {
            return None;
        }
        // Things twice as far look half as wide and, along the line of sight, a quarter: the root of the ratio of
        // widths is the ratio of distances, and distance grows evenly over a flat card.
        let (b_far, c_far) = ((a_right / b_right).sqrt(), (a_down / c_down).sqrt());
        let d_far = b_far + c_far - 1.0;
        if d_far < 0.3 {
            return None;
        }
        let fourth = |a: f32, b: f32, c: f32| (b * b_far + c * c_far - a) / d_far;
        let d = Point { x: fourth(a.x, b.x, c.x), y: fourth(a.y, b.y, c.y) };
        Some(Self { handles: [a, b, d, c], apart: Some((along * across).sqrt()) })
    }

    /// The sizes in modules that the code may have.
    pub(crate) fn sizes(&self) -> impl Iterator<Item = usize> + use<> {
        let (least, most) = self.apart.map_or((1, 9), |apart| {
            let version = ((apart + 7.0 - 17.0) / 4.0).round().clamp(1.0, 40.0) as usize;
            // The wider the code, the less exactly its modules are counted.
            let slack = 1 + version / 12;
            (version.saturating_sub(slack).max(1), (version + slack).min(40))
        });
        (least..=most).map(|version| version * 4 + 17)
    }
}

/// A way of length one.
fn unit(way: Point) -> Option<Point> {
    let length = way.length();
    (length > 1.0).then(|| Point { x: way.x / length, y: way.y / length })
}

/// The width of a module along `way`, and how far the eye's centre is from where it was thought to be.
pub(crate) fn measure(patch: &Patch, centre: Point, way: Point, rough: f32) -> Option<(f32, f32)> {
    let back = Point { x: -way.x, y: -way.y };
    match (edges(patch, centre, way, rough), edges(patch, centre, back, rough)) {
        (Some(ahead), Some(behind)) => {
            let width = |edges: [f32; 3]| edges.iter().sum::<f32>();
            Some(((width(ahead) + width(behind)) / 15.0, (ahead[2] - behind[2]) / 2.0))
        }
        _ => None,
    }
}

/// Distances from an eye's centre to where dark ends, begins and ends again: 1.5, 2.5 and 3.5 modules.
fn edges(patch: &Patch, centre: Point, way: Point, rough: f32) -> Option<[f32; 3]> {
    const STEP: f32 = 0.5;
    let mut edges = [0.0; 3];
    let mut met = 0;
    let mut before = patch.at(centre);
    if before <= 0.0 {
        return None;
    }
    let mut far = 0.0;
    while far < rough * 6.0 {
        far += STEP;
        let here = patch.at(centre.moved(way, far));
        // Dark before the first edge, light before the second, dark before the third.
        if (here > 0.0) != (before > 0.0) {
            edges[met] = far - STEP * here / (here - before);
            met += 1;
            if met == 3 {
                let unit = (edges[0] + edges[1] + edges[2]) / 7.5;
                let fits = |edge: f32, modules: f32| (edge / unit - modules).abs() < 0.6;
                return (fits(edges[0], 1.5) && fits(edges[1], 2.5) && fits(edges[2], 3.5)).then_some(edges);
            }
        }
        before = here;
    }
    None
}
