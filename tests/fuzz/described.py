"""`python -m tests.fuzz.described --examples 500`: the API held to its own description.

schemathesis (pip install schemathesis, in no extra) makes requests out of the OpenAPI description
that a running service gives, right ones and wrong ones, and holds the answers to what it says.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.application import Application
from bot.common import OVERRIDES
from tests.faults.serving import Serving

#: Nobody is told to wait: what is tried is the form of the answers.
LIMITS = "[limits]\nper_minute = 1000\nwaiting = 1000\n"


def main() -> int:
    """Serve an empty home, have its description tried; schemathesis' status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=500, help="of each kind of request")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cchc-described-") as folder:
        home = Path(folder, "home")
        Application.open(home).close()
        (home / OVERRIDES).mkdir(exist_ok=True)
        (home / OVERRIDES / "channels.toml").write_text(LIMITS, encoding="utf-8")
        serving = Serving(home, Path(folder, "log"))
        serving.start()
        try:
            description = f"{serving.url}/api/openapi.json"
            options = ["--max-examples", str(wanted.examples), "--checks", "all"]
            command = [sys.executable, "-m", "schemathesis.cli", "run", description, *options]
            return subprocess.run(command, check=False).returncode
        finally:
            serving.kill()
            for error in serving.errors():
                print("LOGGED:", error)


if __name__ == "__main__":
    sys.exit(main())
