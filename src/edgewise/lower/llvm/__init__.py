"""Native code by LLVM: ready at once, and faster while it is used."""
