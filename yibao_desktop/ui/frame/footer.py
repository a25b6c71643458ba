"""The bar below the pages: sources, help, staff, the end of a session, and what the figures are worth."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from yibao_desktop.pack.store import Pack
from yibao_desktop.settings import Profile
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.text import Line


class Footer(QFrame):
    """Has the buttons that its kind of installation needs; what they do is up to the window."""

    def __init__(self, theme: Theme, profile: Profile) -> None:
        super().__init__()
        self._theme, self._profile = theme, profile
        self._version = ""
        self._room = 0
        """Pixels from one edge of the window to the other."""
        self.setProperty("role", "footer")
        row = QHBoxLayout(self)
        row.setContentsMargins(31, 4, 40, 4)
        row.setSpacing(16)
        self.sources_button = Button(theme, "", "quiet")
        self.sources_button.setObjectName("sources")
        row.addWidget(self.sources_button)
        self.help_button = Button(theme, "", "quiet")
        self.help_button.setObjectName("help")
        row.addWidget(self.help_button)
        self.staff_button = self.end_button = None
        if profile.staff_help is not None:
            self.staff_button = Button(theme, "", "outline", "users")
            self.staff_button.setObjectName("staff-help")
            row.addWidget(self.staff_button)
        if profile.ends_session:
            self.end_button = Button(theme, "", "outline", "log-out")
            self.end_button.setObjectName("end-session")
            row.addWidget(self.end_button)
        self._note = Line("", "small")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # It must not force the window wide before it can be hidden.
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._note, 1)
        row.addStretch(0)
        theme.changed.connect(self._fit)

    def tell_pack(self, pack: Pack) -> None:
        """Say of when the content is, and everything else in its language."""
        self._version = pack.info.version
        self.sources_button.setAccessibleDescription(self.tr("{} 发布").format(pack.info.issued))
        self.help_button.setText(pack.words("help.title"))
        if self.staff_button is not None:
            self.staff_button.setText(self.tr("找工作人员"))
        if self.end_button is not None:
            in_turn = self._profile.serves_in_turn
            self.end_button.setText(self.tr("下一位") if in_turn else self.tr("结束并清除"))
            self.end_button.setAccessibleDescription(self.tr("清除这一位填的，回首页。键盘按 F9") if in_turn else "")
        self._fit()
        self._note.setText(self.tr("估算仅供参考，以当地医保经办机构为准。医保服务热线 12393"))

    def fit(self, width: int) -> None:
        """Drop the version and the note where they would squeeze the buttons in ``width`` pixels."""
        self._room = width
        self._fit()

    def _fit(self) -> None:
        characters = 54 + 10 * (self.end_button is not None) + 10 * (self.staff_button is not None)
        self.sources_button.setText(self.tr("看来源"))
        needed = self.layout().minimumSize().width()
        self.setMinimumWidth(needed)
        whole = self.tr("内容包 {} · 看来源").format(self._version)
        more = self.sources_button.fontMetrics().horizontalAdvance(whole[:-len(self.sources_button.text())])
        if needed + more <= self._room:
            self.sources_button.setText(whole)
        self._note.setVisible(self._room >= self._theme.px("small") * characters + 140)
