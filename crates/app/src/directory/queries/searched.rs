//! What a search finds, said once for its pages and its counts (rule book 04 §4.2 and §4.3, ADR 44).

/// `sqlx::query_as!` of a search, from what follows `employers`, `jobs` and `counted` on: what each tab finds, and how much. `$1` to
/// `$12` are those of the search: the first of the caller is `$13`.
///
/// There are two statements for each. Without words, an index of positions is read; with words, the one that holds words and cells
/// together. None is planned for the words at hand: `$4` is read by a subquery, which Postgres does not look into as it plans.
macro_rules! found {
    ($row:ident, $asked:ident, $fetch:ident($db:ident), $rest:literal, $($argument:tt)*) => {
        if $asked.has_words {
            found!(
                around "words_and_cells(s.words, s.latitude, s.longitude) @@ (SELECT $4::text::tsquery)",
                "words_and_cells(j.words, j.latitude, j.longitude) @@ (SELECT $4::text::tsquery)",
                $asked.words_there.as_str(),
                $row,
                $asked,
                $rest,
                $($argument)*
            )
            .$fetch($db)
            .await?
        } else {
            found!(
                around r#"
                      s.latitude BETWEEN ($4::float8[])[1] AND ($4::float8[])[2]
                  AND s.longitude BETWEEN ($4::float8[])[3] AND ($4::float8[])[4]"#,
                r#"
                      j.latitude BETWEEN ($4::float8[])[1] AND ($4::float8[])[2]
                  AND j.longitude BETWEEN ($4::float8[])[3] AND ($4::float8[])[4]"#,
                &$asked.bounds,
                $row,
                $asked,
                $rest,
                $($argument)*
            )
            .$fetch($db)
            .await?
        }
    };
    (
        around $employers:literal,
        $jobs:literal,
        $there:expr,
        $row:ident,
        $asked:ident,
        $rest:literal,
        $($argument:tt)*
    ) => {
        sqlx::query_as!(
            $row,
            r#"
            WITH employers AS MATERIALIZED (
                SELECT s.organisation_id
                     , s.has_members
                     , s.is_hiring
                     , s.application_score
                     , s.post_code
                FROM directory_employers s
                WHERE "# + $employers + r#"
                  AND distance_km($1, $2, s.latitude, s.longitude) <= $3
                  AND (cardinality($5::text[]) = 0 OR s.kind = ANY ($5))
                  AND (cardinality($6::text[]) = 0 OR s.department_code = ANY ($6))
                  AND (NOT $7::bool OR s.first_hours)
            ), jobs AS MATERIALIZED (
                SELECT j.id
                     , j.last_employer_update_at
                FROM directory_jobs j
                WHERE "# + $jobs + r#"
                  AND distance_km($1, $2, j.latitude, j.longitude) <= $3
                  AND (cardinality($5::text[]) = 0 OR j.company_kind = ANY ($5))
                  AND (cardinality($6::text[]) = 0 OR j.department_code = ANY ($6))
                  AND (NOT $7::bool OR j.first_hours)
                  AND (cardinality($9::text[]) = 0 OR j.contract_type = ANY ($9))
                  AND (cardinality($10::text[]) = 0 OR left(j.rome_code, 1) = ANY ($10))
            ), counted AS MATERIALIZED (
                SELECT (
                           SELECT count(*)
                           FROM (
                               SELECT
                               FROM employers e
                               WHERE cardinality($8::text[]) = 0 OR e.post_code = ANY ($8)
                               LIMIT $12
                           ) seen
                       ) AS employers
                     , (SELECT count(*) FROM (SELECT FROM jobs LIMIT $12) seen) AS jobs
                     , ARRAY(
                           SELECT DISTINCT e.post_code
                           FROM employers e
                           WHERE $11::text IS NOT NULL AND starts_with(e.post_code, $11)
                           ORDER BY 1
                       ) AS districts
            )
            "# + $rest,
            $asked.latitude,
            $asked.longitude,
            $asked.kilometres,
            $there,
            &$asked.kinds,
            &$asked.departments,
            $asked.first_hours,
            &$asked.districts,
            &$asked.contract_types,
            &$asked.domains,
            $asked.district_prefix,
            crate::directory::COUNTED_UP_TO + 1,
            $($argument)*
        )
    };
}

pub(in crate::directory) use found;
