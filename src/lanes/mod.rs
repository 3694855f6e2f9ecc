//! Sixteen bytes compared at once (SIMD): which of them are a given byte, at most or at least it,
//! and where the first of those stands.
//!
//! `sse2` and `portable` have the same functions; which of the two is used is settled when the crate is compiled. (On
//! x86-64, taking the first lane from a mask of bits instead of looking through memory took an eighth off the time
//! of the tokenizer.)

#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
mod portable;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod sse2;

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
pub(crate) use portable::{Hits, Lanes};
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(crate) use sse2::{Hits, Lanes};

/// How many bytes are compared at once.
pub(crate) const LANES: usize = 16;

#[cfg(test)]
mod tests {
    use super::{LANES, portable};
    use crate::random::Random;

    /// What each question says of sixteen bytes and of sixteen others, as a list of the first hits.
    macro_rules! answers {
        ($module:ident, $one:expr, $other:expr, $byte:expr) => {{
            let (one, other, byte) = ($module::Lanes::new($one), $module::Lanes::new($other), $byte);
            [
                one.is(byte).first(),
                one.is(byte).second(),
                one.at_most(byte).second(),
                one.at_most(byte).first(),
                one.at_least(byte).first(),
                one.max(other).is(byte).first(),
                one.min(other).at_most(byte).first(),
                one.plus_one().is(byte).first(),
                one.lower().is(byte).first(),
                (one.is(byte) | other.is(byte)).first(),
                (one.at_most(byte) & other.at_least(byte)).first(),
                one.at_most(byte).except(other.at_least(byte)).first(),
                (!one.at_most(byte)).first(),
            ]
        }};
    }

    fn bytes(random: &mut Random) -> [u8; LANES] {
        std::array::from_fn(|_| random.below(256) as u8)
    }

    /// The slow twin asks each byte by itself.
    fn slowly(one: [u8; LANES], other: [u8; LANES], byte: u8) -> [Option<usize>; 13] {
        let first = |predicate: &dyn Fn(u8, u8) -> bool| (0..LANES).find(|&lane| predicate(one[lane], other[lane]));
        [
            first(&|one, _| one == byte),
            (0..LANES).filter(|&lane| one[lane] == byte).nth(1),
            (0..LANES).filter(|&lane| one[lane] <= byte).nth(1),
            first(&|one, _| one <= byte),
            first(&|one, _| one >= byte),
            first(&|one, other| one.max(other) == byte),
            first(&|one, other| one.min(other) <= byte),
            first(&|one, _| one.saturating_add(1) == byte),
            first(&|one, _| one | 0x20 == byte),
            first(&|one, other| one == byte || other == byte),
            first(&|one, other| one <= byte && other >= byte),
            first(&|one, other| one <= byte && other < byte),
            first(&|one, _| one > byte),
        ]
    }

    #[test]
    fn lanes_say_what_each_byte_says() {
        let mut random = Random::new(11);
        for _ in 0..20_000 {
            let (one, other) = (bytes(&mut random), bytes(&mut random));
            let byte = [one[random.below(LANES)], 0, b' ', 0x7F, 0x80, 0xFF][random.below(6)];
            let expected = slowly(one, other, byte);
            assert_eq!(answers!(portable, &one, &other, byte), expected, "{one:?} {other:?} {byte}");
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            {
                use super::sse2;
                assert_eq!(answers!(sse2, &one, &other, byte), expected, "{one:?} {other:?} {byte}");
            }
        }
    }
}
