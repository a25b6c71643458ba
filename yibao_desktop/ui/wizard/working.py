"""The working on the screen: words, formula and amount on each line; what each figure rests on unfolds under it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.estimate.result import Step
from yibao_desktop.paper.estimate_sheet import Basis, basis_of, step_amount
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.citations import Citations
from yibao_desktop.ui.widgets.fold import Fold, FoldHead, Unfolded, figure_row, under_words
from yibao_desktop.ui.widgets.text import Card, Text, column_widget, rule


class Working(QWidget):
    """The lines of one way through the rule under a heading, with a button that unfolds every line."""

    def __init__(
        self, theme: Theme, title: str, steps: tuple[Step, ...], citations: Citations, spoken_by: str | None,
        unfolded: Unfolded, key: str = "step",
    ) -> None:
        super().__init__()
        self._theme = theme
        self.folds: list[Fold] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("gap"))
        head = QHBoxLayout()
        head.addWidget(Text(title, "heading"), 1)
        self._all = Button(theme, "", "quiet")
        self._all.setObjectName(f"unfold-{key}")
        self._all.clicked.connect(self._unfold_all)
        head.addWidget(self._all)
        column.addLayout(head)
        card = Card(theme)
        card.column.setContentsMargins(1, 8, 1, 8)
        card.column.setSpacing(0)
        for index, step in enumerate(steps):
            if index:
                card.column.addWidget(rule())
            card.column.addWidget(self._line(step, f"{key}-{index}", citations, spoken_by, unfolded))
        column.addWidget(card)
        self._all.setVisible(bool(self.folds))
        self._name_button()

    def _line(
        self, step: Step, key: str, citations: Citations, spoken_by: str | None, unfolded: Unfolded
    ) -> QWidget:
        theme = self._theme
        amount = step_amount(step)
        if step.figure is None and not step.sources:
            row = QWidget()
            figure_row(theme, row, step.label, step.formula, amount)
            return row
        basis = basis_of(step, citations, spoken_by)
        head = FoldHead(theme, step.label, step.formula, amount, tag="" if step.sources else tr("您填的"))
        fold = Fold(key, head, lambda: _basis_text(basis), unfolded, under_words(theme))
        fold.toggled.connect(self._name_button)
        self.folds.append(fold)
        return fold

    def _unfold_all(self) -> None:
        wanted = not all(fold.is_unfolded for fold in self.folds)
        for fold in self.folds:
            fold.set_unfolded(wanted)

    def _name_button(self) -> None:
        every = all(fold.is_unfolded for fold in self.folds)
        self._all.setText(self.tr("全部收起") if every else self.tr("全部展开"))
        self._all.setAccessibleName(self.tr("每一行的依据全部收起") if every else self.tr("每一行的依据全部展开"))


def _basis_text(basis: Basis) -> QWidget:
    widget, column = column_widget(role="", spacing=4)
    if basis.line:
        if basis.figure:
            column.addWidget(Text(tr("用的是“{}”").format(basis.figure)))
        column.addWidget(Text(basis.line, "source"))
        for source in basis.sources:
            column.addWidget(Text(source, "small-ink"))
    if basis.note:
        column.addWidget(Text(basis.note, "small-ink" if basis.line else "body"))
    return widget
