//! Takes a code's bytes apart into its blocks, has each mended, and puts the data together. The tables are the
//! standard's (ISO/IEC 18004, table 9), by version.

use crate::layout::Level;
use crate::mend::mend;

/// Bytes of correction in each block, versions 1 to 40.
const CORRECTION: [[u8; 40]; 4] = [
    // Medium
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    // Low
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26,
        28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    // High
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    // Quartile
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30,
        28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];

/// Number of blocks, versions 1 to 40.
const BLOCKS: [[u8; 40]; 4] = [
    // Medium
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28,
        29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ],
    // Low
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16,
        17, 18, 19, 19, 20, 21, 22, 24, 25,
    ],
    // High
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42,
        45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
    // Quartile
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35,
        38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
];

/// The data of a code; `None` if a block is damaged beyond mending.
pub(crate) fn data(bytes: &[u8], version: usize, level: Level) -> Option<Vec<u8>> {
    let correction = usize::from(*CORRECTION[level as usize].get(version.checked_sub(1)?)?);
    let blocks = usize::from(*BLOCKS[level as usize].get(version - 1)?);
    // All blocks are equally long, but for one more byte of data in the last few.
    let (length, longer) = (bytes.len() / blocks, bytes.len() % blocks);
    let short = length.checked_sub(correction)?;
    let mut data = Vec::with_capacity(bytes.len());
    for block in 0..blocks {
        let mut one: Vec<u8> = (0..short).map(|at| bytes[at * blocks + block]).collect();
        if let Some(late) = (block + longer).checked_sub(blocks) {
            one.push(bytes[short * blocks + late]);
        }
        let rest = &bytes[short * blocks + longer..];
        one.extend((0..correction).map(|at| rest[at * blocks + block]));
        mend(&mut one, correction)?;
        data.extend_from_slice(&one[..one.len() - correction]);
    }
    Some(data)
}
