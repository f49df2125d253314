"""The days of the week as tables name them, 1 being Monday."""

from typing import Final

from shared.rules import Bilingual

WEEKDAYS: Final = {
    "1": Bilingual(zh="周一", en="Mon"),
    "2": Bilingual(zh="周二", en="Tue"),
    "3": Bilingual(zh="周三", en="Wed"),
    "4": Bilingual(zh="周四", en="Thu"),
    "5": Bilingual(zh="周五", en="Fri"),
    "6": Bilingual(zh="周六", en="Sat"),
    "7": Bilingual(zh="周日", en="Sun"),
}
