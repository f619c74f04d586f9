//! Prints what one password costs, hashed alone on one core (argon2id is optimised in every profile): scripts/sign-ins.

use std::time::Instant;

use iae_credentials::PasswordHash;
use secrecy::SecretString;

/// Enough for the mean to settle.
const TIMES: u32 = 100;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), iae_credentials::Error> {
    let begun = Instant::now();
    for _ in 0..TIMES {
        PasswordHash::new(SecretString::from("parcours-iae-demo")).await?;
    }
    let each = begun.elapsed() / TIMES;
    println!(
        "argon2id alone, on one core: {:.1} ms, {:.0} a second\n",
        each.as_secs_f64() * 1e3,
        1.0 / each.as_secs_f64()
    );
    Ok(())
}
