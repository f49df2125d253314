"""What the process of one paper does: read the order from its input, write the PDF to its output, and end.

It is given no environment, reads no file but fonts, and has bounds of its own for time and memory.
"""

import io
import json
import resource
import sys
from pathlib import Path
from typing import Any, Final

import pylopdf_fonts_zh_cn
import segno
import typst

from shared.papers.ending import UNPRINTABLE

_MEMORY: Final = 160 << 20
"""What it may have of its own. A paper takes 40 MiB; the longest text or list that a service prints takes 90."""
_CPU_SECONDS: Final = 30
_ARCHIVAL: Final = "a-2u"
"""PDF/A: the fonts are inside, nothing acts, and a character without a glyph is an error instead of an empty box."""
_LACKS_GLYPH: Final = "could not be displayed"


def printed(order: dict[str, Any]) -> bytes:
    """The paper as a PDF. Raises `typst.TypstError`."""
    paper = order["paper"]
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent],
    )
    return typst.compile(
        order["source"].encode(),
        root=Path(__file__).parent,
        font_paths=fonts,
        sys_inputs={"paper": json.dumps({**paper, "code": _code(paper["address"])}, ensure_ascii=False)},
        pdf_standards=_ARCHIVAL,
    )


def _code(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", xmldecl=False)
    return drawn.getvalue().decode()


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    # Only Linux bounds the memory of a process by this.
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


def main() -> int:
    """Print one paper."""
    _bound()
    try:
        pdf = printed(json.loads(sys.stdin.buffer.read()))
    except typst.TypstError as error:
        if _LACKS_GLYPH in error.message:
            return UNPRINTABLE
        sys.stderr.write(error.message)
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
