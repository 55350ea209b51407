//! Writes frames as Motion JPEG, the form Chromium's fake camera reads: one JPEG after the other, nothing between.

use std::io::{self, Write};

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::pose::{HEIGHT, WIDTH};
use crate::scene::Frame;

/// Appends one frame.
///
/// # Errors
/// If the writer fails.
pub fn append(out: &mut impl Write, frame: &Frame) -> io::Result<()> {
    // As colour with halved chroma: what webcams send, and what every reader of Motion JPEG accepts.
    let rgb: Vec<u8> = frame.iter().flat_map(|&grey| [grey; 3]).collect();
    let mut encoder = Encoder::new(&mut *out, 90);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(&rgb, WIDTH as u16, HEIGHT as u16, ColorType::Rgb).map_err(io::Error::other)
}
