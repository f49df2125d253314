"""Talent: what universities can teach, and who could meet a need.

Owns programmes, and of every posted need the demand as it scores it with the proposals it made.
Publishes `talent.programme.*`, the programmes' state, and `talent.match.*`.
Listens to needs, capabilities, matches, agreements and organisations (partnership), and to bases, teachers and
obligations (training). Scores are explained; accepting a proposal is partnership's business.
"""
