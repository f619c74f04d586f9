//! How many pages an account or an address may ask for (SES-15), and how many logins of one address may fail: failures
//! alone are counted, never beginnings, because hundreds of agents leave by one address at nine o'clock (D25). Each
//! instance counts for itself: this protects the machine. What protects people is counted in Postgres (`app/src/budgets`).

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use iae_domain::ids::UserId;
use iae_server::{Address, AddressSource, Rate};

use crate::error::PageError;
use crate::limits::Limits;
use crate::visitor::Visitor;

/// Seconds after which a refused address is told to come back.
const RETRY_AFTER: u64 = 60;

/// A login failed: travels with the answer until it is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failed;

/// The logins that failed lately.
#[derive(Debug, Clone)]
pub struct Logins {
    failures: Rate<Address>,
    client_address: AddressSource,
}

impl Logins {
    /// No failure yet.
    pub fn new(limits: Limits) -> Self {
        let failures = Rate::per_minute(limits.rates.login_failures_per_minute);
        Self { failures, client_address: limits.client_address }
    }
}

/// Answers one failure too many of an address with nothing but the time to wait. Who succeeds behind the same address
/// is served.
pub async fn limit_failures(
    State(logins): State<Logins>,
    request: Request,
    next: Next,
) -> Result<Response, PageError> {
    let address = logins.client_address.of(&request);
    let response = next.run(request).await;
    let failed = response.extensions().get::<Failed>().is_some();
    if failed && logins.failures.take(&address).is_err() {
        tracing::warn!(retry.after = RETRY_AFTER, "too many logins failed from one address");
        return Err(PageError::TooManyRequests { retry_after: RETRY_AFTER });
    }
    Ok(response)
}

/// The pages asked for lately.
#[derive(Debug, Clone)]
pub struct Pages {
    accounts: Rate<UserId>,
    addresses: Rate<Address>,
    client_address: AddressSource,
}

impl Pages {
    /// None yet.
    pub fn new(limits: Limits) -> Self {
        Self {
            accounts: Rate::per_minute(limits.rates.account_pages_per_minute),
            addresses: Rate::per_minute(limits.rates.anonymous_pages_per_minute),
            client_address: limits.client_address,
        }
    }

    /// Counts a page; or says in how many seconds there is one again.
    fn count(&self, request: &Request) -> Result<(), u64> {
        let visitor = request.extensions().get::<Visitor>();
        match visitor.and_then(|visitor| visitor.person.as_ref()) {
            Some(person) => self.accounts.take(&person.behind()),
            None => self.addresses.take(&self.client_address.of(request)),
        }
    }
}

/// Answers one page too many with nothing but the time to wait. What is signed in is counted by account, whatever its
/// address; the rest by address.
pub async fn limit_pages(
    State(pages): State<Pages>,
    request: Request,
    next: Next,
) -> Result<Response, PageError> {
    if let Err(retry_after) = pages.count(&request) {
        return Err(PageError::TooManyRequests { retry_after });
    }
    Ok(next.run(request).await)
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    #[test]
    fn the_31st_failure_of_a_minute_is_refused_to_its_address_alone() {
        let logins = Logins::new(Limits::default());
        let [one, other] = [1, 2].map(|last| Address::from(IpAddr::from([192, 0, 2, last])));
        assert!((0..30).all(|_| logins.failures.take(&one).is_ok()));
        assert!(logins.failures.take(&one).is_err());
        assert!(logins.failures.take(&other).is_ok());
    }
}
