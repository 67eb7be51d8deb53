"""Each set run through the product: one outcome an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from tests.evaluation import facts, results, talk
from tests.evaluation.matching import absent, cited, present, reference_faults
from tests.evaluation.product import Reply
from tests.evaluation.sets import NOW, Entry, as_list


class Answers(Protocol):
    """Whatever answers requests: the product's process."""

    def ask(self, request: Reply) -> Reply:
        """One request, its one reply."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one entry (or one turn) went. ``label`` is right, wrong, wrongly answered or wrongly refused."""

    id: str
    kind: str
    text: str
    label: str
    faults: tuple[str, ...] = ()
    score: facts.FactScore | None = None


def _last_reply(product: Answers, entry: Entry) -> Reply:
    now = entry.get("now", NOW)
    for text in entry.get("before", ()):
        product.ask({"chat": entry["id"], "text": text, "now": now})
    return product.ask({"chat": entry["id"], "text": entry["text"], "now": now})


def _question_label(wanted: list[Any], given: Any, faults: list[str]) -> str:
    if given is None and None not in wanted:
        return "wrongly answered"
    if given is not None and wanted == [None]:
        return "wrongly refused"
    return "wrong" if faults else "right"


def _status_faults(reply: Reply, statuses: dict[str, str]) -> list[str]:
    return [
        f"{one['ref']} shown as {one['status']}"
        for one in reply.get("citations") or []
        if statuses.get(one["ref"].split("#")[0], one["status"]) != one["status"]
    ]


def _question_faults(reply: Reply, expect: dict[str, Any]) -> list[str]:
    wanted, given = as_list(expect["abstain"]), reply.get("abstain")
    faults = [] if given in wanted else [f"abstain {given}, not {wanted}"]
    if "intent" in expect and reply.get("intent") not in as_list(expect["intent"]):
        faults.append(f"intent {reply.get('intent')}, not {expect['intent']}")
    faults += reference_faults(reply, expect) + _status_faults(reply, expect.get("statuses", {}))
    return faults + absent(reply, expect.get("contains", ())) + present(reply, expect.get("lacks", ()))


def run_questions(product: Answers, entries: Iterable[Entry]) -> Iterator[Outcome]:
    """Each question in its own chat."""
    for entry in entries:
        reply = _last_reply(product, entry)
        if "error" in reply:
            faults, label = [f"error {reply['error']}"], "wrong"
        else:
            faults = _question_faults(reply, entry["expect"])
            label = _question_label(as_list(entry["expect"]["abstain"]), reply.get("abstain"), faults)
            faults += [f"cites {cited(reply)}"] if label == "wrongly answered" else []
        yield Outcome(entry["id"], entry["kind"], entry["text"], label, tuple(faults))


def run_utterances(product: Answers, entries: Iterable[Entry]) -> Iterator[Outcome]:
    """Each message in its own chat; its facts counted."""
    for entry in entries:
        reply = _last_reply(product, entry)
        understood = reply.get("understood") or {}
        judged = facts.score(understood, entry["facts"], entry.get("any"), entry.get("may"))
        refused = [
            f"does not reject {name}"
            for name in entry.get("rejected", ())
            if name not in (reply.get("rejected") or {})
        ]
        faults = (*judged.faults, *refused, *([f"error {reply['error']}"] if "error" in reply else []))
        label = "wrong" if faults else "right"
        yield Outcome(entry["id"], entry["kind"], entry["text"], label, faults, judged)


def _turn_request(entry: Entry, turn: Entry, last: Reply) -> Reply | None:
    request: Reply = {"chat": entry["id"], "now": turn.get("now", entry.get("now", NOW))}
    if "say" in turn:
        return {**request, "text": turn["say"]}
    tap = talk.button(last, turn["tap"])
    return None if tap is None else {**request, "tap": tap}


def run_dialogues(product: Answers, entries: Iterable[Entry]) -> Iterator[Outcome]:
    """Each dialogue in its own chat; one outcome a turn, its kind the dialogue."""
    for entry in entries:
        last: Reply = {}
        for number, turn in enumerate(entry["turns"], 1):
            request = _turn_request(entry, turn, last)
            if request is None:
                faults = [f"no button {turn['tap']} among {[b['label'] for b in last.get('buttons') or []]}"]
            else:
                last = product.ask(request)
                faults = talk.turn_faults(last, turn["expect"])
            text = turn.get("say") or f"[{'/'.join(turn['tap'])}]"
            label = "wrong" if faults else "right"
            yield Outcome(f"{entry['id']}.{number}", entry["id"].split("-")[0], text, label, tuple(faults))


def run_checks(product: Answers, entries: Iterable[Entry]) -> Iterator[Outcome]:
    """Each requirement check."""
    for entry in entries:
        request: Reply = {key: entry[key] for key in ("goal", "facts", "on") if key in entry}
        faults = results.check_faults(product.ask(request), entry["expect"])
        text = f"{entry['goal']} {entry['facts']}"
        yield Outcome(entry["id"], entry["kind"], text, "wrong" if faults else "right", tuple(faults))


def run_deadlines(product: Answers, entries: Iterable[Entry]) -> Iterator[Outcome]:
    """Each deadline computation."""
    for entry in entries:
        faults = results.schedule_faults(product.ask(entry["input"]), entry["expect"])
        label = "wrong" if faults else "right"
        yield Outcome(entry["id"], entry["kind"], str(entry["input"]), label, tuple(faults))
