"""The lints that need no engine, in the order of their ids."""

from __future__ import annotations

from validator.packs.lint.equation_without_rule import EQUATION_WITHOUT_RULE
from validator.packs.lint.explanation_of_no_rule import EXPLANATION_OF_NO_RULE
from validator.packs.lint.nested_members import NESTED_MEMBERS
from validator.packs.lint.no_help import NO_HELP
from validator.packs.lint.no_number import NO_NUMBER
from validator.packs.lint.no_test import NO_FAILING_TEST, NO_PASSING_TEST
from validator.packs.lint.old_id import OLD_ID
from validator.packs.lint.one_language import ONE_LANGUAGE
from validator.packs.lint.pack_name_taken import PACK_NAME_TAKEN
from validator.packs.lint.repeated_rule import REPEATED_RULE
from validator.packs.lint.unused_definition import UNUSED_DEFINITION
from validator.packs.lint.unused_field import UNUSED_FIELD
from validator.packs.lint.unusual_spelling import UNUSUAL_SPELLING
from validator.packs.lint.useless_alias import USELESS_ALIAS

LINTS = (
    EQUATION_WITHOUT_RULE,
    EXPLANATION_OF_NO_RULE,
    NESTED_MEMBERS,
    NO_FAILING_TEST,
    NO_HELP,
    NO_NUMBER,
    NO_PASSING_TEST,
    OLD_ID,
    ONE_LANGUAGE,
    PACK_NAME_TAKEN,
    REPEATED_RULE,
    UNUSED_DEFINITION,
    UNUSED_FIELD,
    UNUSUAL_SPELLING,
    USELESS_ALIAS,
)
