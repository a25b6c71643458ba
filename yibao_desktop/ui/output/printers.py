"""The side of printing that talks to the system. It runs in a process of its own (see ``printing``).

A printer that hangs must hang nobody, and inside Qt nothing can be broken off; a process can.
"""

from __future__ import annotations

import json
import os
import sys

from PySide6.QtCore import QSizeF
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from yibao_desktop.paper.blocks import Sheet, from_json
from yibao_desktop.settings import Paper
from yibao_desktop.ui.output import cups
from yibao_desktop.ui.output.document import Document, set_page
from yibao_desktop.ui.output.printing import REFUSED, UNKNOWN

_NOT_PAPER = ("pdf", "xps", "fax", "传真", "onenote")
"""Printers by these names print on no paper, and some of them open a window and wait."""


def list_printers() -> int:
    """Write the printers that print on paper, and which the system uses by itself, to the standard output."""
    names = [name for name in QPrinterInfo.availablePrinterNames() if prints_on_paper(name)]
    default = QPrinterInfo.defaultPrinterName()
    text = json.dumps({"names": names, "default": default if default in names else ""}, ensure_ascii=False)
    os.write(sys.__stdout__.fileno() if sys.__stdout__ else 1, text.encode())
    return 0


def prints_on_paper(name: str) -> bool:
    """Tell whether a printer, by its name, puts anything on paper."""
    return not any(word in name.casefold() for word in _NOT_PAPER)


def print_from_input(name: str, paper: Paper) -> int:
    """Print the sheet that stands in the standard input; returns the process's exit code."""
    with open(0, "rb", closefd=False) as stream:
        sheet = from_json(stream.read())
    if name not in QPrinterInfo.availablePrinterNames():
        return UNKNOWN
    info = QPrinterInfo.printerInfo(name)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    if not printer.isValid():
        return UNKNOWN
    if is_stopped(info):
        return REFUSED
    return 0 if print_on(printer, sheet, paper) else REFUSED


def is_stopped(info: QPrinterInfo) -> bool:
    """Tell whether a queue is switched off: it would keep the sheet and print it when somebody else stands there."""
    # On Windows little toner counts as an error, too, and such a printer still prints.
    return sys.platform != "win32" and info.state() is QPrinter.PrinterState.Error


def print_on(printer: QPrinter, sheet: Sheet, paper: Paper) -> bool:
    """Print a sheet; false where the printer takes nothing."""
    printer.setDocName(sheet.title)
    printer.setFullPage(True)
    document = Document(sheet, paper)
    set_page(printer, document.size)
    real = printer.pageLayout().fullRect(printer.pageLayout().Unit.Millimeter).size()
    if _differs(real, document.size):
        # A printer that cuts no strips to measure prints pages of its own.
        document = Document(sheet, paper, QSizeF(real.width(), real.height()))
    if not document.paint(printer):
        return False
    failed = printer.printerState() in (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)
    return not failed and not (printer.outputFormat() is QPrinter.OutputFormat.NativeFormat and cups.refused())


def _differs(real: QSizeF, wanted: QSizeF) -> bool:
    return abs(real.width() - wanted.width()) > 2 or abs(real.height() - wanted.height()) > 2


