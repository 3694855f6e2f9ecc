//! Lanes in an array, in loops of the form that is compiled to vector instructions where there are any.

use std::hint::black_box;
use std::ops::{BitAnd, BitOr, Not};

use super::LANES;

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(crate) struct Lanes([u8; LANES]);

/// For each of sixteen bytes 255 if it was hit, else 0.
#[derive(Clone, Copy)]
pub(crate) struct Hits([u8; LANES]);

impl Lanes {
    #[inline(always)]
    pub(crate) fn new(bytes: &[u8; LANES]) -> Self {
        Self(*bytes)
    }

    #[inline(always)]
    fn which(self, hits: impl Fn(u8) -> bool) -> Hits {
        Hits(self.0.map(|byte| if hits(byte) { 0xFF } else { 0 }))
    }

    /// Which bytes are this one.
    #[inline(always)]
    pub(crate) fn is(self, byte: u8) -> Hits {
        self.which(|lane| lane == byte)
    }

    /// Which bytes are this one or less.
    #[inline(always)]
    pub(crate) fn at_most(self, byte: u8) -> Hits {
        self.which(|lane| lane <= byte)
    }

    /// Which bytes are this one or more.
    #[inline(always)]
    pub(crate) fn at_least(self, byte: u8) -> Hits {
        self.which(|lane| lane >= byte)
    }

    /// The greater of each two.
    #[inline(always)]
    pub(crate) fn max(self, other: Self) -> Self {
        Self(each(self.0, other.0, u8::max))
    }

    /// The lesser of each two.
    #[inline(always)]
    pub(crate) fn min(self, other: Self) -> Self {
        Self(each(self.0, other.0, u8::min))
    }

    /// One more each, but for 255, which stays.
    #[inline(always)]
    pub(crate) fn plus_one(self) -> Self {
        Self(self.0.map(|byte| byte.saturating_add(1)))
    }

    /// Bit 5 of each set: letters of ASCII in lower case.
    #[inline(always)]
    pub(crate) fn lower(self) -> Self {
        Self(self.0.map(|byte| byte | 0x20))
    }
}

impl Hits {
    /// The first byte that was hit.
    #[inline(always)]
    pub(crate) fn first(self) -> Option<usize> {
        first_lane(self.bits())
    }

    /// The second byte that was hit.
    #[inline(always)]
    pub(crate) fn second(self) -> Option<usize> {
        let bits = self.bits();
        let first = first_lane(bits)?;
        first_lane(bits & !(0xFF << (8 * first)))
    }

    #[inline(always)]
    fn bits(self) -> u128 {
        // The optimizer would take the lanes apart again to look at them one by one, and then all is done one by one;
        // it must not know how they came about.
        u128::from_le_bytes(black_box(self.0))
    }

    /// What was hit here and not there.
    #[inline(always)]
    pub(crate) fn except(self, other: Self) -> Self {
        Self(each(self.0, other.0, |one, other| one & !other))
    }
}

impl Not for Hits {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        Self(self.0.map(|lane| !lane))
    }
}

impl BitOr for Hits {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Self(each(self.0, other.0, |one, other| one | other))
    }
}

impl BitAnd for Hits {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self(each(self.0, other.0, |one, other| one & other))
    }
}

#[inline(always)]
fn first_lane(bits: u128) -> Option<usize> {
    (bits != 0).then_some(bits.trailing_zeros() as usize / 8)
}

#[inline(always)]
fn each(one: [u8; LANES], other: [u8; LANES], join: impl Fn(u8, u8) -> u8) -> [u8; LANES] {
    let mut lanes = one;
    for (lane, other) in lanes.iter_mut().zip(other) {
        *lane = join(*lane, other);
    }
    lanes
}
