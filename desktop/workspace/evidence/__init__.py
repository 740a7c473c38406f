"""佐证材料: files attached to items, kept whole and checked."""
