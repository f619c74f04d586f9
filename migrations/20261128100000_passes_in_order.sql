-- Lists of PASS show what ends soon first. What is over follows, the latest first: as far after the year 6000 as it ended
-- after the year 2000, counted backwards.
CREATE INDEX passes_ends_on_idx ON passes (ends_on, id);
CREATE INDEX passes_over_idx ON passes ((DATE '6000-01-01' - (ends_on - DATE '2000-01-01')), id);
