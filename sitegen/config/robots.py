"""Which robots may read a site (RFC 9309). Pure."""

from __future__ import annotations

from sitegen.config.schema import Config, RobotsConfig

# Robots that collect texts for training, by the names that their makers give for robots.txt. Those
# of search engines, and those that fetch one page because a person asks for it, are not among them.
AI_ROBOTS = (
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Diffbot",
    "FacebookBot",
    "GPTBot",
    "Google-CloudVertexBot",
    "Google-Extended",
    "ICC-Crawler",
    "ImagesiftBot",
    "PanguBot",
    "PetalBot",
    "Timpibot",
    "VelenPublicWebCrawler",
    "Webzio-Extended",
    "anthropic-ai",
    "cohere-ai",
    "cohere-training-data-crawler",
    "img2dataset",
    "meta-externalagent",
    "omgili",
    "omgilibot",
)


def denied_robots(config: Config) -> tuple[str, ...]:
    """The robots that robots.txt turns away: those of `AI_ROBOTS` if site.yaml says ``robots: {ai:
    deny}``, or says nothing of them and reserves text and data mining."""
    wish = config.robots.ai if isinstance(config.robots, RobotsConfig) else ""
    deny = wish == "deny" or (not wish and config.mining.reserve)
    return AI_ROBOTS if deny else ()
