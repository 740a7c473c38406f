"""Each change of what travels between machines, and the state that follows from the set of them."""
