//! Chance that repeats itself.
//!
//! ChaCha8 of `rand_chacha` is documented as portable and reproducible; `StdRng` may change with any release of
//! `rand`, and so may the way it draws from ranges: ranges are drawn here.

use chrono::{DateTime, Utc};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use uuid::Uuid;

/// A reproducible source of chance.
pub struct Random(ChaCha8Rng);

impl Random {
    /// One stream of a seed. Streams are independent: what one draws changes nothing for the others.
    pub fn stream(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number under `bound`.
    pub fn below(&mut self, bound: u32) -> u32 {
        let product = u64::from(self.0.next_u32()) * u64::from(bound);
        u32::try_from(product >> 32).unwrap_or(0)
    }

    /// A place in a list of `length` elements.
    pub fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u32::try_from(length).unwrap_or(u32::MAX))).unwrap_or(0)
    }

    /// A number between two others, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u32::try_from(high.saturating_sub(low).saturating_add(1)).unwrap_or(1);
        low + i64::from(self.below(span))
    }

    /// Whether something that happens `per_mille` times in a thousand happens now.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// One element of a list that has some.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.index(list.len())]
    }

    /// One of the values, each as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, choices: &[(T, u32)]) -> T {
        let mut left = self.below(choices.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in choices {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        choices[choices.len() - 1].0
    }

    /// A UUIDv7 of that moment: ids sort like what they name, and are the same at every run.
    pub fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        let mut bytes = [0; 10];
        self.0.fill_bytes(&mut bytes);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

/// Elements drawn as often as their weight says, in a list made once.
#[derive(Debug, Default)]
pub struct Choice {
    items: Vec<usize>,
    cumulated: Vec<u32>,
}

impl Choice {
    /// A choice among weighted elements; those without weight never come out.
    pub fn new(weights: impl IntoIterator<Item = (usize, u32)>) -> Self {
        let mut choice = Self::default();
        let mut total = 0;
        for (item, weight) in weights.into_iter().filter(|(_, weight)| *weight > 0) {
            total += weight;
            choice.items.push(item);
            choice.cumulated.push(total);
        }
        choice
    }

    /// Whether nothing can come out.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// One element of a choice that has some.
    pub fn draw(&self, rng: &mut Random) -> usize {
        let drawn = rng.below(self.cumulated.last().copied().unwrap_or(0));
        let place = self.cumulated.partition_point(|upto| *upto <= drawn);
        self.items[place.min(self.items.len() - 1)]
    }
}

/// The weight of the element of that rank among `count`: a Zipf-Mandelbrot law where 5 % of them have a bit less than
/// half of everything, whatever their number.
pub fn skewed_weight(rank: usize, count: usize) -> u32 {
    let scaled = 75 * rank + count + 75;
    u32::try_from(75_000 * count.max(1) / scaled).unwrap_or(1).max(1)
}
