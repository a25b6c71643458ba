"""The middle of a page: the only part that scrolls, with wheel, keys and finger."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.pack.store import Pack
from yibao_desktop.pack.terms import terms_in
from yibao_desktop.ui.language import is_chinese, language, tr
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.buttons import let_go_of_buttons
from yibao_desktop.ui.widgets.terms import Terms
from yibao_desktop.ui.widgets.text import Banner

MOST_CHARACTERS = 44
"""Width of the reading column in characters of body text, margins of cards included."""


@cache
def _flick() -> tuple[Qt.GestureType, QObject]:
    """Return the gesture that scrolls, and the object for which Qt made it.

    Qt makes another for each grabGesture of QScroller, and Qt for Python a class for each that is never let go of.
    """
    kept = QObject()
    return QScroller.grabGesture(kept, QScroller.ScrollerGestureType.TouchGesture), kept


class ScrollColumn(QScrollArea):
    """A scrolling column of widgets, kept at a readable width and left-aligned."""

    def __init__(self, theme: Theme, wide: bool = False, name: str = "") -> None:
        super().__init__()
        # Before anything that asks the style: a style sheet looks at the name only once.
        self.setObjectName(name)
        self._theme, self._wide = theme, wide
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        viewport = self._make_viewport()
        viewport.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        QScroller.scroller(viewport).stateChanged.connect(self._let_go_of_buttons)
        viewport.grabGesture(_flick()[0])
        outer = QWidget()
        row = QHBoxLayout(outer)
        page = theme.space("page")
        row.setContentsMargins(page, page - 16, page, page - 16)
        self._inner = QWidget()
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.space("gap"))
        self._note: Banner | None = None
        if language() == "zh" or name:
            row.addWidget(self._inner, 1)
        else:
            row.addLayout(self._with_note(), 1)
        row.addStretch(0)
        self.setWidget(outer)
        self._limit_width()
        theme.follow(self._limit_width)

    def _make_viewport(self) -> QWidget:
        """Put another in the place of Qt's viewport; asked for that one, Qt for Python makes every class of widgets."""
        viewport = QWidget()
        viewport.setObjectName("qt_scrollarea_viewport")
        viewport.setBackgroundRole(QPalette.ColorRole.NoRole)
        viewport.setAutoFillBackground(True)
        self.setViewport(viewport)
        return viewport

    def _with_note(self) -> QVBoxLayout:
        """Put over the column what is said once where not everything in it could be translated."""
        self._note = Banner(self._theme, "info", tr("这一页有的内容还只有中文。"))
        self._note.setObjectName("only-chinese")
        self._note.hide()
        column = QVBoxLayout()
        column.setSpacing(self._theme.space("gap"))
        column.addWidget(self._note)
        column.addWidget(self._inner, 1)
        self._inner.installEventFilter(self)
        return column

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again whenever something came into the column or left it."""
        changed = (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show)
        if event.type() in changed and watched is self._inner and self._note is not None:
            self._note.setVisible(any(map(is_chinese, self._texts())))
        return super().eventFilter(watched, event)

    def _texts(self) -> list[str]:
        """Return what stands in the column, but for what is called what it is called: sources, a language."""
        shown = [*self._inner.findChildren(QLabel), *self._inner.findChildren(QAbstractButton)]
        return [widget.text() for widget in shown if widget.isVisibleTo(self._inner)
                and widget.property("role") != "source" and widget.objectName() != "language"]

    def _let_go_of_buttons(self, state: QScroller.State) -> None:
        """A finger that has begun to scroll does not mean the button it came down on."""
        if state is QScroller.State.Dragging:
            let_go_of_buttons(self._inner)

    def _limit_width(self) -> None:
        if not self._wide:
            widest = self._theme.px("body") * MOST_CHARACTERS
            self._inner.setMaximumWidth(widest)
            if self._note is not None:
                self._note.setMaximumWidth(widest)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        self.column.addWidget(widget)

    def space(self) -> None:
        """Open the wider gap that sets groups apart."""
        self.column.addSpacing(self._theme.space("group") - self._theme.space("gap"))

    def add_terms(self, pack: Pack) -> None:
        """Add the glossary's words that stand on the page so far, to be tapped."""
        texts = [label.text() for label in self.widget().findChildren(QLabel)]
        texts += [button.text() for button in self.widget().findChildren(QAbstractButton)]
        terms = terms_in(texts, pack.glossary)
        if terms:
            self.space()
            self.add(Terms(self._theme, pack.words("terms.here"), terms))

    def end(self) -> None:
        """Let what is above keep its natural height."""
        self.column.addStretch(1)
