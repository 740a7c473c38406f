"""数据包 in the window: what was entered goes to another machine and comes home; what is to decide."""
