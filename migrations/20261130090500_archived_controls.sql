-- What was controlled of an SIAE with a positive result is deleted sixty days after the end of its campaign (rule book 04 §1.20); what
-- could be drawn stays, and may name nobody any more.

ALTER TABLE controls ADD CONSTRAINT controls_archived_check CHECK (
    archived_hires IS NULL OR coalesce(final_state = 'accepted', false)
);

ALTER TABLE control_list_lines
    ALTER COLUMN candidate_id DROP NOT NULL,
    ALTER COLUMN pass_number DROP NOT NULL,
    ADD CONSTRAINT control_list_lines_anonymous_check CHECK (num_nonnulls(candidate_id, pass_number) IN (0, 2));
COMMENT ON COLUMN control_list_lines.candidate_id IS 'Who was hired; null once nothing says it any more, with the number of the PASS.';

-- A line never changes, but for who it is about: that goes once its campaign ended, and the hire is not controlled or was archived. What
-- is hashed does not hold it.
CREATE FUNCTION control_list_lines_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND num_nonnulls(new.candidate_id, new.pass_number) = 0
        AND (new.campaign_id, new.application_id, new.company_id, new.starts_on, new.criteria, new.certified)
            IS NOT DISTINCT FROM
            (old.campaign_id, old.application_id, old.company_id, old.starts_on, old.criteria, old.certified)
        AND EXISTS (
            SELECT FROM control_campaigns k WHERE k.id = old.campaign_id AND k.ended_at IS NOT NULL
        )
        AND NOT EXISTS (
            SELECT
            FROM controls c
            JOIN control_hires h ON h.control_id = c.id
            WHERE c.campaign_id = old.campaign_id AND h.application_id = old.application_id
        ) THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
COMMENT ON FUNCTION control_list_lines_kept() IS 'Refuses any change of what was frozen, but that a line of a campaign that ended names nobody any more, once its hire is not controlled (docs/control-draw.md).';
DROP TRIGGER control_list_lines_append_only ON control_list_lines;
CREATE TRIGGER control_list_lines_append_only BEFORE UPDATE OR DELETE ON control_list_lines
    FOR EACH ROW EXECUTE FUNCTION control_list_lines_kept();
