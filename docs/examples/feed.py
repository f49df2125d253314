"""Prints every event of every service as it happens: `python docs/examples/feed.py` while `make demo` is serving."""

import json

import httpx

SUNMAO = "http://127.0.0.1:8000"
grant = {"grant_type": "urn:sunmao:grant:role", "role": "ops"}
token = httpx.post(f"{SUNMAO}/identity/token", data=grant).json()["access_token"]
asked = {"url": f"{SUNMAO}/notify/v1/events/stream?after=0", "headers": {"authorization": f"Bearer {token}"}}
with httpx.stream("GET", timeout=None, **asked) as feed:
    for line in feed.raise_for_status().iter_lines():
        if line.startswith("data: {") and (event := json.loads(line[5:])):
            print(event["feedposition"], event["time"], event["type"], event["subject"], flush=True)
