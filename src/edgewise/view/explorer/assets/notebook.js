// In a notebook's frame: as high as the page needs, and light or dark as the notebook is. A frame of another origin cannot
// look outside, and stays as it was made.
const embedded = window.frameElement, narrow = matchMedia("(max-width: 60em), (max-height: 34em)");
function reflow() {
  document.documentElement.classList.toggle("narrow", window.parent !== window || narrow.matches);
}
reflow();
narrow.addEventListener("change", reflow);
// JupyterLab, VS Code and marimo each say how they look; of another page its paper tells.
function theme(outside) {
  const { body, documentElement } = outside, told = `${documentElement.className} ${body.className} ${documentElement.dataset.theme ?? ""} ${body.dataset.theme ?? ""}`;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "true" ? "light" : "dark";
  const kind = body.dataset.vscodeThemeKind ?? told;
  if (/\bdark\b|vscode-dark|high-contrast(?!-light)/.test(kind)) return "dark";
  if (/\blight\b|vscode-light/.test(kind)) return "light";
  for (let item = embedded; item; item = item.parentElement) {
    const [red, green, blue, alpha = 1] = (getComputedStyle(item).backgroundColor.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    if (alpha > 0) return 0.3 * red + 0.6 * green + 0.1 * blue < 128 ? "dark" : "light";
  }
  return "";
}
if (embedded) {
  const outside = embedded.ownerDocument, follow_ = () => {
    const told = theme(outside);
    if (told) document.documentElement.dataset.theme = told;
  };
  follow_();
  const watch = new MutationObserver(follow_);
  for (const item of [outside.body, outside.documentElement]) watch.observe(item, { attributes: true });
}
function fitFrame() {
  const high = Math.ceil(document.body.getBoundingClientRect().height);
  if (high && Math.abs(high - embedded.clientHeight) > 1) embedded.style.height = `${high + 2}px`;
}
