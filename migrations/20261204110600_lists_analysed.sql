-- The first lists are planned by what is there.
ANALYZE followed_people, application_counts, application_count_changes;
