"""Every notification has words in every language, and no word lacks its variable."""

from string import Formatter
from typing import get_args, get_type_hints

import pytest

from services.notify.domain import alert
from services.notify.domain.party import Locale
from services.notify.domain.route import Route
from services.notify.domain.routes import ROUTES
from services.notify.domain.template import MissingVariable, Texts, Wording
from services.notify.queries.texts import texts
from services.notify.storage.task_table import shipped_tasks
from shared.contracts.fields import Known
from tests.unit.notify.world import golden_of

LANGUAGES = list(Locale)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.template)
def test_every_golden_event_can_be_told(route: Route, language: Locale) -> None:
    notice = route.notice(golden_of(route), "01a12d9f-a824-7716-8863-1fb3e92362a1")

    wording = texts(language).render(notice.template, {**notice.variables, "count": 1})

    assert wording.title
    assert not {"{", "}"} & set(wording.title + wording.text)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.template)
def test_every_variable_is_told_in_every_language(route: Route) -> None:
    told = {language: placeholders(_words(route, language)) - {"count"} for language in LANGUAGES}

    assert told == {
        Locale.ZH_CN: {name for name in route.says if not name.endswith("_en")},
        Locale.EN: {name for name in route.says if not name.endswith("_zh")},
    }


def _words(route: Route, language: Locale) -> str:
    wording = texts(language).templates[route.template]
    return wording.title + wording.text


def test_every_language_has_the_same_templates_and_words_and_none_without_a_row() -> None:
    shelves = [(set(texts(language).templates), set(texts(language).words)) for language in LANGUAGES]

    assert shelves[0] == shelves[1]
    of_tasks = {f"task_{name}" for name in shipped_tasks().tasks}
    assert shelves[0][0] == {route.template for route in ROUTES} | alert.TEMPLATES | of_tasks


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.template)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_a_variable_may_hold_reads_as_words(route: Route, language: Locale) -> None:
    hints = get_type_hints(route.event, include_extras=True)
    codes = [value for name in route.says if name in hints for value in known_values(hints[name])]

    assert set(codes) <= set(texts(language).words)


def known_values(hint: object) -> list[str]:
    return [value for part in get_args(hint) if isinstance(part, Known) for value in part.values]


def test_codes_are_said_in_words_and_numbers_as_they_are() -> None:
    shelf = Texts({"signed": Wording("Signed", "{type} by {days}")}, {"order_class": "order class"})

    assert shelf.render("signed", {"type": "order_class", "days": 3}).text == "order class by 3"


def test_a_missing_variable_is_an_error_that_names_it() -> None:
    shelf = Texts({"signed": Wording("Signed", "{agreement_id}")}, {})

    with pytest.raises(MissingVariable, match="agreement_id"):
        shelf.render("signed", {})
