//! How long to wait before a transaction is run again.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

/// Waits that grow, with chance in them so that those who got into each other's way do not meet again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Backoff {
    /// The longest wait after the first try.
    pub(super) base: Duration,
    /// The longest wait after any.
    pub(super) max: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Backoff {
            base: Duration::from_millis(10),
            max: Duration::from_secs(1),
        }
    }
}

impl Backoff {
    /// The wait after the try with this number, counted from 1.
    pub(super) fn wait(self, number: u32) -> Duration {
        self.longest(number).mul_f64(chance())
    }

    fn longest(self, number: u32) -> Duration {
        let doubled = 1_u32.checked_shl(number.saturating_sub(1));
        let longest = doubled.and_then(|times| self.base.checked_mul(times));
        longest.unwrap_or(self.max).min(self.max)
    }
}

/// A number from 0 up to 1.
fn chance() -> f64 {
    // Each state has keys of its own, which come from the system's entropy.
    let random = RandomState::new().hash_one(0_u8);
    (random >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Backoff;

    #[test]
    fn waits_double_up_to_the_greatest_and_are_spread_below() {
        let backoff = Backoff {
            base: Duration::from_millis(10),
            max: Duration::from_millis(70),
        };
        let longest = [1, 2, 3, 4, 33, u32::MAX].map(|number| backoff.longest(number).as_millis());
        assert_eq!(longest, [10, 20, 40, 70, 70, 70]);
        let waits: Vec<Duration> = (0..200).map(|_| backoff.wait(2)).collect();
        assert!(waits.iter().all(|wait| wait.as_millis() < 20));
        let short = waits.iter().filter(|wait| wait.as_millis() < 10).count();
        assert!((50..150).contains(&short), "{short} of 200 are short");
    }
}
