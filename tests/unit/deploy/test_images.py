"""The page for sites without internet names every image that something here starts, and none besides."""

from deploy.images import ROOT, images, images_table


def test_the_page_lists_every_image() -> None:
    assert images_table() in (ROOT / "docs" / "offline.md").read_text(), (
        "write in what `python -m deploy.images` prints"
    )


def test_what_is_started_is_found_wherever_it_is_named() -> None:
    found = images()

    assert any(image.startswith("python:") for image in found)
    assert [user for image, users in found.items() if image.startswith("postgres:") for user in users] == [
        "`postgres` of the compose file",
        "`deploy/kubernetes/components/servers`",
    ]
    assert not any(image.startswith("sunmao/") for image in found)


def test_every_image_has_a_version() -> None:
    assert [image for image in images() if ":" not in image or image.endswith(":latest")] == []
