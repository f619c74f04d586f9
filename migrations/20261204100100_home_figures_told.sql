-- Whoever keeps pages that anyone reads is told as a transaction commits what changed of them (ADR 42): the id of a company on
-- « directory_changed », nothing on « figures_changed ». Never a name, nor anything of a person.
-- A file for each table, from this one to 20261204100600: none is locked while the next is waited for.

CREATE FUNCTION home_figures_told() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('figures_changed', '');
    RETURN NULL;
END $$;
CREATE TRIGGER home_figures_added_told
    AFTER INSERT OR DELETE ON home_figures
    FOR EACH ROW EXECUTE FUNCTION home_figures_told();
CREATE TRIGGER home_figures_changed_told
    AFTER UPDATE ON home_figures
    FOR EACH ROW WHEN (
        (old.employers, old.open_positions, old.departments)
        IS DISTINCT FROM
        (new.employers, new.open_positions, new.departments)
    )
    EXECUTE FUNCTION home_figures_told();
