"""Puts training together; nothing else knows all of its parts."""

from typing import Final

from services.training import queries
from services.training.api import ROUTERS
from services.training.api.documented import DOCUMENTED
from services.training.api.imports import IMPORTS
from services.training.api.roster.folder import watch_rosters
from services.training.api.signed import SIGNED
from services.training.domain.rule_catalogue import RULES, TRIALS
from services.training.domain.undecided import UNDECIDED
from services.training.handlers.approving import APPROVED
from services.training.handlers.faculty.obligation import review_teacher, review_teachers
from services.training.handlers.faculty.recognition_clock import advance_recognition
from services.training.handlers.internship.consent import forget_phone
from services.training.handlers.internship.placement_log import review_log_book
from services.training.handlers.privacy.erasure import remind_of_erasure
from services.training.handlers.roster.roster import apply_roster
from services.training.personal import PERSONAL
from services.training.storage import Table, TrainingWork
from services.training.storage.calendar import calendar_of
from services.training.subscribers import AGREEMENTS, CREDIT, DIRECTORY, FACULTY, INTERNSHIP, PRIVACY, RECOGNITION
from services.training.tallies import TALLIES
from shared.web.service import Chore, Service
from shared.web.signing import SIGNING_CHORES

SERVICE: Final = Service(
    name="training",
    title="Sunmao training",
    package="services.training",
    work=TrainingWork,
    metadata=Table.metadata,
    routers=ROUTERS,
    consumers=(DIRECTORY, AGREEMENTS, FACULTY, RECOGNITION, CREDIT, INTERNSHIP, PRIVACY),
    chores=(
        Chore("review-obligations", find=queries.teachers_to_review, act=review_teacher, act_together=review_teachers),
        Chore("review-log-books", find=queries.log_books_to_review, act=review_log_book),
        Chore("forget-phones", find=queries.phones_to_forget, act=forget_phone),
        Chore("advance-recognitions", find=queries.recognitions_to_advance, act=advance_recognition),
        Chore("remind-of-erasures", find=queries.erasures_to_tell_again, act=remind_of_erasure),
        Chore("apply-rosters", find=queries.rosters_to_apply, act=apply_roster),
        *SIGNING_CHORES,
    ),
    background=(watch_rosters,),
    tallies=TALLIES,
    imports=IMPORTS,
    personal=PERSONAL,
    rule_shapes=RULES,
    trials=TRIALS,
    undecided=UNDECIDED,
    calendar=calendar_of,
    documented=DOCUMENTED,
    signed=SIGNED,
    approved=APPROVED,
)
