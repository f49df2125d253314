"""The refusals a domain may answer with, drawn as a tree; `shared.web.problems` is the only place that knows HTTP.

    Refusal
    ├── NotFound        there is no such thing, or the caller may not know of it        404
    ├── Forbidden       the caller may see it, but this act is another party's          403
    ├── Conflict        the thing is in another state, or somebody was faster           409
    │   ├── LostRace    another writer committed first; the edge tries again            409
    │   └── Duplicate   a unique value exists already                                   409
    ├── Invalid         understood, but it cannot be so                                 422
    └── RuleRefused     a rule of a rule pack says no                                   422

A refusal says what is wrong and what would pass, in both languages; it never repeats the caller's input.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from shared.words import Says, Told, Verbatim, Worded

if TYPE_CHECKING:
    from shared.rules.verdict import Finding


class State(Worded):
    """How far a thing has come: the Chinese word stands alone, the English one after "is".

    `OPEN = "intake_open", "招生中", "open for intake"`.
    """


Facts: TypeAlias = Mapping[str, Told | tuple[Told, ...]]


class _InWords(Mapping[str, object]):
    """The facts of a refusal as a sentence in this language names them: codes by their words, several with commas."""

    def __init__(self, facts: Facts, language: str) -> None:
        self._facts, self._language = facts, language

    def __getitem__(self, name: str) -> object:
        fact = self._facts[name]
        if not isinstance(fact, tuple):
            return self._word(fact)
        return ("、" if self._language == "zh" else ", ").join(str(self._word(each)) for each in fact)

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def _word(self, fact: Told) -> object:
        return fact.say(self._language) if isinstance(fact, Says) else fact


class Misfit(ValueError):
    """What somebody states cannot have been so, in both languages: for models that hold their values against it."""

    def __init__(self, *, en: str, zh: str) -> None:
        self.zh = zh
        super().__init__(en)


class Refusal(Exception):
    """A command that was understood and may not be done. Each rule has a class of its own below this one."""

    en: ClassVar[str] = "This cannot be done."
    zh: ClassVar[str] = "此操作无法完成。"

    def __init__(self, **facts: Told | tuple[Told, ...]) -> None:
        self.facts = facts
        super().__init__(self.say("en"))

    @property
    def code(self) -> str:
        """The stable name of the refusal, the same in every language: `NotProposed` is `not_proposed`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def say(self, language: str) -> str:
        """The sentence for a person, in `zh` or (for anything else) `en`."""
        return self.told(self.zh if language == "zh" else self.en, language)

    def told(self, sentence: str, language: str) -> str:
        """A sentence with the facts in its places, in the words of the language."""
        return sentence.format_map(_InWords(self.facts, language))


class NotFound(Refusal):
    """There is no such thing, or the caller may not know that there is."""

    en = "There is no {kind} with this id that you may see."
    zh = "未找到此编号对应的内容，或您无权查看。"

    def __init__(self, kind: str = "thing", **facts: Told | tuple[Told, ...]) -> None:
        super().__init__(kind=Verbatim(kind.replace("_", " ")), **facts)


class Forbidden(Refusal):
    """The caller may see the thing, but this act belongs to somebody else."""

    en = "This act belongs to another party."
    zh = "此操作应由其他主体办理。"


class Conflict(Refusal):
    """The thing is in a state in which this cannot be done."""

    en = "The state of the object does not allow this."
    zh = "对象当前状态不允许此操作。"


class LostRace(Conflict):
    """Another writer committed first. The edge loads afresh and tries again, three times."""

    en = "Somebody else changed the object at the same moment; please try again."
    zh = "对象刚被他人修改，请重试。"


class Duplicate(Conflict):
    """A value that must be unique exists already."""

    en = "This exists already."
    zh = "已存在相同记录。"


class Invalid(Refusal):
    """The request was understood, but what it asks for cannot be so."""

    en = "The request contradicts itself."
    zh = "请求内容自相矛盾。"


class RuleRefused(Refusal):
    """A rule of a rule pack refused. Carries the finding, from which the answer to the caller is made."""

    def __init__(self, finding: "Finding") -> None:
        self.finding = finding
        super().__init__(rule=Verbatim(finding.rule))

    en = "Rule {rule} refuses this."
    zh = "规则 {rule} 不允许此操作。"
