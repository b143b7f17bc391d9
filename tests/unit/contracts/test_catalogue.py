"""A catalogue that offers could not use is refused, field by field; what is used as an example is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from google.type.date_pb2 import Date

from bench import fit
from dutycycle.api.contracts.v1 import contracts_pb2 as pb
from dutycycle.cli.document import message_from_document
from dutycycle.contracts.catalogue import violations

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").rglob("catalogue.yaml"))


def catalogue() -> pb.Catalogue:
    program = pb.Program(id="right-size", display_name="Right-size", fit=pb.PROGRAM_FIT_BELOW_BASELINE)
    program.baseline_percent_of_usage.value = "100"
    product = pb.Product(
        id="telemetry", display_name="Telemetry", trigger=pb.PRODUCT_TRIGGER_IDLE_ASSETS, benefit="It reports."
    )
    product.threshold_percent.value = "5"
    made = pb.Catalogue(programs=[program], products=[product])
    made.campaigns.add(id="spring", subjects=["right-size"]).hold_out_percent.value = "10"
    return made


def test_a_sound_one_is_taken() -> None:
    assert violations(catalogue()) == []
    assert violations(pb.Catalogue()) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parents[1].name)
def test_the_examples_are_sound(path: Path) -> None:
    document = yaml.safe_load(path.read_text())["catalogue"]
    assert violations(message_from_document(pb.Catalogue, document, "catalogue")) == []


def test_that_of_the_bench_is_sound() -> None:
    assert violations(message_from_document(pb.Catalogue, fit.CATALOGUE, "catalogue")) == []


def program(**fields: object) -> Callable[[pb.Catalogue], None]:
    return lambda made: made.programs[0].MergeFrom(pb.Program(**fields))  # type: ignore[arg-type]


def product(**fields: object) -> Callable[[pb.Catalogue], None]:
    return lambda made: made.products[0].MergeFrom(pb.Product(**fields))  # type: ignore[arg-type]


def campaign(**fields: object) -> Callable[[pb.Catalogue], None]:
    return lambda made: made.MergeFrom(pb.Catalogue(campaigns=[pb.Campaign(**fields)]))  # type: ignore[arg-type]


def the_program(made: pb.Catalogue) -> pb.Program:
    return made.programs[0]


def the_catalogue(made: pb.Catalogue) -> pb.Catalogue:
    return made


def decimal(
    of: Callable[[pb.Catalogue], pb.Program | pb.Catalogue], field: str, value: str
) -> Callable[[pb.Catalogue], None]:
    def change(made: pb.Catalogue) -> None:
        getattr(of(made), field).value = value

    return change


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        (product(id="Tele metry"), "products[0].id", "lower-case"),
        (product(id="right-size"), "", "'right-size' twice"),
        (lambda made: made.programs[0].ClearField("display_name"), "programs[0].display_name", "is empty"),
        (lambda made: made.programs[0].ClearField("fit"), "programs[0].fit", "below_baseline, above_baseline, any"),
        (program(fit=77), "programs[0].fit", "is 77"),
        (program(kind=77), "programs[0].kind", "right_size"),
        (decimal(the_program, "baseline_percent_of_usage", "0"), "programs[0].baseline_percent_of_usage", "above 0"),
        (decimal(the_program, "base_rate_percent", "-1"), "programs[0].base_rate_percent", "at least 0"),
        (decimal(the_program, "margin_floor", "a lot"), "programs[0].margin_floor", "not a decimal"),
        (decimal(the_program, "margin_percent", "101"), "programs[0].margin_percent", "at most 100"),
        (decimal(the_program, "switch_cost", "NaN"), "programs[0].switch_cost", "finite"),
        (program(usage_months=13), "programs[0].usage_months", "at most 12"),
        (program(term_extension_months=-1), "programs[0].term_extension_months", "negative"),
        (program(legal_text="Subject to approval."), "programs[0].legal_version", "is empty"),
        (program(eligibility="utilisation_6 <"), "programs[0].eligibility", "cannot be decided"),
        (
            program(eligibility="months > 3 || utilization_6 < 80"),
            "programs[0].eligibility",
            "'utilization_6', which is no fact",
        ),
        (program(eligibility="risk"), "programs[0].eligibility", "is not a question"),
        (program(valid_from_date=Date(year=2024, month=2, day=30)), "programs[0].valid_from_date", "is no day"),
        (
            program(valid_from_date=Date(year=2024, month=2, day=1), valid_until_date=Date(year=2024, month=2, day=1)),
            "programs[0].valid_until_date",
            "after 2024-02-01",
        ),
        (
            program(creatives=[pb.Creative(language="German", display_name="A", text="B")]),
            "programs[0].creatives[0].language",
            "de-DE",
        ),
        (
            program(creatives=[pb.Creative(language="de", display_name="A")]),
            "programs[0].creatives[0].text",
            "is empty",
        ),
        (
            program(creatives=[pb.Creative(language="de", display_name="A", text="B")] * 2),
            "programs[0].creatives",
            "'de' twice",
        ),
        (lambda made: made.products[0].ClearField("trigger"), "products[0].trigger", "unusable_records"),
        (lambda made: made.products[0].ClearField("benefit"), "products[0].benefit", "is empty"),
        (lambda made: made.products[0].ClearField("threshold_percent"), "products[0].threshold_percent", "is absent"),
        (product(eligibility="segments == 'idle"), "products[0].eligibility", "cannot be decided"),
        (decimal(the_catalogue, "control_percent", "100.5"), "control_percent", "at most 100"),
        (lambda made: made.MergeFrom(pb.Catalogue(treatments_at_most=-1)), "treatments_at_most", "negative"),
        (campaign(id="spring", subjects=["telemetry"]), "campaigns[1].id", "earlier campaign"),
        (campaign(id="summer", subjects=["tele"]), "campaigns[1].subjects", "no program or product"),
        (campaign(id="summer", subjects=["right-size"]), "campaigns[1].subjects", "in 'spring' already"),
    ],
)
def test_what_is_wrong_is_named_alone(change: Callable[[pb.Catalogue], None], field: str, said: str) -> None:
    made = catalogue()
    change(made)
    [found] = violations(made)
    assert found.field == f"catalogue.{field}".rstrip(".")
    assert said in found.description


def test_a_campaign_of_everything_stands_last() -> None:
    made = catalogue()
    made.campaigns.add(id="everything")
    assert violations(made) == []
    made.campaigns.add(id="late", subjects=["telemetry"])
    [found] = violations(made)
    assert (found.field, "'everything'" in found.description) == ("catalogue.campaigns[2].subjects", True)


def test_all_is_told_at_once() -> None:
    made = catalogue()
    made.programs[0].ClearField("fit")
    made.products[0].ClearField("benefit")
    made.campaigns[0].hold_out_percent.value = "-3"
    assert [each.field for each in violations(made)] == [
        "catalogue.programs[0].fit",
        "catalogue.products[0].benefit",
        "catalogue.campaigns[0].hold_out_percent",
    ]
