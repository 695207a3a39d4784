//! Random numbers, the same for the same seed.

/// A SplitMix64 generator.
pub struct Random(u64);

impl Random {
    /// A generator with the seed of `AWS_SWITCH_TEST_SEED`, else a new seed; prints the seed.
    pub fn new(what: &str) -> Self {
        let given = std::env::var("AWS_SWITCH_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let seed = given.unwrap_or_else(|| u64::from(now.subsec_nanos()));
        super::report(&format!("{what}: AWS_SWITCH_TEST_SEED={seed}"));
        Self(seed)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(limit).unwrap()).unwrap()
    }

    /// One of `items`.
    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}
