"""What an assistant may do with the library. Every tool only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from mcp_types import CallToolResult
from pydantic import Field

from osler.answering import source_to_json, statement_to_json
from osler.checking import check, check_text
from osler.domain import Audience, Source
from osler.domain.errors import StaleCitation, UsageError
from osler.dosage import parse_dosages, to_fhir
from osler.dosage import to_json as dosage_to_json
from osler.library import Following, hit_to_json
from osler.mcp.asking import Asked, answered
from osler.mcp.results import (
    CHECKED,
    QUOTED,
    READ,
    Answered,
    Dosages,
    Hits,
    Shown,
    Sources,
    Verdict,
    result,
)
from osler.readers import SOURCE_LANGUAGE, languages

if TYPE_CHECKING:
    from osler.writing.model import Writer

_AROUND = 400  # characters shown on either side of a passage
_LONGEST = 20_000  # characters of a claim or passage
_LONGEST_PASSAGE = 8_000

Text = Annotated[str, Field(min_length=1, max_length=_LONGEST)]
Offset = Annotated[int | None, Field(ge=0)]


class Tools:
    """The tools, over the latest version of one library."""

    def __init__(self, following: Following, writer: Writer | None = None) -> None:
        self._following, self._writer = following, writer

    def ask(
        self,
        question: Annotated[
            str,
            Field(
                min_length=1,
                max_length=2_000,
                description="In a sentence or two, with what matters of the patient. No names.",
                examples=["What is the maintenance dose of vitamin B12 after loading?"],
            ),
        ],
        patient: Annotated[
            str,
            Field(
                max_length=500,
                description="What else is known of the patient, as key=value pairs: age, sex, "
                "weight, height, egfr, crcl, creatinine, pregnancy, breastfeeding, condition, no "
                "(an absent condition), drug, allergy, procedure, …",
                examples=["age=78,sex=female,weight=61,egfr=24,condition=asthma"],
            ),
        ] = "",
        audience: Annotated[
            Audience,
            Field(
                description="Who reads it: the same facts and doses in other words and order; "
                "`composed` has the claim as the sources say it."
            ),
        ] = Audience.PHYSICIAN,
        language: Annotated[
            str,
            Field(
                description="Of what is Osler's own; the sources' sentences stay English, and "
                "`dose_lines` gives their doses in it.",
                json_schema_extra={"enum": list(languages())},
            ),
        ] = SOURCE_LANGUAGE,
        after: Annotated[
            list[Annotated[str, Field(min_length=1, max_length=2_000)]],
            Field(
                max_length=20,
                description="Questions asked before in this conversation, the first first. What "
                "this one leaves out (“and if she is pregnant?”) is taken from the last.",
            ),
        ] = [],  # noqa: B006  it is only read
        brief: Annotated[
            bool,
            Field(
                description="Leave the sections out (`left_out` has their titles), where the "
                "whole would be too long. Bottom line, conflicts and references stay."
            ),
        ] = False,
        writer: Annotated[
            bool | None,
            Field(
                description="Whether the server's language model has a say: it words the answer, "
                "and reads the question where it may. By default it has, where there is one; "
                "`guidance` and `writing` say what became of it."
            ),
        ] = None,
    ) -> Annotated[CallToolResult, Answered]:
        """Answer a clinical question from the hospital's own library.

        Use this first for any question on a dose, drug, check, contraindication or treatment,
        instead of answering from memory. Every claim comes with the exact passages that support
        it and was checked against them. Where the library holds no answer it abstains
        (`answered` false): then say so, and do not answer from memory. Where the user goes on from
        an earlier question, give that in `after`; tell how it was `understood` (`thread`).
        """
        asked = Asked(question, patient, audience, language, tuple(after))
        said, guidance = answered(self._following.library(), asked, self._wanted(writer))
        if brief:
            said["left_out"] = [section["title"] for section in said["sections"]]
            said["sections"] = []
        return result(said, guidance)

    def _wanted(self, writer: bool | None) -> Writer | None:
        if writer and self._writer is None:
            raise UsageError(
                "no language model is configured", help="Leave `writer` out, or configure one."
            )
        return None if writer is False else self._writer

    def search(
        self,
        query: Annotated[
            str, Field(min_length=1, max_length=500, description="Words to look for.")
        ],
        k: Annotated[int, Field(ge=1, le=50, description="How many passages at most.")] = 10,
    ) -> Annotated[CallToolResult, Hits]:
        """Find the passages of the library nearest to some words.

        Use this to look around: what the library says near a topic, or where an answer abstained.
        What is found is not an answer; nothing was chosen for a patient or checked.
        """
        library = self._following.library()
        if not query.strip():
            raise UsageError("the query is empty", help="Give the words to look for.")
        hits = [hit_to_json(hit, library) for hit in library.search(query, k=k)]
        found = {"query": query, "ranking": library.ranking, "hits": hits}
        return result({**found, "library_version": library.version}, QUOTED)

    def show_passage(
        self,
        statement_id: Annotated[
            str, Field(max_length=64, description="A citation's `statement_id` (“t_…”).")
        ] = "",
        source_id: Annotated[
            str, Field(max_length=64, description="Or a source's id, with `start` and `end`.")
        ] = "",
        start: Offset = None,
        end: Offset = None,
    ) -> Annotated[CallToolResult, Shown]:
        """Show a cited passage in its place, with what stands around it.

        Use this to verify a citation, or to read on. Give a `statement_id`, or a `source_id` with
        the offsets of a citation or hit.
        """
        library = self._following.library()
        statement = library.statement(statement_id) if statement_id else None
        if statement is not None:
            source_id, start, end = statement.source_id, statement.start, statement.end
        if not source_id or start is None or end is None:
            raise UsageError(
                "no passage is named", help="Give statement_id; or source_id, start and end."
            )
        source = library.source(source_id)
        text = library.text(source.id)
        if not start < end <= len(text):
            raise StaleCitation(
                f"the source has {len(text):,} characters, not {start}-{end}",
                help="Take start and end from a citation or a hit of this library version.",
            )
        if end - start > _LONGEST_PASSAGE:
            raise UsageError(
                f"{end - start:,} characters are more than a passage",
                help=f"Ask for {_LONGEST_PASSAGE:,} at most, or read osler://sources/{source.id}",
            )
        shown = {
            "source": source_to_json(source),
            "library_version": library.version,
            "start": start,
            "end": end,
            "before": text[max(0, start - _AROUND) : start],
            "quote": text[start:end],
            "after": text[end : end + _AROUND],
            "context": [
                {"start": c.start, "end": c.end, "quote": c.quote, "role": c.role}
                for c in (statement.context if statement else ())
            ],
            "section": list(statement.section) if statement else [],
            "page": statement.page if statement else None,
            "statement": statement_to_json(statement) if statement else None,
        }
        return result(shown, QUOTED)

    def check_claim(
        self,
        claim: Annotated[Text, Field(description="One sentence.")],
        passage: Annotated[
            str, Field(max_length=_LONGEST, description="The text that should support it.")
        ] = "",
        context: Annotated[
            str,
            Field(max_length=_LONGEST, description="Title and headings the passage stands under."),
        ] = "",
        statement_id: Annotated[
            str, Field(max_length=64, description="Instead of a passage: one of the library.")
        ] = "",
    ) -> Annotated[CallToolResult, Verdict]:
        """Check whether a passage supports a sentence: every number, dose, group and negation.

        Use this on each sentence that you word anew before you show it. A claim may say less than
        its passage, never more. `supported` false: do not show the sentence.
        """
        if bool(passage.strip()) == bool(statement_id):
            raise UsageError(
                "a claim is checked against one thing",
                help="Give either passage (and context), or statement_id.",
            )
        if statement_id:
            verdict = check(claim, self._following.library().statement(statement_id))
        else:
            verdict = check_text(claim, passage, context)
        problems = [
            {"kind": p.kind.value, "claim": p.claim, "passage": p.passage} for p in verdict.problems
        ]
        return result({"supported": verdict.supported, "problems": problems}, CHECKED)

    def parse_dosage(
        self, text: Annotated[Text, Field(description="A sentence that states a dose.")]
    ) -> Annotated[CallToolResult, Dosages]:
        """Read the dosages of a text: amount, unit, route, timing, duration, maximum.

        Use this to compare doses or to hand one on as FHIR. It reads what is written and does not
        say whether that is right.
        """
        found = parse_dosages(text)
        return result(
            {
                "text": text,
                "dosages": [dosage_to_json(d) for d in found],
                "fhir": [to_fhir(d) for d in found],
            },
            READ,
        )

    def list_sources(
        self,
        contains: Annotated[
            str, Field(max_length=200, description="Words of title, publisher or file; else all.")
        ] = "",
        limit: Annotated[int, Field(ge=1, le=500)] = 50,
        offset: Annotated[int, Field(ge=0)] = 0,
    ) -> Annotated[CallToolResult, Sources]:
        """List what the library holds: title, publisher, year, country, kind, whether it stands.

        Use this to tell on what an answer can rest, or what the library is silent on.
        """
        library = self._following.library()
        words = contains.casefold().split()
        found = [s for s in library.sources() if _names(s, words)]
        page = [source_to_json(s) for s in found[offset : offset + limit]]
        return result(
            {"library_version": library.version, "total": len(found), "sources": page}, QUOTED
        )


def _names(source: Source, words: list[str]) -> bool:
    said = f"{source.title} {source.organization or ''} {source.file}".casefold()
    return all(word in said for word in words)
