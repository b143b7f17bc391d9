"""The demo's pages, rendered from messages such as the services answer with."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.demo.pages.chart import Month, bar_chart
from dutycycle.cli.demo.pages.customer_page import customer_page, mail_view, pick
from dutycycle.cli.demo.pages.index_page import FeedFile, Usage, index_page
from dutycycle.cli.demo.pages.line_page import line_page
from dutycycle.cli.demo.pages.mail import find_mail
from dutycycle.cli.demo.pages.offer_page import offer_page
from dutycycle.cli.demo.pages.rerating import Rerating
from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.wire import (
    date_to_proto,
    decimal_to_proto,
    money_to_proto,
    period_to_proto,
    timestamp_to_proto,
)

MAY, JUNE = BillingPeriod.month(2013, 5), BillingPeriod.month(2013, 6)
ZONE = "America/New_York"
MARGIN = "$87,654.32"


def money(amount: str) -> object:
    return money_to_proto(Money(Decimal(amount), "USD"))


def decimal(value: str) -> object:
    return decimal_to_proto(Decimal(value))


def base_line(month: BillingPeriod, amount: str) -> rating_pb2.RatedLine:
    return rating_pb2.RatedLine(
        id=f"jets/base@{month.start}",
        schedule="jets",
        schedule_display_name="Jets",
        charge="base",
        label="Base charge",
        kind=rating_pb2.LINE_KIND_BASE,
        service_period=period_to_proto(month),
        rate_text=f"${amount} a month",
        charge_text=f"Base charge: ${amount} a month",
        amount=money(amount),
    )


def hours_line(month: BillingPeriod, baseline: str, used: str, amount: str) -> rating_pb2.RatedLine:
    above = max(Decimal(0), Decimal(used) - Decimal(baseline))
    return rating_pb2.RatedLine(
        id="jets/flight-hours",
        schedule="jets",
        schedule_display_name="Jets",
        charge="flight-hours",
        label="Flight hours",
        kind=rating_pb2.LINE_KIND_USAGE,
        service_period=period_to_proto(month),
        units="flight hours",
        baseline_quantity=decimal(baseline),
        used_quantity=decimal(used),
        adjustment_quantity=decimal_to_proto(Decimal(used) - Decimal(baseline)),
        rate_text="$100.00 per flight hour above",
        charge_text=f"Flight hours above {baseline} a month: $100.00 per flight hour",
        amount=money(amount),
        steps=[
            rating_pb2.Step(stage="measure", text="210 air minutes in the period", quantity=decimal("210")),
            rating_pb2.Step(stage="quantify", text="210 ÷ 60 = 3.5 flight hours", quantity=decimal(used)),
            rating_pb2.Step(
                stage="tier", text=f"{above} flight hours at $100.00", amount=decimal_to_proto(above * 100)
            ),
        ],
    )


def month_use(month: BillingPeriod) -> offers_pb2.MonthUse:
    return offers_pb2.MonthUse(
        period=period_to_proto(month),
        baseline_quantity=decimal("10"),
        used_quantity=decimal("3.5"),
        assets_baseline=decimal("4"),
        assets_active=decimal("2"),
    )


def program_decision() -> offers_pb2.Decision:
    months = [
        offers_pb2.MonthComparison(
            period=period_to_proto(m), present_cost=money("1000.00"), offered_cost=money("450.00")
        )
        for m in (MAY, JUNE)
    ]
    return offers_pb2.Decision(
        name="decisions/fl-2013-06",
        customer="customers/fl",
        period=period_to_proto(JUNE),
        treatment=offers_pb2.TREATMENT_PROGRAM,
        subject="right-size",
        headline="Right-size: your last 2 months would have cost $1,100.00 less",
        why_text="You used 3.5 flight hours <against> 10 agreed.",
        proof_text="Your last 2 months would have cost $900.00 instead of $2,000.00.",
        trade_text="The term would be 24 months longer.",
        legal_text="Subject to contract.",
        reason=f"right-size saves $1,100.00, with a lessor margin of {MARGIN}",
        candidates=[
            offers_pb2.Candidate(
                subject="right-size",
                treatment=offers_pb2.TREATMENT_PROGRAM,
                eligible=True,
                reason="may be offered",
                present_cost=money("2000.00"),
                offered_cost=money("900.00"),
                customer_saving=money("1100.00"),
                lessor_margin=money("87654.32"),
                months=months,
            ),
            offers_pb2.Candidate(
                subject="flex-down",
                treatment=offers_pb2.TREATMENT_PROGRAM,
                reason="lessor margin −$7.00 is below the floor of $0.00",
                present_cost=money("2000.00"),
                offered_cost=money("800.00"),
                customer_saving=money("1200.00"),
                lessor_margin=money("-7.00"),
                months=months,
            ),
        ],
        assessment=offers_pb2.Assessment(months=[month_use(MAY), month_use(JUNE)]),
    )


def invoice(customer: str = "fl", month: BillingPeriod = JUNE) -> invoicing_pb2.Invoice:
    made = invoicing_pb2.Invoice(
        name=f"invoices/{customer}-{month.label}",
        number=f"DC-{customer.upper()}-{month.label}",
        customer=contracts_pb2.Customer(
            name=f"customers/{customer}",
            display_name=f"Air & {customer.upper()}",
            contacts=[contracts_pb2.Contact(display_name="Nigel", email="fleet@air.example", receives_invoices=True)],
        ),
        agreement="agreements/ma",
        agreement_revision=1,
        period=period_to_proto(month),
        zone=ZONE,
        issue_date=date_to_proto(date(2014, 1, 1)),
        due_date=date_to_proto(date(2014, 1, 31)),
        lessor=contracts_pb2.Lessor(
            display_name="Skyline",
            contact=contracts_pb2.Contact(display_name="Margaret", email="billing@skyline.example"),
        ),
        lines=[hours_line(month, "10.0", "3.5", "0.00")],
        total=money("0.00"),
        what_changed="You used 3.5 flight hours.",
        months=[month_use(MAY), month_use(JUNE)],
        usage_noun="flights",
        asset_noun="aircraft",
        usage_records=3,
        offer_links=invoicing_pb2.OfferLinks(stop_mailto="mailto:billing@skyline.example?subject=Stop%20offers"),
    )
    if (customer, month) == ("fl", JUNE):
        made.decision.CopyFrom(program_decision())
    else:
        made.decision.name = f"decisions/{customer}-{month.label}"
        made.decision.treatment = offers_pb2.TREATMENT_NONE
    return made


CATALOGUE = contracts_pb2.Catalogue(
    programs=[
        contracts_pb2.Program(id="right-size", display_name="Right-size"),
        contracts_pb2.Program(id="flex-down", display_name="Flex down"),
    ],
    products=[
        contracts_pb2.Product(
            id="telemetry",
            display_name="Telemetry connection",
            trigger=contracts_pb2.PRODUCT_TRIGGER_UNUSABLE_RECORDS,
            benefit="It reports each flight.",
        )
    ],
)
AGREEMENT = contracts_pb2.Agreement(
    schedules=[
        contracts_pb2.Schedule(
            id="jets",
            charges=[
                charge_pb2.Charge(
                    id="flight-hours",
                    measure=charge_pb2.Measure(aggregation=charge_pb2.AGGREGATION_SUM, meter="air_minutes"),
                )
            ],
        )
    ]
)


def statements(base: str, baseline: str) -> list[rating_pb2.Statement]:
    """Make what rating answers for May and June: the base of a month comes with the month before."""
    return [
        rating_pb2.Statement(
            period=period_to_proto(MAY),
            lines=[
                base_line(MAY, base),
                base_line(JUNE, base),
                hours_line(MAY, baseline, "3.5", "0.00"),
            ],
        ),
        rating_pb2.Statement(
            period=period_to_proto(JUNE),
            lines=[base_line(JUNE.next_month(), base), hours_line(JUNE, baseline, "3.5", "0.00")],
        ),
    ]


RERATING = Rerating(statements("1000.00", "10.0"), statements("450.00", "3.5"))


def record(event: str, asset: str, minutes: str, hour: int) -> ingest_pb2.UsageRecord:
    return ingest_pb2.UsageRecord(
        source="ops-fl",
        event_id=event,
        occurred_time=timestamp_to_proto(datetime(2013, 12, 5, hour, tzinfo=UTC)),
        asset_identity=asset,
        placement=f"placements/{asset}.1",
        quantities={"air_minutes": minutes, "cycles": "1"},
        dimensions={"flight": event, "origin": "LGA", "dest": "ATL"},
    )


def asset_usage(asset: str, records: int, minutes: str) -> rating_pb2.AssetUsage:
    return rating_pb2.AssetUsage(
        asset=f"assets/{asset}",
        display_name=asset.upper(),
        placement=f"placements/{asset}.1",
        records=records,
        days_active=1,
        quantities={"air_minutes": minutes, "cycles": str(records)},
    )


def explained() -> rating_pb2.ExplainLineResponse:
    return rating_pb2.ExplainLineResponse(
        line=hours_line(JUNE, "3.0", "3.5", "50.00"),
        assets=[asset_usage("n1", 1, "60"), asset_usage("n2", 2, "150")],
        records=[record("11", "n1", "60", 12), record("12", "n2", "100", 14), record("13", "n2", "50", 3)],
        records_total=3,
    )


class _Structure(HTMLParser):
    """Checks that elements close in order, and gathers what a page refers to."""

    VOID = ("meta", "br", "rect", "line", "link", "img", "hr", "col", "input")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.references: list[str] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("href", "src", "data", "srcset") and value:
                self.references.append(value)
            if name == "id" and value:
                self.ids.append(value)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def text_of(page: str) -> str:
    """Return what a reader sees, without markup, blanks made single."""
    body = re.sub(r"<style>.*?</style>", " ", page, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def check_page(page: str) -> _Structure:
    """Assert what holds for every page: well-formed, alone in the world, no script."""
    structure = _Structure(page)
    assert "script" not in structure.tags
    assert not [link for link in structure.references if link.startswith(("http:", "https:", "//"))]
    assert page.startswith("<!DOCTYPE html>\n<html lang=")
    assert len(structure.ids) == len(set(structure.ids))
    return structure


def test_offer_page_shows_every_month_on_both_terms_and_their_sums() -> None:
    page = offer_page(invoice(), CATALOGUE, RERATING)
    check_page(page)
    text = text_of(page)
    for month in ("May 2013", "June 2013"):
        assert f"{month} $1,000.00 $0.00 $1,000.00 $450.00 $0.00 $450.00 −$550.00" in text
    assert "2 months $2,000.00 $0.00 $2,000.00 $900.00 $0.00 $900.00 −$1,100.00" in text
    assert "Rated twice" in text
    assert "Cost of June 2013 $1,000.00 $450.00" in text


def test_offer_page_sets_the_terms_side_by_side() -> None:
    text = text_of(offer_page(invoice(), CATALOGUE, RERATING))
    assert "$1000.00 a month $1,000.00 $450.00 a month $450.00" in text
    assert "above 10.0 a month: $100.00 per flight hour $0.00 above 3.5 a month: $100.00 per flight hour $0.00" in text


def test_offer_page_keeps_what_only_the_lessor_may_know() -> None:
    page = offer_page(invoice(), CATALOGUE, RERATING)
    assert "argin" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    assert MARGIN not in page
    assert "Flex down" not in page
    assert "floor" not in page


def test_offer_page_says_that_nothing_due_changes_and_how_to_stop_offers() -> None:
    page = offer_page(invoice(), CATALOGUE, RERATING)
    assert "This changes nothing that is due." in page
    assert 'href="mailto:billing@skyline.example?subject=Stop%20offers"' in page
    assert "Subject to contract." in page


def test_offer_page_warns_where_rating_again_gives_other_costs() -> None:
    other = Rerating(statements("1000.00", "10.0"), statements("451.00", "3.5"))
    text = text_of(offer_page(invoice(), CATALOGUE, other))
    assert "Not confirmed" in text
    assert "Rated twice" not in text


def test_offer_page_escapes_what_others_wrote() -> None:
    page = offer_page(invoice(), CATALOGUE, RERATING)
    assert "You used 3.5 flight hours &lt;against&gt; 10 agreed." in page
    assert "Air &amp; FL" in page


def test_offer_page_of_a_product_shows_the_observed_fact_and_no_program() -> None:
    bill = invoice()
    bill.decision.treatment = offers_pb2.TREATMENT_PRODUCT
    bill.decision.subject = "telemetry"
    bill.decision.headline = "2 of 6 records could not be billed"
    bill.decision.proof_text = bill.decision.trade_text = ""
    bill.unbilled.waiting_records = 1
    bill.unbilled.rejected_by_reason["NO_METER_VALUE"] = 2
    page = offer_page(bill, CATALOGUE, None)
    check_page(page)
    text = text_of(page)
    assert "Records received for June 2013 6" in text
    assert "Rejected: no meter value 2" in text
    assert "Telemetry connection It reports each flight." in text
    assert "We claim no saving" in text
    assert "$1,100.00" not in text


def test_offer_page_of_a_best_plan_shows_what_was_compared() -> None:
    bill = invoice()
    bill.decision.treatment = offers_pb2.TREATMENT_BEST_PLAN
    bill.decision.headline = "You are on your best plan"
    del bill.decision.candidates[1]
    bill.decision.candidates[0].offered_cost.CopyFrom(money("2100.00"))
    text = text_of(offer_page(bill, CATALOGUE, None))
    assert "Right-size $2,000.00 $2,100.00 +$100.00" in text
    assert MARGIN not in text


def test_offer_page_without_an_offer_still_says_what_was_used() -> None:
    page = offer_page(invoice("vx", MAY), CATALOGUE, None)
    check_page(page)
    assert "No offer with this invoice" in page
    assert "You used 3.5 flight hours." in page


def test_line_page_adds_up_from_flights_to_the_charge() -> None:
    page = line_page(invoice(), AGREEMENT, explained())
    check_page(page)
    text = text_of(page)
    assert "Thu 5 Dec 09:00 12 LGA ATL 100" in text
    assert "Wed 4 Dec 22:00 13 LGA ATL 50" in text
    assert "N2 150 Thu" not in text  # the sum comes after the flights
    assert text.index("N2 150 air minutes") < text.index("N1 60 air minutes")
    assert "2 aircraft add up to 210, the arithmetic starts with 210" in text
    assert "The steps add up to $50.00, the line is charged $50.00" in text
    assert text.count("✓ Adds up.") == 2
    assert "All 3 usage records of the line are listed." in text


def test_line_page_says_so_where_figures_do_not_add_up() -> None:
    answer = explained()
    answer.assets[0].quantities["air_minutes"] = "61"
    answer.line.amount.CopyFrom(money("50.02"))
    text = text_of(line_page(invoice(), AGREEMENT, answer))
    assert text.count("✗ Does not add up.") == 2


def test_line_page_tells_how_many_flights_it_leaves_out() -> None:
    answer = explained()
    del answer.records[2]
    text = text_of(line_page(invoice(), AGREEMENT, answer))
    assert "2 of 3 usage records are listed, oldest first." in text
    assert "N2, with records not listed here 150" in text


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    """Return a mailbox with two messages."""
    for number in (1, 2):
        message = EmailMessage()
        message["Subject"] = f"Invoice {number}: $0.00 due"
        message["From"] = "Skyline <billing@skyline.example>"
        message["To"] = "Nigel <fleet@air.example>"
        message["Message-ID"] = f"<invoice-{number}@skyline.example>"
        message.set_content("Plain.")
        message.add_alternative(f'<p class="x">Bill "{number}"</p>', subtype="html")
        message.add_attachment(b"%PDF-" * 1_000, maintype="application", subtype="pdf", filename="invoice.pdf")
        (tmp_path / f"{number}.eml").write_bytes(message.as_bytes())
    return tmp_path


def test_mail_is_found_by_its_message_id(mailbox: Path) -> None:
    mail = find_mail(mailbox, "<invoice-2@skyline.example>")
    assert mail is not None
    assert mail.headers[0] == ("Subject", "Invoice 2: $0.00 due")
    assert mail.html.strip() == '<p class="x">Bill "2"</p>'
    assert [(a.file_name, a.octets) for a in mail.attachments] == [("invoice.pdf", 5_000)]
    assert find_mail(mailbox, "<other@skyline.example>") is None


def test_customer_page_shows_mail_invoice_and_lines(mailbox: Path) -> None:
    mail = find_mail(mailbox, "<invoice-1@skyline.example>")
    assert mail is not None
    picked = pick([invoice()])[0]
    page = customer_page(
        picked, {"jets/flight-hours": "lines/x.html"}, mail_view(mail, "../mail/1.eml"), ["pictures/a-1.png"], CATALOGUE
    )
    structure = check_page(page)
    assert 'srcdoc="&lt;p class=&#34;x&#34;&gt;Bill &#34;1&#34;&lt;/p&gt;' in page
    assert 'sandbox="allow-same-origin"' in page  # no scripts, no forms, no way out of the frame
    assert "../lines/x.html" in structure.references
    assert "../invoices/fl-2013-06-invoice.pdf" in structure.references
    assert "../offers/fl-2013-06.html" in structure.references
    text = text_of(page)
    assert "Flight hours June 2013 flight hours 10.0 3.5 −6.5 $100.00 per flight hour above $0.00" in text
    assert "invoice.pdf 5 kB" in text
    assert f"yes may be offered $2,000.00 $900.00 $1,100.00 {MARGIN}" in text  # the lessor's own desk


def test_picks_are_the_hero_the_contrast_and_the_last_best_plan() -> None:
    april = BillingPeriod.month(2013, 4)
    bills = [invoice(customer, month) for month in (april, JUNE) for customer in ("aa", "fl", "vx")]
    for bill in bills:
        if bill.name in ("invoices/aa-2013-04", "invoices/aa-2013-06", "invoices/vx-2013-06"):
            bill.decision.treatment = offers_pb2.TREATMENT_BEST_PLAN
    bills[5].decision.headline = "You are on your best plan"
    names = [picked.invoice.name for picked in pick(bills)]
    assert names == ["invoices/fl-2013-06", "invoices/vx-2013-04", "invoices/vx-2013-06"]


def test_index_page_links_every_document_of_every_invoice() -> None:
    bills = [invoice(customer, month) for month in (MAY, JUNE) for customer in ("fl", "vx")]
    rejection = ingest_pb2.Rejection(
        record=record("77", "", "0", 15),
        reason="NO_ASSET_IDENTITY",
        message="give <it> a tail",
        origin="flights.csv, row 2",
    )
    waiting = ingest_pb2.WaitingUsage(
        record=record("88", "n9", "30", 15), reason="UNKNOWN_ASSET", message="register it"
    )
    usage = Usage(
        ingest_pb2.SummarizeUsageResponse(accepted=325_322, waiting=2_024, rejected=9_430),
        {"NO_ASSET_IDENTITY": ingest_pb2.ListRejectionsResponse(rejections=[rejection], total=2_512)},
        ingest_pb2.ListWaitingUsageResponse(waiting=[waiting], total=2_024),
    )
    page = index_page(bills, pick(bills), usage, [FeedFile("feed/a.csv", "a.csv", "1 kB")], 8)
    structure = check_page(page)
    for bill in bills:
        name = bill.name.removeprefix("invoices/")
        for ending in ("invoice.pdf", "report.pdf", "assets.xlsx", "invoice.json"):
            assert f"invoices/{name}-{ending}" in structure.references
        assert f"offers/{name}.html" in structure.references
    assert {"feed/a.csv", "summary.json", "stories/fl-2013-06.html"} <= set(structure.references)
    for link in structure.references:
        assert not link.startswith("#") or link[1:] in structure.ids
    text = text_of(page)
    assert "336,776 flights came in" in text
    assert "Refused: no asset identity (2,512)" in text
    assert "77 Thu 5 Dec 10:00 none give &lt;it&gt; a tail flights.csv, row 2" in text
    assert "88 Thu 5 Dec 10:00 n9 register it" in text
    assert "A program, with its proven saving: 1" in text
    assert "Nothing offered: 3" in text


def test_chart_heights_are_in_proportion_and_figures_do_not_touch_the_line() -> None:
    chart = bar_chart(
        "hours", "hours", [Month("Jan", Decimal(100), Decimal(100)), Month("Feb", Decimal(25), Decimal(100))]
    )
    full, quarter = chart.bars
    assert full.height == 4 * quarter.height
    assert full.top == full.line_y
    assert all(not bar.line_y - 2 < bar.figure_y < bar.line_y + 12 for bar in chart.bars)
    assert "Feb: 25 of 100 agreed hours" in chart.description


def test_a_pick_without_a_program_names_the_later_invoice_that_carries_one() -> None:
    april, june = BillingPeriod.month(2013, 4), BillingPeriod.month(2013, 6)
    bills = [invoice("vx", month) for month in (april, june, JUNE)]
    for bill in bills[1:]:
        bill.decision.CopyFrom(program_decision())
        bill.decision.name = f"decisions/{bill.name.removeprefix('invoices/')}"
    bills[1].decision.headline = "Higher tier"
    picked = pick(bills)[0]
    assert picked.later is not None
    assert picked.later.name == "invoices/vx-2013-06"
    page = customer_page(picked, {}, None, [], CATALOGUE)
    assert "../offers/vx-2013-06.html" in check_page(page).references
    assert "The offer came with the invoice for June 2013: Higher tier ." in text_of(page)
    assert "No mailbox holds a message with this invoice." in page
