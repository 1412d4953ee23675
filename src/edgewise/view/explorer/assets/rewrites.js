// Simplification, one named rewrite after the other. A frame's picture is an image of its own: nothing in it can act.
let frames = [], frame_ = 0;
async function unpacked() {
  const bytes = Uint8Array.from(atob(data.film), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}
function frameTo(k) {
  frame_ = Math.max(0, Math.min(frames.length - 1, k));
  const { rule, text, before, after, svg: picture } = frames[frame_];
  $("rulestep").value = frame_;
  $("rulecount").textContent = `${frame_} of ${frames.length - 1}`;
  $("rule").textContent = frame_ ? `${rule}: ${before} → ${after} operations` : `as written: ${after} operations`;
  $("ruletext").textContent = text;
  $("ruleimage").hidden = !picture;
  $("rulenone").hidden = Boolean(picture);
  if (picture) $("ruleimage").src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture);
  $("ruleimage").alt = `The graph after ${rule}`;
  $("rulebar").style.width = `${100 * after / frames[0].after}%`;
}
const filming = () => $("left").classList.contains("film");
// Unpacked when the list is opened for the first time.
async function openFilm() {
  if (frames.length) return;
  frames = await unpacked();
  $("rulestep").max = frames.length - 1;
  $("rulestep").addEventListener("input", () => frameTo(Number($("rulestep").value)));
  $("rulefirst").onclick = () => frameTo(0);
  $("ruleback").onclick = () => frameTo(frame_ - 1);
  $("ruleforth").onclick = () => frameTo(frame_ + 1);
  player($("ruleplay"), () => 2 * Number($("speed").value), () => {
    frameTo(frame_ < frames.length - 1 ? frame_ + 1 : 0);
    return frame_ < frames.length - 1;
  });
  frameTo(0);
}
tabs.get("Simplification").tab.hidden = data.rewrites < 1 || typeof DecompressionStream === "undefined";
tabs.get("Simplification").tab.addEventListener("click", openFilm);
tabs.get("Simplification").tab.addEventListener("focus", openFilm);
