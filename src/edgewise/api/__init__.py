"""What users hold: graphs, derivative graphs, and the functions that make them."""

from edgewise.api import derivative_graph as derivative_graph  # a graph has its derivatives, whoever asks for one alone
