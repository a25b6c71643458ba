"""Case files: what cannot be a bill is refused before anything is calculated."""

from decimal import Decimal
from pathlib import Path

import pytest

from yibao_desktop.errors import Finding, PackError
from yibao_desktop.pack.cases import Bill, bill_faults, read_estimate_case, read_sharing_case

CASE = """\
region: "210200"
on: 2024-05-01
scheme: employee
visit: {kind: inpatient, admission: 1}
bill: {total: 100, self_funded: 10, over_limit: 20, first_pay: 30}
year_to_date: {deductible: 5, eligible: 50, paid: {hifp_pay: 40}}
accounts: {own: 1, own_current_year: 2, shared: 3}
"""
OWN_RULES = """\
on: 2024-05-01
scheme: employee
visit: {kind: outpatient}
bill: {total: 100}
rules:
  parameters:
  - id: threshold
    label: 起付线
    unit: yuan
    dated:
    - {from: 2023-01-01, rows: [{value: 50}], sources: [doc], checked: 2026-01-01}
  - id: ratio
    label: 比例
    unit: share
    dated:
    - {from: 2023-01-01, rows: [{value: 0.8}], sources: [doc], checked: 2026-01-01}
  - id: extra
    label: 补充比例
    unit: share
    dated:
    - {from: 2023-01-01, rows: [{value: 0.2}], sources: [doc], checked: 2026-01-01}
  rules:
  - id: rule
    title: 规则
    scheme: employee
    visits: [outpatient]
    from: 2023-01-01
    stages:
    - {kind: deductible, label: 起付线, amount: threshold, per: visit}
    - kind: bands
      origin: threshold
      counted: bill
      bands:
      - {fund: hifp_pay, share: ratio, label: 统筹, supplement: {fund: oth_pay, share: extra, label: 补充}}
    sources: [doc]
    checked: 2026-01-01
"""
DEDUCTED = "    - {kind: deductible, label: 起付线, amount: threshold, per: visit}\n"
BANDS = OWN_RULES[OWN_RULES.index("    - kind: bands"):OWN_RULES.index("    sources: [doc]")]


def findings(tmp_path: Path, text: str) -> list[Finding]:
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_estimate_case(path, "case.yaml")
    return list(caught.value.findings)


@pytest.mark.parametrize("text", [CASE, OWN_RULES], ids=["place", "own-rules"])
def test_a_right_case_is_read(tmp_path, text):
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_estimate_case(path).bill.total == 100


def test_what_is_not_told_is_kept_apart_from_nothing(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(OWN_RULES, encoding="utf-8")
    case = read_estimate_case(path)
    assert (case.year_to_date, case.accounts, case.person.age) == (None, None, None)


def test_a_case_written_as_json_is_read(tmp_path):
    path = tmp_path / "case.json"
    path.write_text('{"region": "210200", "on": "2024-05-01", "scheme": "employee",\n'
                    ' "visit": {"kind": "outpatient"}, "bill": {"total": "300.50"}}', encoding="utf-8")
    assert read_estimate_case(path).bill.total == Decimal("300.50")


@pytest.mark.parametrize(
    ("right", "wrong", "code", "says"),
    [
        ("total: 100", "total: -100", "case-amount", "负数"),
        ("self_funded: 10", "self_funded: -10", "case-amount", "负数"),
        ("own: 1,", "own: -1,", "case-amount", "负数"),
        ("hifp_pay: 40", "hifp_pay: -40", "case-amount", "负数"),
        ("deductible: 5", "deductible: -5", "case-amount", "负数"),
        ("first_pay: 30", "first_pay: 80", "case-amount", "比总费用还多"),
        ("total: 100", "total: 1000000000", "case-amount", "太大"),
        ("total: 100", "total: 100000000", "case-amount", "太大"),
        ("shared: 3", "shared: 1000000000", "case-amount", "太大"),
        ("eligible: 50", "eligible: " + "9" * 28, "case-amount", "太大"),
        ("eligible: 50", "own_part: {hifmi_pay: -1}", "case-amount", "负数"),
        ("eligible: 50", "limits: {cap: -1}", "case-amount", "负数"),
        ("eligible: 50", "deductibles: -1", "case-amount", "负数"),
        ("eligible: 50", "limits: {cap: 0.001}", "case-amount", "到分"),
        ("shared: 3", "shared: [3, -3]", "case-amount", "负数"),
        ("over_limit: 20", "essential_drugs: 61", "case-amount", "基本药物"),
        ("visit:", "told: {ratio: -0.1}\nvisit:", "case-amount", "负数"),
        ("visit:", "told: {ratio: 1" + "0" * 12 + "}\nvisit:", "case-amount", "太大"),
        ("total: 100", "total: 100.005", "case-amount", "到分"),
        ("self_funded: 10", "self_funded: 10.005", "case-amount", "到分"),
        ("own: 1,", "own: 1.001,", "case-amount", "到分"),
        ("admission: 1", "admission: 0", "case-admission", "从 1 开始"),
        ('region: "210200"\n', "", "case-place", "region"),
    ],
)
def test_an_impossible_case_is_refused_on_its_line(tmp_path, right, wrong, code, says):
    assert CASE.count(right) == 1
    text = CASE.replace(right, wrong)
    (finding,) = findings(tmp_path, text)
    assert (finding.file, finding.code) == ("case.yaml", code)
    assert says in finding.message
    if wrong:
        assert wrong.split(":")[0] in text.splitlines()[finding.line - 1]


def test_an_enormous_negative_amount_is_refused_and_not_a_crash(tmp_path):
    told = findings(tmp_path, CASE.replace("total: 100", "total: -" + "9" * 27))
    assert {finding.code for finding in told} == {"case-amount"}


def test_the_largest_amount_and_a_fen_are_taken(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace("total: 100", "total: 99999999.99").replace("own: 1,", "own: 0.01,"), encoding="utf-8")
    assert read_estimate_case(path).bill.total == Decimal("99999999.99")


def test_a_place_and_own_rules_together_are_refused(tmp_path):
    (finding,) = findings(tmp_path, OWN_RULES + 'region: "210200"\n')
    assert finding.code == "case-place"


@pytest.mark.parametrize(
    ("right", "wrong", "code", "says", "line"),
    [
        ("amount: threshold", "amount: threshhold", "parameter-unknown", "threshhold", "kind: deductible"),
        ("unit: yuan", "unit: share", "parameter-unit", "yuan", "kind: deductible"),
        ("value: 50", "value: -50", "value-range", "起付线", "value: -50"),
        ("value: 50", "value: 1000000000", "value-range", "99999999.99", "value: 1000000000"),
        ("{value: 50}", "{}", "row-value", "unlimited", "rows: [{}]"),
        ("{value: 50}", "{unlimited: true}", "parameter-open", "threshold", "kind: deductible"),
        ("{value: 50}", "{value: 50, tier: gold}", "name-unknown", "gold", "kind: deductible"),
        ("amount: threshold", "amount: threshold, share: ratio", "deductible-share", "most", "kind: deductible"),
        ("    stages:", "    year_starts: 13-01\n    stages:", "year-start", "13-01", "year_starts"),
        # pays below the deductible
        (DEDUCTED + BANDS, BANDS + DEDUCTED, "deductible-late", "起付线以下也付了", "kind: deductible"),
        # sums above the total
        ("value: 0.2", "value: 0.3", "shares-over-one", "付的比费用还多", "supplement"),
        # divides by the ratio: 1 ÷ 0.8
        ("value: 0.8", "value: 1.25", "value-range", "除以比例", "value: 1.25"),
        # takes the deductible, or the whole working, twice
        (DEDUCTED, DEDUCTED + DEDUCTED, "stage-twice", "只能有一个", "kind: deductible"),
    ],
)
def test_own_rules_an_estimate_would_stumble_over_are_refused(tmp_path, right, wrong, code, says, line):
    assert OWN_RULES.count(right) == 1
    text = OWN_RULES.replace(right, wrong)
    told = [finding for finding in findings(tmp_path, text) if finding.code == code]
    assert any(says in finding.message for finding in told)
    assert all(line in text.splitlines()[finding.line - 1] for finding in told)


@pytest.mark.parametrize(
    ("admitted", "says"),
    [("2024-05-02", "填反"), ("2023-04-30", "超过一年"), ("2023-05-01", ""), ("2024-05-01", "")],
)
def test_the_day_of_admission_lies_in_the_year_before_the_bill(tmp_path, admitted, says):
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace("admission: 1", f"admitted: {admitted}"), encoding="utf-8")
    if not says:
        assert read_estimate_case(path).visit.admitted is not None
        return
    (finding,) = findings(tmp_path, CASE.replace("admission: 1", f"admitted: {admitted}"))
    assert (finding.code, finding.line) == ("case-admitted", 4)
    assert says in finding.message


def test_all_faults_of_a_case_are_told_at_once(tmp_path):
    text = CASE.replace("total: 100", "total: -1").replace("own: 1,", "own: -1,")
    text = text.replace("admission: 1", "admission: 0")
    assert [(finding.line, finding.code) for finding in findings(tmp_path, text)] == [
        (5, "case-amount"), (7, "case-amount"), (4, "case-admission"),
    ]


@pytest.mark.parametrize(
    ("parts", "faulty"),
    [
        (("100", "50", "30", "20"), False),
        (("100", "50", "30", "20.01"), True),
        (("0", "0", "0", "0"), False),
        (("100", "0", "0", "-0.01"), True),
    ],
)
def test_parts_may_fill_the_total_but_not_exceed_it(parts, faulty):
    total, self_funded, over_limit, first_pay = map(Decimal, parts)
    bill = Bill(total=total, self_funded=self_funded, over_limit=over_limit, first_pay=first_pay)
    assert bool(bill_faults(bill)) is faulty


def test_a_sharing_case_starts_from_the_usual_circumstances(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text('region: "210200"\nmember: {relation: parent}\n', encoding="utf-8")
    case = read_sharing_case(path)
    assert (case.payer.scheme, case.payer.account, case.purpose) == ("employee", "yes", "visit")


def test_a_relation_that_is_not_in_the_list_is_refused(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text('region: "210200"\nmember: {relation: uncle}\n', encoding="utf-8")
    with pytest.raises(PackError, match="uncle"):
        read_sharing_case(path)
