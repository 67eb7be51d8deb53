"""A law text from a file into an operator's corpus directory, where the library finds it at once.

Nothing is stored that the library could not read back, and nothing is replaced silently.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Final

from knowledge.corpus import build_instrument, corpus_files, read_instrument
from knowledge.diff import Comparison, compare, passages_of
from knowledge.errors import CorpusError, NotALegalText
from knowledge.formats.opening import read_source
from knowledge.front_matter import write_front_matter
from knowledge.model import Instrument, ParsedArticle, ParsedInstrument, Status
from knowledge.parser import parse_instrument
from knowledge.parsing.front import is_instrument_title
from knowledge.rendering import render, render_article

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEAR: Final = re.compile(r"[〔\[（(](\d{4})[〕\]）)]|(\d{4})年")
_AMENDED: Final = re.compile(r"修[正订訂改]")
_IN_TITLE: Final = re.compile(r"[（(](\d{4})年?\S{0,6}[）)]$")
_LONGEST_ID: Final = 40


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an operator says of an instrument, where the file does not or is wrong. All may be left out."""

    id: str = ""
    title: str = ""
    number: str = ""
    issuer: str = ""
    status: Status = Status.UNVERIFIED
    effective: date | None = None  # the day from which ``status`` holds


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made, or would make. ``changes`` compares with the text that had the id before."""

    id: str
    parsed: ParsedInstrument
    path: Path | None  # None: nothing was stored
    notes: tuple[str, ...] = ()
    changes: Comparison | None = None


def read_legal_text(path: Path) -> tuple[ParsedInstrument, tuple[str, ...]]:
    """The tree of the text in a file, and notes on what reading the file left out.

    Raises:
        NotALegalText: the file cannot be read, or what it holds is no legal text.
    """
    source = read_source(path)
    parsed = parse_instrument(source.text)
    if not _is_legal_text(parsed):
        raise NotALegalText(
            f"{path.name}：不是法规文本，没有条文或分段 (no legal text: no articles or sections)"
        )
    return parsed, source.notes


def import_instrument(
    path: Path,
    into: Path,
    particulars: Particulars = Particulars(),
    *,
    replacing: bool = False,
    taken: Collection[str] = (),
    store: bool = True,
) -> Imported:
    """Read the file at ``path`` and write it as a corpus file into the directory ``into``.

    ``taken`` are ids that other directories hold and that cannot be replaced. With ``store`` off
    everything is checked and nothing written.

    Raises:
        NotALegalText: the file cannot be read or is no legal text.
        CorpusError: the id is malformed, or taken and not to be replaced.
    """
    parsed, notes = read_legal_text(path)
    identity = particulars.id or derive_id(parsed)
    if not _ID.fullmatch(identity):
        raise CorpusError(
            f"id {identity!r}：只能用小写字母、数字和连字符 (lower-case letters, digits, hyphens)"
        )
    before = _stored(into, identity)
    if identity in taken:
        raise CorpusError(f"id {identity} 已被内置文件使用，请用 --id 另取 (taken by a built-in instrument)")
    if before is not None and not replacing:
        raise CorpusError(
            f"id {identity} 已存在（{before.title}），替换须加 --replace (exists; --replace replaces it)"
        )
    content = corpus_text(identity, parsed, particulars, _distinguished(into, identity, parsed, particulars))
    made = _read_back(content)
    changes = compare(passages_of(before), passages_of(made)) if before is not None else None
    target = _write(into, identity, content) if store else None
    return Imported(identity, parsed, target, notes, changes)


def _distinguished(into: Path, identity: str, parsed: ParsedInstrument, particulars: Particulars) -> str:
    """A name that tells the text from others of the same title: with its day, else with its id."""
    title = particulars.title or parsed.title
    held = (read_instrument(path, built_in=False) for path in corpus_files(into) if path.stem != identity)
    same = [one for one in held if one.title == title]
    if not same:
        return ""
    issued = _issued(parsed)
    return f"{title}（{issued if issued and all(one.issued != issued for one in same) else identity}）"


def corpus_text(
    identity: str, parsed: ParsedInstrument, particulars: Particulars, short_title: str = ""
) -> str:
    """The corpus file of an instrument: front matter, then its whole text."""
    given = replace(
        particulars,
        title=particulars.title or parsed.title or identity,
        number=particulars.number or parsed.number,
        issuer=particulars.issuer or _issuer(parsed),
    )
    body = render(parsed)
    sections = tuple(_section_tables(parsed, body)) if parsed.articles[0].marker else ()
    front = write_front_matter(
        {
            "id": identity,
            "title": given.title,
            "short_title": short_title,
            "number": given.number,
            "issuer": given.issuer,
            "issued": _issued(parsed),
            "form": "document" if sections else "",
            "items": "parsed" if sections else "",
            "chapters": _chapters(parsed),
            "article_count": 0 if sections else max(_whole_number(one.number) for one in parsed.articles),
            "aliases": tuple(
                dict.fromkeys(name for name in (given.title, _bare(given.title), given.number) if name)
            ),
        },
        {
            "status": [
                {
                    "status": given.status.value,
                    "start": given.effective.isoformat() if given.effective else "",
                }
            ],
            "section": list(sections),
        },
        standing=_standing(given),
    )
    return f"+++\n{front}+++\n{body}"


def _chapters(parsed: ParsedInstrument) -> tuple[str, ...]:
    """The chapters' titles in the order of their numbers; none where the count starts again in each 编,
    for then a number alone names no chapter."""
    numbered = [one for one in parsed.divisions if one.level == "chapter" and one.number]
    if [one.number for one in numbered] != [str(count) for count in range(1, len(numbered) + 1)]:
        return ()
    return tuple(one.heading.partition(" ")[2] for one in numbered)


def _whole_number(number: str) -> int:
    return int(number.partition("-")[0])


def _bare(title: str) -> str:
    """A title as people say it: without （试行）. A （征求意见稿） is another text than what it became."""
    return re.sub(r"\s*[（(](?:试行|暂行|修订版?|修正案?|\d{4}年?\S{0,6})[）)]$", "", title)


def derive_id(parsed: ParsedInstrument) -> str:
    """An id from the title's initials in pinyin and the year: ``szsqjscshssxz-2019``."""
    from pypinyin import Style, lazy_pinyin

    title = parsed.title or parsed.number
    initials = "".join(lazy_pinyin(title, style=Style.FIRST_LETTER, errors=lambda signs: signs))
    letters = re.sub(r"[^a-z0-9]+", "", initials.lower())[:_LONGEST_ID]
    numbered = _YEAR.search(parsed.number)
    year = numbered[1] or numbered[2] if numbered else _issued(parsed)[:4]
    return "-".join(part for part in (letters or "text", year if year not in letters else "") if part)


def _is_legal_text(parsed: ParsedInstrument) -> bool:
    """Articles make a legal text; sections alone do where title or number are an instrument's too."""
    if not parsed.articles:
        return False
    if not parsed.articles[0].marker:
        return True
    own = bool(parsed.number) or is_instrument_title(parsed.title)
    return own and parsed.articles[0].marker[0] in "一（(" and len(parsed.articles) > 1


def _stored(into: Path, identity: str) -> Instrument | None:
    for path in corpus_files(into):
        if path.stem == identity:
            return read_instrument(path, built_in=False)
    return None


def _read_back(content: str) -> Instrument:
    import tomllib

    _, front, body = content.split("+++\n", 2)
    return build_instrument(tomllib.loads(front), body, built_in=False)


def _write(into: Path, identity: str, content: str) -> Path:
    """Whole or not at all: written beside, then moved into place."""
    into.mkdir(parents=True, exist_ok=True)
    target = into / f"{identity}.txt"
    beside = into / f".{identity}.part"
    beside.write_text(content, encoding="utf-8")
    beside.replace(target)
    return target


def _section_tables(parsed: ParsedInstrument, body: str) -> Iterator[dict[str, str]]:
    """Where each section stands in ``body``, with the sections in it: the corpus form cuts documents
    between two phrases."""
    places = _places(parsed, body)
    labels: dict[int, str] = {}
    for index, (article, start, own_end) in enumerate(places):
        inner = takewhile(lambda one: one[0].number.startswith(f"{article.number}."), places[index + 1 :])  # noqa: B023
        end = max([own_end, *(last for _, _, last in inner)])
        depth = article.number.count(".")
        labels = {level: label for level, label in labels.items() if level < depth} | {depth: article.name}
        yield {
            "address": article.address,
            "kind": "section",
            "number": article.number,
            "label": "".join(labels.values()),
            "heading": article.heading,
            "opens": _opening(body, start, end),
            "closes": _closing(body, start, end),
        }


def _places(parsed: ParsedInstrument, body: str) -> list[tuple[ParsedArticle, int, int]]:
    """Each section with the start and the end of its own lines in ``body``."""
    places, at = [], 0
    for article in parsed.articles:
        text = render_article(article)
        start = body.index(text, at)
        at = start + len(text)
        places.append((article, start, at))
    return places


def _opening(body: str, start: int, end: int) -> str:
    """The shortest beginning of ``body[start:end]`` that stands nowhere before it."""
    length = min(8, end - start)
    while body.find(body[start : start + length]) < start and start + length < end:
        length += 1
    return body[start : start + length]


def _closing(body: str, start: int, end: int) -> str:
    """The shortest end of ``body[start:end]`` that stands nowhere else in it."""
    length = min(8, end - start)
    while body.find(body[end - length : end], start) < end - length and length < end - start:
        length += 1
    return body[end - length : end]


def _issued_line(parsed: ParsedInstrument) -> str:
    """Where the text says when it was made: under its end, in brackets below its title, under the notice
    that it came with."""
    if parsed.closing:
        return parsed.closing[-1]
    head = (*parsed.front, *parsed.preamble)
    bracketed = next((line for line in parsed.preamble if line[0] in "（("), "")
    return bracketed or next((line for line in reversed(head) if _DAY.fullmatch(line)), "")


def _issued(parsed: ParsedInstrument) -> str:
    """The day of issue, of an amended text that of its last amendment, or the year alone where the title
    gives no more; "" where nothing is said."""
    line = _issued_line(parsed)
    if days := _DAY.findall(line):
        year, month, day = days[-1 if _AMENDED.search(line) else 0]
        return f"{year}-{int(month):02}-{int(day):02}"
    in_title = _IN_TITLE.search(parsed.title)
    return in_title[1] if in_title else ""


def _issuer(parsed: ParsedInstrument) -> str:
    return "、".join(parsed.closing[:-1])


def _standing(given: Particulars) -> tuple[str, str]:
    """The line under answers from an imported text, in Chinese and English."""
    title = f"《{given.title}》"
    if given.status is Status.UNVERIFIED:
        return (
            f"{title}由运营者导入，效力未核实。",
            f"{title} was imported by the operator; its standing is not verified.",
        )
    since = f"（自{given.effective.isoformat()}）" if given.effective else ""
    english = f" since {given.effective.isoformat()}" if given.effective else ""
    named = {
        Status.DRAFT: ("草案", "a draft"),
        Status.IN_FORCE: ("现行有效", "in force"),
        Status.SUPERSEDED: ("已被替代", "superseded"),
        Status.REPEALED: ("已废止", "repealed"),
    }[given.status]
    return (
        f"{title}由运营者导入，运营者标明{named[0]}{since}。",
        f"{title} was imported by the operator, who marked it {named[1]}{english}.",
    )
