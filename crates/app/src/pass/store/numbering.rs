//! The numbers of new PASS, taken as the last thing before their transaction ends (ADR 45).

use iae_domain::ids::{EmailId, PassId};

/// The statement that numbers these PASS, and says so in these mails, which quote what they bore until then. The rows of the
/// counters stay locked until the transaction ends: two hires get consecutive numbers, and a rolled-back one leaves no gap (rule
/// book 03 §4.2, C1). It is sent with the commit, hence without parameters: ids alone are written in it.
pub(crate) fn statement(passes: &[PassId], mails: &[EmailId]) -> String {
    let passes: Vec<String> = passes.iter().map(ToString::to_string).collect();
    let mails: Vec<String> = mails.iter().map(ToString::to_string).collect();
    format!("SELECT number_passes('{{{}}}', '{{{}}}')", passes.join(","), mails.join(","))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn it_holds_ids_and_nothing_else() {
        let pass = PassId(Uuid::from_u128(1));
        assert_eq!(
            statement(&[pass], &[]),
            "SELECT number_passes('{00000000-0000-0000-0000-000000000001}', '{}')"
        );
    }
}
