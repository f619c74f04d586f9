//! Whether an employer may be applied to, and the one sentence that says why not.

/// What decides whether an employer may be applied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmployerFacts {
    /// Someone of the company uses the service.
    pub has_members: bool,
    /// The company refuses new applications for now (CMP-35).
    pub is_blocked: bool,
    /// It takes applications without choosing a post (CMP-36).
    pub is_spontaneous_open: bool,
    /// It has at least one open post.
    pub has_open_jobs: bool,
}

/// The one thing a card says about applying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applying {
    /// The button « Postuler ».
    Open,
    /// Nobody of the company would read the application.
    NotRegistered,
    /// The company refuses new applications for now.
    Blocked,
    /// No post, and no spontaneous application.
    NotWanted,
}

/// What a card says, the first reason first (rule book 04 §4.4, CMP-27).
pub const fn applying(facts: EmployerFacts) -> Applying {
    if !facts.has_members {
        Applying::NotRegistered
    } else if facts.is_blocked {
        Applying::Blocked
    } else if facts.has_open_jobs || facts.is_spontaneous_open {
        Applying::Open
    } else {
        Applying::NotWanted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reason_is_given_in_the_priority_of_the_rule_book() {
        // members, blocked, spontaneous, open posts
        let table = [
            ([true, false, true, true], Applying::Open),
            ([true, false, true, false], Applying::Open),
            ([true, false, false, true], Applying::Open),
            ([true, false, false, false], Applying::NotWanted),
            ([true, true, true, true], Applying::Blocked),
            ([true, true, false, false], Applying::Blocked),
            ([false, true, true, true], Applying::NotRegistered),
            ([false, false, false, false], Applying::NotRegistered),
        ];
        for ([has_members, is_blocked, is_spontaneous_open, has_open_jobs], expected) in table {
            let facts = EmployerFacts { has_members, is_blocked, is_spontaneous_open, has_open_jobs };
            assert_eq!(applying(facts), expected, "{facts:?}");
        }
    }
}
