"""The deployment of a site: refuse what must not be published, build, send, notify; and the
rollback."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from sitegen.base.dates import in_zone
from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, nearest_hint
from sitegen.base.files import expanded, write_whole
from sitegen.base.install import require_extras
from sitegen.base.locks import held
from sitegen.base.networks import reach_of
from sitegen.base.progress import Progress
from sitegen.base.text import counted, digest, href, is_rooted
from sitegen.config.check_rules import RULES
from sitegen.config.content_policy import content_policy
from sitegen.config.load import needed_extras
from sitegen.config.schema import Config
from sitegen.config.targets import (
    CloudflareTarget,
    DeployTarget,
    FolderTarget,
    GitTarget,
    NetlifyTarget,
    PluginTarget,
    RsyncTarget,
    S3Target,
)
from sitegen.content.addresses import ADDRESSES
from sitegen.deploy.files import gather
from sitegen.deploy.host_files import EDITOR, additions
from sitegen.deploy.model import DeployReport, Item, Place, Refused, Surroundings, Transient
from sitegen.deploy.notify import after, tasks
from sitegen.deploy.pending import ALL, read_pending, write_pending
from sitegen.deploy.run import DeployInput, DeployOptions, deploy
from sitegen.deploy.targets.folder import Folder, SwitchedFolder, clone
from sitegen.deploy.targets.git import Git
from sitegen.deploy.targets.plugin import plugged
from sitegen.deploy.targets.rsync import Rsync
from sitegen.deploy.uploads import sender
from sitegen.engine.addresses import Redirects, recording, redirects_of, write_recording
from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import built
from sitegen.engine.places import CACHE, refusal
from sitegen.engine.site_folder import read_config
from sitegen.engine.staleness import failing
from sitegen.engine.workers import Pool
from sitegen.model.base import Struct
from sitegen.model.output import BuildReport, Trace
from sitegen.pages.lists import output_path
from sitegen.pages.moved import CODE as LOST

KEPT = 3
MARKS = 20  # of runs of this machine, that are remembered


def find_target(config: Config, name: str) -> tuple[str, DeployTarget]:
    """The target called ``name``, or the only one.

    Raises SitegenError (exit status 2) if it does not exist.
    """
    targets = config.deploy
    if not targets:
        hint = (
            "add `deploy:` with a target, such as {live: {kind: folder, path: /var/www/digest}};"
            " see: sitegen help deploy"
        )
        raise fail(
            "config", "site.yaml has no deploy target", "site.yaml", help=hint, exit_status=2
        )
    if not name and len(targets) > 1:
        raise fail(
            "deploy",
            "site.yaml has several targets",
            help=f"name one of: {', '.join(targets)}",
            exit_status=2,
        )
    name = name or next(iter(targets))
    if name not in targets:
        hint = nearest_hint(name, targets, f"choose from: {', '.join(targets)}")
        raise fail("deploy", f"no target `{name}` in site.yaml", help=hint, exit_status=2)
    return name, targets[name]


def check_base_url(base_url: str, kind: str) -> tuple[str, ...]:
    """Refuse a URL that no reader can reach, for a target of ``kind``.

    That is one of this machine or network, the example of `init`, and other names that are reserved
    for examples and tests. The last are a note for the target `folder`, which may be a copy to try.
    Raises SitegenError (exit status 2).
    """
    reach = reach_of(base_url)
    hint = "write the URL that readers will use, in `base_url` or in `base_url` of the target"
    if reach == "local":
        raise fail(
            "deploy",
            f"`base_url` is a URL of this machine or network: {base_url}",
            "site.yaml",
            help=hint,
            exit_status=2,
        )
    if reach == "example":
        message = f"`base_url` is still the example that `sitegen init` wrote: {base_url}"
        raise fail("deploy", message, "site.yaml", help=hint, exit_status=2)
    if reach == "public":
        return ()
    message = (
        f"`base_url` is {base_url}: the name is reserved for examples and tests, and no reader can"
        " reach it"
    )
    if kind != "folder":
        raise fail("deploy", message, "site.yaml", help=hint, exit_status=2)
    return (message,)


def place_for(
    root: Path, name: str, target: DeployTarget, config: Config, around: Surroundings
) -> Place:
    """The place that a target of site.yaml means."""
    if isinstance(target, PluginTarget):
        return plugged(root, config.plugins, name, target, around)
    if isinstance(target, FolderTarget | NetlifyTarget | CloudflareTarget):
        path = Path(os.path.normpath(root / expanded(target.path)))
        if reason := refusal(root, path, config.content, "output"):
            raise fail(
                "deploy",
                f"`deploy.{name}.path`: {path} {reason}",
                "site.yaml",
                help="name a folder of its own",
                exit_status=2,
            )
        switch = isinstance(target, FolderTarget) and target.switch
        return SwitchedFolder(path) if switch else Folder(path)
    if isinstance(target, GitTarget):
        return Git(root, root / CACHE, target, around)
    if isinstance(target, RsyncTarget):
        return Rsync(target, around)
    if isinstance(target, S3Target):
        from sitegen.deploy.targets.s3 import S3

        return S3(target)
    from sitegen.deploy.targets.sftp import Sftp

    return Sftp(target, around)


def kind_of(target: DeployTarget) -> str:
    """The kind as site.yaml names it."""
    return target.of if isinstance(target, PluginTarget) else str(target.__struct_config__.tag)


@contextlib.contextmanager
def alone(root: Path, name: str, mark: str) -> Iterator[list[str]]:
    """Hold the target for one command of this machine; yields the marks of earlier runs.

    ``mark`` is written down first, so that a killed run's lock at the target is known as ours. The
    file of marks is replaced as a whole: a kill must not take those of earlier runs away.
    """
    folder = root / CACHE / "deploy"
    marks = folder / f"{name}.marks"
    message = f"a deployment to `{name}` is under way on this machine"
    busy = fail("deploy", message, help="wait for it to end")
    with held(folder / f"{name}.lock", busy):
        earlier = marks.read_text("utf-8").split() if marks.exists() else []
        write_whole(marks, "\n".join([*earlier, mark][-MARKS:]).encode())
        yield earlier


class SiteTarget(Struct, frozen=True):
    """A target of site.yaml, with the settings of the site as they are for it."""

    root: Path
    name: str
    target: DeployTarget
    config: Config

    @property
    def base_url(self) -> str:
        """The URL that readers use there."""
        return self.target.base_url or self.config.base_url

    @property
    def is_public(self) -> bool:
        """Whether it shows what readers may find, and nothing else."""
        return not (self.target.drafts or self.target.future or self.config.noindex)

    @property
    def output(self) -> Path:
        """Where it is built: in the site's own output/, unless its pages differ from those."""
        target = self.target
        is_usual = self.base_url == self.config.base_url
        if is_usual and not (target.drafts or target.future or target.noindex):
            return self.root / "output"
        return self.root / CACHE / "deploy" / f"{self.name}.output"

    def build_options(self, options: BuildOptions, careful: bool) -> BuildOptions:
        """``options`` for its output; ``careful`` refuses what looks like a mistake."""
        return msgspec.structs.replace(
            options,
            base_url=self.target.base_url,
            output=str(self.output),
            careful=careful,
            drafts=self.target.drafts,
            future=self.target.future,
            noindex=self.target.noindex,
        )


def site_target(root: Path, name: str) -> SiteTarget:
    """The target called ``name``. Raises SitegenError where site.yaml has an error."""
    config, _ = read_config(root)
    target = config.deploy[name]
    noindex = config.noindex or target.noindex
    return SiteTarget(root, name, target, msgspec.structs.replace(config, noindex=noindex))


def deploy_site(
    root: Path,
    name: str,
    options: BuildOptions,
    wish: DeployOptions,
    around: Surroundings,
    progress: Progress,
    pool: Pool | None = None,
) -> tuple[DeployReport, BuildReport | None]:
    """Build the site as readers will see it and upload it, by ``pool`` if it is given; returns the
    reports of both.

    Raises SitegenError if nothing was uploaded.
    """
    site = site_target(root, name)
    config, target, output = site.config, site.target, site.output
    notes = check_base_url(site.base_url, kind_of(target))
    # Together, so that one command installs what the build and the target lack.
    require_extras(needed_extras(config, name), "site.yaml", 2)
    place = place_for(root, name, target, config, around)
    report = _build_for(site, options, wish, progress, pool)
    lost = _lost(report) if site.is_public and stops(config) else ()
    items = collect(root, output, config, target)
    with alone(root, name, around.mark) as earlier, notifying(site, wish.dry_run, around) as done:
        by_workers = sender(target, pool)
        sent = deploy(DeployInput(place, items, wish, around, progress, earlier, lost, by_workers))
        if _is_new_release(sent) and not isinstance(place, Git | SwitchedFolder):
            keep_release(root, name, sent.release, output)
        sent = done(sent, items)
    if site.is_public and not (wish.dry_run or sent.failed):
        notes = (*notes, *_recorded(root, output, _day(options.now, config)))
    return msgspec.structs.replace(sent, notes=(*notes, *sent.notes)), report


def _build_for(
    site: SiteTarget,
    options: BuildOptions,
    wish: DeployOptions,
    progress: Progress,
    pool: Pool | None,
) -> BuildReport:
    """Build the site for its target. Where a person accepts that URLs lead nowhere, that is
    recorded, and the site is built again without them.

    Raises SitegenError where the site has errors.
    """
    options = site.build_options(options, careful=not wish.yes)
    report = build(options, progress, pool=pool)
    if site.is_public and wish.yes and not wish.dry_run and _lost(report):
        day = _day(options.now, site.config)
        write_recording(site.root, recording(site.root, site.output, day, accept=True))
        report = build(options, progress, pool=pool)
    if failing(report.diagnostics, options.strict):
        raise SitegenError(report.diagnostics)
    return report


def _is_new_release(sent: DeployReport) -> bool:
    """Whether a deployment has changed the target, and all of it was done."""
    return bool(sent.puts or sent.deletes) and not (sent.failed or sent.dry_run)


def stops(config: Config) -> bool:
    """Whether a URL that would lead nowhere keeps the site from being deployed: where its rule is
    an error, as in new sites."""
    return config.check.get(LOST, RULES[LOST][0]) == "error"


def _lost(report: BuildReport) -> list[Diagnostic]:
    """An error for each published thing whose URLs lead nowhere, as the build says."""
    found = (one for one in report.diagnostics if one.code == LOST)
    return [msgspec.structs.replace(one, level="error") for one in found]


def _recorded(root: Path, output: Path, day: str) -> tuple[str, ...]:
    """Record the URLs that are published now; a note if there are new ones."""
    found = recording(root, output, day)
    write_recording(root, found)
    if not found.differs:
        return ()
    new = f" ({counted(len(found.new), 'new URL')})" if found.new else ""
    return (f"{ADDRESSES} was brought up to date{new}: commit it with the site",)


def _day(now: str, config: Config) -> str:
    """The day of the moment ``now`` in the site's zone."""
    return in_zone(now, config.zone)[:10]


def _changed_paths(report: DeployReport) -> tuple[str, ...]:
    """The files that a deployment changed; all after a rollback that sent nothing."""
    if report.rolled_back and not report.puts:
        return (ALL,)
    return (*report.puts, *report.deletes)


def _noted(report: DeployReport, notes: Iterable[str]) -> DeployReport:
    """``report`` with more notes."""
    return msgspec.structs.replace(report, notes=(*report.notes, *notes))


@contextlib.contextmanager
def notifying(
    site: SiteTarget, dry_run: bool, around: Surroundings
) -> Iterator[Callable[[DeployReport, Iterable[str]], DeployReport]]:
    """Yields a function that notifies caches and hubs of a deployment, given its report and all
    files of the site; it returns the completed report.

    A failed notification is noted and sent again with the next deployment, also when that
    uploads nothing.
    """
    purge = site.target.purge
    hub = "" if site.config.noindex else site.config.feeds.hub
    file = site.root / CACHE / "deploy" / f"{site.name}.pending.json"
    known = tasks(hub, purge)
    owed = {task: paths for task, paths in read_pending(file).items() if task in known}

    def notify(report: DeployReport, files: Iterable[str]) -> DeployReport:
        if dry_run:
            return _noted(
                report, [f"{task} failed before and is still to be done" for task in owed]
            )
        changed = _changed_paths(report)
        todo = {task: (*owed.get(task, ()), *changed) for task in known}
        if report.failed:
            write_pending(file, todo)
            return report
        failed = after(todo, files, site.base_url, hub, purge, around)
        write_pending(file, {task: todo[task] for task in failed})
        done = [task for task in owed if task not in failed]
        report = msgspec.structs.replace(report, failed=failed)
        return _noted(report, [f"{task} failed before and is now done" for task in done])

    if known and not dry_run:  # a kill leaves a note that anything may have changed
        write_pending(file, {task: (*owed.get(task, ()), ALL) for task in known})
    try:
        yield notify
    except SitegenError:  # nothing was begun
        if not dry_run:
            write_pending(file, owed)
        raise


def collect(root: Path, output: Path, config: Config, target: DeployTarget) -> dict[str, Item]:
    """Every file that belongs at the target."""
    traces, articles = built(root, output)
    items = _gathered(output, traces, articles, target)
    moved = _below(redirects_of(root, output, config), config.base_path)
    items = _with_host_files(items, moved, config, target)
    if isinstance(target, S3Target):
        items |= _redirecting(items, moved, config.base_path)
    return items


def _with_host_files(
    items: dict[str, Item], moved: Redirects, config: Config, target: DeployTarget
) -> dict[str, Item]:
    """``items`` with the files that only this target has, unless the site has its own."""
    policy, editor = content_policy(config), EDITOR in items
    own = additions(target, kind_of(target), moved, policy, config.noindex, editor)
    return items | {item.path: item for item in own if item.path not in items}


def _below(moved: Redirects, base: str) -> Redirects:
    """``moved`` with paths below that of the site."""
    pairs = ((base + old, base + new if is_rooted(new) else new) for old, new in moved.pairs)
    return Redirects(tuple(pairs), tuple(base + old for old in moved.gone))


def _redirecting(items: Mapping[str, Item], moved: Redirects, base: str) -> dict[str, Item]:
    """The pages at old URLs, with where these lead."""
    out = {}
    for old, new in moved.pairs:
        name = output_path(old.removeprefix(base))
        if item := items.get(name):
            mark = digest(item.digest.encode(), new.encode())
            out[name] = msgspec.structs.replace(item, digest=mark, redirect=href(new))
    return out


def _gathered(
    folder: Path, traces: dict[str, Trace], articles: frozenset[str], target: DeployTarget
) -> dict[str, Item]:
    """The files of ``folder``, with headers where the target sets them."""
    in_store = isinstance(target, S3Target | PluginTarget)
    return gather(
        folder,
        traces,
        articles,
        target.cache if in_store else None,
        getattr(target, "compress", ""),
    )


def keep_release(root: Path, name: str, release: int, output: Path) -> None:
    """Keep what was deployed, as hard links: builds replace files and never write into them."""
    folder = root / CACHE / "deploy" / f"{name}.releases"
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{release:06d}"
    shutil.rmtree(new, ignore_errors=True)
    clone(output, new)
    for old in sorted(folder.iterdir())[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def roll_back(
    root: Path, name: str, wish: DeployOptions, around: Surroundings, progress: Progress
) -> DeployReport:
    """Publish the release before the last one again; docs/deploy.md says what is kept where.

    Raises SitegenError if there is none.
    """
    site = site_target(root, name)
    config, target = site.config, site.target
    place = place_for(root, name, target, config, around)
    with alone(root, name, around.mark) as earlier, notifying(site, wish.dry_run, around) as done:
        if isinstance(place, Git | SwitchedFolder):
            if wish.dry_run:
                return DeployReport(target=name, kind=wish.kind, dry_run=True, rolled_back=True)
            try:
                back = DeployReport(
                    target=name, kind=wish.kind, release=place.roll_back(), rolled_back=True
                )
            except (Refused, Transient) as error:
                raise fail("deploy", f"{place.name}: {error}", help="nothing was changed") from None
            return done(back, built(root, root / "output")[0])
        folder = root / CACHE / "deploy" / f"{name}.releases"
        releases = sorted(folder.iterdir()) if folder.is_dir() else []
        if len(releases) < 2:
            hint = "check out an earlier commit of the site and deploy that"
            raise fail(
                "deploy", f"no earlier release of `{name}` is kept on this machine", help=hint
            )
        items = _gathered(releases[-2], {}, built(root, root / "output")[1], target)
        items = _with_host_files(items, Redirects(), config, target)
        given = DeployInput(place, items, wish, around, progress, earlier)
        report = msgspec.structs.replace(deploy(given), rolled_back=True)
        if not report.failed and not report.dry_run:
            shutil.rmtree(releases[-1])
        return done(report, items)
