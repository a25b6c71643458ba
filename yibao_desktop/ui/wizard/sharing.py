"""家庭共济怎么办: questions, then the answer with its local steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.flow.session import FlowSession
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.sharing.asking import case_of
from yibao_desktop.sharing.decision import decide
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.wizard import sharing_result
from yibao_desktop.ui.wizard.frame import WizardFrame


class SharingWizard(QWidget):
    """Can this relative use that account, and how.

    Signals:
        left: the person wants back to the first page.
    """

    left = Signal()

    def __init__(self, theme: Theme, pack: Pack, place: Place) -> None:
        super().__init__()
        self._theme, self._pack, self._place = theme, pack, place
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.frame = WizardFrame(
            theme, FlowSession(pack.flow("sharing")), self._fill, result_step="办理清单", on_result="完成",
            reminder="看病时刷患者本人的医保码，钱从您的账户扣。医保卡和码不能借给别人用。",
        )
        self.frame.left.connect(self.left)
        self.frame.went_on.connect(self.left)
        outer.addWidget(self.frame)

    def start_again(self) -> None:
        """Forget every answer."""
        self.frame.start_again()

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        page = self.frame.page
        return page.first_control() if page else self.frame.next_button

    def _fill(self, scroll: ScrollColumn) -> None:
        case = case_of(self._place.region.code, self.frame.session.answers)
        sharing_result.fill(scroll, self._theme, self._pack, decide(case, self._pack))
