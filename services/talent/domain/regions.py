"""Where things are: GB/T 2260 codes that match by their hierarchy, places, and how far apart they lie."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.rules.jurisdiction import current, lies_in

EARTH_KM: Final = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map, in degrees north and east."""

    latitude: float
    longitude: float


CENTROIDS: Final[Mapping[str, Place]] = {
    "500101": Place(30.807, 108.409),
    "511700": Place(31.209, 107.468),
    "500154": Place(31.161, 108.393),
}
"""The middle of Wanzhou, Dazhou and Kaizhou (domain dossier 4.2)."""


def same_region(one: str, other: str) -> bool:
    """Whether one of the two lies in the other."""
    return lies_in(one, other) or lies_in(other, one)


def centroid(code: str) -> Place | None:
    """The middle of the region, or else of the prefecture that it lies in; None where neither is known."""
    now = current(code)
    return CENTROIDS.get(now) or CENTROIDS.get(f"{now[:4]}00")


def place_of(latitude: float | None, longitude: float | None) -> Place | None:
    """The place of these coordinates, if both are given."""
    return None if latitude is None or longitude is None else Place(latitude, longitude)


def kilometres(one: Place, other: Place) -> float:
    """The great-circle distance."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    half_up = math.sin((south - north) / 2) ** 2
    half_across = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    # Rounding may carry the sum a hair past 1 for points that lie opposite each other.
    share = min(1.0, half_up + math.cos(north) * math.cos(south) * half_across)
    return 2 * EARTH_KM * math.asin(math.sqrt(share))
