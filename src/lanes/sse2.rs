//! Lanes in a vector register of x86-64.

use std::ops::{BitAnd, BitOr, Not};

use safe_arch::{
    add_saturating_u8_m128i, bitandnot_m128i, cmp_eq_mask_i8_m128i, load_unaligned_m128i, m128i, max_u8_m128i,
    min_u8_m128i, move_mask_i8_m128i, set_splat_i8_m128i,
};

use super::LANES;

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(crate) struct Lanes(m128i);

/// For each of sixteen bytes, whether it was hit.
#[derive(Clone, Copy)]
pub(crate) struct Hits(m128i);

#[inline(always)]
fn all(byte: u8) -> m128i {
    set_splat_i8_m128i(byte.cast_signed())
}

#[inline(always)]
fn equal(one: m128i, other: m128i) -> Hits {
    Hits(cmp_eq_mask_i8_m128i(one, other))
}

impl Lanes {
    #[inline(always)]
    pub(crate) fn new(bytes: &[u8; LANES]) -> Self {
        Self(load_unaligned_m128i(bytes))
    }

    /// Which bytes are this one.
    #[inline(always)]
    pub(crate) fn is(self, byte: u8) -> Hits {
        equal(self.0, all(byte))
    }

    /// Which bytes are this one or less.
    #[inline(always)]
    pub(crate) fn at_most(self, byte: u8) -> Hits {
        equal(self.0, min_u8_m128i(self.0, all(byte)))
    }

    /// Which bytes are this one or more.
    #[inline(always)]
    pub(crate) fn at_least(self, byte: u8) -> Hits {
        equal(self.0, max_u8_m128i(self.0, all(byte)))
    }

    /// The greater of each two.
    #[inline(always)]
    pub(crate) fn max(self, other: Self) -> Self {
        Self(max_u8_m128i(self.0, other.0))
    }

    /// The lesser of each two.
    #[inline(always)]
    pub(crate) fn min(self, other: Self) -> Self {
        Self(min_u8_m128i(self.0, other.0))
    }

    /// One more each, but for 255, which stays.
    #[inline(always)]
    pub(crate) fn plus_one(self) -> Self {
        Self(add_saturating_u8_m128i(self.0, all(1)))
    }

    /// Bit 5 of each set: letters of ASCII in lower case.
    #[inline(always)]
    pub(crate) fn lower(self) -> Self {
        Self(self.0 | all(0x20))
    }
}

impl Hits {
    /// The first byte that was hit.
    #[inline(always)]
    pub(crate) fn first(self) -> Option<usize> {
        match move_mask_i8_m128i(self.0) {
            0 => None,
            mask => Some(mask.trailing_zeros() as usize),
        }
    }

    /// The second byte that was hit.
    #[inline(always)]
    pub(crate) fn second(self) -> Option<usize> {
        let mask = move_mask_i8_m128i(self.0);
        match mask & mask.wrapping_sub(1) {
            0 => None,
            mask => Some(mask.trailing_zeros() as usize),
        }
    }

    /// What was hit here and not there.
    #[inline(always)]
    pub(crate) fn except(self, other: Self) -> Self {
        Self(bitandnot_m128i(other.0, self.0))
    }
}

impl Not for Hits {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        equal(self.0, all(0))
    }
}

impl BitOr for Hits {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for Hits {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}
