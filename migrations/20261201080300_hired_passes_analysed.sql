-- The first list is planned by what is there.
ANALYZE hired_passes;
