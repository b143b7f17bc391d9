"""Telling a customer of a hard bill before it comes, once; and sending the links with which people sign in."""

from __future__ import annotations

from dutycycle.kit import ids
from dutycycle.notify.bill import Recipient
from dutycycle.notify.correspondence import NOBODY
from dutycycle.notify.delivery import Delivery, Kind
from dutycycle.notify.letter import Letter
from dutycycle.notify.neighbour import Contracts, Offers
from dutycycle.notify.service.post import Post


class Announcer:
    """Writes letters that are asked for, or called for by what offers decided."""

    def __init__(self, post: Post, contracts: Contracts, offers: Offers) -> None:
        self._post = post
        self._contracts = contracts
        self._offers = offers

    async def decided(self, decision: str) -> None:
        """Announce what a decision says is to be announced; hearing of it again adds nothing."""
        announced = await self._offers.announcement(decision)
        if announced is None:
            return
        to = await self._contracts.correspondence(announced.customer)
        named = [each for each in to.recipients if each.email == announced.recipient]
        for recipient in named or to.recipients:
            letter = announced.write(to, f"Dear {recipient.display_name},")
            await self._post.send_letter(Kind.ANNOUNCEMENT, announced.about, announced.customer, recipient, letter)

    async def send_sign_in(self, customer: str, mailbox: str, url: str, valid_minutes: int) -> Delivery:
        """Send a link to sign in; asking again for the same link sends nothing new."""
        to = await self._contracts.correspondence(customer) if customer else NOBODY
        person = next((each for each in to.recipients if each.email == mailbox), Recipient("", mailbox))
        whose = f" for {to.customer_name}" if to.customer_name else ""
        letter = Letter(
            subject=f"Sign in to {to.lessor_name}",
            greeting=f"Dear {person.display_name}," if person.display_name else "Hello,",
            paragraphs=(
                f"This link signs you in{whose}. It works for {valid_minutes} minutes.",
                "You did not ask for it? Then do nothing: without a click nobody is signed in.",
            ),
            link=url,
            link_text="Sign in",
            sender_name=to.lessor_name,
            sender_address_lines=to.lessor_address_lines,
            reply_name=to.reply_name,
            reply_email=to.reply_email,
        )
        about = f"sign-ins/{ids.digest(url.encode())[:16]}"
        return await self._post.send_letter(Kind.SIGN_IN, about, customer, person, letter)
