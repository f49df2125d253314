"""Approvals: what an institution lets be approved inside, step by step, before one of its offices acts outside."""
