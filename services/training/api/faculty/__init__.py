"""The doors of what concerns teachers: technicians, engagements, who teaches, recruitment, the yearly counters."""

from services.training.api.faculty import (
    application,
    dual_qualified,
    engagement,
    exchange,
    leave,
    obligation,
    practice_course,
    recognition,
    recognition_batch,
    recruitment,
    staffing,
    technician,
)

ROUTERS = (
    technician.router,
    engagement.router,
    staffing.router,
    recruitment.router,
    exchange.router,
    leave.router,
    obligation.router,
    practice_course.router,
    recognition_batch.router,
    application.router,
    recognition.router,
    dual_qualified.router,
)
