//! Post codes that go over the border of a département.

use std::collections::HashMap;

use iae_domain::reference::TypedPlace;
use iae_domain::text::{department_of_post_code, folded};
use sqlx::PgConnection;

/// Post codes some of whose communes are of another département than the code says: the only ones for which a town has
/// to be known to know its département (D23).
#[derive(Debug, Default)]
pub(crate) struct Borders {
    /// Folded name and département of each commune of such a post code.
    communes: HashMap<String, Vec<(String, String)>>,
}

impl Borders {
    /// The département of the commune of this name under this post code, when it is known.
    pub(crate) fn department(&self, post_code: &str, city: &str) -> Option<&str> {
        let communes = self.communes.get(post_code)?;
        let name = TypedPlace::read(city).name;
        let named = communes.iter().find(|(search, _)| *search == name).map(|(_, department)| department);
        let mut departments = communes.iter().map(|(_, department)| department);
        let first = departments.next()?;
        let only = departments.all(|other| other == first).then_some(first);
        named.or(only).map(String::as_str)
    }
}

impl FromIterator<(String, String, String)> for Borders {
    /// From the post code, the name and the département of communes.
    fn from_iter<I: IntoIterator<Item = (String, String, String)>>(rows: I) -> Self {
        let mut communes: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for (post_code, name, department) in rows {
            communes.entry(post_code).or_default().push((folded(&name), department));
        }
        communes.retain(|post_code, communes| {
            let of_code = department_of_post_code(post_code);
            communes.iter().any(|(_, department)| Some(department) != of_code.as_ref())
        });
        Self { communes }
    }
}

/// The communes of every post code that goes over a border, for whoever reads many addresses.
pub(crate) async fn borders(tx: &mut PgConnection) -> sqlx::Result<Borders> {
    let rows = sqlx::query!(
        r#"
        SELECT post_code AS "post_code!", name, department_code
        FROM communes
        CROSS JOIN unnest(post_codes) AS post_code
        "#,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.post_code, row.name, row.department_code)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_over_the_border_is_of_its_own_département() {
        let row = |code: &str, name: &str, department: &str| (code.into(), name.into(), department.into());
        let borders: Borders = [
            row("42620", "Saint-Pierre-Laval", "03"),
            row("42620", "Saint-Martin-d'Estréaux", "42"),
            row("97150", "Saint-Martin", "978"),
            row("57000", "Metz", "57"),
        ]
        .into_iter()
        .collect();
        for (post_code, city, department) in [
            ("42620", "ST PIERRE LAVAL", Some("03")),
            ("42620", "Saint-Martin-d'Estréaux", Some("42")),
            ("42620", "La Pacaudière", None),
            ("42620", "", None),
            ("97150", "MARIGOT", Some("978")),
            ("57000", "Metz", None),
        ] {
            assert_eq!(borders.department(post_code, city), department, "D23: {post_code} {city}");
        }
    }
}
