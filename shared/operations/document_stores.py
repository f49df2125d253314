"""From settings to the place where the bytes of a service's documents lie."""

from shared.documents.object_store import FolderStore
from shared.documents.store import DocumentStore
from shared.operations.folder import Folder
from shared.operations.settings import Settings


def open_documents(name: str, settings: Settings) -> DocumentStore:
    """The service's documents."""
    return FolderStore(Folder(settings.home).documents(name))
