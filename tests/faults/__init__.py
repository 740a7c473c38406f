"""What happens to machines: kills, power cuts, full disks, sticks pulled out, clocks set, bare systems."""
