"""Vertex elimination: the orders there are, what each costs, the search for a cheap one, the Jacobian it writes."""
