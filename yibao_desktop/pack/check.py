"""Everything wrong with a pack, at once: broken files, dangling references, figures that contradict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from yibao_desktop.errors import Finding, PackError
from yibao_desktop.pack import strict_yaml
from yibao_desktop.pack.benefits import BenefitsFile, Parameter, Rule, figures_of
from yibao_desktop.pack.compiled import COMPILED
from yibao_desktop.pack.compiling import differing, records_of_pack
from yibao_desktop.pack.dated import overlapping
from yibao_desktop.pack.layout import files_of, record_of
from yibao_desktop.pack.prose import cited_parts, needless_amounts, texts, undeclared_amounts
from yibao_desktop.pack.reading import convert_document
from yibao_desktop.pack.rule_faults import rule_faults
from yibao_desktop.pack.schema import (
    ChannelsFile,
    Cited,
    FlowFile,
    GlossaryFile,
    Guide,
    LocalGuidesFile,
    NeedsFile,
    PackInfo,
    PayableFile,
    PlaceFile,
    Question,
    Record,
    RegionsFile,
    RumoursFile,
    SharingFile,
    Source,
    SourcesFile,
    WordsFile,
)
from yibao_desktop.pack.search_words import SearchCase, SearchFile, page_name
from yibao_desktop.pack.slip_forms import SlipFormsFile
from yibao_desktop.pack.strict_yaml import Document, Path_
from yibao_desktop.pack.translations import (
    TranslationFile,
    blanks_differ,
    chinese_texts,
    numbers_differ,
    translated_name,
)

R = TypeVar("R", bound=Record)

_NEEDED = ("pack.yaml", "regions.yaml", "national/words.yaml", "national/needs.yaml",
           "national/sources.yaml", "national/sharing.yaml", "national/channels.yaml")


def check_pack(
    root: Path, claims: Collection[str] = (), words: Collection[str] = (), facts: Collection[str] = (),
    today: date | None = None,
) -> list[Finding]:
    """Return every finding in the pack at ``root``, sorted by file and line.

    ``claims`` and ``words`` are the ids the program's code relies on; ``facts`` are the names that ``when``
    may ask besides questions. Warnings do not make a pack unfit.
    """
    if not root.is_dir():
        return [Finding(str(root), 1, "pack-missing", "找不到内容包文件夹。")]
    reader = _Reader(root)
    reader.read_everything()
    findings = list(reader.findings)
    checks = _Checks(reader, frozenset(facts), today or date.today())
    findings += checks.run(frozenset(claims), frozenset(words))
    if not reader.broken:
        findings += _compiled_otherwise(root)
    return sorted(set(findings))


def _compiled_otherwise(root: Path) -> list[Finding]:
    if not (root / COMPILED).is_file():
        return []
    return [Finding(COMPILED, 1, "compiled-differs",
                    f"提前读好的“{name}”和文件里写的不一样。删掉 {COMPILED}，程序就照文件读。")
            for name in differing(root, records_of_pack(root))]


@dataclass
class _Reader:
    """All files that could be read, and findings for those that could not."""

    root: Path
    records: dict[str, Record] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Files that are missing or could not be read: nothing is called unknown or unused on their account."""

    def read_everything(self) -> None:
        names = files_of(self.root)
        for name in _NEEDED:
            if name not in names:
                self.findings.append(Finding(name, 1, "file-missing", "找不到这个文件。"))
                self.broken.add(name)
        for name in names:
            record = record_of(name)
            if record is None:
                message = "程序不认识这个文件名，里面的内容不会被用到。请检查文件名和所在文件夹。"
                self.findings.append(Finding(name, 1, "file-unknown", message))
                continue
            try:
                document = strict_yaml.read(self.root / name, name)
                self.documents[name] = document
                self.records[name] = convert_document(document, record)
            except PackError as error:
                self.findings.extend(error.findings)
                self.broken.add(name)

    def of(self, kind: type[R], prefix: str = "") -> Iterator[tuple[str, R]]:
        for name, record in self.records.items():
            if isinstance(record, kind) and name.startswith(prefix):
                yield name, record


@dataclass
class _Checks:
    """Cross-checks over what could be read."""

    reader: _Reader
    facts: frozenset[str]
    today: date
    findings: list[Finding] = field(default_factory=list)

    def run(self, claims: frozenset[str], words: frozenset[str]) -> list[Finding]:
        self._identity()
        self._sources()
        self._places()
        self._benefits()
        self._sharing(claims)
        self._channels()
        self._flows()
        self._words(words)
        self._guides()
        self._slip_forms()
        self._search()
        self._prose()
        self._translations()
        return self.findings

    def _report(self, name: str, path: Path_, code: str, message: str, warn: bool = False) -> None:
        line = self.reader.documents[name].line(path)
        self.findings.append(Finding(name, line, code, message, "warning" if warn else "error"))

    def _unique(self, name: str, key: str, ids: Iterable[str]) -> None:
        seen: set[str] = set()
        for index, id_ in enumerate(ids):
            if id_ in seen:
                self._report(name, (key, index), "id-twice", f"编号“{id_}”用了两次。")
            seen.add(id_)

    # --- identity, sources, places ------------------------------------------------------------------

    def _identity(self) -> None:
        for name, info in self.reader.of(PackInfo):
            if info.review_by < self.today:
                message = f"内容包该在 {info.review_by} 前复核，已经过期。"
                self._report(name, ("review_by",), "review-due", message, warn=True)

    def _sources(self) -> None:
        files = dict(self.reader.of(SourcesFile))
        everywhere = Counter(source.id for file in files.values() for source in file.sources)
        cited: set[str] = set()
        for name, record in self.reader.records.items():
            if name.startswith("cases/") or isinstance(record, SourcesFile):
                continue
            within = self._sources_for(name, files)
            for path, item in cited_parts(record):
                cited.update(item.sources)
                self._citation(name, path, item, within)
        for name, file in files.items():
            for index, source in enumerate(file.sources):
                if everywhere[source.id] > 1:
                    self._report(name, ("sources", index), "id-twice", f"来源编号“{source.id}”用了不止一次。")
                if source.id not in cited and not self.reader.broken:
                    self._report(name, ("sources", index), "source-unused", f"没有任何内容引用来源“{source.id}”。")

    def _sources_for(self, name: str, files: dict[str, SourcesFile]) -> dict[str, Source]:
        """Sources a file may cite: its own place's, its province's and the nation's."""
        folders = ["national/"]
        if name.startswith("regions/"):
            code = name.split("/")[1][:6]
            folders += [f"regions/{code}", f"regions/{code[:2]}0000"]
        return {source.id: source for file_name, file in files.items()
                if file_name.startswith(tuple(folders)) for source in file.sources}

    def _citation(self, name: str, path: Path_, item: Cited, within: dict[str, Source]) -> None:
        known = [within[id_] for id_ in item.sources if id_ in within]
        some_unread = any(file.endswith("/sources.yaml") for file in self.reader.broken)
        for id_ in item.sources:
            if id_ not in within and not some_unread:
                self._report(name, (*path, "sources"), "source-unknown",
                             f"没有编号为“{id_}”的来源。请在同一地方的 sources.yaml 里加上。")
        if known and all(source.grade == "seed" for source in known):
            self._report(name, (*path, "sources"), "source-seed", "只有网络文章做依据，不能当事实写。")
        if item.checked > self.today:
            self._report(name, (*path, "checked"), "checked-future", f"核对日期 {item.checked} 还没到。")

    def _places(self) -> None:
        regions = {region.code: region for _, file in self.reader.of(RegionsFile) for region in file.places}
        for name, file in self.reader.of(RegionsFile):
            self._unique(name, "places", (region.code for region in file.places))
            for index, region in enumerate(file.places):
                if region.province not in regions:
                    self._report(name, ("places", index), "place-province",
                                 f"{region.name} 所在的省级代码 {region.province} 不在表里。")
        for name, place in self.reader.of(PlaceFile):
            folder_code = name.split("/")[1][:6]
            known = regions.get(place.code)
            if place.code != folder_code:
                self._report(name, ("code",), "place-code", f"代码和文件夹名 {folder_code} 不一致。")
            elif regions and (known is None or known.name != place.name):
                expected = f"应为“{known.name}”" if known else "regions.yaml 里没有这个代码"
                self._report(name, ("name",), "place-name", f"地名和 regions.yaml 对不上：{expected}。")
        folders = {name.split("/")[1] for name in self.reader.documents if name.startswith("regions/")}
        described = {name.split("/")[1] for name, _ in self.reader.of(PlaceFile)}
        for folder in sorted(folders - described):
            name = next(n for n in self.reader.documents if n.startswith(f"regions/{folder}/"))
            self._report(name, (), "place-file", f"文件夹 {folder} 里缺少可用的 region.yaml。")

    # --- benefits ----------------------------------------------------------------------------------------

    def _benefits(self) -> None:
        for name, file in self.reader.of(BenefitsFile, "regions/"):
            self._unique(name, "parameters", (parameter.id for parameter in file.parameters))
            self._unique(name, "tiers", (tier.id for tier in file.tiers))
            for fault in rule_faults(file):
                self._report(name, fault.path, fault.code, fault.message)
            used: set[str] = set()
            for index, rule in enumerate(file.rules):
                used |= self._rule(name, index, rule, file)
            for index, parameter in enumerate(file.parameters):
                self._parameter(name, index, parameter)
                if parameter.id not in used:
                    self._report(name, ("parameters", index), "parameter-unused",
                                 f"没有规则用到“{parameter.id}”。")

    def _parameter(self, name: str, index: int, parameter: Parameter) -> None:
        starts: set[date] = set()
        for number, entry in enumerate(parameter.dated):
            path: Path_ = ("parameters", index, "dated", number)
            if entry.from_ in starts:
                self._report(name, path, "date-twice", f"“{parameter.label}”从 {entry.from_} 起的数写了两次。")
            starts.add(entry.from_)
            if bool(entry.rows) == (entry.unknown is not None):
                self._report(name, path, "dated-empty", "这里要么写 rows（有数），要么写 unknown（为什么不知道）。")
            if entry.unknown is not None and entry.who is None:
                self._report(name, path, "unknown-who", "写了 unknown，还要写 who：谁知道。")
            for first, second in overlapping(entry.rows):
                self._report(name, (*path, "rows", second), "rows-overlap",
                             f"这一行和第 {first + 1} 行可能同时适用，程序不知道用哪个。请把条件写得互相排斥。")

    def _rule(self, name: str, index: int, rule: Rule, file: BenefitsFile) -> set[str]:
        path: Path_ = ("rules", index)
        twins = [other for other in file.rules if other.id == rule.id and other.from_ == rule.from_]
        if len(twins) > 1:
            self._report(name, path, "date-twice", f"规则“{rule.id}”从 {rule.from_} 起写了两次。")
        rivals = [other for other in file.rules if other.id != rule.id and other.scheme == rule.scheme
                  and set(other.visits) & set(rule.visits)]
        if rivals:
            self._report(name, path, "rule-rival",
                         f"“{rule.id}”和“{rivals[0].id}”管同一种就医，只能有一个编号。")
        if bool(rule.stages) == (rule.unknown is not None):
            self._report(name, path, "rule-empty", "规则要么写 stages（怎么算），要么写 unknown（为什么不知道）。")
        if rule.unknown is not None and rule.who is None:
            self._report(name, path, "unknown-who", "写了 unknown，还要写 who：谁知道。")
        return {id_ for stage in rule.stages for _, id_ in figures_of(stage)}

    # --- sharing, channels, flows, words -------------------------------------------------------------

    def _sharing(self, needed: frozenset[str]) -> None:
        national: set[str] = set()
        general = {binding.id for _, file in self.reader.of(SharingFile) for binding in file.bindings}
        for name, file in self.reader.of(SharingFile):
            self._unique(name, "claims", (claim.id for claim in file.claims))
            self._unique(name, "bindings", (binding.id for binding in file.bindings))
            for index, binding in enumerate(file.bindings):
                self._address(name, ("bindings", index, "url"), binding.url)
                if binding.replaces is not None and binding.replaces not in general and not self.reader.broken:
                    self._report(name, ("bindings", index, "replaces"), "binding-unknown",
                                 f"没有编号为“{binding.replaces}”的办法。")
            if name.startswith("national/"):
                national |= {claim.id for claim in file.claims}
                for id_ in sorted(needed - national):
                    self._report(name, ("claims",), "claim-missing", f"程序要用的说法“{id_}”没有写。")

    def _channels(self) -> None:
        needs = {need.id for _, file in self.reader.of(NeedsFile) for need in file.needs}
        for name, file in self.reader.of(NeedsFile):
            self._unique(name, "needs", (need.id for need in file.needs))
        met: set[str] = set()
        for name, channels in self.reader.of(ChannelsFile):
            self._unique(name, "channels", (channel.id for channel in channels.channels))
            for index, channel in enumerate(channels.channels):
                self._address(name, ("channels", index, "url"), channel.url)
                if channel.means == "phone" and channel.phone is None:
                    self._report(name, ("channels", index), "channel-phone", "电话渠道要写 phone。")
                for number, answer in enumerate(channel.answers):
                    if name.startswith("national/"):
                        met.add(answer.need)
                    if answer.need not in needs and "national/needs.yaml" not in self.reader.broken:
                        self._report(name, ("channels", index, "answers", number), "need-unknown",
                                     f"needs.yaml 里没有“{answer.need}”。")
        for name, file in self.reader.of(NeedsFile):
            for index, need in enumerate(file.needs):
                if need.id not in met and "national/channels.yaml" not in self.reader.broken:
                    self._report(name, ("needs", index), "need-unmet", f"全国渠道里没有一条能办“{need.label}”。")

    def _address(self, name: str, path: Path_, url: str | None) -> None:
        if url is None or "pack.yaml" in self.reader.broken:
            return
        hosts = [host for _, info in self.reader.of(PackInfo) for host in info.official_hosts]
        host = urlsplit(url).hostname or ""
        if not any(host == official or host.endswith(f".{official}") for official in hosts):
            self._report(name, path, "address-unofficial",
                         f"网址 {url} 不在官方网址名单（pack.yaml 的 official_hosts）里。")

    def _flows(self) -> None:
        claims = {claim.id for _, file in self.reader.of(SharingFile, "national/") for claim in file.claims}
        for name, flow in self.reader.of(FlowFile):
            self._unique(name, "questions", (question.id for question in flow.questions))
            steps = {step.id for step in flow.steps}
            asked_anywhere = {question.id for question in flow.questions}
            for index, step in enumerate(flow.steps):
                for asked in step.when:
                    if asked not in asked_anywhere | self.facts:
                        self._report(name, ("steps", index, "when"), "flow-when", f"没有“{asked}”这一问。")
            before: dict[str, Question] = {}
            for index, question in enumerate(flow.questions):
                path: Path_ = ("questions", index)
                if question.step not in steps:
                    self._report(name, path, "flow-step", f"没有步骤“{question.step}”。")
                self._question(name, path, question)
                for number, option in enumerate(question.options):
                    if (option.claim is not None and option.claim not in claims
                            and "national/sharing.yaml" not in self.reader.broken):
                        self._report(name, (*path, "options", number), "claim-missing",
                                     f"national/sharing.yaml 里没有“{option.claim}”。")
                for asked, wanted in question.when.items():
                    earlier = before.get(asked)
                    if earlier is None and asked not in self.facts:
                        self._report(name, (*path, "when"), "flow-when", f"前面没有问过“{asked}”。")
                    elif earlier is not None and earlier.options_from is None:
                        offered = {option.id for option in earlier.options}
                        for value in sorted(set(wanted) - offered):
                            self._report(name, (*path, "when"), "flow-when", f"“{asked}”没有“{value}”这个选项。")
                before[question.id] = question

    def _question(self, name: str, path: Path_, question: Question) -> None:
        chooses = question.kind in ("choice", "several")
        if chooses and not question.options and question.options_from is None:
            self._report(name, path, "flow-options", "选择题要写 options。")
        if question.kind == "amounts" and not question.fields and question.fields_from is None:
            self._report(name, path, "flow-fields", "填金额的题要写 fields。")
        unknown_stop = set(question.stop) - {option.id for option in question.options}
        for value in sorted(unknown_stop):
            self._report(name, (*path, "stop"), "flow-stop", f"没有“{value}”这个选项。")
        for value in sorted(set(question.adds) - {option.id for option in question.options}):
            self._report(name, (*path, "adds"), "flow-stop", f"没有“{value}”这个选项。")

    def _words(self, needed: frozenset[str]) -> None:
        for name, file in self.reader.of(WordsFile):
            self._unique(name, "words", (word.key for word in file.words))
            for key in sorted(needed - {word.key for word in file.words}):
                self._report(name, ("words",), "word-missing", f"程序要用的词“{key}”没有写。")

    # --- guides, what can be paid, sentences -----------------------------------------------------------

    def _guides(self) -> None:
        guides = {guide.id for _, guide in self.reader.of(Guide)}
        for name, guide in self.reader.of(Guide):
            if not name.endswith(f"/{guide.id}.yaml"):
                self._report(name, ("id",), "guide-name", f"编号“{guide.id}”要和文件名一样。")
            for id_ in guide.related:
                if id_ not in guides and not self.reader.broken:
                    self._report(name, ("related",), "guide-unknown", f"没有编号为“{id_}”的指南。")
        for name, notes in self.reader.of(LocalGuidesFile):
            for index, note in enumerate(notes.notes):
                if note.guide not in guides and not self.reader.broken:
                    self._report(name, ("notes", index), "guide-unknown", f"没有编号为“{note.guide}”的指南。")
        for name, glossary in self.reader.of(GlossaryFile):
            self._unique(name, "terms", (term.id for term in glossary.terms))
        for name, rumours in self.reader.of(RumoursFile):
            self._unique(name, "rumours", (rumour.id for rumour in rumours.rumours))
        items = {item.id for _, file in self.reader.of(PayableFile, "national/") for item in file.items}
        for name, payable in self.reader.of(PayableFile):
            self._unique(name, "items", (item.id for item in payable.items))
            self._unique(name, "answers", (f"{answer.item}.{answer.purse}" for answer in payable.answers))
            for index, answer in enumerate(payable.answers):
                if answer.item not in items and not self.reader.broken:
                    self._report(name, ("answers", index), "item-unknown", f"没有编号为“{answer.item}”的项目。")

    def _slip_forms(self) -> None:
        codes = {region.code for _, file in self.reader.of(RegionsFile) for region in file.places}
        for name, file in self.reader.of(SlipFormsFile):
            self._unique(name, "forms", (form.id for form in file.forms))
            for index, form in enumerate(file.forms):
                seen: set[str] = set()
                for number, field_ in enumerate(form.fields):
                    if field_.line in seen:
                        self._report(name, ("forms", index, "fields", number), "slip-line-twice",
                                     f"“{form.label}”里 {field_.line} 写了两次，一种单子每栏只写一次。")
                    seen.add(field_.line)
                for code in form.regions:
                    if code not in codes and "regions.yaml" not in self.reader.broken:
                        self._report(name, ("forms", index, "regions"), "slip-place",
                                     f"regions.yaml 里没有代码 {code}。")

    def _search(self) -> None:
        pages = self._pages()
        for name, file in self.reader.of(SearchFile):
            self._unique(name, "wizards", (wizard.id for wizard in file.wizards))
            for index, further in enumerate(file.asked):
                self._page(name, ("asked", index, "page"), further.page, pages)
            for index, page in enumerate(file.most_asked):
                self._page(name, ("most_asked", index), page, pages)
            said = self._searched(file)
            for index, saying in enumerate(file.sayings):
                if not any(word in said for word in saying.mean) and not self.reader.broken:
                    self._report(name, ("sayings", index), "mean-nowhere",
                                 f"“{'、'.join(saying.mean)}”在能搜到的文字里一处也没有，换成页上真有的词。")
        for name, case in self.reader.of(SearchCase):
            for index, question in enumerate(case.questions):
                for page in question.page:
                    self._page(name, ("questions", index, "page"), page, pages)

    def _page(self, name: str, path: Path_, page: str, pages: set[str]) -> None:
        if page not in pages and not self.reader.broken:
            self._report(name, path, "page-unknown", f"没有“{page}”这一页。写法是“种类:编号”，例如 guide:lost-card。")

    def _pages(self) -> set[str]:
        """Return the names of all pages a search may lead to."""
        found = {page_name("guide", guide.id) for _, guide in self.reader.of(Guide)}
        found |= {page_name("channel-need", need.id) for _, file in self.reader.of(NeedsFile) for need in file.needs}
        found |= {page_name("term", term.id) for _, file in self.reader.of(GlossaryFile) for term in file.terms}
        found |= {page_name("payable", item.id) for _, file in self.reader.of(PayableFile) for item in file.items}
        found |= {page_name("rumour", rumour.id) for _, file in self.reader.of(RumoursFile) for rumour in file.rumours}
        found |= {page_name("place", place.code) for _, file in self.reader.of(RegionsFile) for place in file.places}
        return found | {page_name("wizard", wizard.id) for _, file in self.reader.of(SearchFile)
                        for wizard in file.wizards}

    def _searched(self, search: SearchFile) -> str:
        """Return every text a page can be found by."""
        kinds = (Guide, NeedsFile, GlossaryFile, PayableFile, RumoursFile)
        records = [record for record in self.reader.records.values() if isinstance(record, kinds)]
        parts = [*records, *search.asked, *search.wizards]
        return "\n".join(text for part in parts for _, text in texts(part))

    def _prose(self) -> None:
        patterns = list(self._trap_patterns())
        for name, record in self.reader.records.items():
            if name.startswith("cases/"):
                continue
            for path, cited in cited_parts(record):
                for amount in undeclared_amounts(cited):
                    message = (f"句子里有金额“{amount}”。能写进 parameters 的写进去；"
                               f"一定要写在句子里，就加 amounts: [{amount}]。")
                    self._report(name, path, "amount-in-prose", message)
                for amount in needless_amounts(cited):
                    self._report(name, (*path, "amounts"), "amount-gone", f"句子里已经没有“{amount}”了。")
                self._due(name, path, cited)
            # Wrong claims, other people's titles, and words people search with are no statements of ours.
            if isinstance(record, (RumoursFile, SourcesFile, SearchFile, TranslationFile)):
                continue
            for path, text in texts(record):
                for trap, pattern in patterns:
                    if pattern.search(text):
                        self._report(name, path, "trap-phrase", f"像是误传 {trap}：“{text[:40]}”。请改写。")

    def _trap_patterns(self) -> Iterator[tuple[str, re.Pattern[str]]]:
        for name, file in self.reader.of(RumoursFile):
            for index, rumour in enumerate(file.rumours):
                for pattern in rumour.patterns:
                    try:
                        yield rumour.trap, re.compile(pattern)
                    except re.error:
                        self._report(name, ("rumours", index, "patterns"), "pattern-broken",
                                     f"“{pattern}”不是可用的匹配式。")

    def _translations(self) -> None:
        for name, file in self.reader.of(TranslationFile):
            original = translated_name(name)
            if original in self.reader.broken:
                continue
            if original not in self.reader.documents:
                self._report(name, (), "translation-file", f"没有 {original} 这个文件，这里的译文不会被用到。")
                continue
            said = set(chinese_texts(self.reader.documents[original].data))
            seen: set[str] = set()
            for index, text in enumerate(file.texts):
                path: Path_ = ("texts", index)
                if text.zh in seen:
                    self._report(name, path, "translation-twice", f"“{text.zh[:40]}”译了两次。")
                elif text.zh not in said:
                    self._report(name, path, "translation-gone", f"{original} 里没有“{text.zh[:40]}”这句话。")
                seen.add(text.zh)
                if blanks_differ(text):
                    self._report(name, path, "translation-blanks", f"“{text.zh[:40]}”的译文，花括号和原文不一样。")
                if numbers_differ(text):
                    self._report(name, path, "translation-number", f"“{text.zh[:40]}”的译文，数字和原文不一样。")

    def _due(self, name: str, path: Path_, cited: Cited) -> None:
        days = next((info.recheck_days for _, info in self.reader.of(PackInfo)), None)
        if days is not None and cited.checked + timedelta(days=days) < self.today:
            self._report(name, (*path, "checked"), "review-due",
                         f"上次核对是 {cited.checked}，过了 {days} 天，该再核对了。", warn=True)
