"""A browser without script: it follows links, fills in forms, and presses their buttons."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import lxml.html

from sitegen.desk.snapshot import Reader
from sitegen.desk.web.answers import Send, Tools
from sitegen.desk.web.app import Desk, desk_app
from tests.conftest import SITE

HOST = "localhost:8000"
MOMENT = "2026-11-24T12:00:00+01:00"
WEEKLY = "editions: {kind: weekly, email: true}\n"


def desk_of(root: Path, more: str = WEEKLY, send: Send | None = None, **said: Any) -> Any:
    """The application of the desk for the site at ``root``, which gets its settings here."""
    (root / "site.yaml").write_text(SITE + more)
    (root / "content").mkdir(exist_ok=True)
    opened: list[Path] = said.get("opened", [])

    def open_file(path: Path) -> str:
        opened.append(path)
        return said.get("fault", "")

    reader = Reader(root, lambda: MOMENT)
    return desk_app(Desk(Tools(reader, open_file, send), root / "preview"))


class Window:
    """A window of the desk: what it shows, and its cookies."""

    def __init__(self, app: Any, path: str = "/_desk/") -> None:
        self.app, self.cookies = app, httpx.Cookies()
        self.answer = self.get(path)

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """The answer to one request, as a browser sends it."""
        headers = {"host": HOST} | given.pop("headers", {})

        async def send() -> httpx.Response:
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(
                    self.app, client=given.pop("client", ("127.0.0.1", 9))
                ),
                base_url=f"http://{HOST}",
                cookies=self.cookies,
            )
            async with client:
                answer = await client.request(method, path, headers=headers, **given)
                self.cookies.update(client.cookies)
                return answer

        return asyncio.run(send())

    def get(self, path: str = "/_desk/", **headers: str) -> httpx.Response:
        """Load a page; it is what the window shows then."""
        self.answer = self.ask("GET", path, headers=headers)
        return self.answer

    def post(self, path: str, fields: Any, **headers: str) -> httpx.Response:
        """Send a form from a page of the desk, and follow a redirect."""
        given = {"origin": f"http://{HOST}"} | headers
        answer = self.ask("POST", path, data=fields, headers=given)
        if answer.status_code == 303:
            return self.get(answer.headers["location"])
        self.answer = answer
        return answer

    @property
    def page(self) -> Any:
        """The page that is shown, as a tree."""
        return lxml.html.fromstring(self.answer.text)

    @property
    def said(self) -> str:
        """What the page says came of the last form."""
        return "".join(self.page.get_element_by_id("said").itertext()).strip()

    def token(self) -> str:
        return str(self.page.xpath("//input[@name='token']/@value")[0])

    def rows(self, part: str = "inbox") -> list[str]:
        """The headlines of a column."""
        path = f"//*[@id='{part}']//li[contains(@class, 'row')]//*[contains(@class, 'title')]"
        return [node.text_content().strip() for node in self.page.xpath(path)]

    def press(self, label: str, **fields: Any) -> httpx.Response:
        """Press the button with this label or name, with other values in its form."""
        buttons = [
            node
            for node in self.page.xpath("//button")
            if label in (node.get("aria-label"), node.text_content().strip())
        ]
        assert buttons, f"no button {label!r} in {self.answer.text[:3000]}"
        button, form = buttons[0], buttons[0].xpath("ancestor::form")[0]
        values = [(name, value) for name, value in form.form_values() if name not in fields]
        if button.get("name"):
            values.append((button.get("name"), button.get("value")))
        for name, value in fields.items():
            values += [(name, one) for one in (value if isinstance(value, list) else [value])]
        data: dict[str, list[str]] = {}
        for name, value in values:
            data.setdefault(name, []).append(value)
        return self.post(button.get("formaction") or form.get("action"), data)
