"""The answer to any question about sharing in one form, for the window, the console and paper alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from yibao_desktop.pack.schema import BindingChannel, Cited, Gap, Payable, PayableItem
from yibao_desktop.pack.store import Layer, Place, Words
from yibao_desktop.sharing.decision import Said, sources_to_json, way_to_json
from yibao_desktop.sharing.family import Family

Tone = Literal["ok", "info", "warn", "bad"]


@dataclass(frozen=True)
class Section:
    """A part of the answer under its own heading; each thing in it carries the level that says it."""

    key: str
    title: str
    said: tuple[Said, ...] = ()
    """Sentences."""
    mends: tuple[Said, ...] = ()
    """Sentences of which what to do next is shown, step by step."""
    ways: tuple[tuple[Layer, BindingChannel], ...] = ()
    """Where it is done, with the names of the buttons."""
    table: Family | None = None
    payable: tuple[tuple[PayableItem, Layer, Payable], ...] = ()
    """What the money may pay for, one thing at a time."""
    gaps: tuple[Gap, ...] = ()
    only_names: bool = False
    """Whether of ``ways`` only the names matter: one goes back there, one does not set sharing up again."""

    def __bool__(self) -> bool:
        """Tell whether there is anything in it."""
        return bool(self.said or self.mends or self.ways or self.table or self.payable or self.gaps)

    def cited(self) -> Iterator[tuple[Layer, Cited]]:
        """Yield everything stated here as fact, with the level that says it."""
        for item in (*self.said, *self.mends):
            yield item.layer, item.claim
        yield from self.ways
        for row in self.table.rows if self.table else ():
            yield from ((item.layer, item.claim) for item in row.result.reasons)
        for remark in self.table.remarks if self.table else ():
            yield remark.layer, remark.claim
        for _, layer, answer in self.payable:
            yield layer, answer


@dataclass(frozen=True)
class Sheet:
    """One answer."""

    place: Place
    tone: Tone
    headline: str
    lead: Said
    """The sentence that matters most."""
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        """Return a section by its key."""
        return next((section for section in self.sections if section.key == key), None)

    def cited(self) -> Iterator[tuple[Layer, Cited]]:
        """Yield everything stated as fact, with the level that says it."""
        yield self.lead.layer, self.lead.claim
        for section in self.sections:
            yield from section.cited()

    @property
    def has_next_step(self) -> bool:
        """Tell whether the person is told what to do."""
        return any(section.mends or section.ways for section in self.sections)

    def to_json(self, words: Words) -> dict[str, Any]:
        """Give the console form."""
        return {
            "tone": self.tone,
            "headline": self.headline,
            "lead": _said_to_json(self.lead),
            "sections": [
                {
                    "key": section.key,
                    "title": section.title,
                    "said": [_said_to_json(item) for item in section.said],
                    "mends": [_said_to_json(item) | {"steps": list(item.claim.mend), "who": item.claim.who}
                              for item in section.mends],
                    "ways": [way_to_json(layer, binding) for layer, binding in section.ways],
                    "table": section.table.to_json(words) if section.table else [],
                    "payable": [{"item": item.label, "answer": answer.answer, "why": answer.why, "place": layer.name}
                                for item, layer, answer in section.payable],
                    "unknown": [{"topic": gap.topic, "what": gap.what, "who": gap.who} for gap in section.gaps],
                }
                for section in self.sections
            ],
            "sources": sources_to_json(self.place, (id_ for _, cited in self.cited() for id_ in cited.sources)),
        }

    def lines(self, words: Words) -> Iterator[str]:
        """Yield the answer as plain lines of text."""
        yield self.headline
        yield f"  {self.lead.claim.text}"
        for section in self.sections:
            yield ""
            yield section.title
            if section.table:
                for row in section.table.rows:
                    yield f"- {'，'.join(row.cells(words))}"
                    yield f"  {row.result.reasons[0].claim.text}"
                yield from (f"- {notice}" for notice in section.table.notices)
                yield from (f"- {_sentence(item)}" for item in section.table.remarks)
            yield from (f"- {_sentence(item)}" for item in section.said)
            for item in section.mends:
                yield from (f"  {number}. {step}" for number, step in enumerate(item.claim.mend, 1))
                if item.claim.who:
                    yield f"  {words('sharing.ask', who=item.claim.who)}"
            for layer, binding in section.ways:
                yield f"{'- ' if section.only_names else ''}{binding.name}（{layer.name}）"
                if section.only_names:
                    continue
                yield from (f"  {number}. {step}" for number, step in enumerate(binding.steps, 1))
                if binding.bring:
                    yield f"  {words('sharing.bring', what='、'.join(binding.bring))}"
            for thing, layer, answer in section.payable:
                yield f"- {thing.label}：{words(f'payable.{answer.answer}')}（{layer.name}）"
            yield from (f"- {gap.what}{words('sharing.ask', who=gap.who)}" for gap in section.gaps)


def _said_to_json(item: Said) -> dict[str, Any]:
    return {"id": item.claim.id, "title": item.claim.title, "text": item.claim.text, "place": item.layer.name,
            "sources": list(item.claim.sources), "checked": item.claim.checked.isoformat()}


def _sentence(item: Said) -> str:
    title = f"{item.claim.title}：" if item.claim.title else ""
    return f"{title}{item.claim.text}（{item.layer.name}）"
