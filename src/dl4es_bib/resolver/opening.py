"""The providers of one run, made ready together: the local index first, then the services in the order of the rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dl4es_bib.model.errors import ConfigError, DL4ESBibError, SaveError
from dl4es_bib.model.finding import Finding
from dl4es_bib.resolver.http.cache import Cache, default_path
from dl4es_bib.resolver.http.network import Network
from dl4es_bib.resolver.http.seats import Seats
from dl4es_bib.resolver.http.settings import service_settings
from dl4es_bib.resolver.http.transport import Transport
from dl4es_bib.resolver.http.turns import Turns, turns_file
from dl4es_bib.resolver.index.candidates import CandidateIndex, DamagedIndex
from dl4es_bib.resolver.index.engines import ENGINES, IndexEngine
from dl4es_bib.resolver.index.provider import IndexProvider
from dl4es_bib.resolver.provider import Provider
from dl4es_bib.resolver.providers.rows import PROVIDERS, ProviderRow
from dl4es_bib.resolver.settings import ResolverSettings


@dataclass(frozen=True, slots=True)
class Opened:
    """The providers of a run.

    Attributes:
        providers: in the order in which they are asked.
        findings: about them; it grows while they are asked.
    """

    providers: tuple[Provider, ...]
    findings: list[Finding] = field(default_factory=list)


@contextmanager
def opened(settings: ResolverSettings) -> Iterator[Opened]:
    """Open the providers, and close them at the end.

    Record files that the settings name are loaded into the index first when it lacks them. When the run ends with an
    error of this program, the findings go along as its notes, so that none is lost.

    Raises:
        ConfigError: a record file is missing, an address cannot be used.
        UnreadableInput: the index is none, or it is damaged and no record files are named to make it anew from.
    """
    findings: list[Finding] = []
    with ExitStack() as stack:
        try:
            providers = [*_index_provider(settings, findings, stack), *_services(settings, findings, stack)]
            yield Opened(tuple(providers), findings)
        except DL4ESBibError as error:
            for finding in findings:
                error.add_note(str(finding))
            raise


def _services(settings: ResolverSettings, findings: list[Finding], stack: ExitStack) -> Iterator[Provider]:
    path = settings.cache / default_path().name if settings.cache else default_path()
    cache = stack.enter_context(closing(Cache(path, findings=findings)))
    network = Network(deadline=settings.deadline)
    for row in PROVIDERS:
        choice = settings.choice(row.name)
        if not (is_asked(row, settings) and (not row.follows or _asks_any(row.follows, settings))):
            continue
        asked = service_settings(row, base_url=choice.url, mailto=settings.mailto)
        turns = turns_file(path.parent, row.name, asked.base_url)
        transport = Transport(
            asked,
            cache=cache,
            offline=settings.offline,
            refresh=settings.refresh,
            network=network,
            turns=Turns(turns),
            seats=Seats(turns.with_suffix(""), asked.at_once),
        )
        stack.enter_context(closing(transport))
        yield row.opens(transport)


def is_asked(row: ProviderRow, settings: ResolverSettings) -> bool:
    """Whether a service is asked at all; nothing of the user's choice leaves it to the row."""
    choice = settings.services.get(row.name)
    return row.by_default if choice is None else choice.enabled


def _asks_any(names: tuple[str, ...], settings: ResolverSettings) -> bool:
    return any(is_asked(PROVIDERS.named(name), settings) for name in names)


def _index_provider(settings: ResolverSettings, findings: list[Finding], stack: ExitStack) -> Iterator[Provider]:
    if settings.index is None:
        return
    for path in settings.records:
        if not path.exists():
            raise ConfigError(
                f"The record file {path} named under 'index: records' does not exist. "
                "Correct the path in dl4es-bib.yaml."
            )
    file = _IndexFile(ENGINES.named(settings.engine), settings.index, settings.records, findings, stack)
    index = file.open()
    if index is not None:
        yield IndexProvider(index, file.remake if settings.records else None)


@dataclass(frozen=True, slots=True)
class _IndexFile:
    """The file of the index and what it is made from."""

    engine: IndexEngine
    path: Path
    records: tuple[Path, ...]
    findings: list[Finding]
    stack: ExitStack

    def open(self) -> CandidateIndex | None:
        """Open the index, with its record files in it; ``None`` when there is none."""
        if not self.records and not _exists(self.path):
            return None
        try:
            return self._loaded()
        except DamagedIndex as error:
            if not self.records:
                raise
            return self._remade(error.message.partition(" Remove it, ")[0])
        except SaveError:
            # A folder that cannot be written to: what the index holds already can be used all the same.
            if not _exists(self.path):
                raise
            index = self._kept(self.engine.opens(self.path))
            self._note(f"The records of {_names(self.records)} could not be added to the index {self.path}.")
            return index

    def remake(self, reason: str) -> CandidateIndex | None:
        """Make a damaged index anew from the record files."""
        try:
            return self._remade(f"{self.path}: the index is damaged ({reason}).")
        except DL4ESBibError as error:
            self._note(error.message)
            return None

    def _loaded(self) -> CandidateIndex:
        if self.records:
            self.findings.extend(self.engine.builds(self.path, self.records, None).findings)
        return self._kept(self.engine.opens(self.path))

    def _remade(self, reason: str) -> CandidateIndex:
        aside = self.path.with_name(f"{self.path.name}.damaged")
        try:
            self.path.replace(aside)
        except OSError as error:
            raise SaveError(f"{reason} It cannot be moved aside ({error.strerror or error}).") from None
        index = self._loaded()
        self._note(f"{reason} It was made anew from {_names(self.records)}.", f"The old file is {aside}; delete it.")
        return index

    def _kept(self, index: CandidateIndex) -> CandidateIndex:
        self.stack.callback(index.close)
        return index

    def _note(self, message: str, fix: str = "") -> None:
        self.findings.append(Finding("index-remade" if fix else "index-unusable", message, fix=fix, severity="note"))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True


def _names(paths: tuple[Path, ...]) -> str:
    return ", ".join(str(path) for path in paths[:3]) + (" …" if len(paths) > 3 else "")
