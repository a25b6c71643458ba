"""Entry point and commands of ``yibao-pack``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO, get_args

import msgspec

from yibao_desktop import __version__
from yibao_desktop.channels.find import ALL_MEANS, Who, look_up, look_up_to_json
from yibao_desktop.cli import needs_of_code
from yibao_desktop.cli.self_testing import in_words as in_words_of_test
from yibao_desktop.cli.self_testing import self_test
from yibao_desktop.cli.sheets import changes, factcheck
from yibao_desktop.cli.slip import in_words, read_slip_case, report
from yibao_desktop.cli.station import ask_for_pin, summary
from yibao_desktop.cli.worked_cases import run_cases
from yibao_desktop.errors import Finding, YibaoError
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.explain import explain
from yibao_desktop.estimate.slip.summing_up import Estimated, check
from yibao_desktop.estimate.year import YearBill
from yibao_desktop.money import plain
from yibao_desktop.pack import strict_yaml
from yibao_desktop.pack.cases import EstimateCase, read_estimate_case, read_sharing_case
from yibao_desktop.pack.check import check_pack
from yibao_desktop.pack.json_schema import schemas
from yibao_desktop.pack.schema import Means
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.paper.channels_sheet import channels_sheet
from yibao_desktop.paper.estimate_sheet import estimate_sheet
from yibao_desktop.paper.plain_text import FEWEST_COLUMNS, plain_text
from yibao_desktop.paper.sharing_sheet import sharing_sheet
from yibao_desktop.paper.slip_sheet import slip_sheet
from yibao_desktop.paths import CONTENT
from yibao_desktop.search.rank import Search
from yibao_desktop.sharing.answering import set_up_sheet
from yibao_desktop.sharing.family import decide_all
from yibao_desktop.site.writing import write_site
from yibao_desktop.station.self_test import as_json
from yibao_desktop.station.settings_file import read_settings

_MOST_HITS = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 is success, 1 a finding or failure, 2 a wrong call."""
    _speak_utf8(sys.stdout, sys.stderr)
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except YibaoError as error:
        print(error, file=sys.stderr)
        return 1
    return code


def _speak_utf8(*streams: TextIO) -> None:
    """Chinese must come out whole even where the system's console is set to something else."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yibao-pack", description="检查和试用医保帮手的内容包。")
    parser.add_argument("--version", action="version", version=f"yibao-pack {__version__}")
    commands = parser.add_subparsers(metavar="命令", required=True)

    check = commands.add_parser("check", help="检查内容包，列出所有问题")
    check.add_argument("pack", nargs="?", type=Path, default=CONTENT, help="内容包文件夹")
    check.add_argument("--json", action="store_true", help="用 JSON 输出")
    check.set_defaults(run=_check)

    cases = commands.add_parser("cases", help="把内容包里的算例全算一遍")
    cases.add_argument("pack", nargs="?", type=Path, default=CONTENT, help="内容包文件夹")
    cases.set_defaults(run=_cases)

    schema = commands.add_parser("schema", help="写出各种文件的 JSON Schema，供编辑器补全和检查")
    schema.add_argument("folder", nargs="?", type=Path, help="写到这个文件夹；不写就打印出来")
    schema.set_defaults(run=_schema)

    for name, run, text in (("estimate", _estimate, "按一个算例文件估算账单"),
                            ("sharing", _sharing, "按一个算例文件判断能不能共济")):
        command = commands.add_parser(name, help=text)
        command.add_argument("case", type=Path, help="算例文件")
        command.add_argument("--pack", type=Path, default=CONTENT, help="内容包文件夹")
        command.add_argument("--json", action="store_true", help="用 JSON 输出")
        _may_print_text(command)
        command.set_defaults(run=run)

    slip = commands.add_parser("slip", help="核对一个算例里的票据，找和估算不同的原因")
    slip.add_argument("case", type=Path, help="算例文件，里面写了 slip")
    slip.add_argument("--pack", type=Path, default=CONTENT, help="内容包文件夹")
    slip.add_argument("--json", action="store_true", help="用 JSON 输出")
    _may_print_text(slip)
    slip.set_defaults(run=_slip)

    channels = commands.add_parser("channels", help="查询渠道")
    channels.add_argument("--region", required=True, metavar="代码", help="参保地的 6 位代码")
    channels.add_argument("--need", required=True, help="想查什么（needs.yaml 里的编号）")
    channels.add_argument("--has", type=_means, default=ALL_MEANS, metavar="smartphone,computer,phone,visit",
                          help="手边有什么，用逗号隔开")
    channels.add_argument("--who", choices=get_args(Who), default="self", help="给谁查：自己、父母、孩子、别的家人")
    channels.add_argument("--pack", type=Path, default=CONTENT, help="内容包文件夹")
    channels.add_argument("--json", action="store_true", help="用 JSON 输出")
    _may_print_text(channels)
    channels.set_defaults(run=_channels)

    search = commands.add_parser("search", help="试搜索：这样问，会翻到哪几页")
    search.add_argument("query", help="要搜的话，可以是汉字、拼音、首字母")
    search.add_argument("--region", metavar="代码", help="参保地的 6 位代码；不写就只搜全国的内容")
    search.add_argument("--limit", type=_count, default=8, metavar="几条", help="最多列几条")
    search.add_argument("--pack", type=Path, default=CONTENT, help="内容包文件夹")
    search.add_argument("--json", action="store_true", help="用 JSON 输出")
    search.set_defaults(run=_search)

    factcheck = commands.add_parser("factcheck", help="打印一个地方的核对表，供医保局签字")
    factcheck.add_argument("--region", required=True, metavar="代码", help="参保地的 6 位代码")
    factcheck.add_argument("--on", type=_day, metavar="日期", help="按哪一天有效的数，例如 2026-01-01；不写就是今天")
    factcheck.add_argument("--pack", type=Path, default=CONTENT, help="内容包文件夹")
    factcheck.set_defaults(run=_factcheck)

    diff = commands.add_parser("diff", help="用话说出两个内容包有什么不同")
    diff.add_argument("old", type=Path, help="旧的内容包文件夹")
    diff.add_argument("new", type=Path, help="新的内容包文件夹")
    diff.set_defaults(run=_diff)

    site = commands.add_parser("site", help="把内容包写成网页，给装不了程序的电脑看和打印")
    site.add_argument("folder", type=Path, help="写到这个文件夹：空的，或者还没有的")
    site.add_argument("--pack", type=Path, default=CONTENT, help="内容包文件夹")
    site.set_defaults(run=_site)

    station = commands.add_parser("station", help="检查自助机或工作人员电脑的设置文件")
    station.add_argument("file", type=Path, help="kiosk.yaml 或 staff.yaml")
    station.add_argument("--screen", type=_pixels, metavar="宽x高",
                         help="屏幕的像素，例如 1080x1920；写了就算按钮和字要多大")
    station.add_argument("--pack", type=Path, default=CONTENT, help="内容包文件夹")
    station.set_defaults(run=_station)

    whole = commands.add_parser("self-test", help="自检：内容包、算例、字体、翻译、每一页、每种问答，都试一遍")
    whole.add_argument("--pack", type=Path, default=CONTENT, help="内容包文件夹")
    whole.add_argument("--json", action="store_true", help="用 JSON 输出")
    whole.set_defaults(run=_self_test)

    pin = commands.add_parser("pin", help="问两遍 PIN，打印写进设置文件的那一行")
    pin.set_defaults(run=_pin)
    return parser


def _may_print_text(command: argparse.ArgumentParser) -> None:
    command.add_argument("--text", nargs="?", type=_columns, const=0, metavar="列数",
                         help="打印带走的那张纸的文字；可以写每行几列，80 毫米小票是 48")


def _columns(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not FEWEST_COLUMNS <= int(text) <= 400:
        raise argparse.ArgumentTypeError(f"列数要写 {FEWEST_COLUMNS} 到 400 的整数，收到的是“{text}”。")
    return int(text)


def _pixels(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if all(side.isascii() and side.isdigit() and 320 <= int(side) <= 16000 for side in (width, height)):
        return int(width), int(height)
    raise argparse.ArgumentTypeError(f"像素要写成 1080x1920 这样，收到的是“{text}”。")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期要写成 2026-01-01 这样，收到的是“{text}”。") from None


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_HITS:
        return int(text)
    raise argparse.ArgumentTypeError(f"要写 1 到 {_MOST_HITS} 的整数，收到的是“{text}”。")


def _means(text: str) -> tuple[Means, ...]:
    known: dict[str, Means] = {means: means for means in get_args(Means)}
    names = [name.strip() for name in text.split(",") if name.strip()]
    if unknown := [name for name in names if name not in known]:
        raise argparse.ArgumentTypeError(f"不认识 {'、'.join(unknown)}；能写的是 {','.join(known)}。")
    return tuple(known[name] for name in names)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _print_text(sheet: Sheet, columns: int) -> None:
    print(plain_text(sheet, columns or None))


# --- commands ---------------------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    findings = check_pack(arguments.pack, needs_of_code.CLAIMS, needs_of_code.WORDS, needs_of_code.FACTS)
    if not any(finding.severity == "error" for finding in findings):
        findings += _failing_cases(arguments.pack)
    errors = [finding for finding in findings if finding.severity == "error"]
    if arguments.json:
        _print_json({"clean": not errors, "findings": [msgspec.structs.asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            mark = "（提醒）" if finding.severity == "warning" else ""
            print(f"{finding}{mark}")
        print("没有问题。" if not errors else f"共 {len(errors)} 个问题。")
    return 1 if errors else 0


def _failing_cases(root: Path) -> list[Finding]:
    return [finding for outcome in run_cases(Pack(root)) for finding in outcome.findings]


def _cases(arguments: argparse.Namespace) -> int:
    passed = failed = 0
    for outcome in run_cases(Pack(arguments.pack)):
        if outcome.findings:
            failed += 1
            print(*outcome.findings, sep="\n")
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def _schema(arguments: argparse.Namespace) -> int:
    if arguments.folder is None:
        _print_json(schemas())
        return 0
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        (arguments.folder / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    return 0


def _estimate(arguments: argparse.Namespace) -> int:
    pack = Pack(arguments.pack)
    case = read_estimate_case(arguments.case)
    result = estimate(case, pack)
    if arguments.json:
        _print_json(result.to_json())
    elif arguments.text is not None:
        bill = YearBill(case, result)
        _print_text(estimate_sheet(pack, _place_of(case, pack), [bill], bill, date.today()), arguments.text)
    else:
        for step in result.steps:
            print(f"{step.label}  {step.formula}  {plain(step.amount)}")
        for assumption in result.assumptions:
            print(f"前提：{assumption}")
        for gap in result.unknown:
            print(f"不知道：{gap.label}。{gap.reason} 可以问：{gap.who}")
    if result.rule is not None:
        return 0
    # No rule at all for this place and day is a wrong question, not a partial answer.
    lines = strict_yaml.read(arguments.case)
    for gap in result.unknown:
        key, code = ("on", "no-rule-on-day") if gap.known_on else ("region", "no-rule-in-place")
        print(Finding(str(arguments.case), lines.line((key,)), code, gap.reason), file=sys.stderr)
    return 1


def _place_of(case: EstimateCase, pack: Pack) -> Place:
    if case.region is None:
        raise YibaoError("这个算例自带规定，不是哪个地方的，没有可以带走的纸。")
    return pack.place(case.region)


def _sharing(arguments: argparse.Namespace) -> int:
    pack = Pack(arguments.pack)
    case = read_sharing_case(arguments.case)
    family = decide_all(case.pairs, pack)
    result = family.rows[0].result
    sheet = set_up_sheet(result, pack, case.purpose, family if case.more else None)
    if arguments.json:
        _print_json({**result.to_json(), "table": family.to_json(pack.words),
                     "sections": sheet.to_json(pack.words)["sections"]})
    elif arguments.text is not None:
        _print_text(sharing_sheet(sheet, pack, date.today()), arguments.text)
    else:
        print(*sheet.lines(pack.words), sep="\n")
    return 0


def _slip(arguments: argparse.Namespace) -> int:
    pack = Pack(arguments.pack)
    case, form, lines = read_slip_case(arguments.case, pack)
    if arguments.json:
        _print_json(report(case, lines, pack))
    elif arguments.text is not None:
        checked = check(form, lines, Estimated(case, estimate(case, pack)))
        sheet = slip_sheet(checked, pack, _place_of(case, pack), date.today(), explain(case, lines, pack))
        _print_text(sheet, arguments.text)
    else:
        print(*in_words(case, lines, form, pack), sep="\n")
    return 0


def _channels(arguments: argparse.Namespace) -> int:
    pack = Pack(arguments.pack)
    needs = {need.id: need for need in pack.needs}
    if arguments.need not in needs:
        print(f"没有“{arguments.need}”这一项；能查的是：{'、'.join(needs)}。", file=sys.stderr)
        return 2
    place = pack.place(arguments.region)
    result = look_up(place, needs[arguments.need], arguments.has, arguments.who)
    if arguments.json:
        _print_json(look_up_to_json(place, result))
        return 0
    if arguments.text is not None:
        _print_text(channels_sheet(result, pack, place, date.today()), arguments.text)
        return 0
    if result.instead:
        print(pack.words("channels.instead"))
    for item in result.found or result.instead:
        print(f"{item.channel.name}({item.layer.name},{pack.words(f'confidence.{item.confidence}')})")
        for number, step in enumerate(item.answer.steps, 1):
            print(f"  {number}. {step}")
        if item.in_person:
            print(f"  {pack.words('channels.in-person')}")
    return 0


def _search(arguments: argparse.Namespace) -> int:
    pack = Pack(arguments.pack)
    place = pack.place(arguments.region) if arguments.region is not None else None
    results = Search(pack).find(arguments.query, place, arguments.limit)
    if arguments.json:
        hits = [{"kind": hit.kind, "id": hit.id, "title": hit.title, "why": hit.why, "snippet": hit.snippet}
                for hit in results.hits]
        _print_json({"query": results.query, "region": arguments.region, "suggested": results.suggested,
                     "reason": results.reason, "hits": hits})
        return 0
    if results.reason:
        print(results.reason)
    for hit in results.hits:
        print(f"{hit.title}（{hit.target}）")
        print(f"  {hit.why}")
    return 0


def _factcheck(arguments: argparse.Namespace) -> int:
    pack = Pack(arguments.pack)
    for line in factcheck(pack, pack.place(arguments.region), arguments.on or date.today()):
        print(line)
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    lines = list(changes(Pack(arguments.old), Pack(arguments.new)))
    print("\n".join(lines) if lines else "没有变化。")
    return 0


def _site(arguments: argparse.Namespace) -> int:
    written = write_site(Pack(arguments.pack), arguments.folder, date.today())
    print(f"写好了：{written.home}")
    print(f"共 {written.files} 个文件，{written.size / 1024 / 1024:.1f} MB。")
    print("把整个文件夹拷到别的电脑，用浏览器打开上面这个文件。")
    return 0


def _station(arguments: argparse.Namespace) -> int:
    pack = Pack(arguments.pack)
    print(*summary(read_settings(arguments.file, pack.regions), pack, arguments.screen), sep="\n")
    return 0


def _self_test(arguments: argparse.Namespace) -> int:
    faults = self_test(arguments.pack)
    count = sum(len(told) for told in faults.values())
    if arguments.json:
        print(as_json(faults))
    else:
        print(*in_words_of_test(faults), "自检通过。" if not count else f"自检没有通过：共 {count} 处。", sep="\n")
    return 1 if count else 0


def _pin(_arguments: argparse.Namespace) -> int:
    print(ask_for_pin())
    return 0
