"""The unit of work of one message: all that it may read and change, saved whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.records import (
    Ack,
    Company,
    Contact,
    Deadline,
    DeadlineMove,
    Delivery,
    Fact,
    Feed,
    Feedback,
    Invitation,
    Listing,
    Membership,
    NewDelivery,
    Subscription,
)


@dataclass(slots=True)
class Talk:
    """What a contact's message works on. Replace records in these collections to change them; the
    store compares with what it loaded and writes the difference in one transaction, together with
    the ``outbox`` rows and the mark on the update.

    Only the contact's own companies are here, so nothing of another company can leak into a reply.
    """

    contact: Contact
    companies: dict[str, Company] = field(default_factory=dict)  # by id
    members: dict[tuple[str, str], Membership] = field(default_factory=dict)  # by contact and company id
    facts: dict[tuple[str, str], Fact] = field(default_factory=dict)  # by company id and fact name
    deadlines: dict[str, Deadline] = field(default_factory=dict)  # by id
    subscriptions: dict[str, Subscription] = field(
        default_factory=dict
    )  # by id; all contacts of the companies
    sent: dict[int, Delivery] = field(default_factory=dict)  # reminders that a tap may name; read only
    acks: dict[str, Ack] = field(default_factory=dict)  # by tap
    outbox: list[NewDelivery] = field(default_factory=list)
    skip: list[tuple[str, str]] = field(default_factory=list)  # (deadline id, reason): pending rows to skip
    fellows: dict[str, Contact] = field(
        default_factory=dict
    )  # by id: who else speaks for these companies; read only
    hush: list[tuple[str, str]] = field(
        default_factory=list
    )  # (deadline id, reason): this contact's own pending rows
    listings: dict[tuple[str, str], Listing] = field(default_factory=dict)  # by list row and company id
    moves: list[DeadlineMove] = field(default_factory=list)  # deadlines moved in this talk; write only
    feeds: dict[str, Feed] = field(default_factory=dict)  # by id: of the contact's companies, unrevoked
    invitations: list[Invitation] = field(default_factory=list)  # made in this talk; write only
    feedback: list[Feedback] = field(default_factory=list)  # of this talk; write only
    erase: bool = False  # forget this contact and everything only it knows
