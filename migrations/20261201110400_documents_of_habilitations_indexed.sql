-- no-transaction
-- The file of a piece, one at most, by its owner.
CREATE UNIQUE INDEX CONCURRENTLY documents_habilitation_piece_key ON documents (habilitation_piece_id)
    WHERE habilitation_piece_id IS NOT NULL;
