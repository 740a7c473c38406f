"""What any page is made of: the look, icons, small widgets, tables, dialogs, jobs. It knows no noun."""
