"""What an article is made of: bottom line, sections, conflicts and callouts of cited claims."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from wagtail import blocks

from osler.dosage import parse_dosages


class CitationBlock(blocks.StructBlock):
    """Characters `start:end` of a source; `quote` is what stands there."""

    source_id = blocks.CharBlock(max_length=40)
    statement_id = blocks.CharBlock(max_length=40, required=False)
    start = blocks.IntegerBlock(min_value=0)
    end = blocks.IntegerBlock(min_value=1)
    quote = blocks.TextBlock(required=False)

    class Meta:
        icon = "link"
        label_format = "{quote}"


class ClaimBlock(blocks.StructBlock):
    """A sentence and the passages that support it.

    `composed` is the claim as the engine made it, in the JSON of an answer: as long as the
    text is the same, what it says of group, strength and derivation still holds.
    """

    text = blocks.TextBlock(rows=2)
    citations = blocks.ListBlock(CitationBlock(), min_num=1, collapsed=True)
    override = blocks.TextBlock(
        required=False,
        rows=1,
        label="Why it stands although the gate objects",
        help_text="Recorded with your name and shown to the reviewer.",
    )
    composed = blocks.TextBlock(required=False, form_classname="osler-hidden", rows=1)

    class Meta:
        icon = "openquote"
        label_format = "{text}"


class SectionBlock(blocks.StructBlock):
    """Claims under a title."""

    title = blocks.CharBlock(max_length=160)
    claims = blocks.ListBlock(ClaimBlock(), collapsed=True)

    class Meta:
        icon = "list-ul"
        label_format = "{title}"


class BottomLineBlock(blocks.StructBlock):
    """What to do, in a sentence or two."""

    claims = blocks.ListBlock(ClaimBlock(), min_num=1)

    class Meta:
        icon = "pick"


class ConflictBlock(blocks.StructBlock):
    """Positions of sources that disagree."""

    about = blocks.CharBlock(max_length=200)
    reason = blocks.TextBlock(required=False, rows=2)
    positions = blocks.ListBlock(ClaimBlock(), min_num=2, collapsed=True)

    class Meta:
        icon = "warning"
        label_format = "{about}"


class CalloutBlock(blocks.StructBlock):
    """A note of the editors. It is cited by nothing, so it may state no dose."""

    text = blocks.TextBlock(rows=2)

    def clean(self, value: Any) -> Any:
        """Refuse a dose: every dose has a citation."""
        cleaned = super().clean(value)
        if parse_dosages(cleaned["text"]):
            raise ValidationError(
                "A callout has no citation and may not state a dose. "
                "Put the dose into a claim and cite its passage."
            )
        return cleaned

    class Meta:
        icon = "info-circle"
        label_format = "{text}"


class ArticleBody(blocks.StreamBlock):
    """The blocks of an article, in the order in which they are shown."""

    bottom_line = BottomLineBlock()
    section = SectionBlock()
    conflict = ConflictBlock()
    callout = CalloutBlock()

    class Meta:
        block_counts: ClassVar = {"bottom_line": {"max_num": 1}}
