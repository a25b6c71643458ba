"""Keys of the pack's words the estimate asks for; a test holds the list against the code."""

WORDS_USED = frozenset({
    "join.list",
    "assume.account-all", "assume.account-in-scope", "assume.accounts-not-told", "assume.deductible-over",
    "assume.limit-not-reached", "assume.no-aid", "assume.nothing-used", "assume.prescription", "assume.short-stay",
    "assume.tier",
    "assume.transfer-as-new", "assume.year-of-admission", "assume.year-of-settlement",
    "formula.account", "formula.deductible-again", "formula.deductible-share", "formula.deductible-short",
    "formula.deductible-total", "formula.deductible-transfer", "formula.deductible-used", "formula.entered",
    "formula.not-paid", "formula.own-part", "formula.told",
    "gap.no-rule", "gap.not-told", "gap.referral", "gap.tier", "gap.tier-unknown", "place.this", "rule.of", "rule.tier",
    "step.beyond-bands", "step.limit-reached", "step.minus", "step.no-prescription", "step.own-part",
    "who.local-office",
    "told.age", "told.aid", "told.away", "told.family_doctor", "told.group", "told.level", "told.months",
    "told.reading", "told.referral", "told.retired_on", "told.status", "told.tier", "told.visit",
})
