"""Where a bucket is, its address says; what is none is refused with the variable that says it."""

from pathlib import Path
from typing import Any

import pytest

from shared.documents.object_store import Bucket, BucketStore, FolderStore
from shared.documents.store import StoreUnavailable
from shared.operations.document_stores import lies_apart, open_documents
from shared.operations.settings import Settings, SettingsError, read_settings

KEY = {"SUNMAO_DOCUMENTS_KEY_ID": "who", "SUNMAO_DOCUMENTS_SECRET": "a secret"}


def settings(**said: Any) -> Settings:
    return read_settings(said, "training")


@pytest.mark.parametrize(
    ("url", "endpoint", "name", "prefix"),
    [
        ("https://s3.example:9000/papers", "https://s3.example:9000", "papers", "training"),
        ("http://127.0.0.1/papers/sunmao/", "http://127.0.0.1", "papers", "sunmao/training"),
    ],
)
def test_each_service_has_a_part_of_the_bucket(url: str, endpoint: str, name: str, prefix: str) -> None:
    bucket = Bucket.at(url, service="training", region="r", key_id="who", secret="what")

    assert (bucket.endpoint, bucket.name, bucket.prefix) == (endpoint, name, prefix)


@pytest.mark.parametrize("url", ["s3://papers", "https://s3.example", "https:///papers", "papers", "https://a/b?c=d"])
def test_what_is_no_address_of_a_bucket_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="SUNMAO_DOCUMENTS_URL: write https"):
        open_documents("training", settings(SUNMAO_DOCUMENTS_URL=url, **KEY))


def test_a_bucket_without_a_key_is_refused() -> None:
    with pytest.raises(SettingsError, match="SUNMAO_DOCUMENTS_KEY_ID"):
        open_documents("training", settings(SUNMAO_DOCUMENTS_URL="https://s3.example/papers"))


def test_the_secret_may_lie_in_a_file_and_a_bucket_is_seen_from_everywhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")
    said = settings(
        SUNMAO_DOCUMENTS_URL="https://s3.example/papers",
        SUNMAO_DOCUMENTS_KEY_ID="who",
        SUNMAO_DOCUMENTS_SECRET_FILE=str(tmp_path / "secret"),
    )

    assert isinstance(open_documents("training", said), BucketStore)
    assert lies_apart(said) is None


def test_without_a_bucket_documents_lie_in_the_home_where_no_other_machine_sees_them(tmp_path: Path) -> None:
    said = settings(SUNMAO_HOME=str(tmp_path))

    assert isinstance(open_documents("training", said), FolderStore)
    assert str(tmp_path / "documents") in str(lies_apart(said))


async def test_a_folder_that_cannot_be_written_to_is_a_store_that_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(StoreUnavailable):
        await FolderStore(tmp_path / "file" / "documents").put("ab12", b"a paper")
