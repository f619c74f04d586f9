"""Makes commune_history.csv: names and INSEE codes that communes have had since 1943, and since when those of today:
`python3 make_commune_history.py`.

The history until 2019 is the one INSEE publishes, as npm @etalab/decoupage-administratif 0.7.0 has it. The yearly files
that follow say which communes are gone or renamed, and the last one into which commune of today each old code went.
What changed after 2019 is dated from the first yearly file that shows it: nobody old enough to have a file was born
since.
"""

import csv
import json
import pathlib
import sys

import packages

HERE = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = "@etalab/decoupage-administratif"
# Year and version of the yearly files after the history; there is none for 2020.
YEARS = {2021: "1.1.1", 2022: "2.3.1", 2023: "3.1.1", 2024: "4.1.0", 2025: "5.3.0", 2026: "6.0.0"}


def data(version, name):
    return json.loads((packages.npm(PACKAGE, version) / f"data/{name}.json").read_text(encoding="utf-8"))


def names(communes):
    """Name of each commune, by code."""
    return {c["code"]: c["nom"] for c in communes if c["type"] == "commune-actuelle"}


def periods(history):
    """[code, name, first day or "", day it ended or ""] of each commune as itself."""
    return [[c["code"], c["nom"], c.get("dateDebut", ""), c.get("dateFin", "")] for c in history if c["type"] == "COM"]


def follow(rows, known, year):
    """Ends the periods that a yearly file no longer has, begins those it brings."""
    day = f"{year}-01-01"
    opened = {row[0]: row for row in rows if not row[3]}
    for code, row in opened.items():
        if known.get(code) != row[1]:
            row[3] = day
    for code, name in known.items():
        if code not in opened or opened[code][1] != name:
            rows.append([code, name, day, ""])


def joined(rows):
    """One period where the territory changed, but neither the name nor the code."""
    kept = []
    for row in sorted(rows):
        if kept and kept[-1][:2] == row[:2] and kept[-1][3] and kept[-1][3] == row[2]:
            kept[-1][3] = row[3]
        else:
            kept.append(list(row))
    return kept


def main():
    rows, last = periods(data("0.7.0", "historique-communes")), []
    overseas = None
    for year, version in YEARS.items():
        last = data(version, "communes")
        known = names(last)
        # The history knows neither the Pacific nor the islands of the Atlantic: what has no history is left out.
        overseas = overseas or {code for code in known if code[:3] == "975" or "977" <= code[:3] <= "989"}
        follow(rows, {code: name for code, name in known.items() if code not in overseas}, year)
    rows = joined(rows)
    today = {c["code"]: c["code"] for c in last if c["type"] == "commune-actuelle"}
    for commune in last:
        if commune["type"] == "commune-actuelle":
            today |= {old: commune["code"] for old in commune.get("anciensCodes", []) if old not in today}
    # A commune that has always had its name and code needs no line.
    kept = sorted(row + [today[row[0]]] for row in rows if row[2] or row[3])
    with open(HERE / "commune_history.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["insee_code", "name", "begins_on", "ends_on", "today"])
        writer.writerows(kept)
    ended = sum(1 for row in kept if row[3])
    print(f"{len(kept)} periods, {ended} of them ended", file=sys.stderr)


if __name__ == "__main__":
    main()
