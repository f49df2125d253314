"""Makes a folder that is there whole or not at all, however its making is cut short."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def made_whole(folder: Path) -> Iterator[str]:
    """The name of a folder to make beside `folder`, which it becomes when the block ends well.

    What a killed maker may still be writing to has another name, so nobody writes into what becomes `folder`.
    """
    for abandoned in folder.parent.glob("unfinished-*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    name = f"unfinished-{secrets.token_hex(4)}"
    yield name
    folder.with_name(name).rename(folder)
