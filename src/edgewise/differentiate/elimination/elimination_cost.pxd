from edgewise.differentiate.elimination.lehmer cimport Lehmer
