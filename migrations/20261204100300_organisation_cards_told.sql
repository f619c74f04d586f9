-- What a card or a post shows besides, which no search does.
CREATE FUNCTION organisation_card_told() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('directory_changed', new.id::text);
    RETURN NULL;
END $$;
CREATE TRIGGER organisations_card_told
    AFTER UPDATE OF address_line_2, phone, email, website, description ON organisations
    FOR EACH ROW WHEN (
        new.family = 'company'
        AND (old.address_line_2, old.phone, old.email, old.website, old.description)
            IS DISTINCT FROM
            (new.address_line_2, new.phone, new.email, new.website, new.description)
    )
    EXECUTE FUNCTION organisation_card_told();
