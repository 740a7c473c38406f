"""The page 总览: figures, bars and lists over all units, and what turned red."""
