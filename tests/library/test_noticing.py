"""Retractions, corrections and updates of what the library holds, asked of real HTTP services."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from osler.answering import ask, source_to_json
from osler.cli.app import app
from osler.cli.errors import FAILURE, INTERRUPTED
from osler.domain import NoticeKind, SourceStatus
from osler.library import Library
from osler.library.updating import UpdateReport
from osler.reading.importers import look_up

from .bibliography import Article, Bibliography, serving

TRIAL = """---
title: Trial of inventine
kind: randomised trial
pmid: 11
---

The dose of inventine for pain is 5 mg orally once daily.
"""
REVIEW = """---
title: Review of pretendol
kind: systematic review
doi: https://doi.org/10.5555/REVIEW.22
---

The dose of pretendol for fever is 10 mg orally twice daily.
"""
PLAIN = "# House rules\n\nThe dose of fictamin is 1 mg orally once daily.\n"
RETRACTION = ("RetractionIn", "J Invented Trials. 2021;3:9", "99")
CONCERN = ("ExpressionOfConcernIn", "J Invented Trials. 2020;2:8", "98")


@pytest.fixture
def services() -> Iterator[Bibliography]:
    with serving() as state:
        state.hold(Article("11", "10.5555/trial.11"), Article("22", "10.5555/Review.22"))
        yield state


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for name, text in {"trial": TRIAL, "review": REVIEW, "plain": PLAIN}.items():
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    with Library.create(tmp_path / "library") as made:
        made.add([tmp_path / f"{name}.md" for name in ("trial", "review", "plain")], workers=1)
        yield made


@pytest.fixture
def settings(services: Bibliography, tmp_path: Path) -> dict[str, Any]:
    return {
        "base_urls": {"pubmed": services.url, "europepmc": services.url},
        "cache_dir": tmp_path / "cache",
        "backoff": 0.01,
    }


@pytest.fixture
def update(
    library: Library, settings: dict[str, Any], tmp_path: Path
) -> Callable[..., UpdateReport]:
    """Each update with a cache of its own, as on another day."""
    days = iter(range(100))

    def run(**more: Any) -> UpdateReport:
        today = {**settings, "cache_dir": tmp_path / f"day-{next(days)}"}
        return library.update(look_up=partial(look_up, **today), **more)

    return run


Update = Callable[..., UpdateReport]


def test_both_services_are_asked_for_files_too_many_in_one_request(
    services: Bibliography, library: Library, update: Update
) -> None:
    version = library.version
    report = update()
    assert (report.asked, report.looked_up) == (0, 2)
    assert report.notices == report.failed == ()
    assert library.version == version
    paths = [path for path, _ in services.asked]
    assert paths == ["/efetch.fcgi", "/esearch.fcgi", "/efetch.fcgi", "/search", "/search"]
    queries = {query.get("term") or query.get("query") for _, query in services.asked}
    assert '"10.5555/review.22"[AID]' in queries
    assert "SRC:MED AND EXT_ID:(11)" in queries


def test_a_retraction_takes_a_file_out_of_every_answer_from_then_on(
    services: Bibliography, library: Library, update: Update
) -> None:
    assert ask(library, "dose of inventine for pain").answered
    before = library.version
    services.hold(Article("11", pubmed=(RETRACTION,), types=("Retracted Publication",)))
    (noticed,) = update().notices
    assert (noticed.title, noticed.path) == ("Trial of inventine", "trial.md")
    assert (noticed.notice.kind, noticed.notice.pmid) == (NoticeKind.RETRACTION, "99")
    assert noticed.notice.service == "PubMed"
    source = library.source("Trial of inventine")
    assert source.status is SourceStatus.RETRACTED
    assert [n.reference for n in source.notices] == ["J Invented Trials. 2021;3:9"]
    assert not ask(library, "dose of inventine for pain").answered
    assert library.version == before + 1
    with Library.open(library.folder, at=before) as earlier:
        assert ask(earlier, "dose of inventine for pain").answered
        assert earlier.source("Trial of inventine").notices == ()
    services.asked.clear()
    assert update().looked_up == 1  # what is retracted already is not asked for again


def test_what_an_edition_now_retracted_replaced_is_retracted_with_it(
    services: Bibliography, library: Library, update: Update, tmp_path: Path
) -> None:
    newer = TRIAL.replace("pmid: 11", "pmid: 12\nsupersedes: Trial of inventine")
    (tmp_path / "newer.md").write_text(newer.replace("Trial of", "New trial of", 1), "utf-8")
    library.add([tmp_path / "newer.md"], workers=1)
    services.hold(Article("12", pubmed=(RETRACTION,)))
    update()
    assert library.source("Trial of inventine").status is SourceStatus.RETRACTED


def test_a_retraction_that_only_the_types_tell(services: Bibliography, update: Update) -> None:
    services.hold(Article("11", types=("Retracted Publication",)))
    (noticed,) = update().notices
    assert noticed.notice.kind is NoticeKind.RETRACTION


@pytest.mark.parametrize(
    ("pubmed", "europepmc", "kind"),
    [
        (CONCERN, ("Expression of concern in", "J Inv Trials 2020", "98"), NoticeKind.CONCERN),
        (("ErratumIn", "J. 2020", None), ("Erratum in", "J 2020.", None), NoticeKind.CORRECTION),
        (("UpdateIn", "Cochrane. 2024", "97"), ("Update in", "C 2024", "97"), NoticeKind.NEWER),
    ],
)
def test_what_leaves_an_article_standing_is_kept_once_and_shown(
    services: Bibliography,
    library: Library,
    update: Update,
    pubmed: tuple[str, str, str | None],
    europepmc: tuple[str, str, str | None],
    kind: NoticeKind,
) -> None:
    services.hold(Article("22", "10.5555/Review.22", pubmed=(pubmed,), europepmc=(europepmc,)))
    (noticed,) = update().notices
    assert noticed.notice.kind is kind
    assert update().notices == ()  # known now
    source = library.source("Review of pretendol")
    assert source.status is SourceStatus.CURRENT
    assert ask(library, "dose of pretendol for fever").answered
    (written,) = source_to_json(source)["notices"]
    assert (written["kind"], written["pmid"]) == (kind.value, pubmed[2])
    assert written["found_at"].startswith("20")
    library.remove("Review of pretendol")
    library.add([library.folder.parent / "review.md"], workers=1)
    assert library.source("Review of pretendol").notices == source.notices


def test_what_only_europe_pmc_knows_counts(services: Bibliography, update: Update) -> None:
    told = ("Retraction in", "Lancet. 2022;1:1", "96")
    services.hold(Article("11", europepmc=(told,)))
    (noticed,) = update().notices
    assert (noticed.notice.kind, noticed.notice.service) == (NoticeKind.RETRACTION, "Europe PMC")


def test_comments_and_what_the_article_itself_corrects_are_no_notices(
    services: Bibliography, update: Update
) -> None:
    told = (("CommentIn", "BMJ. 2020", "5"), ("RetractionOf", "BMJ. 2019", "6"))
    services.hold(Article("11", pubmed=told, europepmc=(("Erratum for", "BMJ", "7"),)))
    assert update().notices == ()


def test_a_dry_run_tells_and_writes_nothing(
    services: Bibliography, library: Library, update: Update
) -> None:
    services.hold(Article("11", pubmed=(RETRACTION,)))
    version = library.version
    assert len(update(dry_run=True).notices) == 1
    assert library.version == version
    assert library.source("Trial of inventine").status is SourceStatus.CURRENT


def test_a_service_that_is_down_is_told_of_once_and_the_other_still_counts(
    services: Bibliography, update: Update
) -> None:
    services.hold(Article("11", europepmc=(("Retraction in", "BMJ. 2020", "5"),)))
    services.down = {"/efetch.fcgi"}
    report = update()
    assert [failed.path for failed in report.failed] == ["PubMed"]
    assert "404" in report.failed[0].error
    assert len(report.notices) == 1
    assert [path for path, _ in services.asked].count("/efetch.fcgi") == 1


def test_a_number_that_nobody_knows_is_named(services: Bibliography, update: Update) -> None:
    del services.articles["11"], services.articles["22"]
    (failed,) = update().failed  # a DOI need not be known there
    assert failed.path == "trial.md"
    assert "PMID 11" in failed.error


def test_an_update_that_was_stopped_keeps_what_it_found_and_goes_on(
    services: Bibliography, library: Library, settings: dict[str, Any]
) -> None:
    services.hold(Article("11", pubmed=(RETRACTION,)), Article("22", "10.5555/Review.22"))
    real = partial(look_up, **settings)

    def stopped(*articles: Any) -> Iterator[Any]:
        yield next(iter(real(*articles)))
        raise KeyboardInterrupt

    report = library.update(look_up=stopped)
    assert report.interrupted
    assert library.source("Trial of inventine").status is SourceStatus.RETRACTED
    services.asked.clear()
    assert not library.update(look_up=real).interrupted
    # What PubMed said of the first is kept for a day, and its source is retracted by now.
    assert [path for path, _ in services.asked] == ["/esearch.fcgi", "/efetch.fcgi", "/search"]


def test_many_articles_are_asked_for_a_hundred_at_a_time(
    services: Bibliography, settings: dict[str, Any]
) -> None:
    services.hold(*(Article(str(n)) for n in range(1000, 1250)))
    answers = list(look_up([str(n) for n in range(1000, 1250)], [], **settings))
    assert [(a.service, len(a.records)) for a in answers] == [
        *[("PubMed", n) for n in (100, 100, 50)],
        *[("Europe PMC", n) for n in (100, 100, 50)],
    ]


def test_the_command_tells_what_it_found_and_the_lists_show_it(
    services: Bibliography,
    library: Library,
    settings: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("osler.reading.importers.look_up", partial(look_up, **settings))
    services.hold(
        Article("11", pubmed=(RETRACTION,)),
        Article("22", "10.5555/Review.22", pubmed=(CONCERN, ("UpdateIn", "C. 2024", "97"))),
    )

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(app, list(arguments), prog_name="osler")

    folder = str(library.folder)
    told = run("update", folder, "--no-vectors")
    assert told.exit_code == 0
    assert "Retraction: J Invented Trials. 2021;3:9 (PMID 99, said by PubMed)" in told.stdout
    assert "osler add LIBRARY pubmed:97" in told.stdout
    assert "looked up 2 articles · 3 notices" in told.stdout
    listed = run("sources", folder).stdout
    assert "RETRACTED" in listed
    assert "Expression of concern: J Invented Trials. 2020;2:8" in listed
    shown = " ".join(run("show", "Review of pretendol", "--library", folder).stdout.split())
    assert "EXPRESSION OF CONCERN · NEWER EDITION PUBLISHED" in shown
    assert "Newer edition: C. 2024 (PMID 97, said by PubMed, found 20" in shown
    answered = run("ask", "dose of pretendol for fever", "--library", folder).stdout
    assert "EXPRESSION OF CONCERN" in answered
    again = json.loads(run("update", folder, "--no-vectors", "--format", "json").stdout)["report"]
    assert (again["looked_up"], again["notices"]) == (1, [])
    services.down = {"/search"}
    settings["cache_dir"] /= "tomorrow"
    monkeypatch.setattr("osler.reading.importers.look_up", partial(look_up, **settings))
    failed = run("update", folder, "--no-vectors")
    assert failed.exit_code == FAILURE
    assert "Europe PMC" in failed.stderr


def test_ctrl_c_has_its_own_exit_status(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any) -> Iterator[Any]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("osler.reading.importers.look_up", stopped)  # as the key would
    result = CliRunner().invoke(app, ["update", str(library.folder)], prog_name="osler")
    assert result.exit_code == INTERRUPTED
