# Public functions that write rows without being handed a Changed, nor answering the events of what they wrote (Written):
# FILE FUNCTION, one a line. What is derived is no event (ADR 42, 43): the tables that hold nothing else may be written.
FNR == 1 { inside = 0 }
/^pub.* fn / { inside = 1; text = ""; signature = ""; open = 0 }
inside {
  text = text "\n" $0
  if (!open) { signature = signature $0; if ($0 ~ /\{$/) open = 1 }
  if ($0 == "}" || (open && $0 ~ /^\}/)) {
    inside = 0
    gsub(/(INSERT INTO|DELETE FROM|UPDATE) (application_counts|application_count_changes|home_figures)[ \n]/, "", text)
    if (text ~ /INSERT INTO [a-z]|DELETE FROM [a-z]|UPDATE [a-z_]+( SET|\n)/ && signature !~ /Changed<|Written/) {
      match(signature, /fn [a-z_0-9]+/)
      print FILENAME, substr(signature, RSTART + 3, RLENGTH - 3)
    }
  }
}
