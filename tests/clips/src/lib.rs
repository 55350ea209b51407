//! Seeded clips of a door card before a phone's camera, to measure the decoder with and to feed a browser's fake
//! camera. Its own crate, so that it can be compiled fast code in test builds: a clip is millions of pixels.

pub mod card;
pub mod mjpeg;
pub mod pose;
pub mod random;
pub mod rate;
pub mod scene;

use card::Card;
use fast_qr::ECL;
use pose::Hand;
use random::Chance;
use scene::{Frame, Light};

/// Frames a second: what the scanner takes.
pub const RATE: f32 = 10.0;

/// A clip: a card, a hand, a light, and the chance that grains its frames.
#[derive(Debug, Clone)]
pub struct Clip {
    card: Card,
    hand: Hand,
    light: Light,
    grain: Chance,
    next: u32,
}

impl Clip {
    /// The hard clip of a seed: a card with `text` in a stairwell, held by an unsteady hand.
    #[must_use]
    pub fn hard(text: &str, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let card = Card::door(text, ECL::Q, &mut chance);
        let (hand, light) = (Hand::unsteady(&mut chance), Light::stairwell(&mut chance));
        Self { card, hand, light, grain: chance, next: 0 }
    }

    /// A clip of a given card, hand and light.
    #[must_use]
    pub fn of(card: Card, hand: Hand, light: Light) -> Self {
        Self { card, hand, light, grain: Chance::new(1), next: 0 }
    }
}

impl Iterator for Clip {
    type Item = Frame;

    /// The next frame, a tenth of a second later. A clip never ends.
    fn next(&mut self) -> Option<Frame> {
        let seconds = self.next as f32 / RATE;
        self.next += 1;
        Some(scene::frame(&self.card, &self.hand, &self.light, seconds, &mut self.grain))
    }
}
