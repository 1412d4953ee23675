"""C99 source, and the machine's own compiler behind it."""
