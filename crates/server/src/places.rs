//! Places, a bounded number of them for all and for each address: who holds many leaves some to the others.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Whom places are counted for: an address, cut to what one subscriber holds (a /64 of IPv6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address(IpAddr);

impl From<IpAddr> for Address {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            v4 @ IpAddr::V4(_) => Self(v4),
            IpAddr::V6(v6) => Self(IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)))),
        }
    }
}

/// Places for all, and for each address.
#[derive(Debug)]
pub(crate) struct Places {
    all: Arc<Semaphore>,
    of_one: usize,
    addresses: Mutex<HashMap<Address, Arc<Semaphore>>>,
}

/// A place that is taken, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    address: Address,
    /// Given back before the address is looked at again.
    permits: Option<(OwnedSemaphorePermit, OwnedSemaphorePermit)>,
}

impl Places {
    pub(crate) fn new(all: usize, of_one: usize) -> Arc<Self> {
        Arc::new(Self { all: Arc::new(Semaphore::new(all)), of_one, addresses: Mutex::default() })
    }

    /// Waits for a place, so long at most. Whoever waits for one of its address keeps nobody else waiting.
    pub(crate) async fn take(self: &Arc<Self>, address: Address, wait: Duration) -> Option<Place> {
        let mut place = Place { places: Arc::clone(self), address, permits: None };
        let of_address = self.of(address);
        let permits = async {
            let of_address = of_address.acquire_owned().await.ok()?;
            Some((of_address, Arc::clone(&self.all).acquire_owned().await.ok()?))
        };
        place.permits = Some(timeout(wait, permits).await.ok()??);
        Some(place)
    }

    /// A place if there is one now.
    pub(crate) fn try_take(self: &Arc<Self>, address: Address) -> Option<Place> {
        let mut place = Place { places: Arc::clone(self), address, permits: None };
        let of_address = self.of(address).try_acquire_owned().ok()?;
        place.permits = Some((of_address, Arc::clone(&self.all).try_acquire_owned().ok()?));
        Some(place)
    }

    fn of(&self, address: Address) -> Arc<Semaphore> {
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(addresses.entry(address).or_insert_with(|| Arc::new(Semaphore::new(self.of_one))))
    }
}

impl Drop for Place {
    /// Forgets the address when it holds nothing more and waits for nothing.
    fn drop(&mut self) {
        self.permits = None;
        let mut addresses = self.places.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if addresses.get(&self.address).is_some_and(|known| Arc::strong_count(known) == 1) {
            addresses.remove(&self.address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_millis(20);

    fn address(last: u8) -> Address {
        IpAddr::from([192, 0, 2, last]).into()
    }

    #[tokio::test]
    async fn one_address_leaves_places_to_the_others_and_is_forgotten() {
        let places = Places::new(3, 2);
        let held = [places.take(address(1), NOW).await, places.take(address(1), NOW).await];
        assert!(held.iter().all(Option::is_some));
        assert!(places.take(address(1), NOW).await.is_none(), "its two places are taken");
        let other = places.take(address(2), NOW).await;
        assert!(other.is_some());
        assert!(places.try_take(address(3)).is_none(), "three are taken in all");
        drop((held, other));
        assert!(places.addresses.lock().unwrap().is_empty());
        assert_eq!(places.all.available_permits(), 3);
    }

    #[tokio::test]
    async fn who_waits_is_served_in_turn() {
        let places = Places::new(1, 1);
        let held = places.take(address(1), NOW).await;
        let waiting = tokio::spawn({
            let places = Arc::clone(&places);
            async move { places.take(address(1), Duration::from_secs(5)).await.is_some() }
        });
        tokio::task::yield_now().await;
        drop(held);
        assert!(waiting.await.unwrap());
        assert!(places.addresses.lock().unwrap().is_empty());
    }

    #[test]
    fn one_ipv6_subscriber_is_one_address() {
        let of = |text: &str| Address::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:bbbb::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), address(1));
    }
}
