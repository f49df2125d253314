"""What an enterprise states of a post for interns: the place, the hours, the pay, and what the work does to people."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class VenueKind(StrEnum):
    """What kind of place interns work in. Which of them is barred is for the rules to say."""

    PRODUCTION = "production"
    OFFICE = "office"
    SHOP = "shop"
    HOTEL_OR_RESTAURANT = "hotel_or_restaurant"
    CARE = "care"
    SCHOOL = "school"
    LABORATORY = "laboratory"
    CONSTRUCTION_SITE = "construction_site"
    FARM = "farm"
    TRANSPORT = "transport"
    OTHER = "other"
    BAR = "bar"
    NIGHT_CLUB = "night_club"
    KARAOKE = "karaoke"
    BATH_HOUSE = "bath_house"
    VIDEO_GAME_HALL = "video_game_hall"
    INTERNET_CAFE = "internet_cafe"


class Hazard(StrEnum):
    """What is dangerous about the work."""

    HIGH_ALTITUDE = "high_altitude"
    UNDERGROUND = "underground"
    RADIOACTIVE = "radioactive"
    TOXIC = "toxic"
    FLAMMABLE_EXPLOSIVE = "flammable_explosive"
    OTHER_HIGH_RISK = "other_high_risk"
    OTHER_HARMFUL = "other_harmful"


class BarredGroup(StrEnum):
    """Whom the special rules on labour protection keep from the work."""

    MINORS = "minors"
    WOMEN = "women"


class FeeKind(StrEnum):
    """What an enterprise may try to take from interns."""

    DEPOSIT = "deposit"
    TRAINING = "training"
    COMMISSION = "commission"
    MANAGEMENT = "management"
    MATERIAL = "material"
    EMPLOYMENT = "employment"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Hours of one day's work; a shift that ends at or before its start ends on the next day."""

    starts_at: time
    ends_at: time
    break_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The days of the week on which interns work (1 is Monday), their shifts, and the most minutes of one week."""

    weekdays: tuple[int, ...]
    shifts: tuple[Shift, ...]
    weekly_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What an intern is to pay, in fen."""

    fee_kind: FeeKind
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPay:
    """Monthly wages in fen of those who hold the post, and all that interns are asked for. None: not stated."""

    wage_same_post_fen: int | None
    wage_lowest_grade_fen: int | None
    fees: tuple[Fee, ...]
    holds_documents: bool
    asks_guarantee: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkConditions:
    """The work as labour protection sees it. `labour_grade` is 1 to 4 of the grades of physical work."""

    venue_kind: VenueKind
    labour_grade: int | None
    hazards: tuple[Hazard, ...]
    barred_to: tuple[BarredGroup, ...]
    only_repetitive: bool
    through_intermediary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTerms:
    """All that an enterprise says of a post and may say anew.

    `site` names the place of work within the enterprise; one country's `region_code` is China's, elsewhere it is None.
    `places` is how many interns it takes at once; `filing_no` is the filing under which an exception was permitted;
    `base_id` is the training base at which the post is, None where it is at the enterprise's own place.
    """

    title: str
    occupation_code: str
    site: str
    country: str
    region_code: str | None
    places: int
    independent: bool
    programme_categories: tuple[str, ...]
    typical_tasks: tuple[str, ...]
    schedule: Schedule
    pay: PostPay
    conditions: WorkConditions
    filing_no: str | None
    base_id: str | None = None
