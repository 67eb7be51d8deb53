"""One turn of a scripted dialogue against its expectations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.evaluation.facts import score
from tests.evaluation.matching import absent, present, reference_faults, same
from tests.evaluation.product import Reply
from tests.evaluation.sets import as_list

Judge = Callable[[Reply, Any, Mapping[str, Any]], list[str]]


def _intent(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    wanted = as_list(expected)
    return [] if reply.get("intent") in wanted else [f"intent {reply.get('intent')}, not {wanted}"]


def _abstain(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    wanted = [None if one == "null" else one for one in as_list(expected)]
    return [] if reply.get("abstain") in wanted else [f"abstain {reply.get('abstain')}, not {wanted}"]


def _understood(reply: Reply, expected: Any, expect: Mapping[str, Any]) -> list[str]:
    return list(score(reply.get("understood") or {}, expected, tolerated=expect.get("may")).faults)


def _facts(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    held = reply.get("facts") or {}
    return [
        f"holds {name}={held.get(name)!r}, not {value!r}"
        for name, value in expected.items()
        if name not in held or not same(name, value, held[name])
    ]


def _not_facts(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    held = reply.get("facts") or {}
    return [f"holds {name}={held[name]!r}" for name in expected if name in held]


def _asks_any(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    asks = reply.get("asks") or []
    return [] if set(asks) & set(expected) else [f"asks {asks}, none of {expected}"]


def _asks_none(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    return [f"asks {name}" for name in reply.get("asks") or [] if name in expected]


def _rejected(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    return [f"does not reject {name}" for name in expected if name not in (reply.get("rejected") or {})]


def _verdict(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    check = reply.get("check")
    verdict = check["verdict"] if check else "none"
    wanted = [verdict for one in as_list(expected) for verdict in one.split("|")]
    return [] if verdict in wanted else [f"verdict {verdict}, not {expected}"]


def _goal(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    goal = (reply.get("check") or {}).get("goal")
    wanted = [goal for one in as_list(expected) for goal in one.split("|")]
    return [] if goal in wanted else [f"goal {goal}, not {wanted}"]


def _deadlines(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    due = {one["id"]: one["due"] for one in reply.get("deadlines") or []}
    return [
        f"{name} due {due.get(name)}, not {day}" for name, day in expected.items() if due.get(name) != day
    ]


def _deadlines_any(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    due = {one["due"] for one in reply.get("deadlines") or []}
    return [f"nothing due {day}" for day in expected if day not in due]


def _company(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    return [] if expected in (reply.get("company") or "") else [f"company {reply.get('company')}"]


def _companies(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    names = reply.get("companies") or []
    return [f"no company {one}" for one in expected if not any(one in name for name in names)]


def _empty(key: str) -> Judge:
    return lambda reply, _, __: [f"still holds {reply[key]}"] if reply.get(key) else []


def _reminders(key: str) -> Judge:
    def judge(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
        ids = (reply.get("reminders") or {}).get(key) or []
        return [f"{one} not among {key} reminders {ids}" for one in expected if one not in ids]

    return judge


def _leads(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    leads = (reply.get("reminders") or {}).get("leads") or []
    return [] if set(leads) == set(expected) else [f"leads {leads}, not {expected}"]


def _attachments(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    given = reply.get("attachments") or []
    return [] if bool(given) == expected else [f"attachments {given}"]


def _raw_any(reply: Reply, expected: Any, _: Mapping[str, Any]) -> list[str]:
    text = reply.get("text") or ""
    return [] if any(one in text for one in expected) else [f"text holds none of {expected}"]


JUDGES: Mapping[str, Judge] = {
    "intent": _intent,
    "abstain": _abstain,
    "understood": _understood,
    "facts": _facts,
    "not_facts": _not_facts,
    "asks_any": _asks_any,
    "asks_none": _asks_none,
    "rejected": _rejected,
    "verdict": _verdict,
    "goal": _goal,
    "deadlines": _deadlines,
    "deadlines_any": _deadlines_any,
    "company": _company,
    "companies": _companies,
    "facts_empty": _empty("facts"),
    "companies_empty": _empty("companies"),
    "reminders_active": _reminders("active"),
    "reminders_done": _reminders("done"),
    "leads": _leads,
    "attachments": _attachments,
    "raw_any": _raw_any,
    "contains": lambda reply, expected, _: absent(reply, expected),
    "lacks": lambda reply, expected, _: present(reply, expected),
}
OTHERS = frozenset({"may", "refs_any", "refs_all", "refs_none"})


def turn_faults(reply: Reply, expect: Mapping[str, Any]) -> list[str]:
    """What is wrong with the reply to one turn; empty where it is right."""
    if "error" in reply:
        return [f"error {reply['error']}"]
    faults = reference_faults(reply, expect)
    for key, value in expect.items():
        if key in JUDGES:
            faults += JUDGES[key](reply, value, expect)
    return faults


def button(reply: Reply, labels: list[str]) -> str | None:
    """The tap of the first button whose label holds one of ``labels``."""
    for one in reply.get("buttons") or []:
        if any(label in one["label"] for label in labels):
            return str(one["tap"])
    return None
