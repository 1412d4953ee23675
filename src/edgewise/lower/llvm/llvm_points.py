"""The loop over the points of a batch as LLVM's text: read, run the code of a graph on vectors of points, write."""

from __future__ import annotations

from typing import Final

from edgewise.lower.llvm.llvm_rows import Precision

__all__ = ["BLOCK", "points_text"]

BLOCK: Final = 5
"""Integers of a block: the place of its first entry among the numbers, the address of its first entry, the bytes from
point to point, how many entries, and the bytes from entry to entry."""


def points_text(kind: str, precision: Precision) -> str:
    """The loop over points, a vector at a time: read, run the kernel on the numbers, write; @points.<kind>.<precision>.

    `table` holds, as 64-bit integers: how many blocks of inputs, how many of results, and the blocks: numbers that
    stand side by side on both sides. Vectors of points that stand side by side in memory are moved as they are,
    entries that do are turned, and others go one by one. An input of stride 0 is read once. The last points, where they
    are fewer than a vector, are filled up with copies of the last one.
    """
    lanes, name = precision.lanes, f"{kind}.{precision.name}"
    return f"""
{_turned("in", kind, precision)}
{_turned("out", kind, precision)}
define void @points.{name}(ptr %kernel, ptr %code, ptr noalias %x, ptr noalias %table, i64 %n) nounwind {{
start:
  %inputs = load i64, ptr %table
  %t1 = getelementptr i64, ptr %table, i64 1
  %results = load i64, ptr %t1
  %blocks.in = getelementptr i64, ptr %table, i64 2
  %skip = mul i64 %inputs, {BLOCK}
  %blocks.out = getelementptr i64, ptr %blocks.in, i64 %skip
  %none = icmp sle i64 %n, 0
  br i1 %none, label %end, label %tile
tile:
  %i = phi i64 [0, %start], [%i.next, %tile.end]
  %left = sub i64 %n, %i
  %full = icmp sge i64 %left, {lanes}
  %lanes = call i64 @llvm.smin.i64(i64 %left, i64 {lanes})
  %last = sub i64 %lanes, 1
  %beginning = icmp eq i64 %i, 0
  br label %in
{_moved("in", kind, precision)}
run:
  call void %kernel(ptr %code, ptr %x)
  br label %out
{_moved("out", kind, precision)}
tile.end:
  %i.next = add i64 %i, {lanes}
  %again = icmp slt i64 %i.next, %n
  br i1 %again, label %tile, label %end
end:
  ret void
}}
declare i64 @llvm.smin.i64(i64, i64)
"""


def _moved(way: str, kind: str, precision: Precision) -> str:
    """The blocks of a tile, moved in or out."""
    inward = way == "in"
    count, before, after = ("inputs", "tile", "run") if inward else ("results", "run", "tile.end")
    first = "i1 %beginning" if inward else "i1 true"
    number, whole_lanes, size = precision.name, precision.lanes, _SIZES[kind]
    vector, wide = f"<{whole_lanes} x {number}>", f"<{whole_lanes} x {kind}>"
    whole = _one_move(inward, f"%{way}.v", (wide, f"%{way}.from", size), (vector, f"%{way}.to", precision.size))
    single = _one_move(inward, f"%{way}.s", (kind, f"%{way}.pm", size), (number, f"%{way}.pl", precision.size))
    # Numbers are filled up behind the last point; of results there are no more than points.
    take = f"call i64 @llvm.smin.i64(i64 %{way}.l, i64 %last)" if inward else f"add i64 %{way}.l, 0"
    lanes = str(whole_lanes) if inward else "%lanes"
    fields = "\n".join(
        f"  %{way}.p{k} = getelementptr i64, ptr %{way}.p, i64 {k}\n"
        f"  %{way}.{name} = load {'ptr' if name == 'address' else 'i64'}, ptr %{way}.p{k}"
        for k, name in enumerate(("place", "address", "stride", "count", "step"))
    )
    return f"""
{way}:
  %{way}.k = phi i64 [0, %{before}], [%{way}.k.next, %{way}.next]
  %{way}.more = icmp slt i64 %{way}.k, %{count}
  br i1 %{way}.more, label %{way}.block, label %{after}
{way}.block:
  %{way}.k5 = mul i64 %{way}.k, {BLOCK}
  %{way}.p = getelementptr i64, ptr %blocks.{way}, i64 %{way}.k5
{fields}
  %{way}.numbers = getelementptr {vector}, ptr %x, i64 %{way}.place
  %{way}.offset = mul i64 %i, %{way}.stride
  %{way}.here = getelementptr i8, ptr %{way}.address, i64 %{way}.offset
  %{way}.moves = icmp ne i64 %{way}.stride, 0
  %{way}.any = or {first}, %{way}.moves
  %{way}.beside = icmp eq i64 %{way}.step, {size}
  %{way}.turns = and i1 %{way}.beside, %full
  %{way}.dense = icmp eq i64 %{way}.stride, {size}
  %{way}.straight = and i1 %{way}.dense, %full
  br i1 %{way}.any, label %{way}.entry, label %{way}.next
{way}.entry:
  %{way}.e = phi i64 [0, %{way}.block], [%{way}.e8, %{way}.turn], [%{way}.e1, %{way}.one]
  %{way}.rest = sub i64 %{way}.count, %{way}.e
  %{way}.done = icmp sle i64 %{way}.rest, 0
  br i1 %{way}.done, label %{way}.next, label %{way}.some
{way}.some:
  %{way}.to = getelementptr {vector}, ptr %{way}.numbers, i64 %{way}.e
  %{way}.far = mul i64 %{way}.e, %{way}.step
  %{way}.from = getelementptr i8, ptr %{way}.here, i64 %{way}.far
  %{way}.many = icmp sge i64 %{way}.rest, {whole_lanes}
  %{way}.eight = and i1 %{way}.many, %{way}.turns
  br i1 %{way}.eight, label %{way}.turn, label %{way}.choose
{way}.turn:
  call void @turned.{way}(ptr %{way}.from, i64 %{way}.stride, ptr %{way}.to)
  %{way}.e8 = add i64 %{way}.e, {whole_lanes}
  br label %{way}.entry
{way}.choose:
  br i1 %{way}.straight, label %{way}.vector, label %{way}.lane
{way}.vector:
{whole}
  br label %{way}.one
{way}.lane:
  %{way}.l = phi i64 [0, %{way}.choose], [%{way}.l.next, %{way}.lane]
  %{way}.take = {take}
  %{way}.move = mul i64 %{way}.take, %{way}.stride
  %{way}.pm = getelementptr i8, ptr %{way}.from, i64 %{way}.move
  %{way}.pl = getelementptr {number}, ptr %{way}.to, i64 %{way}.l
{single}
  %{way}.l.next = add i64 %{way}.l, 1
  %{way}.l.more = icmp slt i64 %{way}.l.next, {lanes}
  br i1 %{way}.l.more, label %{way}.lane, label %{way}.one
{way}.one:
  %{way}.e1 = add i64 %{way}.e, 1
  br label %{way}.entry
{way}.next:
  %{way}.k.next = add i64 %{way}.k, 1
  br label %{way}"""


_SIZES: Final = {"double": 8, "float": 4}

Cell = tuple[str, str, int]
"""A type, the address of such a value, and its alignment."""


def _one_move(inward: bool, name: str, memory: Cell, number: Cell) -> str:
    """A value moved between memory and the numbers, which may be wider."""
    (source, begin, size), (target, end, room) = (memory, number) if inward else (number, memory)
    lines = [f"  {name} = load {source}, ptr {begin}, align {size}"]
    if source != target:
        lines.append(f"  {name}.w = {'fpext' if inward else 'fptrunc'} {source} {name} to {target}")
    return "\n".join([*lines, f"  store {target} {name}{'.w' if source != target else ''}, ptr {end}, align {room}"])


def _turned(way: str, kind: str, precision: Precision) -> str:
    """As many entries as a vector has lanes, of as many points, entry by entry in memory, point by point among the
    numbers: a transposition by exchanges of single entries, of pairs, of fours."""
    size, lanes, narrow = _SIZES[kind], precision.lanes, kind != precision.name
    vector, wide = f"<{lanes} x {precision.name}>", f"<{lanes} x {kind}>"
    lines = [f"define internal void @turned.{way}(ptr %side, i64 %stride, ptr %to) alwaysinline nounwind {{"]
    rows = [f"%v{k}" for k in range(lanes)]
    for k in range(lanes):
        lines.append(f"  %far{k} = mul i64 %stride, {k}")
        lines.append(f"  %side{k} = getelementptr i8, ptr %side, i64 %far{k}")
        lines.append(f"  %to{k} = getelementptr {vector}, ptr %to, i64 {k}")
        if way == "in":
            lines.append(f"  %{'n' if narrow else 'v'}{k} = load {wide}, ptr %side{k}, align {size}")
            if narrow:
                lines.append(f"  %v{k} = fpext {wide} %n{k} to {vector}")
        else:
            lines.append(f"  %v{k} = load {vector}, ptr %to{k}, align {precision.size}")
    distance = 1
    while distance < lanes:
        turned = list(rows)
        for j in range(lanes):
            if j & distance:
                continue
            low = [t + lanes - distance if t & distance else t for t in range(lanes)]
            high = [t + lanes if t & distance else t + distance for t in range(lanes)]
            for at, mask in ((j, low), (j + distance, high)):
                turned[at] = f"%t{distance}.{at}"
                order = ", ".join(f"i32 {t}" for t in mask)
                lines.append(
                    f"  {turned[at]} = shufflevector {vector} {rows[j]}, {vector} {rows[j + distance]}, "
                    f"<{lanes} x i32> <{order}>"
                )
        rows, distance = turned, 2 * distance
    for k, row in enumerate(rows):
        if way == "in":
            lines.append(f"  store {vector} {row}, ptr %to{k}, align {precision.size}")
        elif narrow:
            lines.append(f"  %n{k} = fptrunc {vector} {row} to {wide}")
            lines.append(f"  store {wide} %n{k}, ptr %side{k}, align {size}")
        else:
            lines.append(f"  store {wide} {row}, ptr %side{k}, align {size}")
    return "\n".join([*lines, "  ret void", "}"])
