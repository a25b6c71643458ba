"""Pages as files: opened again, every word is there, nothing is cut off, codes read letter for letter."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec
import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import QSizeF
from PySide6.QtPrintSupport import QPrinter

from yibao_desktop.channels.find import look_up
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.explain import explain
from yibao_desktop.estimate.slip import Slip
from yibao_desktop.estimate.slip.summing_up import Estimated, check
from yibao_desktop.estimate.year import follow
from yibao_desktop.pack.cases import read_estimate_case
from yibao_desktop.paper.blocks import Address, Footer, Paragraph, Sheet, Table, texts_of
from yibao_desktop.paper.brief import brief
from yibao_desktop.paper.channels_sheet import channels_sheet
from yibao_desktop.paper.estimate_sheet import estimate_sheet
from yibao_desktop.paper.guide_sheet import guide_sheet
from yibao_desktop.paper.payable_sheet import payable_sheet
from yibao_desktop.paper.question_sheet import question_sheet
from yibao_desktop.paths import CONTENT
from yibao_desktop.ui.output.document import FORMS, Document, write_pdf
from yibao_desktop.ui.output.pieces import LINE_SPACING, MM
from yibao_desktop.ui.output.printers import print_on, prints_on_paper

DAY = date(2026, 3, 9)
POINT = 25.4 / 72
SHORTEST = Sheet("短", (Paragraph("一句话。"),), Footer("北京市", "内容包", "仅供参考"))


def longest(pack) -> Sheet:
    """A year of stays in 北京, the first with two readings of the rule."""
    case = read_estimate_case(CONTENT / "cases" / "estimate" / "bj-ip-over-100000.yaml")
    cases = [msgspec.structs.replace(case, on=date(2026, month, 2)) for month in (3, 4, 5)]
    bills = follow(cases, pack)
    return estimate_sheet(pack, pack.place("110000"), bills, bills[0], DAY)


@pytest.fixture(scope="session")
def sheets(pack) -> dict[str, Sheet]:
    place = pack.place("110000")
    return {
        "longest": longest(pack), "gist": brief(longest(pack), pack.words), "shortest": SHORTEST,
        "guide": guide_sheet(pack.guides["lost-card"], pack, place, DAY),
        "channels": channels_sheet(look_up(place, pack.needs[3]), pack, place, DAY),
        "payable": payable_sheet(pack, place, DAY), "questions": questions(pack),
    }


def questions(pack) -> Sheet:
    """The question sheet where every line differs."""
    form = next(form for form in pack.slip_forms if form.id == "beijing")
    case = read_estimate_case(CONTENT / "cases" / "estimate" / "bj-ip-over-100000.yaml")
    slip = Slip(form.family, {field.line: Decimal(9) for field in form.fields})
    return question_sheet(check(form, slip, Estimated(case, estimate(case, pack))), pack, pack.place("110000"), DAY)


SETTLED = {"medfee_sumamt": "35000", "hifp_pay": "30215", "other_funds": "0", "account": "0", "psn_cash_pay": "4785",
           "act_pay_dedc": "1300"}
NAMES = ("longest", "gist", "shortest", "guide", "channels", "payable", "questions")


@pytest.fixture
def open_pdf(sheets, theme, tmp_path) -> Iterator:
    opened = []

    def write_and_open(name: str, paper: str):
        sheet = sheets[name]
        path = tmp_path / "结果.pdf"
        assert write_pdf(sheet, paper, path)
        opened.append(pypdfium2.PdfDocument(path))
        return sheet, opened[-1]

    yield write_and_open
    for file in opened:
        file.close()


def words(text: str) -> str:
    """Without what a line end or a page may change."""
    return "".join(text.split()).replace("\ufffe", "").replace("\x02", "")


@pytest.mark.parametrize(("name", "paper"), list(itertools.product(NAMES, FORMS)))
def test_every_word_is_on_paper_and_inside_its_edges(open_pdf, name, paper):
    sheet, file = open_pdf(name, paper)
    form = FORMS[paper]
    read = ""
    for page in file:
        width, height = page.get_size()
        assert width * POINT == pytest.approx(form.width, abs=0.5)
        assert form.height is None or height * POINT == pytest.approx(form.height, abs=0.5)
        text = page.get_textpage()
        # A4 may come nearer to the edges where that saves a page.
        margin = min(form.margin, 15) / POINT - 3
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if right > left:
                assert left >= margin, name
                assert right <= width - margin, name
                assert bottom >= margin, name
                assert top <= height - margin, name
        read += text.get_text_range()
    found = words(read)
    # Where a page ends its foot may stand between two halves of a sentence; single lines are whole.
    foot = words("".join(sheet.footer.lines))
    assert foot in found or all(words(line) in found for line in sheet.footer.lines)
    # On a strip each row of a table stands under its name, so that the head of the names is not needed.
    heads = {block.heads[0] for block in sheet.blocks if isinstance(block, Table)} if paper == "receipt" else set()
    if len(file) == 1:
        missing = [text for text in texts_of(sheet) if words(text) not in found and text not in heads]
        # What stands side by side, a reader may read across.
        assert len(missing) <= len(texts_of(sheet)) // 20, missing
    assert set(words("".join(texts_of(sheet)))) <= set(found) | set("".join(heads))


@pytest.mark.parametrize(("name", "pages"), [("longest", 5), ("gist", 2), ("shortest", 1), ("guide", 2),
                                             ("channels", 2), ("payable", 4), ("questions", 2)])
def test_a4_takes_few_pages_each_with_its_number_and_foot(open_pdf, name, pages):
    sheet, file = open_pdf(name, "a4")
    assert len(file) == pages
    for number, page in enumerate(file, 1):
        text = words(page.get_textpage().get_text_range())
        assert all(words(line) in text for line in sheet.footer.lines)
        assert (f"第{number}页，共{pages}页" in text) == (pages > 1)


def test_the_questions_about_a_usual_slip_stand_on_one_page(pack, theme):
    form = next(form for form in pack.slip_forms if form.id == "beijing")
    case = read_estimate_case(CONTENT / "cases" / "estimate" / "bj-ip-second-stay-secondary.yaml")
    slip = Slip(form.family, {line: Decimal(amount) for line, amount in SETTLED.items()})
    estimated = Estimated(case, estimate(case, pack))
    sheet = question_sheet(check(form, slip, estimated), pack, pack.place("110000"), DAY,
                           explain(case, slip, pack))
    assert any(isinstance(block, Table) and len(block.rows) > 2 for block in sheet.blocks)
    document = Document(sheet, "a4")
    assert len(document.pages) == 1
    assert document._setter._body.points >= 12.5
    assert document._setter._small.points >= 10.5


def test_a_receipt_is_one_strip_as_long_as_what_it_says(open_pdf):
    heights = {}
    for name in NAMES:
        _, file = open_pdf(name, "receipt")
        assert len(file) == 1
        heights[name] = file[0].get_size()[1] * POINT
    assert heights["shortest"] < 80
    assert heights["gist"] < 500
    assert heights["longest"] < 2000


def test_a4_is_large_print():
    assert FORMS["a4"].body >= 14
    assert FORMS["a4"].small >= 11
    assert LINE_SPACING >= 1.3


@pytest.mark.parametrize(("name", "paper"), list(itertools.product(NAMES, FORMS)))
def test_pieces_stand_apart_and_on_their_page(sheets, theme, name, paper):
    document = Document(sheets[name], paper)
    room = document.size.height() * MM - FORMS[paper].margin * MM
    for page in document.pages:
        below = 0.0
        for piece, y in page:
            assert y >= below - 0.01
            below = y + piece.height
        assert FORMS[paper].margin * MM + below <= room + 1
        assert not page[-1][0].with_next or page is document.pages[-1], "a heading stands alone at the foot"


@pytest.mark.parametrize(("paper", "dots"), [("a4", 300), ("receipt", 203)])
def test_addresses_are_read_off_the_paper(open_pdf, paper, dots):
    sheet, file = open_pdf("channels", paper)
    read = set()
    for page in file:
        picture = page.render(scale=dots / 72, grayscale=True)
        height, width, stride = picture.height, picture.width, picture.stride
        rows = bytes(picture.buffer)
        flat = b"".join(rows[line * stride:line * stride + width] for line in range(height))
        read |= {one.text for one in zxingcpp.read_barcodes(memoryview(flat).cast("B", (height, width)))}
    urls = {block.url for block in sheet.blocks if isinstance(block, Address)}
    assert urls
    assert read == urls


def test_a_printer_with_pages_of_its_own_gets_pages(sheets, theme, tmp_path):
    document = Document(sheets["longest"], "receipt", QSizeF(80, 297))
    assert len(document.pages) > 3
    path = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    assert print_on(printer, sheets["longest"], "a4")
    file = pypdfium2.PdfDocument(path)
    assert len(file) == len(Document(sheets["longest"], "a4").pages)
    assert [round(side * POINT) for side in file[0].get_size()] == [210, 297]
    assert "医保报销估算" in words(file[0].get_textpage().get_text_range())
    file.close()


def test_a_folder_that_cannot_be_written_to_is_no_file(pack, theme, tmp_path):
    assert not write_pdf(SHORTEST, "a4", tmp_path / "nowhere" / "a.pdf")


@pytest.mark.parametrize("name", ["Microsoft Print to PDF", "Microsoft XPS Document Writer", "Fax", "OneNote for W10",
                                  "导出为WPS PDF"])
def test_printers_without_paper_are_no_printers(name):
    assert not prints_on_paper(name)
    assert prints_on_paper("HP LaserJet 1020")
