"""Make the pictures of the portal from the year of the demo: python -m tools.portal_pictures (needs Debian's chromium).

Runs the demo's story on a stack of its own, signs in as people do, and takes a picture of each page.
"""

from __future__ import annotations

import asyncio
import io
import re
import shutil
import sys
import tempfile
import time
from email import message_from_bytes, policy
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console

from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.cli.client import connected
from dutycycle.cli.demo.run import tell
from dutycycle.cli.demo.story import Story
from dutycycle.cli.dev import STAFF
from dutycycle.cli.mailbox import Mailbox
from dutycycle.cli.server import free_port
from dutycycle.cli.stack import Stack
from tools.pictures import save

_ROOT = Path(__file__).parents[1]
_CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_DESKTOP, _PHONE = (1280, 900), (390, 844)
_CUSTOMER = "fleet@airtran.example"
_OFFERED = "decisions/us-2013-12"
"""An offer that nobody has answered."""


def main() -> int:
    """Tell the story, then take the pictures."""
    if not Path(_CHROMIUM).exists():
        sys.stderr.write("install Debian's chromium\n")
        return 1
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-pictures-", dir="/var/tmp"))
    directory.chmod(0o755)
    smtp_port = free_port()
    mailbox = Mailbox(directory / "out" / "mail", smtp_port)
    mailbox.start()
    try:
        settings = {"DUTYCYCLE_NOTIFY_SMTP_PORT": str(smtp_port)}
        with Stack(directory / "state", settings=settings, staff=[STAFF]) as stack:
            story = Story(stack, _ROOT / "examples" / "aircraft", directory / "out", Console())
            asyncio.run(tell(story))
            token = asyncio.run(_offer_token(story))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
                _take(browser, stack.portal_url, directory / "out" / "mail", token)
                browser.close()
    finally:
        mailbox.stop()
        shutil.rmtree(directory, ignore_errors=True)
    return 0


async def _offer_token(story: Story) -> str:
    async with connected(story.settings()) as client:
        request = offers_pb2.GetDecisionRequest(name=_OFFERED)
        return (await client.offers.GetDecision(request)).decision.offer_token


def _take(browser: Browser, url: str, mail: Path, token: str) -> None:
    for ending, (width, height) in (("", _DESKTOP), ("-phone", _PHONE)):
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        _shoot(page, f"{url}/o/{token}", f"portal-offer{ending}")
        _sign_in(page, url, mail, _CUSTOMER)
        _shoot(page, f"{url}/?period=2013-12", f"portal-overview{ending}")
        context.close()
    context = browser.new_context(viewport={"width": 1500, "height": 900})
    page = context.new_page()
    _sign_in(page, url, mail, STAFF)
    _shoot(page, f"{url}/lessor/customers?period=2013-12", "portal-customers", height=1100)
    _shoot(page, f"{url}/lessor/decisions/fl-2013-06", "portal-decision", height=1500)
    _shoot(page, f"{url}/lessor/runs/2013-12", "portal-run", height=1000)
    _shoot(page, f"{url}/lessor/offers?period=2013-12", "portal-effect", height=1900)
    context.close()


def _sign_in(page: Page, url: str, mail: Path, mailbox: str) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("Your e-mail address").fill(mailbox)
    page.get_by_role("button", name="Send me a link").click()
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    page.goto(_newest_link(mail / mailbox))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()


def _newest_link(folder: Path) -> str:
    for _ in range(300):
        for path in sorted(folder.glob("*.eml"), key=lambda each: -each.stat().st_mtime):
            text = message_from_bytes(path.read_bytes(), policy=policy.default).as_string()
            found = re.search(r"http://\S+/sign-in/[\w.-]+", text.replace("=\n", ""))
            if found is not None:
                return found.group()
        time.sleep(0.1)
    raise TimeoutError(f"no link came to {folder.name}")


def _shoot(page: Page, address: str, name: str, height: int = 0) -> None:
    """Save a page, the whole of it or down to a height."""
    page.goto(address)
    page.wait_for_timeout(600)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    save(picture.crop((0, 0, picture.width, min(height or picture.height, picture.height))), name)


if __name__ == "__main__":
    sys.exit(main())
