"""From files to documents: `walk` finds them, `read` makes each one text and blocks."""

from osler.reading.builder import DocumentBuilder
from osler.reading.raw import RawFile
from osler.reading.reader import read
from osler.reading.walk import walk

__all__ = ["DocumentBuilder", "RawFile", "read", "walk"]
