"""How a command ends, for whoever calls it from a script."""

from enum import IntEnum


class Exit(IntEnum):
    """What an exit code of `sunmao` means; each line becomes one of the table in the documentation."""

    meaning: str

    DONE = 0, "done, and all is as it should be"
    FOUND = (
        1,
        "`doctor` found something, a story, decision or document does not hold, a rule or row fails, or a stack trace",
    )
    REFUSED = 2, "not done: one sentence on standard error says what to change, or how the command is used"
    INTERRUPTED = 130, "`demo` was interrupted; the next one goes on"

    def __new__(cls, code: int, meaning: str) -> "Exit":
        """A code that knows what it means."""
        made = int.__new__(cls, code)
        made._value_ = code
        made.meaning = meaning
        return made


def exits_table() -> str:
    """Every code as a Markdown table."""
    return "\n".join(["| code | means |", "|---|---|", *(f"| {exit.value} | {exit.meaning} |" for exit in Exit)])
