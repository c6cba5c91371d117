"""``validator rules [PACK…]``: lists the rules of packs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from validator.api import load_pack
from validator.checking.ids import packs_or_shipped
from validator.cli.main import CLEAN
from validator.model.words import text_in
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.packs.pack import Rule, RulePack


def run(options: Any) -> int:
    """Run the command and return its exit code."""
    packs = packs_or_shipped([load_pack(name) for name in (*options.packs, *options.pack)])
    as_json = options.format == "json"
    sys.stdout.write(rules_json(packs) if as_json else rules_text(packs, options.lang))
    return CLEAN


def rules_text(packs: Iterable[RulePack], lang: str) -> str:
    """Return the rules of each pack, a line a rule: severity, id, title."""
    return "\n".join(_pack_text(pack, lang) for pack in packs)


def _pack_text(pack: RulePack, lang: str) -> str:
    title = text_in(pack.title, lang)
    args = {"pack": pack.name, "version": pack.version, "title": title, "count": len(pack.rules)}
    words = {rule.id: message(f"render/{rule.severity.value}", lang) for rule in pack.rules}
    first = max((len(word) for word in words.values()), default=0)
    second = max((len(rule.full_id) for rule in pack.rules), default=0)
    lines = [message("cli/rules-heading", lang, args)]
    lines += [
        f"  {words[rule.id]:<{first}}  {rule.full_id:<{second}}  {text_in(rule.title, lang)}".rstrip()
        for rule in pack.rules
    ]
    return "\n".join(lines) + "\n"


def rules_json(packs: Iterable[RulePack]) -> str:
    """Return all that packs say of their rules."""
    found = [
        {
            "pack": pack.name,
            "version": pack.version,
            "form": pack.form.name,
            "title": dict(pack.title),
            "rules": [_rule(rule) for rule in pack.rules],
        }
        for pack in packs
    ]
    return json.dumps({"packs": found}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.full_id,
        "severity": rule.severity.value,
        "title": dict(rule.title),
        "assert": rule.assert_text,
        "when": rule.guard_text or None,
        "help": dict(rule.help),
        "basis": dict(rule.basis),
        "levels": list(rule.levels),
        "periods": list(rule.periods),
        "since": rule.since.isoformat() if rule.since else None,
        "until": rule.until.isoformat() if rule.until else None,
        "tags": list(rule.tags),
        "aliases": list(rule.aliases),
        "file": rule.location.file,
        "line": rule.location.line,
    }
