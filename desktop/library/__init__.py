"""The user's notices: kept as files that people can read, built into one database, in use or not."""
