-- What was said of new rows only, to lock nobody out, is checked of all.
ALTER TABLE documents VALIDATE CONSTRAINT documents_kind_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_owner_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_piece_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_person_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_habilitation_piece_fkey;
