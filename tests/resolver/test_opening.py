"""The providers of a run are made ready together, and what is wrong with one is said."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.errors import ConfigError, SourceUnavailable, UnreadableInput
from dl4es_bib.model.identifier import Identified, Identifier
from dl4es_bib.model.outcome import Confirmed, NotChecked
from dl4es_bib.resolver.http.cache import Cache, default_path
from dl4es_bib.resolver.index.sqlite import SQLiteIndex
from dl4es_bib.resolver.opening import opened
from dl4es_bib.resolver.provider import Query
from dl4es_bib.resolver.resolve import resolve
from dl4es_bib.resolver.settings import ResolverSettings, ServiceChoice

TIDES = {
    "DOI": "10.5555/tides.1", "type": "journal-article", "title": ["On the tides of the Wadden Sea"],
    "author": [{"family": "Ode", "given": "Ann"}], "container-title": ["Sea Letters"], "volume": "12",
    "page": "345-350", "issued": {"date-parts": [[2004]]},
}  # fmt: skip


def doi(text: str) -> Identifier:
    found = ids.doi(text)
    assert found is not None
    return found


@pytest.fixture
def settings(tmp_path: Path) -> ResolverSettings:
    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps(TIDES) + "\n")
    return ResolverSettings(index=tmp_path / "index.sqlite", records=(records,), cache=tmp_path / "cache", offline=True)


def without_records(settings: ResolverSettings) -> ResolverSettings:
    return ResolverSettings(index=settings.index, cache=settings.cache, offline=True)


QUERY = Query("1", "Ode A (2004) On the tides of the Wadden Sea. Sea Letters 12, 345-350")


def test_the_index_comes_first_and_the_services_follow_in_the_order_of_their_rows(settings: ResolverSettings) -> None:
    with opened(settings) as ready:
        assert [provider.name for provider in ready.providers] == ["index", "crossref", "datacite", "arxiv", "doi"]


def test_a_service_that_is_not_enabled_is_left_out(settings: ResolverSettings) -> None:
    chosen = ResolverSettings(cache=settings.cache, services={"datacite": ServiceChoice(enabled=False)})
    with opened(chosen) as ready:
        assert [provider.name for provider in ready.providers] == ["crossref", "arxiv", "doi"]


def test_doi_org_is_left_out_where_neither_agency_is_asked(settings: ResolverSettings) -> None:
    off = dict.fromkeys(("crossref", "datacite"), ServiceChoice(enabled=False))
    with opened(ResolverSettings(cache=settings.cache, services=off)) as ready:
        assert [provider.name for provider in ready.providers] == ["arxiv"]


def test_a_service_that_is_not_asked_by_default_is_asked_when_it_is_chosen(settings: ResolverSettings) -> None:
    chosen = {"openalex": ServiceChoice(), "openlibrary": ServiceChoice()}
    with opened(ResolverSettings(cache=settings.cache, services=chosen)) as ready:
        assert {"openalex", "openlibrary"} <= {provider.name for provider in ready.providers}


def test_offline_what_no_local_source_knows_is_not_checked(settings: ResolverSettings) -> None:
    with opened(settings) as ready:
        outcome = resolve([Query("1", "", identifiers=(Identified(doi("10.5555/none")),))], ready.providers)["1"]
    assert isinstance(outcome, NotChecked)
    assert "crossref: Crossref was not asked: --offline." in outcome.reasons


def test_offline_makes_no_file_and_loads_no_http_library(settings: ResolverSettings) -> None:
    with opened(settings) as ready:
        resolve([QUERY, Query("2", "Baba K (1999) Growth of corals in cold water")], ready.providers)
    assert settings.cache is not None
    assert not settings.cache.exists()


def test_a_missing_record_file_is_named(tmp_path: Path) -> None:
    chosen = ResolverSettings(index=tmp_path / "i.sqlite", records=(tmp_path / "none.jsonl",))
    with pytest.raises(ConfigError, match=r"none\.jsonl"), opened(chosen):
        pass


def test_findings_are_not_lost_when_the_run_ends_with_an_error(settings: ResolverSettings) -> None:
    settings.records[0].write_text("no record\n" + json.dumps(TIDES) + "\n")
    with pytest.raises(SourceUnavailable) as caught, opened(settings):
        raise SourceUnavailable("Crossref did not answer.")
    assert ["not JSON" in note for note in caught.value.__notes__] == [True]


# --- damage


def confirmed(settings: ResolverSettings) -> list[str]:
    """Open, resolve, and the codes of the findings."""
    with opened(settings) as ready:
        assert isinstance(resolve([QUERY], ready.providers)["1"], Confirmed)
    return [finding.code for finding in ready.findings]


def spoilt(path: Path, kind: str) -> None:
    data = bytearray(path.read_bytes())
    if kind == "empty":
        data = bytearray()
    elif kind == "cut":
        data = data[: len(data) // 2]
    elif kind == "head":
        data[0] ^= 0xFF
    elif kind == "records":
        at = data.find(b"10.5555/tides.1")
        data[at + 30 : at + 200] = bytes(170)
    elif kind == "schema":
        data[100:300] = bytes(200)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("kind", ["empty", "cut", "head", "schema"])
def test_a_damaged_index_is_made_anew_from_its_record_files(settings: ResolverSettings, kind: str) -> None:
    assert settings.index is not None
    confirmed(settings)
    spoilt(settings.index, kind)
    assert confirmed(settings) == ["index-remade"]
    assert confirmed(settings) == []


def test_every_single_flipped_byte_still_gives_an_answer_or_a_sentence(settings: ResolverSettings) -> None:
    assert settings.index is not None
    confirmed(settings)
    whole = settings.index.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        broken = bytearray(whole)
        broken[at] ^= 0x41
        settings.index.write_bytes(bytes(broken))
        with opened(settings) as ready:
            resolve([QUERY], ready.providers)
        settings.index.with_name("index.sqlite.damaged").unlink(missing_ok=True)


def test_damage_that_shows_while_it_is_asked_makes_it_anew_as_well(
    settings: ResolverSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = SQLiteIndex.search
    calls = []

    def fails_once(self: SQLiteIndex, query: Query, limit: int = 10) -> object:
        calls.append(query.id)
        if len(calls) == 1:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return search(self, query, limit)

    monkeypatch.setattr(SQLiteIndex, "search", fails_once)
    assert confirmed(settings) == ["index-remade"]


def test_an_index_of_another_version_is_made_anew_or_named_with_the_cure(settings: ResolverSettings) -> None:
    confirmed(settings)
    assert settings.index is not None
    connection = sqlite3.connect(settings.index)
    connection.execute("UPDATE meta SET value = 0 WHERE name = 'schema'")
    connection.commit()
    connection.close()
    with (
        pytest.raises(UnreadableInput, match=r"another version .* 'dl4es-bib index add"),
        opened(without_records(settings)),
    ):
        pass
    assert confirmed(settings) == ["index-remade"]


def test_a_file_that_never_was_an_index_is_refused_and_left_alone(settings: ResolverSettings) -> None:
    assert settings.index is not None
    settings.index.write_text("my thesis")
    with pytest.raises(UnreadableInput, match="no index"), opened(settings):
        pass
    assert settings.index.read_text() == "my thesis"


def test_a_cache_folder_that_cannot_be_used_is_a_note_and_stops_nothing(
    settings: ResolverSettings, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert confirmed(settings) in ([], ["cache-unusable"])


def test_a_cache_folder_that_cannot_be_looked_into_is_a_note(
    settings: ResolverSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path, *_: object, **__: object) -> bool:
        if "cache" in self.parts or self.name == default_path().name:
            raise PermissionError(13, "Permission denied")
        return exists(self)

    exists = Path.exists
    monkeypatch.setattr(Path, "exists", refused)
    monkeypatch.setattr(Path, "is_file", refused)
    cache = Cache(Path("cache") / default_path().name)
    assert cache.get("crossref", "key") is None
    assert not cache.exists()
    assert [finding.code for finding in cache.findings] == ["cache-unusable"]
