"""The page for a phone on which somebody signs: what is signed, its very bytes, and one form. It needs no script."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape

from fastapi.responses import Response

from shared.web.plain_page import hash_line, line, minute, page_words, plain_page
from shared.web.signing.linked import Linked


def signing_page(linked: Linked, token: str, language: str) -> Response:
    """What is to be signed with a link, or that it was signed. Addresses on it are relative to the page's own."""
    words = page_words(__package__, "page_words.yaml")[language]
    if linked.signed_at is not None:
        return plain_page(words["signed"], "".join(_receipt(linked, linked.signed_at, words)), language)
    return plain_page(words["to_sign"], "".join(_asked(linked, token, words)), language)


def _asked(linked: Linked, token: str, words: Mapping[str, str]) -> Iterator[str]:
    document = linked.document
    yield f"<p>{escape(words['greeting'].format(name=linked.link.signatory))}</p>"
    yield f"<p>{words['ask'] if linked.has_its_turn else words['not_yet']}</p>"
    yield "<dl>"
    yield line(words["title"], document.title)
    if document.number:
        yield line(words["number"], document.number)
    yield line(words["size"], _size(document.size))
    yield _hash(linked, words)
    yield line(words["expires_at"], minute(linked.link.expires_at))
    yield f'</dl><p><a class="button" href="{token}/document">{words["read"]}</a></p>'
    if linked.has_its_turn:
        yield _form(linked, token, words)


def _form(linked: Linked, token: str, words: Mapping[str, str]) -> str:
    return (
        f'<form method="post" action="{token}/signature">'
        f'<input type="hidden" name="sha256" value="{linked.round.sha256}">'
        '<label class="agreed"><input type="checkbox" name="agreed" value="true" required>'
        f"<span>{words['agree']}</span></label>"
        f'<button type="submit">{words["sign"]}</button></form>'
    )


def _receipt(linked: Linked, at: datetime, words: Mapping[str, str]) -> Iterator[str]:
    """That it was signed and what; the title stays away, for the link opens no more."""
    yield f"<p>{words['thanks']}</p><dl>{line(words['signed_at'], minute(at))}{_hash(linked, words)}</dl>"


def _hash(linked: Linked, words: Mapping[str, str]) -> str:
    return hash_line(words["sha256"], linked.round.sha256)


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024)):,} kB"
