"""Measures communes.csv against another file of positions: `python3 check_communes.py FILE`.

FILE is a CSV with columns insee (or insee_code), latitude, longitude.
"""

import csv
import pathlib
import statistics
import sys

import geometry

HERE = pathlib.Path(__file__).resolve().parent.parent


def positions(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {
            row.get("insee_code") or row["insee"]: (float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(file) if row["latitude"]
        }


def main():
    ours, theirs = positions(HERE / "communes.csv"), positions(sys.argv[1])
    common = sorted((geometry.kilometres(ours[code], theirs[code]), code) for code in ours.keys() & theirs.keys())
    distances = [distance for distance, _ in common]
    print(f"{len(common)} in both, {len(ours.keys() - theirs.keys())} only here, "
          f"{len(theirs.keys() - ours.keys())} only there")
    print(f"median {statistics.median(distances):.2f} km, p95 {distances[int(len(distances) * .95)]:.2f} km, "
          f"largest {distances[-1]:.1f} km")
    for distance, code in [pair for pair in common if pair[0] > 15]:
        print(f"{code}: {distance:.1f} km, here {ours[code]}, there {theirs[code]}")


if __name__ == "__main__":
    main()
