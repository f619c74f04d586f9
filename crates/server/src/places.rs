//! Places, a bounded number of them for all, for each address and for each site: who holds many leaves some to the others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::Address;

/// Places for all, for each address, and for each site: a site holds as many addresses as it likes, and half of the
/// places at most.
#[derive(Debug)]
pub(crate) struct Places {
    all: Arc<Semaphore>,
    of_address: Shares,
    of_site: Shares,
}

/// Places of each, as long as it holds or waits for one.
#[derive(Debug)]
struct Shares {
    most: usize,
    known: Mutex<HashMap<Address, Arc<Semaphore>>>,
}

/// A place that is taken, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    address: Address,
    /// Given back before the address is looked at again.
    permits: Option<[OwnedSemaphorePermit; 3]>,
}

impl Places {
    pub(crate) fn new(all: usize, of_one: usize) -> Arc<Self> {
        let of_site = Shares::new(of_one.max(all / 2));
        Arc::new(Self { all: Arc::new(Semaphore::new(all)), of_address: Shares::new(of_one), of_site })
    }

    /// Waits for a place, so long at most. Whoever waits for one of its address or site keeps nobody else waiting.
    pub(crate) async fn take(self: &Arc<Self>, address: Address, wait: Duration) -> Option<Place> {
        let mut place = Place { places: Arc::clone(self), address, permits: None };
        let [of_address, of_site, all] = self.of(address);
        let permits = async {
            let (of_address, of_site) =
                (of_address.acquire_owned().await.ok()?, of_site.acquire_owned().await.ok()?);
            Some([of_address, of_site, all.acquire_owned().await.ok()?])
        };
        place.permits = Some(timeout(wait, permits).await.ok()??);
        Some(place)
    }

    /// A place if there is one now.
    pub(crate) fn try_take(self: &Arc<Self>, address: Address) -> Option<Place> {
        let mut place = Place { places: Arc::clone(self), address, permits: None };
        let [of_address, of_site, all] = self.of(address);
        let (of_address, of_site) = (of_address.try_acquire_owned().ok()?, of_site.try_acquire_owned().ok()?);
        place.permits = Some([of_address, of_site, all.try_acquire_owned().ok()?]);
        Some(place)
    }

    fn of(&self, address: Address) -> [Arc<Semaphore>; 3] {
        [self.of_address.of(address), self.of_site.of(address.site()), Arc::clone(&self.all)]
    }
}

impl Shares {
    fn new(most: usize) -> Self {
        Self { most, known: Mutex::default() }
    }

    fn of(&self, holder: Address) -> Arc<Semaphore> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(holder).or_insert_with(|| Arc::new(Semaphore::new(self.most))))
    }

    /// Forgets who holds nothing more and waits for nothing.
    fn forget(&self, holder: Address) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.get(&holder).is_some_and(|share| Arc::strong_count(share) == 1) {
            known.remove(&holder);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.permits = None;
        self.places.of_address.forget(self.address);
        self.places.of_site.forget(self.address.site());
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    const NOW: Duration = Duration::from_millis(20);

    fn address(last: u8) -> Address {
        IpAddr::from([192, 0, 2, last]).into()
    }

    fn is_forgotten(places: &Places) -> bool {
        [&places.of_address, &places.of_site].iter().all(|shares| shares.known.lock().unwrap().is_empty())
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
        assert!(is_forgotten(&places));
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
        assert!(is_forgotten(&places));
    }

    /// Whoever holds a /48 has 65,536 addresses to come from.
    #[test]
    fn the_addresses_of_one_site_together_leave_half_of_the_places() {
        let places = Places::new(8, 2);
        let of = |text: String| Address::from(text.parse::<IpAddr>().unwrap());
        let held: Vec<_> =
            (0..8).filter_map(|subnet| places.try_take(of(format!("2001:db8:1:{subnet}::1")))).collect();
        assert_eq!(held.len(), 4);
        assert!(places.try_take(of("2001:db8:2::1".to_owned())).is_some(), "another site");
        assert!(places.try_take(address(1)).is_some());
        drop(held);
        assert!(is_forgotten(&places));
    }
}
