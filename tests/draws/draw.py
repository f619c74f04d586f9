#!/usr/bin/env python3
"""Does the draws of controls again, from what is published of them, in another language than the platform's:
  tests/draws/draw.py FILE…           says whether each file tells the draw that its lines, its value and its ratio make
  tests/draws/draw.py --make FOLDER   writes the three files of this folder
A file has a word a line and what it says: `ratio`, `value`, `list` (the hash of the list), `seed`, each `line` that could be
drawn (SIAE;hire;first day) and each `drawn` (SIAE;hire). docs/control-draw.md says how each is made."""
import hashlib
import sys
import uuid
from decimal import ROUND_HALF_EVEN, Decimal


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def companies_of(lines):
    companies = {}
    for line in lines:
        company, hire, _ = line.split(";")
        companies.setdefault(company, []).append(hire)
    return companies


def draw(lines, value, ratio):
    """The hash of the list, the seed, and what is drawn."""
    companies = companies_of(set(lines))
    lines = [line for line in set(lines) if len(companies[line.split(";")[0]]) >= 2]
    companies = companies_of(lines)
    listed = sha256("".join(digest + "\n" for digest in sorted(map(sha256, lines))))
    seed = sha256(f"{listed};{value}")

    def first(ids, count):
        return sorted(ids, key=lambda one: sha256(f"{seed};{one}"))[:count]

    share = Decimal(len(companies)) * ratio / 100
    count = max(1, int(share.quantize(Decimal(1), ROUND_HALF_EVEN))) if companies else 0
    drawn = [
        f"{company};{hire}"
        for company in first(companies, count)
        for hire in first(companies[company], min(20, max(2, len(companies[company]) * 20 // 100)))
    ]
    return listed, seed, sorted(drawn)


def read(path):
    told = {"line": [], "drawn": []}
    for row in open(path, encoding="utf-8"):
        word, _, said = row.rstrip("\n").partition(" ")
        if word in told and isinstance(told[word], list):
            told[word].append(said)
        else:
            told[word] = said
    return told


def check(path):
    told = read(path)
    made = draw(told["line"], told["value"], int(told["ratio"]))
    if made != (told["list"], told["seed"], sorted(told["drawn"])):
        sys.exit(f"{path} : ce tirage n’est pas celui de sa liste, de sa valeur et de son taux")


def write(path, sizes, value, ratio):
    """A list of SIAE with so many hires each."""
    def name(*parts):
        return str(uuid.uuid5(uuid.NAMESPACE_OID, ".".join(map(str, (path.rsplit("/", 1)[-1], *parts)))))

    lines = [
        f"{name(siae)};{name(siae, hire)};2025-{1 + hire % 12:02}-{1 + hire % 28:02}"
        for siae, hires in enumerate(sizes)
        for hire in range(hires)
    ]
    listed, seed, drawn = draw(lines, value, ratio)
    rows = [f"ratio {ratio}", f"value {value}", f"list {listed}", f"seed {seed}"]
    rows += [f"line {line}" for line in lines] + [f"drawn {one}" for one in drawn]
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(rows) + "\n")


if sys.argv[1:2] == ["--make"]:
    folder = sys.argv[2]
    write(f"{folder}/one-siae.txt", [2, 1], "3 11 17 29 41 9", 20)
    write(f"{folder}/a-tie.txt", [2, 3, 14, 15, 20] * 3, "4 8 15 16 23 42", 30)
    write(f"{folder}/many-hires.txt", [62, 99, 120, 1, 7], "Tirage n° 2026-118 : 1 2 3 4 5, 6", 40)
else:
    for file in sys.argv[1:]:
        check(file)
    print(f"{len(sys.argv) - 1} tirages refaits")
