"""事项: what stands in the checklists, by which rules, and every change of it."""
