"""The editor's form of an article: what it carries is settled, and submitting asks the gate."""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from osler_site.articles.claims import Placed, placed_claims
from osler_site.articles.gate import objection
from osler_site.articles.settling import settle
from osler_site.articles.wording import PAGE_FIELDS, message, uncited_doses
from osler_site.engine import engine

_OF_OTHER_WORDS = "The recorded reason was given for another wording or other citations."
_HOW_TO_GO_ON = "Mend the claim or its citation, or record why it stands."


class ArticleForm(WagtailAdminPageForm):
    """A draft is always saved; an article is submitted only with claims that the gate passes."""

    def clean(self) -> Any:
        """Settle what the browser sent; when it is to be submitted, check every claim."""
        cleaned = super().clean()
        stream = cleaned.get("body")
        if stream is None:
            return cleaned
        found = _Errors()
        library = engine().library()
        for forged in settle(stream, self.instance.body, library, self.for_user):
            found.of_citation(forged.claim, forged.citation, forged.reason)
        if not self.is_deferred_validation:
            claims = list(placed_claims(stream))
            if not claims:
                self.add_error("body", "An article without a claim cannot be submitted.")
                return cleaned
            for claim in claims:
                objects = objection(claim.value, library)
                if objects and not objects.stands:
                    unowned = bool(objects.override) and not objects.override_by
                    remarks = [_OF_OTHER_WORDS] if unowned else []
                    found.of_claim(claim, [*objects.lines, *remarks, _HOW_TO_GO_ON])
            self._refuse_uncited_doses(cleaned, found)
        error = found.as_error()
        if error:
            self.add_error("body", error)
        return cleaned

    def _refuse_uncited_doses(self, cleaned: dict[str, Any], found: _Errors) -> None:
        """What is asked again wherever an article comes before the board; here at the field."""
        typed = copy(self.instance)
        for field in (f for f in PAGE_FIELDS if f in cleaned):
            setattr(typed, field, cleaned[field])
        typed.body = cleaned["body"]
        for wording in uncited_doses(typed):
            if wording.block >= 0:
                found.of_wording(wording)
            else:
                self.add_error(
                    wording.field if wording.field in self.fields else None, message(wording)
                )


class _Errors:
    """Messages, gathered so that each is shown beside the claim or citation it is about."""

    def __init__(self) -> None:
        self._claims: dict[tuple[int, str, int], list[str]] = defaultdict(list)
        self._citations: dict[tuple[int, str, int], dict[int, Any]] = defaultdict(dict)
        self._wordings: dict[int, dict[str, ValidationError]] = defaultdict(dict)

    def of_claim(self, claim: Placed, lines: list[str]) -> None:
        self._claims[(claim.block, claim.field, claim.index)] += lines

    def of_citation(self, claim: Placed, citation: int, reason: str) -> None:
        error = StructBlockValidationError(non_block_errors=[ValidationError(reason)])
        self._citations[(claim.block, claim.field, claim.index)][citation] = error

    def of_wording(self, wording: Placed) -> None:
        self._wordings[wording.block][wording.field] = ValidationError(message(wording))

    def as_error(self) -> StreamBlockValidationError | None:
        blocks: dict[int, dict[str, dict[int, Any]]] = defaultdict(lambda: defaultdict(dict))
        for block, field, index in {**self._claims, **self._citations}:
            at = (block, field, index)
            own = [ValidationError(line) for line in self._claims.get(at, ())]
            below: dict[str, Any] = {}
            if at in self._citations:
                below["citations"] = ListBlockValidationError(self._citations[at])
            blocks[block][field][index] = StructBlockValidationError(below, own)
        if not blocks and not self._wordings:
            return None
        errors: dict[int, StructBlockValidationError] = {}
        for number in {**blocks, **self._wordings}:
            below: dict[str, Any] = dict(self._wordings.get(number, {}))
            for field, entries in blocks.get(number, {}).items():
                below[field] = ListBlockValidationError(entries)
            errors[number] = StructBlockValidationError(below)
        return StreamBlockValidationError(errors)
