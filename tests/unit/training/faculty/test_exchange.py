"""The counters of "100 + 100" as they are shown: everybody once, universities one by one to those who may see them."""

from services.training.api.faculty.exchange import ExchangeView
from services.training.domain.faculty.exchange import Exchange, enough_exchanged, together
from tests.unit.rules.packs import shipped_rule

HERE = Exchange(frozenset({"tec_1", "tec_2"}), frozenset({"tch_1"}))
THERE = Exchange(frozenset({"tec_2"}), frozenset())
SHARES = {"org_b": THERE, "org_a": HERE}
RULE = shipped_rule("training", "TCH-14")


def view(seen: frozenset[str] | None) -> ExchangeView:
    return ExchangeView.of_year(2026, SHARES, enough_exchanged(together(SHARES.values()), RULE), seen)


def test_who_is_known_to_two_universities_counts_once_for_the_alliance() -> None:
    shown = view(None)

    assert (shown.technicians, shown.teachers) == (2, 1)
    assert [(share.university_id, share.technicians) for share in shown.universities] == [("org_a", 2), ("org_b", 1)]
    assert (shown.finding.verdict, shown.finding.actual, shown.finding.limit) == ("fail", "2 + 1", "100 + 100")


def test_a_university_sees_its_own_share_of_the_whole() -> None:
    shown = view(frozenset({"org_b", "per_1"}))

    assert (shown.technicians, [share.university_id for share in shown.universities]) == (2, ["org_b"])


def test_a_year_without_anybody_is_a_year_of_nobody() -> None:
    nobody = together([])

    assert enough_exchanged(nobody, RULE).actual == "0 + 0"
