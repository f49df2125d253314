"""What an agreement says beyond its parties and dates, by its type."""

from typing import Annotated

from pydantic import Field

from shared.contracts.event import Body
from shared.contracts.fields import BasisPoints, Code, Known
from shared.contracts.ids import BaseId, OrganizationId, ProgrammeId, TeacherId

BaseKind = Annotated[
    str,
    Known(
        "on_campus_productive", "off_campus_internship", "factory_in_school", "public_training", "virtual_simulation",
        "regional_practice_centre", "maker_space",
    ),
]  # fmt: skip
BaseFunction = Annotated[str, Known("construction", "training_teaching", "production_service")]


class OrderClassTerms(Body):
    """What an order class is to be. `hire_bp` is the share of graduates that the enterprise commits itself to hire."""

    programme_id: ProgrammeId
    occupation_code: Code
    headcount: int = Field(ge=1, le=10_000)
    hire_bp: BasisPoints


class BaseCoBuildTerms(Body):
    """What base is to be built together. `host_base_id` is the open base that houses it, where there is one."""

    operator_id: OrganizationId
    base_kind: BaseKind
    industry_codes: list[Code] = Field(min_length=1)
    functions: list[BaseFunction]
    host_base_id: BaseId | None = None


class TeacherPracticeTerms(Body):
    """How many teachers may practise, and who they are where that is settled."""

    seats: int = Field(ge=1, le=1000)
    teacher_ids: list[TeacherId] = []


class AgreementTerms(Body):
    """What the type of the agreement asks for; a framework has none."""

    order_class: OrderClassTerms | None = None
    base_co_build: BaseCoBuildTerms | None = None
    teacher_practice: TeacherPracticeTerms | None = None
