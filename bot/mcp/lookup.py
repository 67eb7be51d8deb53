"""What the law says to a question, with the words it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.api import provisions
from bot.api.asked import LookupAsked
from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import Finding

NEAREST = 5  # neighbours named where there is no answer


def look_up(library: Library, asked: LookupAsked, on: date) -> dict[str, Any]:
    """The answer to a reference, a clause's name or a question; where there is none, that and why."""
    finding = _found(library, asked, on)
    standing = library.standing(finding.standing_of, on) if finding.standing_of else None
    return {
        **_said(finding, asked.lang),
        "questions": [
            {"asked": list(part.asked), **_said(part.finding, asked.lang)} for part in finding.parts
        ],
        "provisions": [provisions.whole(library, ref, on, asked.lang) for ref in finding.quotes],
        "nearest": [
            provisions.line(library, library.provision(ref), on) for ref in finding.nearest[:NEAREST]
        ],
        "standing": standing.said_in(asked.lang) if standing else None,
    }


def _said(finding: Finding, lang: str) -> dict[str, Any]:
    return {
        "abstain": finding.abstain.value if finding.abstain else None,
        "statements": [
            {"text": one.words.said_in(lang), "refs": list(one.refs)} for one in finding.statements
        ],
    }


def _found(library: Library, asked: LookupAsked, on: date) -> Finding:
    try:
        return library.show(asked.question.strip(), on=on)
    except UnknownReference:
        return library.answer(asked.question, on=on, language=asked.lang)
