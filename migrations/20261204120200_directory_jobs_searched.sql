-- no-transaction
-- The same for posts.
CREATE INDEX CONCURRENTLY directory_jobs_searched_idx ON directory_jobs
    USING gin (words_and_cells(words, latitude, longitude)) WITH (fastupdate = off);
