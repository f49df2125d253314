"""Every rule that talent applies, for `main` to hold its packs against."""

from typing import Final

from services.talent.domain.measure import MAT_01, MAT_02, MAT_03, MAT_04

RULES: Final = (MAT_01, MAT_02, MAT_03, MAT_04)
