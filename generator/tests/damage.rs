//! Damage done to texts, the same in every run: what readers must survive.

/// Changes a text at one place: another character, one more, some less, or some again.
pub(crate) fn damage(characters: &mut Vec<char>, odd: &[char], random: &mut Random) {
    let at = random.below(characters.len());
    match random.below(4) {
        0 => characters[at] = odd[random.below(odd.len())],
        1 => characters.insert(at, odd[random.below(odd.len())]),
        2 => {
            let end = (at + random.below(12)).min(characters.len());
            characters.drain(at..end);
        }
        _ => {
            let end = (at + random.below(40)).min(characters.len());
            let copied: Vec<char> = characters[at..end].to_vec();
            let to = random.below(characters.len());
            characters.splice(to..to, copied);
        }
    }
}

/// Marsaglia's xorshift.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new() -> Self {
        Random(0x2545_f491_4f6c_dd1d)
    }

    /// Other numbers for each seed.
    pub(crate) fn seeded(seed: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        // The first few have too much of the seed in them.
        for _ in 0..8 {
            random.below(1);
        }
        random
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}
