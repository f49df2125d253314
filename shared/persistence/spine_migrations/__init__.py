"""How the spine's tables came to be, step by step; a service's migration calls the step that it brings.

A step never changes once it was released. A change of `shared.persistence.spine` is a new step here, called by a new
migration of every service.
"""

from shared.persistence.spine_migrations.foundation import create_spine_0001, drop_spine_0001
from shared.persistence.spine_migrations.indexes import (
    create_spine_0006,
    create_spine_0007,
    drop_spine_0006,
    drop_spine_0007,
)
from shared.persistence.spine_migrations.registers import (
    create_spine_0002,
    create_spine_0003,
    create_spine_0004,
    create_spine_0005,
    drop_spine_0002,
    drop_spine_0003,
    drop_spine_0004,
    drop_spine_0005,
)

__all__ = [
    "create_spine_0001",
    "create_spine_0002",
    "create_spine_0003",
    "create_spine_0004",
    "create_spine_0005",
    "create_spine_0006",
    "create_spine_0007",
    "drop_spine_0001",
    "drop_spine_0002",
    "drop_spine_0003",
    "drop_spine_0004",
    "drop_spine_0005",
    "drop_spine_0006",
    "drop_spine_0007",
]
