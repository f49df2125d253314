"""From settings to the place where the bytes of a service's documents lie."""

from shared.documents.object_store import Bucket, BucketStore, FolderStore
from shared.documents.store import DocumentStore
from shared.operations.folder import Folder
from shared.operations.settings import Settings, SettingsError
from shared.web.service import installed_services


def open_documents(name: str, settings: Settings) -> DocumentStore:
    """The service's documents: in a bucket if it has any and one is named, else in a folder. Nothing is asked yet.

    Raises `SettingsError` where the bucket's address or its key is not as it must be.
    """
    if settings.documents_url is None or not installed_services()[name].documented:
        return FolderStore(Folder(settings.home).documents(name))
    if settings.documents_key_id is None or settings.documents_secret is None:
        raise SettingsError("SUNMAO_DOCUMENTS_URL is set without SUNMAO_DOCUMENTS_KEY_ID and SUNMAO_DOCUMENTS_SECRET")
    try:
        bucket = Bucket.at(
            settings.documents_url,
            service=name,
            region=settings.documents_region,
            key_id=settings.documents_key_id.get_secret_value(),
            secret=settings.documents_secret.get_secret_value(),
        )
    except ValueError as error:
        raise SettingsError(f"SUNMAO_DOCUMENTS_URL: {error}") from None
    return BucketStore(bucket)


def lies_apart(settings: Settings) -> str | None:
    """Why other machines do not see the documents of this one; None where they do."""
    if settings.documents_url is not None:
        return None
    return f"documents lie in the folder {Folder(settings.home).every_document}, which other machines do not see"
