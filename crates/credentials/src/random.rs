//! Chance, as the operating system gives it.

use ring::rand::{SecureRandom as _, SystemRandom};

use crate::Error;

/// As many random bytes as the caller needs.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Error::Failed("the system gave no random bytes"))?;
    Ok(bytes)
}
