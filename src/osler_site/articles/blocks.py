"""What an article is made of: bottom line, sections, conflicts and callouts of cited claims."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter


class MachineText(blocks.CharBlock):
    """Text that the site keeps for itself: no one types it, the form only carries it."""

    @cached_property
    def field(self) -> forms.Field:
        """A hidden input."""
        return forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class MachineNumber(blocks.IntegerBlock):
    """A number that the site keeps for itself."""

    @cached_property
    def field(self) -> forms.Field:
        """A hidden input."""
        return forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class CitationBlock(blocks.StructBlock):
    """Characters `start:end` of a source; `quote` is what stands there.

    All five come from picking a passage of the library; the editor shows the quote and the
    source to be read. That they agree with the library is proved again on the server.
    """

    source_id = MachineText(required=False)
    statement_id = MachineText(required=False)
    start = MachineNumber(required=False)
    end = MachineNumber(required=False)
    quote = MachineText(required=False)

    class Meta:
        icon = "link"
        label_format = "{quote}"
        form_classname = "struct-block osler-citation"


class ClaimBlock(blocks.StructBlock):
    """A sentence and the passages that support it.

    `composed` is the claim as the engine made it, in the JSON of an answer: as long as the
    text is the same, what it says of group, strength and derivation still holds.
    """

    text = blocks.TextBlock(rows=2)
    citations = blocks.ListBlock(CitationBlock(), min_num=1)
    override = blocks.TextBlock(
        required=False,
        rows=1,
        label="Why it stands although the gate objects",
        help_text="Recorded with your name, shown to the reviewer and on the public record.",
    )
    override_by = MachineText(required=False)
    composed = MachineText(required=False)

    class Meta:
        icon = "openquote"
        label_format = "{text}"
        form_classname = "struct-block osler-claim"


class SectionBlock(blocks.StructBlock):
    """Claims under a title."""

    title = blocks.CharBlock(max_length=160)
    claims = blocks.ListBlock(ClaimBlock())

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
    positions = blocks.ListBlock(ClaimBlock(), min_num=2)

    class Meta:
        icon = "warning"
        label_format = "{about}"


class CalloutBlock(blocks.StructBlock):
    """A note of the editors. It is cited by nothing, so it may state no dose (`wording.py`)."""

    text = blocks.TextBlock(rows=2)

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


class _ClaimAdapter(StructBlockAdapter):
    """The claim's form in the browser: the gate's verdict stands beside it (editor.js)."""

    js_constructor = "osler_site.ClaimBlock"

    @cached_property
    def media(self) -> forms.Media:
        """The script that the form needs."""
        return super().media + forms.Media(js=["osler/editor.js"])


class _CitationAdapter(StructBlockAdapter):
    """The citation's form in the browser: a passage is read and picked, never typed."""

    js_constructor = "osler_site.CitationBlock"

    @cached_property
    def media(self) -> forms.Media:
        """The script that the form needs."""
        return super().media + forms.Media(js=["osler/editor.js"])


register(_ClaimAdapter(), ClaimBlock)
register(_CitationAdapter(), CitationBlock)
