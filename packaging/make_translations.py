"""Gathers the window's own texts into resources/translations/en.ts and compiles them with Qt's lrelease.

Run it after a text in yibao_desktop/ui has changed: new texts come in without a translation, to be written into
the .ts by hand or with Qt Linguist; texts that are gone leave. ``python packaging/make_translations.py --missing``
lists what is not translated.

Qt's own lupdate does not see a text outside a class, so the sources are read here.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import PySide6

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "yibao_desktop" / "ui"
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("en",)
FREE = "ui"
"""The context of texts outside of a QObject, as in yibao_desktop/ui/language.py."""

Texts = dict[tuple[str, str], str]
"""Context and Chinese text, and what it is in the other language; empty where nobody has written it."""


def texts_of_source() -> Iterator[tuple[str, str]]:
    """Yield context and text of everything that goes through tr()."""
    for path in sorted(SOURCES.rglob("*.py")):
        yield from _texts_in(ast.parse(path.read_text(encoding="utf-8")), FREE)


def _texts_in(node: ast.AST, context: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ClassDef):
        context = node.name
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        at = {"self.tr": 0, "tr": 0, "QT_TRANSLATE_NOOP": 1}.get(called)
        if at is not None and isinstance(node.args[at], ast.Constant):
            yield (context if called == "self.tr" else FREE), node.args[at].value
    for child in ast.iter_child_nodes(node):
        yield from _texts_in(child, context)


def read_ts(path: Path) -> Texts:
    """Read a .ts file; a missing one has no texts."""
    if not path.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation") or ""
        for context in ElementTree.parse(path).getroot().iter("context") for message in context.iter("message")
    }


def gathered(known: Texts) -> Texts:
    """Return the texts of the source with the translations there are; the same text may be known elsewhere."""
    anywhere = {text: translation for (_, text), translation in known.items() if translation}
    return {key: known.get(key) or anywhere.get(key[1], "") for key in sorted(set(texts_of_source()))}


def written(texts: Texts, language: str) -> str:
    """Return the .ts file of ``texts``."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="zh_CN")
    contexts: dict[str, ElementTree.Element] = {}
    for (context, text), translation in texts.items():
        if context not in contexts:
            contexts[context] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[context], "name").text = context
        message = ElementTree.SubElement(contexts[context], "message")
        ElementTree.SubElement(message, "source").text = text
        element = ElementTree.SubElement(message, "translation", {} if translation else {"type": "unfinished"})
        element.text = translation or None
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'


def compiled(ts: Path) -> bytes:
    """Return what lrelease makes of a .ts file."""
    tool = next(Path(PySide6.__file__).parent.glob("lrelease*"))
    with tempfile.TemporaryDirectory() as folder:
        qm = Path(folder) / "out.qm"
        subprocess.run([tool, "-silent", "-nounfinished", ts, "-qm", qm], check=True)
        return qm.read_bytes()


def main() -> int:
    """Write the files, or list what has no translation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missing", action="store_true", help="only list what is not translated")
    arguments = parser.parse_args()
    for language in LANGUAGES:
        ts = TRANSLATIONS / f"{language}.ts"
        texts = gathered(read_ts(ts))
        missing = [f"{language}: {context}: {text}" for (context, text), translation in texts.items()
                   if not translation]
        print("\n".join(missing) or f"{language}: {len(texts)} texts, all translated")
        if not arguments.missing:
            TRANSLATIONS.mkdir(exist_ok=True)
            ts.write_text(written(texts, language), encoding="utf-8", newline="\n")
            ts.with_suffix(".qm").write_bytes(compiled(ts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
