"""The indicators of 成政办字〔2022〕10号: every threshold on, above and below it, and whole counties by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from portals import ROOT, csv_of, licence, write
from tabled import compiled, with_own_topics

from generator.model.indicators import Indicator, Indicators, load_indicators
from generator.statistics.inputs import Known
from generator.statistics.scores import RegionScores
from generator.statistics.scoring import Outcome, outcome, rounded

Make = Callable[..., Path]
_declared = load_indicators(ROOT / "data/rules/indicators.yml", {})
assert _declared is not None
DECLARED: Indicators = _declared
MONTHS = [f"2023-{month:02}" for month in range(1, 13)]


def of(name: str) -> Indicator:
    return next(indicator for indicator in DECLARED.indicators if indicator.id == name)


def scored(name: str, **values: object) -> Outcome:
    """The outcome for given inputs; None: not delivered. A dictionary: by month."""
    indicator = of(name)
    inputs = {}
    for key in indicator.inputs:
        value = values.get(key)
        monthly = {month: Fraction(str(one)) for month, one in value.items()} if isinstance(value, dict) else {}
        single = None if value is None or isinstance(value, dict) else Fraction(str(value))
        inputs[key] = Known(key, "", single, monthly)
    return outcome(indicator.rule, indicator.weight, inputs, MONTHS)


def points(name: str, **values: object) -> str:
    found = scored(name, **values).points
    return "未报送" if found is None else f"{found.normalize():f}"


def test_the_weights_are_those_of_the_annex_and_add_up_to_a_hundred() -> None:
    weights = [str(indicator.weight) for indicator in DECLARED.indicators]
    assert weights == ["20", "10", "4", "2.4", "4.8", "10", "4", "4", "4", "6", "6", "4", "6", "2.8", "2", "10"]
    assert sum(indicator.weight for indicator in DECLARED.indicators) == 100


@pytest.mark.parametrize(
    ("rank", "given"),
    [(1, "20"), (10, "20"), (10.5, "18"), (11, "18"), (20, "18"), (21, "16"), (90, "4"), (91, "2"), (100, "2"),
     (100.1, "0"), (101, "0"), (300, "0")],
)  # fmt: skip
def test_1_rank_full_to_ten_two_points_less_for_each_ten_nothing_below_a_hundred(rank: float, given: str) -> None:
    assert points("rank", rank=rank) == given


@pytest.mark.parametrize(("offices", "given"), [(0, "10"), (1, "9"), (9, "1"), (10, "0"), (11, "0")])
def test_2_one_point_less_for_each_office_until_none_is_left(offices: int, given: str) -> None:
    assert points("offices", offices=offices) == given


@pytest.mark.parametrize(
    ("discredited", "given"),
    [(0, "4"), (299, "4"), (300, "4"), (301, "3.98"), (400, "2"), (499, "0.02"), (500, "0"), (501, "0")],
)
def test_3_full_below_three_in_a_thousand_nothing_above_five(discredited: int, given: str) -> None:
    assert points("discredited", discredited=discredited, subjects=100000) == given


@pytest.mark.parametrize(("missed", "given"), [(0, "2.4"), (1, "2.2"), (11, "0.2"), (12, "0")])
def test_4_a_fifth_of_a_point_for_each_month_without_a_wrong_code(missed: int, given: str) -> None:
    rates = {month: "0.01" if place < missed else 0 for place, month in enumerate(MONTHS)}
    assert points("codes", error_rate=rates) == given


def test_4_a_month_that_was_not_reported_earns_nothing() -> None:
    found = scored("codes", error_rate=dict.fromkeys(MONTHS[:5], 0))
    assert (found.points, found.formula) == (Decimal(1), "12项中5项达标，7项未报送；5×0.2＝1")
    assert points("codes") == "未报送"


@pytest.mark.parametrize(("compliance", "timeliness", "given"), [
    ("100", "100", "4.8"), ("99.99", "100", "4.6"), ("100", "99.99", "4.6"), ("0", "0", "4.4"),
])  # fmt: skip
def test_5_a_fifth_of_a_point_for_each_rate_of_a_hundred(compliance: str, timeliness: str, given: str) -> None:
    full: dict[str, object] = dict.fromkeys(MONTHS, 100)
    values = {"compliance": full | {"2023-05": compliance}, "timeliness": full | {"2023-05": timeliness}}
    assert points("notices", **values) == given


@pytest.mark.parametrize(
    ("shared", "given"),
    [(70000001, "10"), (70000000, "5"), (69999999, "5"), (40000001, "5"), (40000000, "0"), (39999999, "0")],
)
def test_6_ten_points_above_seventy_millions_five_above_forty(shared: int, given: str) -> None:
    assert points("shared", shared=shared, residents=999999) == given


def test_6_of_counties_with_a_million_residents_the_annex_says_nothing() -> None:
    assert points("shared", shared=70000001, residents=1000000) == "未报送"
    assert "评分标准未作规定" in scored("shared", shared=70000001, residents=1000001).formula
    assert points("shared", shared=70000001) == "未报送"


@pytest.mark.parametrize(("each", "given"), [(199999, "0"), (200000, "4"), (200001, "4")])
def test_7_half_a_point_for_each_class_of_two_hundred_thousand(each: int, given: str) -> None:
    assert points("specific", **dict.fromkeys(of("specific").inputs, each)) == given


def test_7_classes_count_one_by_one_and_those_not_delivered_do_not() -> None:
    assert points("specific", insurance=200000, water=199999, gas=900000) == "1"
    assert points("specific") == "未报送"


@pytest.mark.parametrize(("checks", "given"), [(999, "0"), (1000, "0"), (1001, "4")])
def test_8_four_points_above_a_hundred_per_cent(checks: int, given: str) -> None:
    assert points("checks", checks=checks, subjects=1000) == given


@pytest.mark.parametrize(("name", "key"), [("benefits", "benefits"), ("graded", "fields")])
@pytest.mark.parametrize(("fields", "given"), [(0, "0"), (1, "0.2"), (19, "3.8"), (20, "4"), (21, "4")])
def test_9_and_12_a_fifth_less_for_each_field_lacking_to_twenty(name: str, key: str, fields: int, given: str) -> None:
    assert points(name, **{key: fields}) == given


@pytest.mark.parametrize(
    ("registered", "given"),
    [(99, "0"), (100, "0"), (101, "0.03"), (200, "3"), (299, "5.97"), (300, "6"), (301, "6")],
)
def test_10_full_above_three_per_cent_nothing_below_one(registered: int, given: str) -> None:
    assert points("registered", registered=registered, enterprises=10000) == given


@pytest.mark.parametrize(
    ("amount", "given"),
    [("2.99", "0"), ("3", "0"), ("3.07", "0.06"), ("6.5", "3"), ("9.99", "5.99"), ("10", "6"), ("10.01", "6")],
)
def test_11_full_from_a_thousand_millions_nothing_below_three_hundred(amount: str, given: str) -> None:
    assert points("lending", credit=amount, loans="1") == given
    assert points("lending", credit="1", loans=amount) == given
    assert points("lending", loans=amount) == given


@pytest.mark.parametrize(
    ("commitments", "given"),
    [(499, "0"), (500, "0"), (501, "0.02"), (650, "3"), (799, "5.98"), (800, "6"), (801, "6")],
)
def test_13_full_from_eighty_per_cent_nothing_below_fifty(commitments: int, given: str) -> None:
    assert points("commitments", commitments=commitments, enterprises=1000) == given


def test_14_what_was_awarded_in_four_matters_adds_up() -> None:
    assert points("system", system="0.7", organisation="0.7", staff="0.7", funds="0.7") == "2.8"
    assert points("system", system="0.6", organisation="0.25", staff="0", funds="0.7") == "1.55"
    assert points("system", system="0.6") == "0.6"
    assert points("system") == "未报送"


@pytest.mark.parametrize(("practices", "given"), [(0, "0"), (1, "1"), (2, "2"), (3, "2")])
def test_15_a_point_each_two_at_most(practices: int, given: str) -> None:
    assert points("practices", practices=practices) == given


def test_16_four_points_three_times_one_and_three() -> None:
    yes = dict.fromkeys(of("finance").inputs, 1)
    lost = {name: points("finance", **{**yes, name: 0}) for name in yes}
    assert points("finance", **yes) == "10"
    assert lost == {
        "credit_support": "6", "joint_mechanism": "9", "names_cleared": "9", "crimes_fought": "9", "no_risk": "7",
    }  # fmt: skip
    assert points("finance", no_risk=0) == "0"


def test_a_share_of_nothing_is_not_reckoned() -> None:
    found = scored("registered", registered=5, enterprises=0)
    assert (found.points, found.formula) == (None, "enterprises为0，无法计算")


@pytest.mark.parametrize(("exact", "shown"), [("0.005", "0.01"), ("0.0049", "0.00"), ("1.015", "1.02"), ("6", "6.00")])
def test_points_are_rounded_half_up_to_hundredths(exact: str, shown: str) -> None:
    assert f"{rounded(Fraction(exact)):.2f}" == shown
    # 50.025 %: a tie, which binary numbers would lose.
    assert points("commitments", commitments=50025, enterprises=100000) == "0.01"


def test_a_formula_shows_the_reckoning() -> None:
    assert (
        scored("discredited", discredited=43, subjects=10000).formula == "43÷10,000＝0.43%；(0.43−0.5)÷(0.3−0.5)×4＝1.4"
    )
    assert scored("rank", rank=35).formula == "20−3×2＝14"
    assert scored("commitments", commitments=2, enterprises=3).formula == "2÷3≈66.6667%；(66.6667−50)÷(80−50)×6≈3.3333"


# Three invented counties, their totals added up by hand.
SITE = {
    "region": "990000",
    "groups": {"county": "县"},
    "regions": [
        {"code": "990000", "name": "示例市"},
        {"code": "990001", "name": "甲县"},
        {"code": "990002", "name": "乙县"},
        {"code": "990003", "name": "丙县"},
    ],
    "units": [{"id": f"c{n}", "name": f"{name}", "group": "county", "region": f"99000{n}"} for n, name in
              enumerate(("甲县", "乙县", "丙县"), 1)],
}  # fmt: skip
MONITORED = {
    "示例市": {"rank": "35"},
    "甲县": {"defaulting_offices": "0", "discredited": "30", "subjects": "10000", "shared": "80000000",
             "residents": "500000", "checks": "10001", "benefits": "20", "credit_granted": "10", "loans": "1",
             "commitments": "6000", "system": "0.7", "organisation": "0.6", "staff": "0.7", "funds": "0.5",
             "practices": "3", "credit_support": "是", "joint_mechanism": "是", "names_cleared": "是",
             "crimes_fought": "否", "no_risk": "是"},
    "乙县": {"defaulting_offices": "3", "discredited": "43", "subjects": "10000", "shared": "40000001",
             "residents": "999999", "checks": "9000", "benefits": "13", "credit_granted": "4.4", "loans": "5.1",
             "commitments": "10100", "system": "0.3", "organisation": "0.3", "staff": "0.3", "funds": "0.3",
             "practices": "1", "credit_support": "否", "joint_mechanism": "是", "names_cleared": "否",
             "crimes_fought": "是", "no_risk": "是"},
    "丙县": {"defaulting_offices": "12", "discredited": "80", "subjects": "10000", "shared": "39999999",
             "benefits": "0", "commitments": "900", "system": "0.1", "no_risk": "是"},
}  # fmt: skip
CLASSES = ("insurance", "tax", "housing", "water", "power", "gas", "storage", "patents")
SPECIFIC = {
    "甲县": {name: "199999" if name == "water" else "200000" for name in CLASSES},
    "乙县": {**dict.fromkeys(CLASSES, "100"), "insurance": "200000", "tax": "300000"},
    "丙县": {"insurance": "250000"},
}
FIRMS = {"甲县": ("3000", "5000", "160"), "乙县": ("6000", "9000", "375"), "丙县": ("1000", "1000", "10")}
RATES = [
    {"region": county, "month": month, "compliance": "100", "timeliness": "100"}
    | ({"compliance": "99.9", "timeliness": "98"} if (county, month) == ("乙县", "2023-05") else {})
    for county in ("甲县", "乙县", "丙县")
    for month in (MONTHS[:10] if county == "丙县" else MONTHS)
]


def counties(root: Path) -> Path:
    """The three counties in a portal with the topics of the demo city."""
    tables = {
        "indicators/2023-12-31": [{"region": name, **values} for name, values in MONITORED.items()],
        "specific/2023-12-31": [{"region": name, **values} for name, values in SPECIFIC.items()],
        "enterprises/2022-12-31": [
            {"region": name, "firms": firms, "businesses": shops} for name, (firms, shops, _) in FIRMS.items()
        ],
        "financing/2023-12-31": [{"region": name, "registered": joined} for name, (_, _, joined) in FIRMS.items()],
        "graded/2023-12-31": [
            {"region": name, "fields": fields} for name, fields in {"甲县": "18", "乙县": "20", "丙县": "5"}.items()
        ],
        "timeliness/2023": RATES,
        "code-quality/2023": [
            {"month": month, "error_rate": "0.02" if month in ("2023-03", "2023-09") else "0"} for month in MONTHS
        ],
    }
    with_own_topics(root)
    for name, rows in tables.items():
        write(root / f"data/statistics/{name}.csv", csv_of(rows))
    return root


def by_name(scored: list[RegionScores], name: str) -> RegionScores:
    return next(region for region in scored if region.name == name)


@pytest.mark.parametrize(
    ("county", "each", "total", "unscored"),
    [
        ("甲县", "14 10 4 2 4.8 10 3.5 4 4 3 6 3.6 5 2.5 2 9", "87.40", "0"),
        ("乙县", "14 7 1.4 2 4.4 5 1 0 2.6 4.5 1.8 4 3.47 1.2 1 5", "58.37", "0"),
        ("丙县", "14 0 0 2 4 - 0.5 - 0 0 - 1 0 0.1 - 3", "24.60", "22"),
    ],
)
def test_the_totals_of_three_counties_are_those_reckoned_by_hand(
    root: Make, county: str, each: str, total: str, unscored: str
) -> None:
    statistics, scored = compiled(counties(root(**SITE)))
    assert statistics.issues == []
    region = by_name(scored, county)
    given = ["-" if score.points is None else f"{score.points.normalize():f}" for score in region.scores]
    assert (given, f"{region.total:.2f}", str(region.unscored)) == (each.split(), total, unscored)
    assert [region.name for region in scored] == ["甲县", "乙县", "丙县"]


def test_what_was_not_delivered_is_said_and_marks_a_score_as_partial(root: Make) -> None:
    _, scored = compiled(counties(root(**SITE)))
    partial = {region.name: [score.indicator.id for score in region.scores if score.partial] for region in scored}
    assert partial == {"甲县": [], "乙县": [], "丙县": ["notices", "specific", "system", "finance"]}


def test_months_with_records_are_reckoned_from_the_records_and_the_others_from_what_was_delivered(root: Make) -> None:
    own = {"XK_LYDW": "甲县", "XK_LYDWDM": "11410423DEMX010175", "XK_JDRQ": "2023/12/01"}
    rows = [licence(1, **own, BSRQ="2023/12/05"), licence(2, **own, BSRQ="2023/12/29")]
    portal = counties(root({"data/records/licence/2023-12/c1.csv": rows}, **SITE))
    score = next(score for score in by_name(compiled(portal)[1], "甲县").scores if score.indicator.id == "notices")
    compliance, timeliness = score.inputs
    # Of two records one is late; in the other months all rates were delivered as 100: 23 of 24 are met.
    assert (compliance.months["2023-12"], timeliness.months["2023-12"]) == (100, 50)
    assert timeliness.months["2023-11"] == 100
    assert "本站行政许可、行政处罚记录" in timeliness.where
    assert any("合规率和及时率" in where for where in timeliness.where)
    assert f"{score.points}" == "4.6"


def test_without_any_input_nothing_is_scored(root: Make) -> None:
    assert compiled(with_own_topics(root(**SITE)))[1] == []


def test_a_figure_from_after_the_period_does_not_count(root: Make) -> None:
    portal = with_own_topics(root(**SITE), "graded")
    write(portal / "data/statistics/graded/2024-01-31.csv", "region,fields\n甲县,20\n")
    assert compiled(portal)[1] == []
    write(portal / "data/statistics/graded/2023-12-31.csv", "region,fields\n甲县,19\n")
    assert by_name(compiled(portal)[1], "甲县").total == Decimal("3.8")
