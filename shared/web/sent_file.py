"""A file as the body of a request: the file itself, and not a form in which it is wrapped."""

from typing import Annotated, Final

from fastapi import Depends, Request

from shared.errors import Refusal

_FORM: Final = "multipart/"


class WrappedFile(Refusal):
    """A file is sent as it is: its hash is of what was sent, and nothing is unpacked before it is checked."""

    en = (
        "The file came wrapped in a form; send the file itself as the body of the request, and as Content-Type what it "
        "is, such as text/csv or application/pdf (curl: --data-binary @FILE instead of -F)."
    )
    zh = (
        "文件以表单形式提交，无法接收；请将文件本身作为请求正文提交，并在 Content-Type 中写明文件类型，"
        "如 text/csv 或 application/pdf（curl 请用 --data-binary @文件，不用 -F）。"
    )


async def _sent(request: Request) -> bytes:
    if request.headers.get("content-type", "").strip().lower().startswith(_FORM):
        raise WrappedFile
    return await request.body()


FileIn = Annotated[bytes, Depends(_sent)]
"""The bytes that were sent. Raises `WrappedFile` for a form."""
