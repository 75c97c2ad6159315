"""From files to documents: `walk` finds them, `read` makes each one text and blocks."""

from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.files.raw import RawFile
from osler.reading.files.walk import walk
from osler.reading.reader import read

__all__ = ["DocumentBuilder", "RawFile", "read", "walk"]
