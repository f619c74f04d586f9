# Prints the names of tests that a document gives and no file has: in the last column of its tables, « `file.rs` `name`, `name`; » are
# tests of that file, and a name alone is one of any file. Words between parentheses name none.
# The first file has a line « path:name » for each test; `tests` is the folder of files named without one.
NR == FNR {
  at = index($0, ":")
  path = substr($0, 1, at - 1)
  name = substr($0, at + 1)
  of[path, name] = known[name] = 1
  next
}
/^\|/ && !/^\| *---/ {
  cells = split($0, cell, /\|/)
  last = cell[cells - 1]
  gsub(/\([^)]*\)/, "", last)
  words = split(last, word, /`/)
  if (words < 3) next
  for (i = 2; i < words; i += 2) {
    if (word[i - 1] ~ /;/) file = ""
    if (word[i] ~ /\.(rs|ts)$/) {
      file = word[i]
      sub(/^http\//, "tests/http/", file)
      sub(/^matrices\//, "tests/matrices/", file)
      sub(/^connect\//, "crates/connect/tests/http/", file)
      if (file !~ /^(tests|crates)\//) file = tests "/" file
    } else if (file != "" ? !((file, word[i]) in of) : !(word[i] in known)) {
      if (word[i] ~ /^[a-z0-9]+_[a-z0-9_]+$/ || file ~ /\.ts$/) print FILENAME ":" FNR ": " word[i]
    }
  }
  file = ""
}
