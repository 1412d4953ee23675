// Simplification, one named rewrite after the other. A frame's picture is an image of its own: nothing in it can act.
const rewrites = data.rewrites;
let rewrite = 0;
function frameTo(k) {
  rewrite = Math.max(0, Math.min(rewrites.length - 1, k));
  const { rule, before, after, svg: picture } = rewrites[rewrite];
  $("rulestep").value = rewrite;
  $("rule").textContent = `${rewrite + 1} of ${rewrites.length}: ${rule}   ${before} → ${after} operations`;
  $("ruleimage").src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture);
  $("ruleimage").alt = `The graph after ${rule}`;
}
if (rewrites.length) {
  $("rulestep").max = rewrites.length - 1;
  $("rulestep").addEventListener("input", () => frameTo(Number($("rulestep").value)));
  $("ruleback").onclick = () => frameTo(rewrite - 1);
  $("ruleforth").onclick = () => frameTo(rewrite + 1);
  player($("ruleplay"), () => 2 * Number($("speed").value), () => {
    frameTo(rewrite < rewrites.length - 1 ? rewrite + 1 : 0);
    return rewrite < rewrites.length - 1;
  });
  frameTo(0);
} else tabs.get("Simplification").tab.hidden = true;
