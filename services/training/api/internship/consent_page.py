"""The page for a phone on which a guardian consents or refuses: the internship, the whole text, one form; no script."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

from fastapi.responses import Response

from services.training.domain.internship.consent_link import AnsweredConsent, Closed, LinkedConsent
from shared.web.plain_page import hash_line, line, minute, page_words, plain_page

_WORDS: Final = "consent_page_words.yaml"
_LONGEST_REASON: Final = 1900


def consent_page(linked: LinkedConsent, token: str, language: str) -> Response:
    """What is asked with a link. Addresses on it are relative to the page's own."""
    words = page_words(__package__, _WORDS)[language]
    return plain_page(words["to_answer"], "".join(_asked(linked, token, words)), language)


def answered_page(answered: AnsweredConsent, language: str) -> Response:
    """What was answered; about whose internship stays away, for the link opens no more."""
    words = page_words(__package__, _WORDS)[language]
    said = words["given"] if answered.given else words["not_given"]
    lines = line(words["answered_at"], minute(answered.answered_at)) + hash_line(words["digest"], answered.digest)
    return plain_page(words["answered"], f"<p>{said}</p><p>{words['change']}</p><dl>{lines}</dl>", language)


def closed_page(closed: Closed, language: str) -> Response:
    """That nobody is asked any more, and why; about whose internship stays away, as there is nothing to answer."""
    words = page_words(__package__, _WORDS)[language]
    content = f"<p>{words[closed]}</p><p>{words['not_recorded']}</p>"
    return plain_page(words["closed"], content, language, status=409)


def _asked(linked: LinkedConsent, token: str, words: Mapping[str, str]) -> Iterator[str]:
    yield f"<p>{escape(words['greeting'].format(name=linked.guardian_name))}</p><p>{words['ask']}</p><dl>"
    yield line(words["student"], linked.student_name)
    for name, organization in (("university", linked.university_name), ("enterprise", linked.enterprise_name)):
        if organization:
            yield line(words[name], organization)
    yield line(words["post"], linked.post_title)
    yield line(words["period"], words["days"].format(first=linked.starts_on, last=linked.ends_on))
    yield line(words["expires_at"], minute(linked.expires_at))
    yield f'</dl><h2>{escape(linked.title)}</h2><div class="text">{escape(linked.text)}</div><dl>'
    yield line(words["edition"], words["numbered"].format(edition=linked.edition))
    yield f"{hash_line(words['digest'], linked.digest)}</dl>{_form(token, words)}"


def _form(token: str, words: Mapping[str, str]) -> str:
    return (
        f'<form method="post" action="{token}/answer"><fieldset><legend>{words["answer"]}</legend>'
        f"{_choice('true', words['agree'])}{_choice('false', words['refuse'])}</fieldset>"
        f'<label class="reason">{words["reason"]}'
        f'<textarea name="reason" rows="3" maxlength="{_LONGEST_REASON}"></textarea></label>'
        f'<button type="submit">{words["send"]}</button></form>'
    )


def _choice(given: str, said: str) -> str:
    # Neither is chosen beforehand: an answer is one's own.
    return (
        f'<label class="agreed"><input type="radio" name="given" value="{given}" required><span>{said}</span></label>'
    )
