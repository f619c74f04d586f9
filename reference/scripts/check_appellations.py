"""Checks rome_appellations.csv against the official file: `python3 check_appellations.py FILE`.

FILE is a CSV with columns code, rome_code, label. Every row here must be in it as it is, and every ROME code must be
in rome.csv.
"""

import csv
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {(row["code"], row["rome_code"], row["label"]) for row in csv.DictReader(file)}


def main():
    ours, official = rows(HERE / "rome_appellations.csv"), rows(sys.argv[1])
    with open(HERE / "rome.csv", newline="", encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    unknown = sorted(ours - official)
    orphans = sorted(row for row in ours if row[1] not in codes)
    print(f"{len(ours)} appellations of {len({row[1] for row in ours})} ROME codes, "
          f"{len(unknown)} not official, {len(orphans)} without a ROME code")
    for row in unknown + orphans:
        print(*row, sep=",")
    sys.exit(bool(unknown or orphans))


if __name__ == "__main__":
    main()
