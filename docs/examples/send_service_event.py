"""Tells the assistant what became of a case; a model for the one-stop software.

    CCHC_EVENTS_SECRET=… python send_service_event.py https://cchc.tinh.gov.vn \
        --case 000.00.01.H47-260504-0001 --office ttpvhcc --service 1.004222 --event completed

Needs nothing but Python. Send again after an error of the network or a status of 500 and above:
the same news counts once. Statuses of 400 to 499 say that sending it again is of no use.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import os
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime


def signed_request(address: str, secret: str, event: dict[str, str]) -> urllib.request.Request:
    """Return the request that tells of an event.

    Args:
        address: of the assistant, without a stroke at its end.
        secret: shared with the assistant.
        event: case, office, service, event, at; user where it is known.
    """
    body = json.dumps(event).encode()
    sent_at = str(int(time.time()))
    signature = hmac.new(secret.encode(), sent_at.encode() + b"." + body, hashlib.sha256)
    return urllib.request.Request(
        f"{address}/api/service-events",
        data=body,
        headers={
            "Content-Type": "application/json",
            "X-CCHC-Timestamp": sent_at,
            "X-CCHC-Signature": f"sha256={signature.hexdigest()}",
        },
        method="POST",
    )


def main() -> int:
    """Send one event and print the answer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    for name in ("case", "office", "service"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--event", choices=("received", "completed", "cancelled"), required=True)
    parser.add_argument("--user", help="telegram:12345, where the software knows it")
    given = vars(parser.parse_args())
    address = given.pop("address").rstrip("/")
    event = {name: value for name, value in given.items() if value is not None}
    event["at"] = datetime.now(UTC).isoformat()
    request = signed_request(address, os.environ["CCHC_EVENTS_SECRET"], event)
    try:
        with urllib.request.urlopen(request, timeout=30) as answered:
            print(answered.read().decode())
            return 0
    except urllib.error.HTTPError as error:
        print(error.code, error.read().decode(), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
