"""诉求: what an enterprise asks for, until it is closed; see docs/decisions/demands.md."""
