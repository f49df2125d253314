"""What a text has to look like, in words: a pattern is for programs, and whoever fills in a form reads none."""

import re
from collections.abc import Mapping
from typing import Final

from shared.rules.verdict import Bilingual

_ID: Final = re.compile(r"\^\(?([a-z|]+|\[a-z\]\{2,8\})\)?_\[0-9A-HJKMNP-TV-Z\]\{26\}\$")
_WORDS: Final[Mapping[str, Bilingual]] = {
    r"^[^\x00]*$": Bilingual(zh="不得含空字符。", en="This must not hold the character NUL."),
    r"^[0-9]{2}$": Bilingual(zh="须为2位数字。", en="This must be 2 digits."),
    r"^[0-9]{6}$": Bilingual(zh="须为6位数字。", en="This must be 6 digits."),
    r"^[0-9A-Za-z._:/-]+$": Bilingual(
        zh="只能含字母、数字和 . _ : / -。", en="This may hold letters, digits and . _ : / - alone."
    ),
    r"^[0-9A-Fa-f]{64}$": Bilingual(
        zh="须为 SHA-256：64位十六进制数字。", en="This must be a SHA-256: 64 hexadecimal digits."
    ),
}


def in_words(pattern: str) -> Bilingual | None:
    """What passes by a pattern that people meet; None for those that only programs do."""
    if (id := _ID.fullmatch(pattern)) is None:
        return _WORDS.get(pattern)
    begins = "…_" if id[1].startswith("[") else " / ".join(f"{prefix}_" for prefix in id[1].split("|"))
    return Bilingual(
        zh=f"须为平台给出的编号：{begins} 后接26位数字或大写字母。",
        en=f"This must be an id that the platform gave out: {begins} and 26 digits or capital letters.",
    )
