"""What the law says: a finding of the library put into blocks, with its standing and next steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.messages import Block, Button, Clause, Intent, Reply, Text
from bot.skills.asking import answers, asked_still
from bot.skills.help import stale
from bot.taps import button, offered
from bot.turn import Turn
from bot.understanding.dialect import mandarin
from knowledge.errors import UnknownReference
from knowledge.model import Abstain, ConversationContext, Finding, Statement, Step, Wording

CARDS = 2  # clause cards under an answer; further ones are a button away
SURE = 0.6  # a finding as sure as this is an answer
LABELS = 2  # clauses named in brackets behind a sentence


def find(turn: Turn, question: str) -> Finding:
    """Ask the library, with what was last spoken of; once a message for the same question."""
    question = turn.read.text if question == turn.read.original.strip() else question
    if (called := turn.read.company) and not turn.understood and len(question) > len(called):
        question = question.replace(called, "")  # 我们是远航电镀有限公司: the trade in a name is no matter
    if question not in turn.found:
        found = _ask(turn, question, written=turn.read.original if question == turn.read.text else "")
        if found.abstain and (other := mandarin(question.lower())) != question.lower():
            # 要啲咩人: what only Cantonese writes, as Mandarin has it.
            again = _ask(turn, other)
            found = again if again.topics and not (found.topics and again.abstain) else found
        turn.found[question] = found
    return turn.found[question]


def _ask(turn: Turn, question: str, *, written: str = "") -> Finding:
    context = ConversationContext(last_refs=turn.session.last_refs, last_topics=turn.session.last_topics)
    library = turn.sources.library
    return library.answer(question, on=turn.today, context=context, language=turn.language, written=written)


def answer(turn: Turn) -> Reply:
    """Answer the message's question from the law, or say plainly that the sources do not."""
    tap = turn.tap
    try:
        if tap is not None and tap.verb == "clause":
            return show_clause(turn, tap.argument)
        if tap is not None and tap.verb == "topic":
            topic = turn.sources.library.topic(tap.argument, on=turn.today)
            return compose(turn, topic)
    except UnknownReference:
        return stale(turn)
    return compose(turn, find(turn, tap.argument if tap is not None else turn.read.text))


def answer_words(turn: Turn, *, words: str) -> Reply:
    """Answer a part of the message from the law."""
    return compose(turn, find(turn, words))


def knows(turn: Turn) -> bool:
    """Whether the law answers what the message asks."""
    finding = find(turn, turn.read.text)
    return bool(finding.topics) and not finding.abstain and finding.confidence >= SURE


def answers_elsewhere(turn: Turn) -> bool:
    """Whether the law answers what is asked about somebody else's plant: 我朋友做水泥的，他们几年一轮."""
    if not turn.read.question or not turn.facts:
        return False
    return knows(turn)


def answer_elsewhere(turn: Turn) -> Reply:
    """The law's answer for somebody else; what is held of the company in play is left alone, and said so."""
    reply = compose(turn, find(turn, turn.read.text))
    said = Text(turn.say.say("clause.elsewhere"), "note")
    return replace(reply, blocks=(*reply.blocks[:1], said, *reply.blocks[1:]))


def compose(turn: Turn, finding: Finding) -> Reply:
    """A finding as a reply."""
    remember(turn, finding)
    refs = [ref for statement in finding.statements for ref in statement.refs] + list(finding.quotes)
    blocks: list[Block] = [
        Text(in_words(turn, statement), "headline" if n == 0 else "body")
        for n, statement in enumerate(finding.statements)
    ]
    blocks += [clause_card(turn, ref) for ref in finding.quotes[:CARDS]]
    blocks += standing(turn, finding.standing_of)
    back = asked_still(turn)
    return Reply(
        intent=Intent.ABSTAIN if finding.abstain else Intent.LOOKUP,
        blocks=(*blocks, *back),
        buttons=offered(*(answers(turn, turn.session.asked[0]) if back else ()), *_buttons(turn, finding)),
        asks=turn.session.asked[:1] if back else (),
        abstain=str(finding.abstain) if finding.abstain else None,
        citations=turn.cite(refs),
    )


def can_translate(turn: Turn) -> bool:
    """Whether there is an answer from the law to be said once more."""
    return bool(turn.session.last_topics or turn.session.last_refs)


def translated(turn: Turn) -> Reply:
    """英文怎么说: the last answer in English; the talk goes on in its own language."""
    turn.language = "en"
    library, session = turn.sources.library, turn.session
    refs, topics = session.last_refs, session.last_topics
    by_topic = bool(topics) and session.last_by_topic
    finding = library.topic(topics[0], on=turn.today) if by_topic else library.show(refs[0], on=turn.today)
    return compose(turn, finding)


def show_clause(turn: Turn, ref: str) -> Reply:
    """One provision whole."""
    return compose(turn, turn.sources.library.show(ref, on=turn.today))


def clause_card(turn: Turn, ref: str) -> Clause:
    """A provision's words, character for character, with wording and standing said."""
    provision = turn.sources.library.provision(ref)
    status = turn.sources.library.instrument(provision.instrument).status_on(turn.today)
    return Clause(
        ref=ref,
        label=turn.clause_label(ref) if turn.language != "en" else provision.label,
        text=provision.text,
        verbatim=provision.quote is not None,
        wording=turn.say.say(f"wording.{provision.wording}"),
        status=turn.say.say(f"status.{status}"),
        gloss=turn.say.say("clause.gloss", text=provision.gloss)
        if turn.language == "en" and provision.gloss and provision.wording is not Wording.NOT_GIVEN
        else "",
    )


def standing(turn: Turn, instrument: str | None) -> list[Block]:
    """The one line of standing under an answer; once a talk, that this is no legal advice."""
    words = turn.sources.library.standing(instrument, turn.today) if instrument is not None else None
    if words is None:
        return []
    line = turn.say.words(words)
    if not turn.session.limit_said:
        turn.session.limit_said = True
        line = f"{line}{turn.say.say('standing.limit')}"
    return [Text(line, "standing")]


def remember(turn: Turn, finding: Finding) -> None:
    """What follow-up questions will mean by it; what is not ours leaves no trace."""
    if finding.abstain is Abstain.OUT_OF_SCOPE:
        return
    resolved = finding.resolved or finding.quotes or finding.nearest
    if resolved:
        turn.session.last_refs = resolved[:4]
    if finding.topics:
        turn.session.last_topics = finding.topics
    turn.session.last_by_topic = bool(finding.topics)
    turn.session.last_question = turn.read.text
    asked = {fact.name: fact.value for fact in turn.read.hypothetical if type(fact.value) is int}
    turn.session.wondered = asked
    turn.session.offered = _offered(turn, finding)


def _offered(turn: Turn, finding: Finding) -> str:
    """The check that the answer leads on to: what is told next may be about it."""
    book = turn.sources.rulebook
    steps = (step.target for step in finding.steps if step.action == "goal")
    applied = (goal for ref in finding.quotes[:1] for goal in book.applying(ref))
    return next((goal for goal in (*steps, *applied) if goal in book.goals), "")


def in_words(turn: Turn, statement: Statement) -> str:
    """A statement with the clauses that it rests on behind it, unless it names them itself."""
    text = turn.say.words(statement.words)
    labels = [turn.clause_label(ref) for ref in statement.refs]
    if (
        not labels
        or text.rstrip("。.").endswith(("）", ")", "：", ":"))
        or any(label.partition("（")[0].lower() in text.lower() for label in labels)
    ):
        return text
    return turn.say.say("clause.behind", text=text, labels=labels[:LABELS])


def _buttons(turn: Turn, finding: Finding) -> tuple[Button, ...]:
    further = (*finding.quotes[CARDS:], *finding.nearest)
    near: Iterable[Button | None] = (button(turn.clause_label(ref), "clause", ref) for ref in further)
    steps = (step_button(turn, step) for step in finding.steps)
    return offered(*steps, *_applied(turn, finding), *near)[:6]


def _applied(turn: Turn, finding: Finding) -> list[Button | None]:
    """The check that the clause shown is applied in, unless the answer offers one already."""
    if not finding.quotes or any(step.action in ("goal", "check", "dates") for step in finding.steps):
        return []
    book, ref = turn.sources.rulebook, finding.quotes[0]
    goals = [button(turn.say.words(book.goals[goal].title), "goal", goal) for goal in book.applying(ref)[:1]]
    dated = any(ref in rule.citations for rule in book.rules.deadlines.values())
    return goals or ([button(turn.say.say("button.dates"), "dates")] if dated else [])


def step_button(turn: Turn, step: Step) -> Button | None:
    """A next step as a button."""
    label = turn.say.words(step.label)
    return button(label, step.action, step.target) if step.target else button(label, step.action)
