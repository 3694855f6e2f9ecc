//! Random texts for unit tests, the same at each run.

/// Knuth's linear congruential generator (The Art of Computer Programming, 3.3.4).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        (self.0 >> 33) as usize % bound
    }

    /// So many of `units`, one after the other.
    pub(crate) fn text(&mut self, count: usize, units: &[&str]) -> String {
        (0..count).map(|_| units[self.below(units.len())]).collect()
    }
}
