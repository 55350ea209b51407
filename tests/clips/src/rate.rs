//! P13: how many clips are read within a second, how many single frames, and the same for the naive way.

use std::ops::Add;
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use crate::Clip;
use crate::pose::{HEIGHT, WIDTH};
use crate::scene::Frame;

/// What a reader made of some clips.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// Clips looked at.
    pub clips: u32,
    /// Of these, read within their first ten frames.
    pub clips_read: u32,
    /// Frames looked at.
    pub frames: u32,
    /// Of these, read.
    pub frames_read: u32,
    /// Time spent reading.
    pub spent: Duration,
}

impl Rate {
    /// Share of clips read within a second.
    #[must_use]
    pub fn clip_share(&self) -> f64 {
        f64::from(self.clips_read) / f64::from(self.clips.max(1))
    }

    /// Share of single frames read.
    #[must_use]
    pub fn frame_share(&self) -> f64 {
        f64::from(self.frames_read) / f64::from(self.frames.max(1))
    }

    /// Milliseconds a frame, on this machine.
    #[must_use]
    pub fn milliseconds(&self) -> f64 {
        self.spent.as_secs_f64() * 1000.0 / f64::from(self.frames.max(1))
    }

    /// Counts one clip.
    fn count(&mut self, frames: &[Frame], text: &str, read: impl Fn(&Frame) -> Option<String>) {
        let start = Instant::now();
        let hits = frames.iter().filter(|frame| read(frame).as_deref() == Some(text)).count() as u32;
        self.spent += start.elapsed();
        self.clips += 1;
        self.clips_read += u32::from(hits > 0);
        self.frames += frames.len() as u32;
        self.frames_read += hits;
    }
}

impl Add for Rate {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            clips: self.clips + other.clips,
            clips_read: self.clips_read + other.clips_read,
            frames: self.frames + other.frames,
            frames_read: self.frames_read + other.frames_read,
            spent: self.spent + other.spent,
        }
    }
}

/// The decoder and the naive way on the same frames.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rates {
    /// The scanner's decoder.
    pub ours: Rate,
    /// `rqrr` as its manual shows it.
    pub naive: Rate,
}

impl Add for Rates {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { ours: self.ours + other.ours, naive: self.naive + other.naive }
    }
}

/// The text on the card of a seed: a door's address of usual length.
#[must_use]
pub fn text_of(seed: u64) -> String {
    let mut chance = crate::random::Chance::new(!seed);
    let token: String = (0..21)
        .map(|_| char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(chance.bits() >> 59) as usize]))
        .collect();
    format!("https://lm.example.org/d/{token}")
}

/// Reads one second of each seed's clip. Takes about a second a clip in an optimised build.
#[must_use]
pub fn measure(seeds: impl IntoIterator<Item = u64>) -> Rates {
    let mut rates = Rates::default();
    for seed in seeds {
        let text = text_of(seed);
        let frames: Vec<Frame> = Clip::hard(&text, seed).take(10).collect();
        rates.ours.count(&frames, &text, ours);
        rates.naive.count(&frames, &text, naive);
    }
    rates
}

/// How many frames of each clip it takes until the code is read; `None` if a second is not enough.
#[must_use]
pub fn frames_needed(seed: u64) -> Option<usize> {
    let text = text_of(seed);
    Clip::hard(&text, seed).take(10).position(|frame| ours(&frame).as_deref() == Some(&text)).map(|at| at + 1)
}

fn ours(frame: &Frame) -> Option<String> {
    decoder::read(frame, WIDTH, HEIGHT).into_iter().next()
}

/// The control. `rqrr` alone stops with an assertion on some noisy frames; that counts as not read.
fn naive(frame: &Frame) -> Option<String> {
    catch_unwind(|| {
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(WIDTH, HEIGHT, |x, y| frame[y * WIDTH + x]);
        prepared.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
    })
    .unwrap_or(None)
}
