//! A line to begin each paragraph of a message, and nothing of those nobody went on from.

use iae_app::applications::drafts::OpenDraft;

/// What the guide advises to tell (partie 2, §2.2): a line to begin each paragraph.
const PROMPTS: [&str; 5] = [
    "Ses compétences et son envie pour ce métier :",
    "Ce qu’elle attend de l’accompagnement :",
    "Les freins à l’emploi, avec son accord :",
    "Les démarches déjà engagées, et avec qui :",
    "Pourquoi un parcours d’insertion, et pourquoi maintenant :",
];

/// The same for a candidate who writes for themselves.
const OWN_PROMPTS: [&str; 4] = [
    "Ce que je sais faire et ce qui me plaît dans ce métier :",
    "Ce que j’attends de l’accompagnement :",
    "Ce qui me freine aujourd’hui, si je veux en parler :",
    "Ce que j’ai déjà commencé :",
];

/// Those for who writes.
pub(super) fn of(open: &OpenDraft) -> &'static [&'static str] {
    if open.is_candidate() { &OWN_PROMPTS } else { &PROMPTS }
}

/// The message with the prompts it does not hold yet, one a paragraph.
pub(super) fn added_to(text: &str, prompts: &[&str]) -> String {
    let mut paragraphs: Vec<&str> =
        Some(text.trim()).filter(|written| !written.is_empty()).into_iter().collect();
    paragraphs.extend(prompts.iter().filter(|prompt| !text.contains(**prompt)));
    paragraphs.join("\n\n")
}

/// The message without the prompts nothing was written under: an employer reads no empty heading.
pub(super) fn without_unanswered(text: &str, prompts: &[&str]) -> String {
    let is_prompt = |line: &str| prompts.contains(&line.trim());
    let lines: Vec<&str> = text.trim().lines().collect();
    let answered = |rank: usize| {
        let mut following = lines[rank + 1..].iter().filter(|line| !line.trim().is_empty());
        following.next().is_some_and(|line| !is_prompt(line))
    };
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    for (rank, line) in lines.iter().enumerate() {
        let after_blank = kept.last().is_none_or(|last| last.trim().is_empty());
        let is_second_blank = line.trim().is_empty() && after_blank;
        if !is_second_blank && (!is_prompt(line) || answered(rank)) {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_added_once_after_what_was_written() {
        let once = added_to("Bonjour,", &["A :", "B :"]);
        assert_eq!(once, "Bonjour,\n\nA :\n\nB :");
        assert_eq!(added_to(&once, &["A :", "B :"]), once);
        assert_eq!(added_to("  ", &["A :"]), "A :");
    }

    #[test]
    fn prompts_nothing_follows_are_taken_away_and_the_others_stay() {
        let prompts = &["A :", "B :", "C :"];
        let written = "Bonjour,\n\nA :\n\nB :\nElle taille,\n\nelle plante.\n\nC :\n";
        let kept = "Bonjour,\n\nB :\nElle taille,\n\nelle plante.";
        assert_eq!(without_unanswered(written, prompts), kept);
        assert_eq!(without_unanswered(kept, prompts), kept);
        assert_eq!(without_unanswered("A : oui\n\nB :", prompts), "A : oui");
        assert_eq!(without_unanswered("A :\n\nB :\n\nC :", prompts), "");
    }
}
