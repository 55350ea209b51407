//! Writes frames as Motion JPEG, the form Chromium's fake camera reads: one JPEG after the other, nothing between.

use std::io::{self, Write};

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::pose::{HEIGHT, WIDTH};
use crate::scene::Frame;

/// Frames a second in a browser's fake camera, whatever the clip's own.
const PLAYED: usize = 30;

/// Appends one frame of a clip, as often as it takes to play the clip at its own pace.
///
/// # Errors
/// If the writer fails.
pub fn append(out: &mut impl Write, frame: &Frame) -> io::Result<()> {
    // As colour with halved chroma: what webcams send, and what every reader of Motion JPEG accepts.
    let rgb: Vec<u8> = frame.iter().flat_map(|&grey| [grey; 3]).collect();
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, 90);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(&rgb, WIDTH as u16, HEIGHT as u16, ColorType::Rgb).map_err(io::Error::other)?;
    (0..PLAYED / crate::RATE as usize).try_for_each(|_| out.write_all(&jpeg))
}
