// The editor: a textarea over the same text in colours, where the place of an error is marked.

const at = id => document.getElementById(id);
const box = at("formula"), paper = at("paint");

const SYMBOLS = /(#[^\n]*)|("[^"\n]*"|'[^'\n]*')|((?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|([^\s\p{L}\p{N}_#]+)|(\s+|.)/gu;
const WORDS = new Set(("and as const def del double else export for from function if import in int let not or return "
  + "restrict static void where with").split(" "));

/** Text as elements in colours; those of characters from `start` on, up to `stop`, are marked. */
function painted(text, start = -1, stop = -1) {
  const made = document.createDocumentFragment();
  let here = 0, marked = null;
  const put = (piece, kind) => {
    let into = made;
    if (here >= start && here < stop) {
      if (!marked) made.append(marked = document.createElement("mark"));
      into = marked;
    }
    if (kind) {
      const span = document.createElement("span");
      span.className = kind;
      span.textContent = piece;
      into.append(span);
    } else into.append(piece);
    here += piece.length;
  };
  for (const found of text.matchAll(SYMBOLS)) {
    const [piece, comment, quoted, number, name, sign] = found;
    const call = name && /^\s*\(/.test(text.slice(found.index + name.length, found.index + name.length + 8));
    const kind = comment ? "comment" : quoted || number ? "number" : WORDS.has(name) ? "keyword" : call ? "function"
      : sign ? "sign-of" : "";
    // A mark may begin or end within a symbol.
    const cuts = [0, start - found.index, stop - found.index, piece.length]
      .filter(cut => cut >= 0 && cut <= piece.length).sort((a, b) => a - b);
    for (let k = 1; k < cuts.length; k++) if (cuts[k] > cuts[k - 1]) put(piece.slice(cuts[k - 1], cuts[k]), kind);
  }
  if (start >= text.length && stop > start) { // at the end there is nothing to mark but room
    here = start;
    put("\u2007", "");
  }
  return made;
}

/** Where a line and a character, as Python counts them, stand in a text, and the end of the symbol that is there. */
function placeIn(text, [line, character], whole) {
  const lines = text.split("\n");
  let start = 0;
  for (let k = 0; k < Math.min(line - 1, lines.length); k++) start += lines[k].length + 1;
  const rest = lines[line - 1] ?? "";
  if (whole) return [start + rest.length - rest.trimStart().length, start + Math.max(rest.length, 1)];
  start += [...rest].slice(0, character - 1).join("").length;
  const symbol = /^([\p{L}_][\p{L}\p{N}_]*|[\d.]+|[\s\S])/u.exec(text.slice(start));
  return [start, start + (symbol && symbol[0] !== "\n" ? symbol[0].length : 1)];
}

/** Show the text anew, with the place of an error if there is one. */
function paint(place = null, whole = false) {
  const [start, stop] = place ? placeIn(box.value, place, whole) : [-1, -1];
  paper.replaceChildren(painted(box.value, start, stop), "\n");
  if (!CSS.supports("field-sizing", "content")) {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  }
  const marked = paper.querySelector("mark");
  if (marked && box.readOnly) box.scrollTop = marked.offsetTop - box.clientHeight / 3;
  scrolled();
}

function scrolled() {
  paper.style.right = `${box.offsetWidth - box.clientWidth}px`;
  paper.style.width = `${box.clientWidth}px`;
  paper.scrollTop = box.scrollTop;
}

box.addEventListener("scroll", scrolled);
window.addEventListener("resize", scrolled);
