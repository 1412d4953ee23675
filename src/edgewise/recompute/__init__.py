"""Store or recompute: the choices along the curve of operations against values held."""
