"""x"""
from __future__ import annotations
def is_equivalent(rule, mutant):
    return False
