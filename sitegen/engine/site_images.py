"""The images of a site: which files its pages show, and in which sizes."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.base.diagnostics import Diagnostic
from sitegen.config.schema import Config
from sitegen.content.discover import Found
from sitegen.engine.context import BuildContext
from sitegen.engine.inputs import BuildInputs
from sitegen.engine.make_images import image_facts
from sitegen.images.variants import broken, find_shown, resized, with_sized_images
from sitegen.model.base import Struct
from sitegen.model.output import ResizeJob
from sitegen.model.site import Site


class SiteImages(Struct, frozen=True):
    """A site with its images in every size; files below content/ to copy, and images to make."""

    site: Site
    copied: tuple[Found, ...]
    made: tuple[ResizeJob, ...] = ()


def with_images(
    context: BuildContext, site: Site, inputs: BuildInputs, linked: set[Found]
) -> tuple[SiteImages, list[Diagnostic]]:
    """``site`` with its images, and what is wrong with them.

    Files that only unpublished articles show are neither copied nor made. Those in ``linked`` are
    copied as they are.
    """
    config, media = context.config, inputs.sources.media
    shown, images = find_shown(site.documents, media, inputs.static, config)
    photos = author_photos(site, config)
    kept = {f for f in media if f.path.removeprefix(config.content) in photos} | linked
    if not images:
        return SiteImages(site, _by_path({*shown.values(), *kept})), []
    facts = image_facts(context, _by_path(set(images.values())))
    mailed = any(series.email for series in config.series)
    sizes = resized(images, facts, config.images, mailed)
    jobs = {job.output: job for _, jobs_of_one in sizes.values() for job in jobs_of_one}
    replaced = {images[name].path for name, (_, jobs_of_one) in sizes.items() if jobs_of_one}
    if config.images.originals:
        replaced = set()
    copied = {*kept, *(f for f in shown.values() if f.path not in replaced)}
    site = with_sized_images(site, {name: image for name, (image, _) in sizes.items()})
    problems = broken(images, facts, site)
    return SiteImages(site, _by_path(copied), tuple(jobs.values())), problems


def author_photos(site: Site, config: Config) -> frozenset[str]:
    """The photos of the authors that have a page."""
    names = {listing.name for listing in site.listings if listing.kind == "author"}
    authors = config.authors.values()
    return frozenset(a.photo for a in authors if a.photo and a.name in names)


def _by_path(files: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(sorted(files, key=lambda found: found.path))
