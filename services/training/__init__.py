"""Training: bases, teachers, students, practice in enterprises, cohorts and the credit bank.

Owns what happens to people and places between a signed agreement and a converted credit, and the ledger of both.
Publishes `training.*` events and the state of base, teacher, student, practice, obligation, cohort, account, outcome
and conversion. Listens to partnership's agreements and organisations, to talent's programmes, and to its own teachers
and practice periods.
"""
