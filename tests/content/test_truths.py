"""Nothing in the content states as true what is known to be wrong, and nothing in it is about a private person.

The phrases are those that anonymous pages repeat about family sharing and medical cards; each stands here with
what such a page says, so that a pattern that catches nothing is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

CONTENT = Path(__file__).resolve().parents[2] / "content"

TRAPS: tuple[tuple[str, str, str], ...] = (
    # what money may be shared, and what a card or code is not
    ("lent-card", r"用(子女|父母|家人|孩子|老人|爸爸|妈妈)的(医保)?(卡|码)", "可以用子女的医保卡看病"),
    ("bound-card", r"医保(卡|码)绑定", "把医保卡绑定家人就行"),
    ("topped-up", r"充值", "给医保卡充值"),
    ("infant", r"(婴儿|新生儿|宝宝).{0,8}(用|刷)(父母|妈妈|爸爸)", "新生儿可以刷父母的卡"),
    ("balance-needed", r"余额(充足|足够).{0,6}才能", "余额充足才能看病"),
    ("owned-by-all", r"集体筹资|全家共有|归全家", "共济账户归全家共有"),
    # who
    ("in-laws", r"(含|包括|可以绑定?)(配偶的?父母|公婆|岳父母)", "近亲属包括公婆"),
    ("nine-kinds", r"九(类|种)近亲属", "九类近亲属都可以"),
    ("sixteen", r"年满 ?16.{0,8}无用人单位", "年满 16 岁且无用人单位"),
    ("both-employees", r"双方都(要|得|必须).{0,8}职工医保", "双方都要参加职工医保"),
    ("resident-barred", r"居民医保.{0,6}(不能|无法)(绑|共济)", "居民医保的家人不能绑"),
    # look-alikes
    ("family-code", r"亲情账户.{0,4}(就是|等于|也叫).{0,4}(家庭)?共济", "亲情账户就是家庭共济"),
    ("family-code-enough", r"(绑定?|开通|办了?)亲情账户.{0,6}(完成|就能|就可以).{0,4}共济", "绑定亲情账户就完成共济"),
    # across provinces
    ("everywhere", r"(已经?|现在)在?全国(都|范围)?(开通|通用|都能)|全国(已经?)?通用", "跨省共济已全国开通"),
    ("nowhere", r"还不能跨省", "个人账户还不能跨省用"),
    ("counted-districts", r"337 ?个", "337 个统筹区已开通"),
    ("three-a-day", r"每(天|日).{0,4}3 ?笔|每笔.{0,6}2000", "每天 3 笔，每笔不超过 2000 元"),
    ("filed-three-days", r"提前 ?3 ?天备案", "要提前 3 天备案"),
    # limits and times nobody has set
    ("thousand", r"余额.{0,4}1000.{0,4}才能", "余额满 1000 元才能绑"),
    ("three-months", r"(绑定?满|满) ?(3|三) ?个月.{0,6}(解|换)", "绑定满 3 个月才能解绑"),
    ("half-year", r"半年内不(能|得)", "解绑后半年内不能新增"),
    ("three-years", r"有效期 ?(3|三) ?年", "绑定有效期 3 年"),
    ("cleared", r"年底清零", "余额年底清零"),
    ("headcount", r"最多(可以?|能)?绑定? ?\d+ ?(位|人|名|个)", "一个人最多绑 5 人"),
    ("fifteen-days", r"15 ?个工作日", "15 个工作日到账"),
    ("claim-months", r"(3|三) ?个月内.{0,4}报销", "3 个月内报销"),
    ("all-hours", r"7 ?[×xX*] ?24|24 ?小时.{0,2}(人工|服务)", "7×24 小时人工服务"),
    ("years-paid", r"男.{0,3}30 ?年?.{0,3}女.{0,3}25|缴满 ?2[05] ?年", "男 30 年、女 25 年"),
    # passwords, offices
    ("first-password", r"(初始|默认)密码", "初始密码是身份证后六位"),
    ("password-digits", r"123456|888888|证后(6|六)位", "密码为 888888"),
    ("wrong-office", r"社保局", "到社保局查医保"),
    ("cash-machine", r"(ATM|取款机|自助机).{0,8}查.{0,4}医保", "在 ATM 上查医保余额"),
    ("wrong-menu", r"共济关系维护.{0,20}(看|查).{0,6}明细", "在共济关系维护里看使用明细"),
    # what the account may buy
    ("check-ups", r"(体检|疫苗|商业险|惠民保).{0,6}(都?可以|都能)(用|刷|付|买)", "体检、疫苗都可以用"),
    ("health-food", r"保健食品|保健品", "可以刷保健食品"),
    ("no-inpatient", r"住院.{0,4}不(能|可以)用共济", "住院不能用共济"),
    ("online", r"(网上|线上)买药(都?能|都?可以|不能|不可以)(用|刷|付)", "网上买药不能用"),
    # documents and places the pages invent
    ("document", r"国办发〔2024〕(31|26)号", "国办发〔2024〕31号"),
    ("unproved-places", r"(百色|滁州).{0,8}\d", "百色报销 55%"),
)

DENIED = {
    # “我们不提供任何初始密码” says that there is none to be had here.
    ("first-password", "电话里一般只告诉您怎么重设。我们不提供任何初始密码。"),
    # Told as hearsay about one province, with the page's own prompt above it.
    ("headcount", "据转述，一个人最多绑 8 位家人。没有读到官方原文，以小程序提示为准。"),
    ("headcount", "据转述，一个人最多绑 10 位家人（2024 年 10 月）。没有读到官方原文，以页面提示为准。"),
    # Guides and terms that say it is not so, or speak of the code, which is nationwide.
    ("lent-card", "不能用父母的卡"),
    ("topped-up", "个人账户里没有钱，也能挂号看病、照样报销。不用先往里面存钱，也没有查到官方的充值办法。"),
    ("topped-up", "医保不能充值；可疑短信怎么办"),
    ("topped-up",
     "个人账户不能自己往里充钱，谁让您“充值”“激活”“解冻"
     "”，多半是骗。不点链接，不给验证码，自己去官方平台查。"),
    ("topped-up", "个人账户的钱，在职的来自您每月交的医保费，退休的由统筹基金划入。没有查到任何官方的充值办法。"),
    ("owned-by-all",
     "自己的账户：您自己的钱，您自己用。共济：还是同一个账户"
     "，只是准许绑定的家人也花。它不是集资，也不归全家共有。"),
    ("everywhere", "手机上的看病凭证，全国通用，带着它就不用带卡。"),
    ("everywhere", "用手机上的医保码就行，全国通用，能挂号、看病、结算、查询。现场也能激活。"),
    ("everywhere",
     "两种医保的起付线、比例、封顶线都是各地自己定的。没"
     "有一个全国通用的数，别信“职工报几成、居民报几成”。"),
    ("everywhere", "没有全国通用的数"),
    ("headcount", "据转述，同时最多绑 10 位家人，前后加起来最多 20 位。没有读到官方原文，以页面提示为准。"),
    ("first-password", "我们不给初始密码"),
    ("first-password", "网上流传的各种“初始密码”互相矛盾，没有可靠的依据，照着试可能把卡锁住。直接去重设最省事。"),
    ("wrong-office", "去参保地的“医保经办窗口”，带身份证和医保码或社保卡。现在医保归医疗保障局管，不是社保局。"),
    ("wrong-office", "Go to the insurance counter (医保经办窗口) in the place of insurance with ID card and "
     "insurance code or social security card. Insurance now belongs to the healthcare security office "
     "(医疗保障局), not to the social insurance office (社保局)."),
    ("health-food", "公共卫生费用、体育健身、养生保健，不属于基本医保管的开支，不能付。保健品也在这一类。"),
    ("health-food", "保健品、养生保健的东西不能用医保的钱。店家说“换个名目给您刷”，不要答应。"),
    # Says what the menu is not.
    ("wrong-menu", "材料是 2022 年的，菜单名称以网页为准。“共济关系维护”是加人、改人的地方，不是看明细的地方。"),
}
"""Texts that name a trap in order to deny it, word for word: a changed sentence is looked at again."""

MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
ID_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")


def texts(value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{at}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, f"{at}[{index}]")
    elif isinstance(value, str):
        yield at, value


QUOTED = re.compile(r"^national/rumours\.yaml\.|\.asked\[\d+\]$|^national/payable\.yaml\.items"
                    r"|^national/search\.yaml\.sayings|^languages/.*\.zh$")
"""Corrected rumours, questions and words as people have them, and the names of things to pay for: none of them a
statement. What a translation translates is judged where it stands."""


def everything() -> list[tuple[str, str]]:
    """Every text of the pack with where it stands. Titles of sources are other people's words."""
    found = []
    for path in sorted(CONTENT.rglob("*.yaml")):
        name = path.relative_to(CONTENT).as_posix()
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        quoted = name.endswith("sources.yaml")
        found += [(at, text) for at, text in texts(loaded, name)
                  if not (quoted and at.endswith(".title")) and not QUOTED.search(at)]
    return found


EVERYTHING = everything()


def test_the_walk_reads_the_whole_pack():
    files = {at.split(".yaml")[0] for at, _ in EVERYTHING}
    assert {"national/sharing", "national/channels", "national/words", "regions/110000-beijing/benefits"} <= files
    assert len(EVERYTHING) > 2000


@pytest.mark.parametrize(("trap", "pattern", "example"), TRAPS, ids=[trap for trap, _, _ in TRAPS])
def test_the_pattern_catches_what_such_pages_say(trap, pattern, example):
    assert re.search(pattern, example)


@pytest.mark.parametrize(("trap", "pattern"), [trap[:2] for trap in TRAPS], ids=[trap for trap, _, _ in TRAPS])
def test_no_text_states_a_trap_as_true(trap, pattern):
    stated = [(at, text) for at, text in EVERYTHING if re.search(pattern, text) and (trap, text) not in DENIED]
    assert stated == []


def test_every_denial_is_still_there():
    present = {text for _, text in EVERYTHING}
    assert {text for _, text in DENIED} <= present


@pytest.mark.parametrize(("pattern", "example"), [
    (MOBILE, "打 13800138000 问"), (MOBILE, "138-0013-8000"), (ID_NUMBER, "身份证 11010119900307123X"),
], ids=["mobile", "mobile-with-dashes", "id-number"])
def test_the_patterns_for_personal_data_catch_an_example(pattern, example):
    assert pattern.search(example)


@pytest.mark.parametrize("pattern", [MOBILE, ID_NUMBER], ids=["mobile", "id-number"])
def test_no_text_holds_personal_data(pattern):
    assert [(at, text) for at, text in EVERYTHING if pattern.search(text)] == []
