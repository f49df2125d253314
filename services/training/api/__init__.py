"""Training's doors: one module per kind of object, with its bodies, views and routes."""

from services.training.api import (
    acceptance,
    account,
    calendar,
    cohort,
    conversion,
    faculty,
    hosting,
    internship,
    kpi,
    outcome,
    privacy,
    roster,
    student,
    teacher,
    training_base,
)

ROUTERS = (
    training_base.router,
    acceptance.router,
    teacher.router,
    student.router,
    cohort.router,
    account.router,
    outcome.router,
    conversion.router,
    calendar.router,
    hosting.router,
    kpi.router,
    *faculty.ROUTERS,
    *internship.ROUTERS,
    *privacy.ROUTERS,
    *roster.ROUTERS,
)
