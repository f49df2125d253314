"""What is wrong with a single value, in Chinese: pydantic says it in English only."""

from collections.abc import Mapping
from typing import Any, Final

from shared.errors import Misfit
from shared.rules.pattern_words import in_words

_ANY_ZH: Final = "取值不符合要求。"
_ZH: Final[Mapping[str, str]] = {
    "missing": "必填。",
    "extra_forbidden": "不支持此字段，请删除。",
    "too_short": "至少 {min_length} 项。",
    "too_long": "最多 {max_length} 项。",
    "string_too_short": "至少 {min_length} 个字符。",
    "string_too_long": "最多 {max_length} 个字符。",
    "string_pattern_mismatch": "格式须符合 {pattern}。",
    "greater_than": "须大于 {gt}。",
    "greater_than_equal": "不得小于 {ge}。",
    "less_than": "须小于 {lt}。",
    "less_than_equal": "不得大于 {le}。",
    "multiple_of": "须为 {multiple_of} 的整数倍。",
    "decimal_max_places": "小数最多 {decimal_places} 位。",
    "decimal_max_digits": "数字最多 {max_digits} 位。",
    "literal_error": "须为以下之一：{expected}。",
    "enum": "须为以下之一：{expected}。",
    "union_tag_invalid": "{discriminator} 须为以下之一：{expected_tags}。",
    "union_tag_not_found": "缺少 {discriminator}，无法确定类别。",
    "timezone_aware": "时间须带时区。",
    "timezone_naive": "时间不得带时区。",
    "days_reversed": "结束日期不得早于开始日期。",
    "date_out_of_bounds": "日期须在 1900-01-01 至 2199-12-31 之间。",
    "too_deep": "内容嵌套过深。",
}
_FAMILIES_ZH: Final[Mapping[str, str]] = {
    "int": "须为整数。",
    "float": "须为数字。",
    "finite": "须为有限的数字。",
    "decimal": "须为数字。",
    "bool": "须为 true 或 false。",
    "string": "须为文本。",
    "date": "须为有效日期，如 2026-09-01。",
    "datetime": "须为有效的日期时间，如 2026-09-01T08:00:00+08:00。",
    "time": "须为有效时刻，如 08:30。",
    "list": "须为列表。",
    "tuple": "须为列表。",
    "set": "须为列表。",
    "frozen": "须为列表。",
    "dict": "须为对象。",
    "model": "须为对象。",
    "mapping": "须为对象。",
}
"""By the first word of a kind: `int_parsing` and `int_type` ask for the same."""


def in_chinese(kind: str, bounds: Mapping[str, Any]) -> str:
    """What would pass, by the kind of the fault (as pydantic names it) and its bounds."""
    if isinstance(error := bounds.get("error"), Misfit):
        return error.zh
    if (words := in_words(str(bounds.get("pattern", "")))) is not None:
        return words.zh
    text = _ZH.get(kind) or _FAMILIES_ZH.get(kind.partition("_")[0], _ANY_ZH)
    return text.format_map({name: str(bound).replace(" or ", ", ") for name, bound in bounds.items()})
