"""An author copies the examples of content/README.md: every one must be readable as it stands."""

from __future__ import annotations

import re
import textwrap

import pytest

from yibao_desktop.estimate.engine import estimate
from yibao_desktop.pack import strict_yaml
from yibao_desktop.pack.benefits import BenefitsFile
from yibao_desktop.pack.cases import EstimateCase, SharingCase
from yibao_desktop.pack.reading import convert_document
from yibao_desktop.pack.schema import (
    ChannelsFile,
    Guide,
    LocalGuidesFile,
    PayableFile,
    PlaceFile,
    SharingFile,
    SourcesFile,
)
from yibao_desktop.pack.search_words import SearchCase, SearchFile
from yibao_desktop.pack.store import Pack
from yibao_desktop.pack.translations import TranslationFile
from yibao_desktop.paths import CONTENT
from yibao_desktop.sharing.decision import decide

README = (CONTENT / "README.md").read_text(encoding="utf-8")
BLOCKS = [textwrap.dedent(block) for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)]
KINDS = {
    "sources": SourcesFile, "channels": ChannelsFile, "claims": SharingFile, "parameters": BenefitsFile,
    "notes": LocalGuidesFile, "paragraphs": Guide, "answers": PayableFile,
    "rules": BenefitsFile, "bill": EstimateCase, "member": SharingCase, "code": PlaceFile,
    "sayings": SearchFile, "questions": SearchCase, "texts": TranslationFile,
}


def whole_file(block: str) -> str:
    """Three examples show a piece: a parameter, one dated entry of it, or what a case may add."""
    if block.startswith("- id:"):
        return f"parameters:\n{block}"
    if block.lstrip().startswith("- from:"):
        return f"parameters:\n- id: x\n  label: x\n  unit: yuan\n  dated:\n{textwrap.indent(block, '  ')}"
    if block.startswith("slip:"):
        case = next(block for block in BLOCKS if "\nbill:" in block)
        return f"{case}\n{block}"
    return block


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0][:30])
def test_an_example_reads_as_it_stands(block):
    document = strict_yaml.parse(whole_file(block), "README.md")
    kind = next(record for key, record in KINDS.items() if key in document.data)
    assert convert_document(document, kind)


def test_there_is_an_example_for_every_task():
    assert len(BLOCKS) >= 9


def test_the_example_case_comes_out_as_written():
    block = next(block for block in BLOCKS if "bill:" in block)
    case = convert_document(strict_yaml.parse(block, "README.md"), EstimateCase)
    result = estimate(case, Pack(CONTENT))
    assert result.amounts["hifp_pay"] == case.expect.hifp_pay
    assert result.amounts["psn_cash_pay"] == case.expect.psn_cash_pay


def test_the_example_slip_is_explained():
    block = next(block for block in BLOCKS if block.startswith("slip:"))
    case = convert_document(strict_yaml.parse(whole_file(block), "README.md"), EstimateCase)
    assert case.slip.form in {form.id for form in Pack(CONTENT).slip_forms}


def test_the_example_sharing_case_comes_out_as_written():
    block = next(block for block in BLOCKS if "member:" in block)
    case = convert_document(strict_yaml.parse(block, "README.md"), SharingCase)
    result = decide(case, Pack(CONTENT))
    assert result.verdict == case.expect.verdict
    assert set(case.expect.reasons) <= {said.claim.id for said in result.reasons}
