"""修改记录 on the screen: a page at a time, filtered, exported, undone."""
