//! Takes the picture: the card on its door, the light of a stairwell, a lens, a shutter and a noisy sensor.

use crate::card::Card;
use crate::pose::{HEIGHT, Hand, Sight, WIDTH};
use crate::random::Chance;

/// A grey frame of 1280 by 720, row by row.
pub type Frame = Vec<u8>;

/// Looks per pixel within the exposure, each at another moment and another place in the pixel.
const LOOKS: usize = 12;

/// A lamp mirrored in a laminated card. It wanders over the card, since whoever aims a phone moves it.
#[derive(Debug, Clone, Copy)]
struct Glare {
    /// Millimetres from the middle of the code when the clip begins.
    at: (f32, f32),
    /// Millimetres a second.
    way: (f32, f32),
    /// Millimetres from its middle to where it has faded to a third.
    size: f32,
    /// In shares of what white paper would send back in this light.
    peak: f32,
}

/// Everything but the hand and the card.
#[derive(Debug, Clone)]
pub struct Light {
    /// Exposure: 1 makes white paper nearly white.
    exposure: f32,
    /// How long the shutter is open, in seconds.
    shutter: f32,
    /// Deviation of the sensor's noise, in grey levels.
    noise: f32,
    /// Falling off across the frame: brightness at the left and at the right.
    slope: (f32, f32),
    glare: Option<Glare>,
    /// A shadow's edge, in millimetres right of the code's middle, and what it leaves of the light.
    shadow: Option<(f32, f32)>,
    /// Blur of the lens in pixels: once focused, and how much more at the start.
    focus: (f32, f32),
    /// Seconds the focus takes to come.
    focusing: f32,
}

impl Light {
    /// A lit office: what a demo sees.
    #[must_use]
    pub fn calm() -> Self {
        Self {
            exposure: 0.95,
            shutter: 0.004,
            noise: 2.0,
            slope: (1.0, 0.9),
            glare: None,
            shadow: None,
            focus: (0.6, 0.0),
            focusing: 0.2,
        }
    }

    /// A stairwell: one in three dim (long shutter, strong noise), two in five with glare, one in four with a shadow
    /// across, one in three still focusing when the clip begins.
    #[must_use]
    pub fn stairwell(chance: &mut Chance) -> Self {
        let dim = chance.happens(1.0 / 3.0);
        Self {
            exposure: if dim { chance.between(0.08, 0.3) } else { chance.between(0.5, 1.1) },
            shutter: if dim { chance.between(0.025, 0.06) } else { chance.between(0.004, 0.02) },
            noise: if dim { chance.between(5.0, 10.0) } else { chance.between(2.0, 5.0) },
            slope: (chance.between(0.6, 1.0), chance.between(0.6, 1.0)),
            glare: chance.happens(0.4).then(|| {
                let (speed, heading) =
                    (chance.between(10.0, 50.0), chance.between(0.0, std::f32::consts::TAU));
                Glare {
                    at: (chance.between(-40.0, 40.0), chance.between(-40.0, 40.0)),
                    way: (speed * heading.cos(), speed * heading.sin()),
                    size: chance.between(5.0, 13.0),
                    peak: chance.between(0.5, 2.5),
                }
            }),
            shadow: chance.happens(0.25).then(|| (chance.between(-30.0, 30.0), chance.between(0.25, 0.6))),
            focus: (
                chance.between(0.4, 1.4),
                if chance.happens(1.0 / 3.0) { chance.between(1.5, 4.0) } else { 0.0 },
            ),
            focusing: chance.between(0.15, 0.35),
        }
    }
}

/// The frame taken at `seconds`. `grain` is the sensor's noise, another one each frame.
#[must_use]
pub fn frame(card: &Card, hand: &Hand, light: &Light, seconds: f32, grain: &mut Chance) -> Frame {
    let sights: Vec<(Sight, f32, f32)> = (0..LOOKS)
        .map(|look| {
            // A lattice that visits every part of the pixel and of the exposure once.
            let time = seconds + light.shutter * (look as f32 + 0.5) / LOOKS as f32;
            let (x, y) = ((look * 5 % LOOKS) as f32, (look * 7 % LOOKS) as f32);
            (
                Sight::of(&hand.after(time), card),
                (x + 0.5) / LOOKS as f32 - 0.5,
                (y + 0.5) / LOOKS as f32 - 0.5,
            )
        })
        .collect();
    let mut linear = Vec::with_capacity(WIDTH * HEIGHT);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            linear.push(pixel(card, light, &sights, seconds, (x as f32, y as f32)));
        }
    }
    let (sharp, more) = light.focus;
    soften(&mut linear, sharp + more * (-seconds / light.focusing).exp());
    // Cameras hand out grey levels by the root of about 2.2, as screens expect.
    const STEPS: usize = 4096;
    let levels: Vec<f32> =
        (0..=STEPS).map(|step| 255.0 * (step as f32 / STEPS as f32).powf(1.0 / 2.2)).collect();
    linear
        .into_iter()
        .map(|share| {
            let level = levels[(share.clamp(0.0, 1.0) * STEPS as f32) as usize];
            (level + light.noise * grain.normal()).clamp(0.0, 255.0) as u8
        })
        .collect()
}

/// The light that reaches one pixel while the shutter is open.
fn pixel(card: &Card, light: &Light, sights: &[(Sight, f32, f32)], seconds: f32, (x, y): (f32, f32)) -> f32 {
    let (place_x, place_y) = sights[0].0.place(x, y);
    let (from_x, from_y) = (place_x - card.target.0, place_y - card.target.1);
    let surface = if near_card(card, place_x, place_y) {
        let sum: f32 = sights
            .iter()
            .map(|(sight, dx, dy)| {
                let (x, y) = sight.place(x + dx, y + dy);
                card.at(x, y).unwrap_or_else(|| door(x, y))
            })
            .sum();
        sum / sights.len() as f32
    } else {
        door(place_x, place_y)
    };
    let across = x / WIDTH as f32;
    let mut lit = light.exposure * (light.slope.0 + (light.slope.1 - light.slope.0) * across);
    if let Some((edge, left)) = light.shadow {
        // The edge is soft over some 6 mm, as shadows of people are.
        let inside = ((from_x + 0.4 * from_y - edge) / 6.0).clamp(0.0, 1.0);
        lit *= 1.0 - (1.0 - left) * inside;
    }
    let mut share = surface * lit;
    if let Some(glare) = light.glare {
        let middle = (glare.at.0 + glare.way.0 * seconds, glare.at.1 + glare.way.1 * seconds);
        let far = (from_x - middle.0).hypot(from_y - middle.1) / glare.size;
        if far < 3.0 {
            share += light.exposure * glare.peak * (-far * far).exp();
        }
    }
    share
}

/// Whether a place is on the card or so near that motion may bring it there.
fn near_card(card: &Card, x: f32, y: f32) -> bool {
    (-8.0..card.width + 8.0).contains(&x) && (-8.0..card.height + 8.0).contains(&y)
}

/// The door around the card: panels, a lattice gate, an old poster's stripes. Busy, as doors are.
fn door(x: f32, y: f32) -> f32 {
    let panel =
        if (x / 170.0).fract().abs() < 0.04 || (y / 230.0).fract().abs() < 0.04 { 0.05 } else { 0.16 };
    let wood = 0.03 * ((x * 0.35).sin() * (y * 0.02 + x * 0.01).sin());
    let lattice = if x > 130.0 && ((x + y) / 14.0).rem_euclid(2.0) < 0.5 { 0.35 } else { 0.0 };
    let poster = if (-90.0..-15.0).contains(&x) && (20.0..110.0).contains(&y) {
        let line = (y / 7.0).rem_euclid(1.0) < 0.45 && (x * 1.7 + (y / 7.0).floor() * 31.0).sin() > -0.5;
        if line { -0.1 } else { 0.55 }
    } else {
        0.0
    };
    (panel + wood + lattice + poster).max(0.02)
}

/// A lens out of focus: three box blurs make nearly a Gaussian of deviation `sigma`.
fn soften(picture: &mut [f32], sigma: f32) {
    // Variance of a box of width 2r+1 with fractional edges is close to ((2r+1)^2 - 1) / 12; three of them add up.
    let radius = ((4.0 * sigma * sigma + 1.0).sqrt() - 1.0) / 2.0;
    if radius < 0.05 {
        return;
    }
    let mut line = vec![0.0; WIDTH.max(HEIGHT)];
    for _ in 0..3 {
        for row in picture.chunks_exact_mut(WIDTH) {
            line[..WIDTH].copy_from_slice(row);
            for (x, to) in row.iter_mut().enumerate() {
                *to = boxed(&line[..WIDTH], x, radius);
            }
        }
        for x in 0..WIDTH {
            for y in 0..HEIGHT {
                line[y] = picture[y * WIDTH + x];
            }
            for y in 0..HEIGHT {
                picture[y * WIDTH + x] = boxed(&line[..HEIGHT], y, radius);
            }
        }
    }
}

/// The mean around one place of a line, the outermost two counted in part.
fn boxed(line: &[f32], at: usize, radius: f32) -> f32 {
    let whole = radius as usize;
    let part = radius - whole as f32;
    let value = |offset: isize| line[at.saturating_add_signed(offset).min(line.len() - 1)];
    let whole = whole as isize;
    let inner: f32 = (-whole..=whole).map(value).sum();
    (inner + part * (value(-whole - 1) + value(whole + 1))) / (1.0 + 2.0 * radius)
}
