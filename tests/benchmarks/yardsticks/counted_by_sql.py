"""What SQL says of full-time practice in one statement: the different days of the last 60 months, by teacher."""

from typing import Final

ROLLING_DAYS: Final = """
SELECT teacher_id, count(DISTINCT day) AS days
FROM practice, generate_series(
    greatest(starts_on, ($1::date - interval '60 months')::date + 1), least(ends_on, $1::date), interval '1 day'
) AS day
WHERE status = 'verified' AND minutes_a_day >= 480 AND form <> 'visit'
GROUP BY teacher_id
"""
