"""The doors of what concerns teachers: practice, technicians, engagements, recruitment, the yearly counters."""

from services.training.api.faculty import (
    application,
    certificate,
    dual_qualified,
    engagement,
    exchange,
    leave,
    obligation,
    practice,
    practice_course,
    recognition,
    recognition_batch,
    recruitment,
    seats,
    staffing,
    technician,
)

ROUTERS = (
    seats.router,
    practice.router,
    technician.router,
    engagement.router,
    staffing.router,
    recruitment.router,
    exchange.router,
    leave.router,
    obligation.router,
    practice_course.router,
    certificate.router,
    recognition_batch.router,
    application.router,
    recognition.router,
    dual_qualified.router,
)
