"""The alliance's key figures: what was counted, held against targets that stand in the rule packs."""
