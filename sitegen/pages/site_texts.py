"""Short texts at fixed places of a site: robots.txt, security.txt, humans.txt. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.config.robots import denied_robots
from sitegen.config.schema import Config, SecurityConfig
from sitegen.model.output import Page
from sitegen.model.views import RobotsView, TextView

SECURITY = "/.well-known/security.txt"
HUMANS = "/humans.txt"


def site_texts(config: Config) -> Iterator[Page]:
    """security.txt and humans.txt, where site.yaml has what they say."""
    if config.security:
        text = _security_text(config.security, f"{config.base_url.rstrip('/')}{SECURITY}")
        yield _page(SECURITY, text, "security.txt")
    if config.humans:
        yield _page(HUMANS, config.humans, "humans.txt")


def robots_page(sitemaps: tuple[str, ...], config: Config) -> Page:
    """robots.txt, which names ``sitemaps``: as site.yaml has it, else made from its settings."""
    if config.noindex:
        sitemaps = ()
    text = config.robots.strip() if isinstance(config.robots, str) else ""
    view = RobotsView("/robots.txt", sitemaps, denied_robots(config), text)
    return Page("robots.txt", "", view, "robots.txt", 3)


def _page(url: str, text: str, origin: str) -> Page:
    return Page(url[1:], "", TextView(url, f"{text.strip()}\n"), origin, 3)


def _security_text(settings: SecurityConfig, url: str) -> str:
    """Whom to write to about a weakness of the site (RFC 9116)."""
    expires = settings.expires if "T" in settings.expires else f"{settings.expires}T00:00:00Z"
    rows = [
        *(("Contact", contact) for contact in settings.contact),
        ("Expires", expires),
        ("Encryption", settings.encryption),
        ("Acknowledgments", settings.acknowledgments),
        ("Preferred-Languages", ", ".join(settings.languages)),
        ("Canonical", url),
        ("Policy", settings.policy),
        ("Hiring", settings.hiring),
    ]
    return "\n".join(f"{name}: {value}" for name, value in rows if value)
