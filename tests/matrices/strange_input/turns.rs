//! Whose turn it is: what several people reach is tried once, each of them taking a part of it.

use iae_tests::Persona;

/// The turns of one person among those who reach a thing.
pub struct Turns {
    /// Tries of the others before their next one.
    wait: usize,
    among: usize,
}

impl Turns {
    /// None for who is not one of those. The rank of the thing says who begins: nobody begins everywhere.
    pub fn of(persona: Persona, those: &[Persona], rank: usize) -> Option<Self> {
        let place = those.iter().position(|one| *one == persona)?;
        Some(Self { wait: (place + rank) % those.len(), among: those.len() })
    }

    /// Whether the next try is theirs. Everyone asks before each.
    pub fn comes(&mut self) -> bool {
        let comes = self.wait == 0;
        self.wait = if comes { self.among - 1 } else { self.wait - 1 };
        comes
    }
}

#[test]
fn each_try_falls_to_one_of_those_who_reach_the_thing() {
    let everyone = &Persona::ALL[..6];
    for those in (1..=everyone.len()).map(|count| &everyone[..count]) {
        for rank in 0..=those.len() {
            let mut turns: Vec<Turns> =
                everyone.iter().filter_map(|persona| Turns::of(*persona, those, rank)).collect();
            assert_eq!(turns.len(), those.len());
            for _ in 0..20 {
                assert_eq!(turns.iter_mut().map(Turns::comes).filter(|comes| *comes).count(), 1);
            }
        }
    }
}
