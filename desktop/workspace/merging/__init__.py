"""数据包: what was entered on one machine, packed, carried by stick, and united with what another has."""
