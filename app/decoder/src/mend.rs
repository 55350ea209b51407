//! Mends a block of bytes by its correction bytes: Reed-Solomon over GF(256), as QR codes use it.

/// Powers of the primitive element for `x^8 + x^4 + x^3 + x^2 + 1`, twice over so that sums need no wrapping.
const POWERS: [u8; 512] = powers();
/// Exponents: `POWERS[LOGARITHMS[x]] == x` for every `x` but 0.
const LOGARITHMS: [u8; 256] = logarithms();

const fn powers() -> [u8; 512] {
    let mut powers = [0; 512];
    let mut value: u16 = 1;
    let mut at = 0;
    while at < 512 {
        powers[at] = value as u8;
        value <<= 1;
        if value > 255 {
            value ^= 0x11d;
        }
        at += 1;
    }
    powers
}

const fn logarithms() -> [u8; 256] {
    let mut logarithms = [0; 256];
    let mut at = 0;
    while at < 255 {
        logarithms[POWERS[at] as usize] = at as u8;
        at += 1;
    }
    logarithms
}

fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        0
    } else {
        POWERS[usize::from(LOGARITHMS[usize::from(a)]) + usize::from(LOGARITHMS[usize::from(b)])]
    }
}

/// `a / b`; `b` is not 0.
fn over(a: u8, b: u8) -> u8 {
    if a == 0 {
        0
    } else {
        POWERS[255 + usize::from(LOGARITHMS[usize::from(a)]) - usize::from(LOGARITHMS[usize::from(b)])]
    }
}

/// The value of a polynomial, lowest coefficient first.
fn value(polynomial: &[u8], at: u8) -> u8 {
    polynomial.iter().rev().fold(0, |sum, &coefficient| times(sum, at) ^ coefficient)
}

/// Mends the block in place; `None` if more than half as many bytes are wrong as there are for `correction`.
pub(crate) fn mend(block: &mut [u8], correction: usize) -> Option<()> {
    let syndromes = syndromes(block, correction);
    if syndromes.iter().all(|&syndrome| syndrome == 0) {
        return Some(());
    }
    let locator = locator(&syndromes)?;
    let errors = locator.len() - 1;
    // Syndromes times locator, cut off, tell how wrong each byte is.
    let evaluator: Vec<u8> = (0..correction)
        .map(|at| (0..=at.min(errors)).fold(0, |sum, back| sum ^ times(locator[back], syndromes[at - back])))
        .collect();
    let slope: Vec<u8> = (1..=errors).map(|at| if at % 2 == 1 { locator[at] } else { 0 }).collect();
    let mut found = 0;
    let last = block.len() - 1;
    for place in 0..block.len() {
        let inverse = POWERS[255 - place % 255];
        if value(&locator, inverse) != 0 {
            continue;
        }
        let slope = value(&slope, inverse);
        if slope == 0 {
            return None;
        }
        let wrong = times(POWERS[place % 255], over(value(&evaluator, inverse), slope));
        block[last - place] ^= wrong;
        found += 1;
    }
    (found == errors && self::syndromes(block, correction).iter().all(|&syndrome| syndrome == 0))
        .then_some(())
}

/// All zero if nothing is wrong.
fn syndromes(block: &[u8], correction: usize) -> Vec<u8> {
    (0..correction).map(|power| block.iter().fold(0, |sum, &byte| times(sum, POWERS[power]) ^ byte)).collect()
}

/// The shortest polynomial whose roots are the places of the errors (Berlekamp and Massey), if there are few enough.
fn locator(syndromes: &[u8]) -> Option<Vec<u8>> {
    let (mut locator, mut before) = (vec![1u8], vec![1u8]);
    let (mut errors, mut gap, mut scale) = (0, 1, 1u8);
    for at in 0..syndromes.len() {
        let off = (1..=errors.min(locator.len() - 1))
            .fold(syndromes[at], |sum, back| sum ^ times(locator[back], syndromes[at - back]));
        if off == 0 {
            gap += 1;
            continue;
        }
        let factor = over(off, scale);
        let kept = locator.clone();
        locator.resize(locator.len().max(before.len() + gap), 0);
        for (place, &coefficient) in before.iter().enumerate() {
            locator[place + gap] ^= times(factor, coefficient);
        }
        if 2 * errors <= at {
            errors = at + 1 - errors;
            (before, scale, gap) = (kept, off, 1);
        } else {
            gap += 1;
        }
    }
    locator.truncate(errors + 1);
    (2 * errors <= syndromes.len() && locator.len() == errors + 1).then_some(locator)
}
