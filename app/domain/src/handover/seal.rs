//! SHA-256 of 16 bytes: one block, in a loop. A general implementation is 5 KB of a phone's program, because it is
//! unrolled to be fast; this one is asked once in an hour. The test holds it against the general one.

/// The square roots' and cube roots' bits of the standard (FIPS 180-4), worked out instead of written down.
const fn roots() -> ([u32; 8], [u32; 64]) {
    let (mut first, mut rounds) = ([0; 8], [0; 64]);
    let (mut found, mut number) = (0, 2);
    while found < 64 {
        let (mut divisor, mut prime) = (2, true);
        while divisor * divisor <= number {
            if number % divisor == 0 {
                prime = false;
            }
            divisor += 1;
        }
        if prime {
            if found < 8 {
                first[found] = fraction(number, 2);
            }
            rounds[found] = fraction(number, 3);
            found += 1;
        }
        number += 1;
    }
    (first, rounds)
}

/// The first 32 bits behind the point of a root of a small number: the largest `x` with `x^power <= number * 2^(32 *
/// power)`, without what stands before the point.
const fn fraction(number: u128, power: u32) -> u32 {
    let wanted = number << (32 * power);
    let (mut x, mut bit) = (0_u128, 1_u128 << 36);
    while bit > 0 {
        let next = x | bit;
        let raised = if power == 2 { next * next } else { next * next * next };
        if raised <= wanted {
            x = next;
        }
        bit >>= 1;
    }
    (x & 0xffff_ffff) as u32
}

const ROOTS: ([u32; 8], [u32; 64]) = roots();

/// The first 16 bytes of the digest.
pub(super) fn half_digest(message: &[u8; 16]) -> [u8; 16] {
    let (first, rounds) = &ROOTS;
    let mut words = [0_u32; 64];
    for (word, bytes) in words.iter_mut().zip(message.chunks(4)) {
        *word = bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    // The end of the message, and its length in bits.
    (words[4], words[15]) = (1 << 31, 128);
    for at in 16..64 {
        let (w, v) = (words[at - 15], words[at - 2]);
        let small = w.rotate_right(7) ^ w.rotate_right(18) ^ w >> 3;
        let large = v.rotate_right(17) ^ v.rotate_right(19) ^ v >> 10;
        words[at] = words[at - 16].wrapping_add(small).wrapping_add(words[at - 7]).wrapping_add(large);
    }
    let mut state = *first;
    for at in 0..64 {
        let [a, b, c, d, e, f, g, h] = state;
        let mixed = (e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25))
            .wrapping_add(e & f ^ !e & g)
            .wrapping_add(h.wrapping_add(rounds[at]).wrapping_add(words[at]));
        let most =
            (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22)).wrapping_add(a & b ^ a & c ^ b & c);
        state = [mixed.wrapping_add(most), a, b, c, d.wrapping_add(mixed), e, f, g];
    }
    let mut digest = [0; 16];
    for (place, bytes) in digest.chunks_mut(4).enumerate() {
        bytes.copy_from_slice(&state[place].wrapping_add(first[place]).to_be_bytes());
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    proptest! {
        #[test]
        fn it_is_the_standards_digest(message: [u8; 16]) {
            prop_assert_eq!(&half_digest(&message)[..], &Sha256::digest(message)[..16]);
        }
    }
}
