"""A person in a register, who may have been erased from it."""

from datetime import date

from services.training.domain.privacy.refusals import PersonErased


class Erasable:
    """What students, teachers and technicians have in common once they ask to be forgotten."""

    __slots__ = ()
    erased_on: date | None

    @property
    def is_forgotten(self) -> bool:
        """Whether the person's data were erased."""
        return self.erased_on is not None

    def require_known(self) -> None:
        """Raise `PersonErased` unless it is still known who this is."""
        if self.is_forgotten:
            raise PersonErased
