//! Where the phone is held in front of the card, moment by moment, and what that does to straight lines.

use crate::card::Card;
use crate::random::Chance;

/// Frame size of the clips: what the scanner asks the camera for.
pub const WIDTH: usize = 1280;
/// Height to [`WIDTH`].
pub const HEIGHT: usize = 720;
/// Focal length in pixels: a phone's main camera sees about 65 degrees across.
const FOCAL: f32 = 1000.0;

/// How a phone is held at one moment. Angles in radians.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pose {
    /// Turn of the picture.
    pub roll: f32,
    /// How far from looking straight at the card.
    pub tilt: f32,
    /// Towards which side it leans.
    pub lean: f32,
    /// Where the middle of the code appears, in pixels.
    pub at: (f32, f32),
    /// How wide the code would appear if looked at straight, in pixels.
    pub size: f32,
}

/// One swing of an unsteady hand: amplitude in pixels across, down and in radians of turn; hertz; phase.
#[derive(Debug, Clone, Copy)]
struct Swing {
    across: f32,
    down: f32,
    turn: f32,
    hertz: f32,
    phase: f32,
}

/// A hand holding a phone.
#[derive(Debug, Clone)]
pub struct Hand {
    start: Pose,
    /// Pixels a second.
    drift: (f32, f32),
    swings: Vec<Swing>,
}

impl Hand {
    /// Holds perfectly still.
    #[must_use]
    pub fn still(start: Pose) -> Self {
        Self { start, drift: (0.0, 0.0), swings: Vec::new() }
    }

    /// A hand after climbing stairs: any turn, up to 50 degrees aslant, the code 130 to 430 pixels wide, trembling
    /// at 1 to 7 hertz.
    #[must_use]
    pub fn unsteady(chance: &mut Chance) -> Self {
        let turn = std::f32::consts::TAU;
        let size = 130.0 * (430.0f32 / 130.0).powf(chance.between(0.0, 1.0));
        let room = size * 0.75 + 20.0;
        let start = Pose {
            roll: chance.between(0.0, turn),
            tilt: chance.between(0.0, 50f32.to_radians()),
            lean: chance.between(0.0, turn),
            at: (
                chance.between(room, WIDTH as f32 - room),
                chance.between(room.min(359.0), (HEIGHT as f32 - room).max(361.0)),
            ),
            size,
        };
        let swings = (0..3)
            .map(|_| {
                let hertz = chance.between(1.0, 7.0);
                let reach = chance.between(1.0, 12.0) / hertz;
                Swing {
                    across: reach * chance.normal(),
                    down: reach * chance.normal(),
                    turn: chance.normal() * 0.012 / hertz,
                    hertz,
                    phase: chance.between(0.0, turn),
                }
            })
            .collect();
        Self { start, drift: (chance.normal() * 12.0, chance.normal() * 12.0), swings }
    }

    /// How it is held after some seconds.
    #[must_use]
    pub fn after(&self, seconds: f32) -> Pose {
        let mut pose = self.start;
        pose.at.0 += self.drift.0 * seconds;
        pose.at.1 += self.drift.1 * seconds;
        for swing in &self.swings {
            let wave = (std::f32::consts::TAU * swing.hertz * seconds + swing.phase).sin();
            pose.at.0 += swing.across * wave;
            pose.at.1 += swing.down * wave;
            pose.roll += swing.turn * wave;
            pose.tilt += swing.turn * wave;
        }
        pose
    }
}

/// Maps pixels of the frame back to millimetres of the card.
#[derive(Debug, Clone, Copy)]
pub struct Sight([[f32; 3]; 3]);

impl Sight {
    /// What a pose makes of a card.
    #[must_use]
    pub fn of(pose: &Pose, card: &Card) -> Self {
        let distance = FOCAL * card.code / pose.size;
        // Turn the lean's axis upright, tilt about it, turn back, then roll.
        let spin =
            |angle: f32| [[angle.cos(), -angle.sin(), 0.0], [angle.sin(), angle.cos(), 0.0], [0.0, 0.0, 1.0]];
        let (sin, cos) = pose.tilt.sin_cos();
        let tilt = [[cos, 0.0, sin], [0.0, 1.0, 0.0], [-sin, 0.0, cos]];
        let turned =
            product(&spin(pose.roll), &product(&spin(pose.lean), &product(&tilt, &spin(-pose.lean))));
        // Camera axes: x right, y down, z forward. The point aimed at lies on the ray through `at`, and the slant is
        // against that ray: beside the middle of the frame a card would otherwise be seen far more aslant than said.
        let (x, y) = ((pose.at.0 - WIDTH as f32 / 2.0) / FOCAL, (pose.at.1 - HEIGHT as f32 / 2.0) / FOCAL);
        let length = (x * x + y * y + 1.0).sqrt();
        let [x, y, z] = [x / length, y / length, 1.0 / length];
        let place = [x, y, z].map(|part| part * distance);
        let bend = 1.0 / (1.0 + z);
        let facing =
            [[1.0 - x * x * bend, -x * y * bend, x], [-x * y * bend, 1.0 - y * y * bend, y], [-x, -y, z]];
        let turned = product(&facing, &turned);
        let mut plane = [[0.0; 3]; 3];
        for (row, out) in plane.iter_mut().enumerate() {
            let origin = place[row] - turned[row][0] * card.target.0 - turned[row][1] * card.target.1;
            *out = [turned[row][0], turned[row][1], origin];
        }
        let lens = [[FOCAL, 0.0, WIDTH as f32 / 2.0], [0.0, FOCAL, HEIGHT as f32 / 2.0], [0.0, 0.0, 1.0]];
        Self(inverse(&product(&lens, &plane)))
    }

    /// The place on the card that a point of the frame looks at.
    #[must_use]
    pub fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let along = |row: &[f32; 3]| row[0] * x + row[1] * y + row[2];
        let near = 1.0 / along(&self.0[2]);
        (along(&self.0[0]) * near, along(&self.0[1]) * near)
    }
}

type Matrix = [[f32; 3]; 3];

fn product(a: &Matrix, b: &Matrix) -> Matrix {
    let mut out = [[0.0; 3]; 3];
    for (row, to) in out.iter_mut().enumerate() {
        for (column, cell) in to.iter_mut().enumerate() {
            *cell = (0..3).map(|at| a[row][at] * b[at][column]).sum();
        }
    }
    out
}

/// The inverse up to a factor, which a map of points doesn't mind.
fn inverse(m: &Matrix) -> Matrix {
    let minor = |r: usize, c: usize| {
        let (r1, r2, c1, c2) = ((r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3);
        m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]
    };
    let scale = 1.0 / (m[0][0] * minor(0, 0) + m[0][1] * minor(0, 1) + m[0][2] * minor(0, 2));
    let mut out = [[0.0; 3]; 3];
    for (row, to) in out.iter_mut().enumerate() {
        for (column, cell) in to.iter_mut().enumerate() {
            *cell = minor(column, row) * scale;
        }
    }
    out
}
