"""The playground: one page on this machine, on which a formula is edited and everything about it follows."""
