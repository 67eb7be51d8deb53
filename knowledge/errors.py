"""What can go wrong with law texts and references to them.

KnowledgeError
├── CorpusError         a corpus or topic file contradicts itself or its source
├── UnknownReference    a reference names no provision
└── NotALegalText       a file offered for import cannot be read as an instrument
"""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of this room's errors."""


class CorpusError(KnowledgeError):
    """A corpus or topic file is wrong; the message names file and place."""


class UnknownReference(KnowledgeError):
    """A reference such as ``sz-rules-2018-draft#art_99`` names no provision."""


class NotALegalText(KnowledgeError):
    """A file offered for import is empty, scanned, too large or no legal text."""
