//! Grey pictures and what is needed of them: smaller, smoother, and split into dark and light. No QR knowledge here.

/// A grey picture, row by row.
pub(crate) struct Plane {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Plane {
    /// How bright a pixel is.
    pub(crate) fn at(&self, x: usize, y: usize) -> f32 {
        f32::from(self.pixels[y * self.width + x])
    }

    /// Half the size: each pixel the mean of four, which also halves the noise.
    pub(crate) fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = Vec::with_capacity(width * height);
        for rows in self.pixels.chunks_exact(self.width * 2).take(height) {
            let (upper, lower) = rows.split_at(self.width);
            pixels.extend(upper.chunks_exact(2).zip(lower.chunks_exact(2)).map(|(a, b)| {
                let sum = u16::from(a[0]) + u16::from(a[1]) + u16::from(b[0]) + u16::from(b[1]);
                ((sum + 2) >> 2) as u8
            }));
        }
        Self { width, height, pixels }
    }

    /// Each pixel weighed with its eight neighbours (1 2 1): calms the noise of a dim stairwell.
    pub(crate) fn smoothed(&self) -> Self {
        let w = self.width;
        let weigh = |a: u8, b: u8, c: u8| ((u16::from(a) + 2 * u16::from(b) + u16::from(c) + 2) >> 2) as u8;
        let mut across = self.pixels.clone();
        for (to, from) in across.chunks_exact_mut(w).zip(self.pixels.chunks_exact(w)) {
            for (to, around) in to[1..].iter_mut().zip(from.windows(3)) {
                *to = weigh(around[0], around[1], around[2]);
            }
        }
        let mut pixels = across.clone();
        for (row, to) in pixels.chunks_exact_mut(w).enumerate().skip(1).take(self.height.saturating_sub(2)) {
            let (above, here, below) =
                (&across[(row - 1) * w..], &across[row * w..], &across[(row + 1) * w..]);
            for (((to, &a), &b), &c) in to.iter_mut().zip(above).zip(here).zip(below) {
                *to = weigh(a, b, c);
            }
        }
        Self { width: w, height: self.height, pixels }
    }

    /// Sums over rectangles from the top left corner, for means of any window in four looks.
    pub(crate) fn sums(&self) -> Sums {
        let stride = self.width + 1;
        let mut table = vec![0u32; stride * (self.height + 1)];
        for (y, row) in self.pixels.chunks_exact(self.width).enumerate() {
            let (before, after) = table.split_at_mut((y + 1) * stride);
            let above = &before[y * stride + 1..];
            let mut sum = 0;
            for ((to, &pixel), &over) in after[1..].iter_mut().zip(row).zip(above) {
                sum += u32::from(pixel);
                *to = sum + over;
            }
        }
        Sums { stride, table }
    }

    /// Splits into dark and light: dark is what lies below `percent` of the mean around it.
    pub(crate) fn split(&self, radius: usize, percent: u32) -> Bits {
        let sums = self.sums();
        let (w, h) = (self.width, self.height);
        let mut dark = vec![false; w * h];
        for (y, (row, to)) in self.pixels.chunks_exact(w).zip(dark.chunks_exact_mut(w)).enumerate() {
            let (top, bottom) = (y.saturating_sub(radius), (y + radius + 1).min(h));
            let upper = &sums.table[top * sums.stride..(top + 1) * sums.stride];
            let lower = &sums.table[bottom * sums.stride..(bottom + 1) * sums.stride];
            for (x, (&pixel, dark)) in row.iter().zip(to).enumerate() {
                let (left, right) = (x.saturating_sub(radius), (x + radius + 1).min(w));
                let sum = lower[right] + upper[left] - lower[left] - upper[right];
                let area = ((right - left) * (bottom - top)) as u32;
                // 64 bits: a wide window of a bright picture times 100 would overflow 32.
                *dark = u64::from(pixel) * u64::from(area) * 100 < u64::from(sum) * u64::from(percent);
            }
        }
        Bits { width: w, height: h, dark }
    }
}

/// Sums of all pixels above and left of each corner.
pub(crate) struct Sums {
    stride: usize,
    table: Vec<u32>,
}

impl Sums {
    /// The sum over columns `left..right` and rows `top..bottom`.
    pub(crate) fn of(&self, left: usize, top: usize, right: usize, bottom: usize) -> u32 {
        let at = |x: usize, y: usize| self.table[y * self.stride + x];
        at(right, bottom) + at(left, top) - at(left, bottom) - at(right, top)
    }
}

/// A picture of dark and light.
pub(crate) struct Bits {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) dark: Vec<bool>,
}

impl Bits {
    /// Whether the pixel is dark.
    pub(crate) fn at(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.width + x]
    }
}
