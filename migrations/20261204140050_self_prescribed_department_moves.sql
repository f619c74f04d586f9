-- An SIAE that moves takes its hires to the list of another DDETS. What company_kind_changed sets, the trigger of the file before this one
-- says again.
CREATE OR REPLACE TRIGGER organisations_company_kind_changed
    AFTER UPDATE OF kind, department_code ON organisations
    FOR EACH ROW
    WHEN (
        new.family = 'company'
        AND (old.kind, old.department_code) IS DISTINCT FROM (new.kind, new.department_code)
    )
    EXECUTE FUNCTION company_kind_changed();
