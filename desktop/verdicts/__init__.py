"""Which measures fit an enterprise, clause by clause, with the measure's own words; pure, three-valued."""
