// What every page has to be, whoever reads it and however. Returns one sentence a fault.
// Inside `.paper` stands mail from strangers: it answers only for what may not be there.

const faults = [];
const all = (selector) => [...document.querySelectorAll(selector)];
const own = (element) => !element.closest(".paper");
const words = (element) => (element.textContent ?? "").replace(/\s+/g, " ").trim();

function named(element) {
  const name = element.getAttribute("name") ?? element.getAttribute("href") ?? element.getAttribute("class") ?? "";
  return `<${element.localName} ${name.slice(0, 60)}> “${words(element).slice(0, 40)}”`;
}

function isShown(element) {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && element.checkVisibility({ checkVisibilityCSS: true });
}

// ---- The document ----

const heads = all("h1").filter(own);
if (heads.length !== 1) faults.push(`it has ${heads.length} h1`);
else if (!words(heads[0])) faults.push("its h1 is empty");
if (!document.title.trim()) faults.push("it has no title");
if (!document.documentElement.lang) faults.push("its language is not said");
if (all("main").length !== 1) faults.push(`it has ${all("main").length} main`);

let level = 0;
for (const heading of all("h1, h2, h3, h4, h5, h6").filter((element) => own(element) && isShown(element))) {
  const next = Number(heading.localName[1]);
  if (next > level + 1 && level > 0) faults.push(`${named(heading)} follows a heading of level ${level}`);
  level = next;
}

const seen = new Set();
for (const { id } of all("[id]")) {
  if (seen.has(id)) faults.push(`the id ${id} stands twice`);
  seen.add(id);
}
for (const attribute of ["for", "aria-labelledby", "aria-describedby", "aria-controls"]) {
  for (const element of all(`[${attribute}]`)) {
    for (const id of element.getAttribute(attribute).split(/\s+/)) {
      if (!document.getElementById(id)) faults.push(`${attribute} of ${named(element)} names ${id}, which is not there`);
    }
  }
}

// ---- Names ----

function labelled(element) {
  if (element.getAttribute("aria-label")?.trim() || element.title?.trim()) return true;
  const references = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  if (references.some((id) => words(document.getElementById(id) ?? document.createElement("i")))) return true;
  return [...(element.labels ?? [])].some((label) => words(label));
}

for (const field of all("input:not([type=hidden]), select, textarea")) {
  if (!field.closest("[aria-hidden=true]") && !labelled(field)) faults.push(`${named(field)} has no label`);
}
for (const control of all("a[href], button, summary").filter(own)) {
  if (!words(control) && !labelled(control) && ![...control.querySelectorAll("img")].some((image) => image.alt.trim())) {
    faults.push(`${named(control)} has no name`);
  }
}
for (const image of all("img")) if (!image.hasAttribute("alt")) faults.push(`a picture has no alternative text: ${image.src.slice(0, 80)}`);
for (const table of all("table").filter(own)) {
  if (!table.caption && !labelled(table)) faults.push("a table has no caption");
  for (const head of table.querySelectorAll("th")) if (!head.scope) faults.push(`the head “${words(head)}” has no scope`);
}

// ---- Structure and safety ----

for (const form of all("form[method=post]")) {
  if (!form.querySelector("input[name=csrf_token]")?.value) faults.push(`the form to ${form.getAttribute("action")} has no token`);
}
for (const inner of all("a a, a button, button a, button button, label label")) faults.push(`${named(inner)} lies inside another control`);
for (const link of all("a[target=_blank]:not([rel~=noopener])")) faults.push(`${named(link)} opens a window that can reach this one`);
for (const link of all("a[href], area[href]")) {
  if (!["http:", "https:", "mailto:"].includes(link.protocol)) faults.push(`${named(link)} leads to ${link.protocol}`);
}
for (const element of all("*")) {
  for (const { name } of element.attributes) {
    if (name === "style" || name.startsWith("on")) faults.push(`${named(element)} carries ${name}`);
  }
}
for (const script of all("script")) if (!script.src) faults.push("a script stands in the page");
for (const element of all(".paper :is(script, iframe, form, input, button, object, embed, svg, math, style, meta, link, base)")) {
  faults.push(`mail brought a ${element.localName} with it`);
}

// ---- Size ----

const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width) {
  const isWide = (element) => {
    const box = element.getBoundingClientRect();
    const spills = getComputedStyle(element).overflowX === "visible" ? box.left + element.scrollWidth : 0;
    return isShown(element) && Math.max(box.right, spills) > width + 1;
  };
  // The innermost ones are the cause.
  const wide = all("body *").filter((element) => isWide(element) && ![...element.children].some(isWide));
  faults.push(`it is ${document.documentElement.scrollWidth} px wide in a window of ${width}: ${wide.slice(0, 3).map(named).join(", ")}`);
}
const controls = all("button, .button, summary, select, input:not([type=checkbox], [type=radio], [type=hidden])");
for (const control of controls.filter((element) => own(element) && isShown(element))) {
  const box = control.getBoundingClientRect();
  if (box.width > 1 && (box.width < 23.5 || box.height < 23.5)) {
    faults.push(`${named(control)} is only ${Math.round(box.width)} × ${Math.round(box.height)} px`);
  }
}

// ---- Contrast ----

const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
pixel.canvas.width = pixel.canvas.height = 1;
const known = new Map();
function colour(text) {
  if (!known.has(text)) {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = text;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    known.set(text, [red, green, blue, alpha / 255]);
  }
  return known.get(text);
}
const over = (top, bottom) => [0, 1, 2].map((part) => top[part] * top[3] + bottom[part] * (1 - top[3])).concat(1);
function luminance(rgb) {
  const [red, green, blue] = rgb.slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function ground(element) {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.backgroundImage !== "none") return null;
    const layer = colour(style.backgroundColor);
    if (layer[3] > 0) layers.push(layer);
    if (layer[3] === 1) break;
  }
  const base = colour(getComputedStyle(document.documentElement).backgroundColor)[3] === 1 ? [] : [[255, 255, 255, 1]];
  return [...layers, ...base].reverse().reduce((bottom, top) => over(top, bottom));
}
const exempt = "[aria-disabled=true], :disabled, [inert], option, script, noscript, style, title";
const told = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const text = walker.currentNode.data.trim();
  const element = walker.currentNode.parentElement;
  if (!text || !element || !own(element) || element.closest(exempt)) continue;
  const range = document.createRange();
  range.selectNodeContents(walker.currentNode);
  const box = range.getBoundingClientRect();
  if (!isShown(element) || box.width < 2 || box.height < 2 || element.getBoundingClientRect().width < 2) continue;
  const style = getComputedStyle(element);
  const behind = ground(element);
  if (!behind) continue;
  let opacity = 1;
  for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
  const ink = [...colour(style.color)];
  ink[3] *= opacity;
  const [light, dark] = [luminance(over(ink, behind)), luminance(behind)].sort((a, b) => b - a);
  const ratio = (light + 0.05) / (dark + 0.05);
  const size = parseFloat(style.fontSize);
  const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
  const key = `${style.color} ${behind} ${opacity}`;
  if (ratio < needed - 0.05 && !told.has(key)) {
    told.add(key);
    const place = `${element.localName}.${[...element.classList].join(".")}`;
    faults.push(`“${text.slice(0, 40)}” has a contrast of ${ratio.toFixed(2)} (${place})`);
  }
}

return faults;
