//! What commands do, and what they refuse.

use iae_connect::operators::{Line, NewHolder, close_account, create_account, events_of, find_accounts};
use iae_test_database::migrated;
use uuid::Uuid;

use super::{BY, OTHER, is};
use crate::factors::now;
use crate::support::Provider;

/// The command line: the same acts, and what a page refuses.
#[tokio::test]
async fn the_command_line_opens_lists_and_tells() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let at = now(&provider);
    let mut tx = provider.db.begin().await.unwrap();
    let holder = NewHolder { email: OTHER, given_name: "Amel", family_name: "Benali" };
    let amel = create_account(&mut tx, holder, BY, at).await.unwrap();
    is(&create_account(&mut tx, holder, BY, at).await, "un compte a cette adresse");
    is(&create_account(&mut tx, NewHolder { email: "amel", ..holder }, BY, at).await, "adresse e-mail");
    is(&create_account(&mut tx, NewHolder { given_name: "42", ..holder }, BY, at).await, "le prénom");
    close_account(&mut tx, amel, BY, at).await.unwrap();
    is(&close_account(&mut tx, Uuid::nil(), BY, at).await, "aucun compte");
    tx.commit().await.unwrap();
    let found = find_accounts(&provider.db, "BENALI").await.unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].id == amel && !found[0].active && !found[0].is_operator);
    let lines = events_of(&provider.db, amel, 10).await.unwrap();
    let words: Vec<String> = lines.iter().map(Line::what).collect();
    assert!(words.contains(&"Création par l’équipe (compte)".to_owned()), "{words:?}");
    assert!(words.contains(&"Modification par l’équipe (compte fermé)".to_owned()), "{words:?}");
}
