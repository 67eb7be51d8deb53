"""The channel's own few sentences, said through the outbox like everything else."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from bot.channels.telegram.reading import origin_of
from bot.messages import Intent, Language, Place, Reply, Text
from bot.phrases import phrases
from bot.wire import pack
from storage.records import NewDelivery, Update
from storage.talk import Talk


def saying(talk: Talk, update: Update, phrase: str, at: datetime, **fill: object) -> NewDelivery:
    """One sentence to the chat of ``update``, in its contact's language; said once for an update."""
    language = cast(Language, talk.contact.language)
    sentence = phrases(language).say(phrase, **fill)
    origin = origin_of(update.raw)
    place = Place(origin.thread) if origin.in_group else None
    reply = Reply(Intent.HELP, (Text(sentence, "headline"),), language=language, place=place)
    return NewDelivery(
        dedupe_key=f"u{update.id}:channel",
        chat=talk.contact.chat,
        kind="reply",
        due_at=at,
        payload=pack(reply),
        priority=0,
        contact_id=talk.contact.id,
    )
