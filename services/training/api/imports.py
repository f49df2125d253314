"""What can be imported into training."""

from typing import Any, Final

from services.training.api.faculty.practice_import import PRACTICE_IMPORT
from services.training.api.faculty.special_post_table import SPECIAL_POST_IMPORT
from services.training.api.internship.placement_import import PLACEMENT_IMPORT
from services.training.api.internship.post_import import POST_IMPORT
from services.training.api.people_imports import STUDENT_IMPORT, TEACHER_IMPORT
from shared.imports.table import ImportTable

IMPORTS: Final[tuple[ImportTable[Any], ...]] = (
    STUDENT_IMPORT,
    TEACHER_IMPORT,
    POST_IMPORT,
    PLACEMENT_IMPORT,
    PRACTICE_IMPORT,
    SPECIAL_POST_IMPORT,
)
