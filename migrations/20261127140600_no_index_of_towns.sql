-- It served the map of the search alone, which is gone.
DROP INDEX communes_towns_idx;
