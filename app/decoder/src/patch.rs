//! The part of a picture around one code, with light and shadow taken out: positive is dark, negative is light.

use crate::finder::{Eye, Point};
use crate::plane::{Plane, Sums};

/// A code's surroundings. Coordinates are its own; `shrunk` pixels of the picture make one here.
pub(crate) struct Patch {
    width: usize,
    height: usize,
    /// -127 (light) to 127 (dark) against the mean of the surroundings.
    dark: Vec<i8>,
    left: usize,
    top: usize,
    shrunk: usize,
}

/// Width of a module in the patch, in pixels, that is enough to read it; wider ones are averaged down.
const ENOUGH: f32 = 4.5;

impl Patch {
    /// Cuts the patch out of the full picture: all of `corners` and `margin` pixels around, seen in the light that
    /// falls on `eyes`.
    pub(crate) fn around(picture: &Plane, eyes: &[Eye], corners: &[Point], margin: f32) -> Option<Self> {
        let module = eyes.iter().map(|eye| eye.module).sum::<f32>() / eyes.len() as f32;
        let least = |along: fn(&Point) -> f32| corners.iter().map(along).fold(f32::MAX, f32::min) - margin;
        let most = |along: fn(&Point) -> f32| corners.iter().map(along).fold(0.0, f32::max) + margin;
        let (left, right) = (least(|p| p.x).max(0.0) as usize, (most(|p| p.x) as usize).min(picture.width));
        let (top, bottom) = (least(|p| p.y).max(0.0) as usize, (most(|p| p.y) as usize).min(picture.height));
        let shrunk = ((module / ENOUGH) as usize).max(1);
        let (width, height) = (right.checked_sub(left)? / shrunk, bottom.checked_sub(top)? / shrunk);
        if width < 21 || height < 21 {
            return None;
        }
        let grey = shrink(picture, left, top, width, height, shrunk);
        let mut patch = Self { width, height, dark: Vec::new(), left, top, shrunk };
        patch.level(&grey, eyes, module / shrunk as f32);
        Some(patch)
    }

    /// Takes the light out: each pixel against the mean around it, scaled so that the eyes' centres are at 100.
    fn level(&mut self, grey: &Plane, eyes: &[Eye], module: f32) {
        let radius = (5.0 * module) as usize + 1;
        let hearts: Vec<(usize, usize)> = eyes
            .iter()
            .map(|eye| {
                let at = self.inward(eye.centre);
                let (x, y) = (at.x.max(0.0) as usize, at.y.max(0.0) as usize);
                (x.min(self.width - 1), y.min(self.height - 1))
            })
            .collect();
        let sums = grey.sums();
        let depth = |&(x, y): &(usize, usize)| 1.0 - grey.at(x, y) / mean(grey, &sums, radius, x, y);
        let depth = hearts.iter().map(depth).sum::<f32>() / hearts.len() as f32;
        let scale = 100.0 / depth.max(0.04);
        // The mean changes slowly: one for each block of four by four pixels will do.
        const BLOCK: usize = 4;
        let mut dark = Vec::with_capacity(grey.pixels.len());
        let mut weights = vec![0.0; self.width.div_ceil(BLOCK)];
        for (y, row) in grey.pixels.chunks_exact(self.width).enumerate() {
            if y % BLOCK == 0 {
                for (block, weight) in weights.iter_mut().enumerate() {
                    let x = (block * BLOCK + BLOCK / 2).min(self.width - 1);
                    *weight = scale / mean(grey, &sums, radius, x, y);
                }
            }
            for (pixels, &weight) in row.chunks(BLOCK).zip(&weights) {
                dark.extend(
                    pixels
                        .iter()
                        .map(|&pixel| (scale - f32::from(pixel) * weight).clamp(-127.0, 127.0) as i8),
                );
            }
        }
        self.dark = dark;
    }

    /// A point of the picture in the patch's coordinates.
    pub(crate) fn inward(&self, point: Point) -> Point {
        let times = self.shrunk as f32;
        Point {
            x: (point.x - self.left as f32 + 0.5) / times - 0.5,
            y: (point.y - self.top as f32 + 0.5) / times - 0.5,
        }
    }

    /// How many pixels of the picture make one here.
    pub(crate) fn shrunk(&self) -> f32 {
        self.shrunk as f32
    }

    /// How dark it is at a point, between pixels too; outside is neither dark nor light.
    pub(crate) fn at(&self, point: Point) -> f32 {
        if !(point.x >= 0.0 && point.y >= 0.0) {
            return 0.0;
        }
        let (x, y) = (point.x as usize, point.y as usize);
        if x + 1 >= self.width || y + 1 >= self.height {
            return 0.0;
        }
        let (right, down) = (point.x - x as f32, point.y - y as f32);
        let at = y * self.width + x;
        let pixel = |at: usize| f32::from(self.dark[at]);
        let upper = pixel(at) + (pixel(at + 1) - pixel(at)) * right;
        let lower = pixel(at + self.width) + (pixel(at + self.width + 1) - pixel(at + self.width)) * right;
        upper + (lower - upper) * down
    }

    /// How dark the nearest pixel is.
    pub(crate) fn near(&self, point: Point) -> f32 {
        if !(point.x >= -0.5 && point.y >= -0.5) {
            return 0.0;
        }
        let (x, y) = ((point.x + 0.5) as usize, (point.y + 0.5) as usize);
        if x < self.width && y < self.height { f32::from(self.dark[y * self.width + x]) } else { 0.0 }
    }
}

/// The mean around a pixel, at least 1.
fn mean(grey: &Plane, sums: &Sums, radius: usize, x: usize, y: usize) -> f32 {
    let (left, right) = (x.saturating_sub(radius), (x + radius + 1).min(grey.width));
    let (top, bottom) = (y.saturating_sub(radius), (y + radius + 1).min(grey.height));
    (sums.of(left, top, right, bottom) as f32 / ((right - left) * (bottom - top)) as f32).max(1.0)
}

/// A part of the picture, each `times` by `times` pixels averaged to one.
fn shrink(picture: &Plane, left: usize, top: usize, width: usize, height: usize, times: usize) -> Plane {
    let row = |y: usize| &picture.pixels[y * picture.width + left..][..width * times];
    let mut pixels = Vec::with_capacity(width * height);
    let mut sums = vec![0u32; width];
    let area = (times * times) as u32;
    for y in 0..height {
        if times == 1 {
            pixels.extend_from_slice(row(top + y));
            continue;
        }
        sums.fill(0);
        for from in 0..times {
            for (sum, group) in sums.iter_mut().zip(row(top + y * times + from).chunks_exact(times)) {
                *sum += group.iter().map(|&pixel| u32::from(pixel)).sum::<u32>();
            }
        }
        pixels.extend(sums.iter().map(|sum| (sum / area) as u8));
    }
    Plane { width, height, pixels }
}
