"""Documents in a real object store that speaks S3: kept, listed, removed, and a clear word when it does not answer."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from deploy.local.errors import ServerUnavailable
from shared.documents.object_store import Bucket, BucketStore
from shared.documents.store import ContentMissing, StoreUnavailable, stored
from shared.operations.doctoring.documents import papers
from shared.web.service import installed_services
from tests.objects import ObjectServer

PAPER = b"%PDF-1.7 " + b"x" * (6 * 1024 * 1024)
"""Larger than the part from which such stores take uploads in pieces."""
HASH = hashlib.sha256(PAPER).hexdigest()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectServer]:
    made = ObjectServer(tmp_path_factory.mktemp("objects"))
    try:
        made.start()
    except ServerUnavailable as reason:
        pytest.fail(str(reason), pytrace=False)
    yield made
    made.kill()


def bucket_of(server: ObjectServer, service: str = "training") -> Bucket:
    return Bucket.at(server.url, service=service, region="us-east-1", key_id=server.key_id, secret=server.secret)


async def test_bytes_come_back_are_listed_once_and_are_gone_once_removed(server: ObjectServer) -> None:
    store = BucketStore(bucket_of(server))

    async with stored(store, PAPER, "application/pdf") as content:
        await store.put(content.sha256, PAPER)
    kept, listed = await store.get(HASH), [lying.sha256 async for lying in store.listing()]
    await store.remove(HASH)
    await store.remove(HASH)

    assert (kept == PAPER, listed, await store.has(HASH)) == (True, [HASH], False)
    with pytest.raises(ContentMissing):
        await store.get(HASH)


async def test_services_do_not_see_each_others_documents(server: ObjectServer) -> None:
    ours, theirs = BucketStore(bucket_of(server)), BucketStore(bucket_of(server, "partnership"))
    await theirs.put(HASH, PAPER)

    assert (await theirs.has(HASH), await ours.has(HASH)) == (True, False)


async def test_a_wrong_key_is_a_store_that_does_not_answer_and_the_doctor_says_why(server: ObjectServer) -> None:
    store = BucketStore(replace(bucket_of(server), secret="wrong"))

    with pytest.raises(StoreUnavailable):
        await store.put(HASH, PAPER)
    finding = await papers(installed_services()["training"], store, None)
    assert (finding.state, "privileges" in finding.says) == ("bad", True)
    assert (await papers(installed_services()["training"], BucketStore(bucket_of(server)), None)).state == "good"


async def test_a_store_that_is_away_is_said_within_a_bounded_time() -> None:
    nobody = Bucket.at("http://127.0.0.1:9/papers", service="training", region="r", key_id="who", secret="what")

    with pytest.raises(StoreUnavailable):
        await BucketStore(nobody).get(HASH)
