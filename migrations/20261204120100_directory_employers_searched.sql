-- no-transaction
-- A search with words reads the employers that hold them around the place, and no other. What is added is in the index at once:
-- otherwise each search would read what waits to be.
CREATE INDEX CONCURRENTLY directory_employers_searched_idx ON directory_employers
    USING gin (words_and_cells(words, latitude, longitude)) WITH (fastupdate = off);
