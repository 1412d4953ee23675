"""Optimised code in a process that has mapped much, as one with JAX and PyTorch has: no room for it in one place.

LLVM's older linker maps code and constants apart, and aborted the whole process when they were out of reach.
"""

import subprocess
import sys

import pytest

CROWDED = """
import ctypes, mmap, re
import numpy as np
import edgewise as ew

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
PRIVATE, ANONYMOUS, NORESERVE, FIXED = 0x02, 0x20, 0x4000, 0x100000
PAGE, FAR = mmap.PAGESIZE, 3 << 30

x = np.linspace(0.1, 0.9, 100)
functions = [
    ew.trace(lambda a: sum(ew.sin((k + 0.5) * a) ** (k + 2.5) for k in range(n)), "a").gradient().compile()
    for n in range(1, 13)
]
before = [(function(x), function(0.5)) for function in functions]

# Holes of one page, two pages, ... downwards at distances of 3 GB, and nothing else free above the lowest of them.
block = libc.mmap(None, 40 * FAR, 0, PRIVATE | ANONYMOUS | NORESERVE, -1, 0)
assert block != ctypes.c_void_p(-1).value
with open("/proc/self/maps") as maps:
    spans = [tuple(int(end, 16) for end in re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line).groups()) for line in maps]
for (_, end), (start, _) in zip(spans, spans[1:]):
    if block <= end < start < 1 << 47:
        libc.mmap(end, start - end, 0, PRIVATE | ANONYMOUS | NORESERVE | FIXED, -1, 0)
for pages in range(1, 40):
    libc.munmap(block + (40 - pages) * FAR, pages * PAGE)

for function, (batch, single) in zip(functions, before):
    assert function.wait().tier == "optimised"
    np.testing.assert_allclose(function(x), batch, rtol=1e-13)
    np.testing.assert_allclose(function(0.5), single, rtol=1e-13)
print("right")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the map of the process is read from /proc")
def test_code_runs_where_memory_lies_far_apart():
    run = subprocess.run([sys.executable, "-c", CROWDED], capture_output=True, text=True, timeout=120)
    assert (run.returncode, run.stdout) == (0, "right\n"), run.stderr
