"""佐证材料 on the screen: attach, look through, check."""
