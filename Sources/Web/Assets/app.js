// Progressive enhancement of Clynto's pages; every page works without it.
// Markup names what it wants by data attributes; nothing here builds HTML out of data.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const page = document.documentElement;

// ---- Times: titles in the reader's zone, elapsed clocks, countdowns ----

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });

function dress(root) {
  for (const element of all("[data-needs-js]", root)) element.hidden = false;
  for (const field of all("[data-previews]", root)) preview(field);
  for (const element of all("time[datetime]", root)) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    if (element.title && !element.title.includes(" · ")) element.title += ` · ${exact.format(moment)} here`;
    if (element.dataset.time === "clock") element.textContent = clock.format(moment);
  }
}

// Words as the server writes them: 42 s, 3 min 05 s, 1 h 04 min.
function lasting(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

// The server's clock may differ from this one, so timers count on from what the server wrote.
const started = new WeakMap();
function tick() {
  for (const element of all("[data-elapsed], [data-countdown]")) {
    const isCountdown = "countdown" in element.dataset;
    const written = isCountdown ? element.dataset.countdown : element.dataset.elapsed;
    if (started.get(element)?.written !== written) started.set(element, { written, at: performance.now() });
    const passed = (performance.now() - started.get(element).at) / 1000;
    const seconds = Number(written);
    const text = lasting(isCountdown ? seconds - passed : seconds + passed);
    if (element.textContent !== text) element.textContent = text;
  }
}

// ---- The live card ----

// Makes `old` like `fresh` with as few changes as possible, so that focus, open details and running animations stay.
function morph(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) {
    // What a person opened, and what this script did itself, is not the server's to take back.
    if (!fresh.hasAttribute(name) && !(name === "open" && old.id)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== "hidden" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  after.forEach((node, index) => { before[index] ? morph(before[index], node) : old.append(node); });
  for (const node of before.slice(after.length)) node.remove();
}

// Somebody is filling in a form, or reads why it was refused.
function isInUse(card) {
  const active = document.activeElement;
  if (card.contains(active) && active.matches("input, select, textarea")) return true;
  if (card.querySelector("[aria-invalid=true]")) return true;
  return all("input:not([type=hidden]), textarea", card).some((field) => field.value !== field.defaultValue);
}

async function refresh(card) {
  const answer = await fetch(card.dataset.live, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok || !answer.headers.get("content-type")?.includes("text/html")) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
  if (!fresh) return;
  const changed = fresh.dataset.state !== card.dataset.state;
  if (!changed && isInUse(card)) return;
  if (changed) card.replaceWith(document.adoptNode(fresh));
  else morph(card, document.adoptNode(fresh));
  const shown = document.querySelector("[data-live]");
  dress(shown);
  tick();
  freshen(shown);
  announce(shown, changed);
}

// The pill in the top bar says what the card says.
function freshen(card) {
  const pill = document.querySelector(".topbar .freshness");
  if (!pill || !card.dataset.freshness) return;
  pill.className = `freshness ${card.dataset.freshnessState}`;
  pill.querySelector(".freshness-text").textContent = card.dataset.freshness;
  pill.title = `${card.dataset.freshness}. Open the sync history`;
}

// Progress is said at most every ten seconds, a change of state at once.
let saidAt = 0;
function announce(card, changed) {
  const place = document.getElementById("live-status");
  if (!place || (!changed && Date.now() - saidAt < 10_000)) return;
  saidAt = Date.now();
  place.textContent = card.dataset.status ?? "";
}

function follow() {
  const card = document.querySelector("[data-live][data-events]");
  if (!card || !("EventSource" in window)) return;
  const source = new EventSource(card.dataset.events);
  let running = false;
  let again = false;
  const update = async () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      const current = document.querySelector("[data-live]");
      if (current) await refresh(current).catch(() => {});
    }
    running = false;
  };
  source.addEventListener("card", update);
  window.addEventListener("pagehide", () => source.close());
  // A page that comes back from the browser's history starts anew.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

// Parts that are asked for every few seconds while the page is seen.
function poll() {
  const place = document.querySelector("[data-polled]");
  if (!place) return;
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(place.dataset.polled, { headers: { Accept: "text/html" }, credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-polled]");
    const shown = document.querySelector("[data-polled]");
    if (!fresh || !shown) return;
    morph(shown, document.adoptNode(fresh));
    dress(document.querySelector("[data-polled]"));
  }, 2000);
}

// ---- Forms ----

// One parameter a name, several values joined by commas: the address stays short and readable.
function address(form) {
  const values = new Map();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || value === "") continue;
    values.set(name, values.has(name) ? `${values.get(name)},${value}` : value);
  }
  for (const [name, value] of values) if (value === "!") values.delete(name);
  const query = [...values].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%21", "!")}`);
  return form.getAttribute("action") + (query.length ? `?${query.join("&")}` : "");
}

function visit(form) {
  const target = new URL(address(form), location.href);
  if (target.href === location.href) return;
  for (const element of all("[data-results]")) element.classList.add("waiting-results");
  location.assign(target);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (question && form.dataset.confirmed !== "yes") {
    event.preventDefault();
    ask(question, button).then((isSure) => {
      if (!isSure) return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(button ?? undefined);
    });
    return;
  }
  delete form.dataset.confirmed;
  if ("filters" in form.dataset) {
    event.preventDefault();
    visit(form);
    return;
  }
  if (button?.dataset.checks) {
    event.preventDefault();
    check(form, button);
    return;
  }
  if ("asks" in form.dataset && canStream) {
    event.preventDefault();
    askLarry(form, button);
    return;
  }
  if ("swaps" in form.dataset) {
    event.preventDefault();
    swap(form, button);
    return;
  }
  // A second press must not send the form twice.
  if (form.method === "post") {
    if (form.dataset.sent === "yes") { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    if (button?.dataset.busy) setTimeout(() => { button.textContent = button.dataset.busy; button.setAttribute("aria-disabled", "true"); });
    setTimeout(() => { delete form.dataset.sent; }, 10_000);
  }
});

// Sends a form for its answer alone: the part of the answering page named by the button takes the place of this page's own. What was
// typed stays where it is, the key above all.
async function check(form, button) {
  const place = document.getElementById(button.dataset.checks);
  if (!place || button.getAttribute("aria-disabled") === "true") return;
  const label = button.textContent;
  button.textContent = button.dataset.busy;
  button.setAttribute("aria-disabled", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)), credentials: "same-origin" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = fresh.getElementById(place.id);
    if (answer.ok && found) place.replaceChildren(...found.childNodes);
    else place.replaceChildren(fresh.querySelector(".fault") ?? fresh.querySelector("h1")?.textContent ?? "");
    place.hidden = false;
  } catch {
    place.hidden = false;
    place.textContent = "The check could not be sent. Try again.";
  } finally {
    button.textContent = label;
    button.removeAttribute("aria-disabled");
  }
}

// Sends a form and takes the part of the answering page that it names in place of this page's own.
async function swap(form, button) {
  const id = form.dataset.swaps;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)), credentials: "same-origin" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
    if (!answer.ok || !fresh) throw new Error("no answer");
    document.getElementById(id)?.replaceWith(document.adoptNode(fresh));
    dress(document.getElementById(id));
  } catch {
    form.dataset.sent = "";
    delete form.dataset.swaps;
    form.requestSubmit(button ?? undefined);
  }
}

// ---- Larry: answers as they come, and the panel beside a page ----

const canStream = "ReadableStream" in window && "TextDecoderStream" in window;
const threadKey = "clynto.larry.thread";
const panelKey = "clynto.larry.open";
let asking = null;

function remembered(name) { try { return sessionStorage.getItem(name); } catch { return null; } }
function remember(name, value) { try { value === null ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, value); } catch { /* private windows */ } }

// The events of a stream, each with its name and its data.
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    let end;
    while ((end = rest.indexOf("\n\n")) >= 0) {
      const lines = rest.slice(0, end).split("\n");
      rest = rest.slice(end + 2);
      const name = lines.find((line) => line.startsWith("event: "))?.slice(7);
      const data = lines.find((line) => line.startsWith("data: "))?.slice(6);
      if (name && data) yield { name, data: JSON.parse(data) };
    }
  }
}

async function askLarry(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  let place = form.closest("[data-larry]");
  if (!place) {
    await openPanel();
    place = document.querySelector("#larry-panel [data-larry]");
    if (!place) { location.assign("/larry"); return; }
  }
  if (place.dataset.thread && !body.has("thread")) body.set("thread", place.dataset.thread);
  const topic = place.querySelector(".topic input:checked");
  if (topic && !body.has("about") && !body.has("edit")) body.set("about", topic.value);
  asking?.abort();
  const mine = (asking = new AbortController());
  const waiting = place.querySelector("[data-waiting]");
  const stage = waiting.querySelector("[data-stage]");
  closeMenus(null);
  stage.textContent = "Reading the question";
  waiting.hidden = false;
  waiting.scrollIntoView({ block: "nearest" });
  waiting.querySelector("[data-stop]").focus({ preventScroll: true });
  let isAnswered = false;
  let fault = "The question could not be sent. Ask again.";
  try {
    const answer = await fetch(form.action, {
      method: "POST", body, credentials: "same-origin", headers: { Accept: "text/event-stream" }, signal: mine.signal,
    });
    if (!answer.ok || !answer.headers.get("content-type")?.includes("text/event-stream")) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      fault = page.querySelector(".fault span")?.textContent ?? page.querySelector("h1")?.textContent ?? fault;
      throw new Error("no stream");
    }
    for await (const { name, data } of events(answer.body)) {
      if (name === "stage") stage.textContent = data.text;
      if (name === "fault") fault = data.message;
      if (name === "turn") { isAnswered = true; showTurn(place, data); }
    }
  } catch (error) {
    if (mine.signal.aborted) fault = "Stopped. Nothing was kept.";
    else if (error instanceof TypeError) fault = "The connection broke before the answer came. Ask again.";
  }
  if (asking === mine) { asking = null; waiting.hidden = true; }
  const field = place.querySelector("input[name=question]:not([type=hidden])");
  if (isAnswered) { if (field && form.contains(field)) field.value = ""; }
  else if (asking === null) tell(place, fault);
  if (asking === null) field?.focus({ preventScroll: true });
}

// A sentence that is no answer stands under the box until the next one.
function tell(place, text) {
  let line = place.querySelector("[data-told]");
  if (!line) {
    line = document.createElement("p");
    line.className = "hint";
    line.dataset.told = "";
    line.setAttribute("role", "alert");
    place.querySelector("[data-waiting]").after(line);
  }
  line.textContent = text;
}

function showTurn(place, data) {
  place.querySelector("[data-told]")?.remove();
  const fresh = new DOMParser().parseFromString(data.html, "text/html").querySelector(".turn");
  if (!fresh) return;
  const turns = place.querySelector("[data-turns]");
  for (const old of all("[data-last-only]", turns)) old.remove();
  turns.append(document.adoptNode(fresh));
  place.querySelector("[data-openers]")?.remove();
  place.dataset.thread = data.thread;
  for (const form of all("form[data-asks]", place)) {
    let field = form.querySelector("input[name=thread]");
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "thread";
      form.append(field);
    }
    field.value = data.thread;
  }
  const shown = document.getElementById(`turn-${data.turn}`);
  dress(shown);
  shown.scrollIntoView({ block: "start" });
  if (place.dataset.larry === "page") history.replaceState(null, "", data.place);
  else remember(threadKey, data.thread);
  const status = document.getElementById("live-status");
  if (status) status.textContent = data.said;
}

async function openPanel(isNew = false) {
  const panel = document.getElementById("larry-panel");
  if (!panel) return;
  if (isNew) remember(threadKey, null);
  if (isNew || !panel.querySelector("[data-larry]")) {
    const source = new URL(panel.dataset.src, location.href);
    const thread = remembered(threadKey);
    if (thread) source.searchParams.set("thread", thread);
    const answer = await fetch(source, { headers: { Accept: "text/html" }, credentials: "same-origin" }).catch(() => null);
    const fresh = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".panel-content") : null;
    if (!fresh) { location.assign("/larry"); return; }
    panel.replaceChildren(document.adoptNode(fresh));
    dress(panel);
  }
  panel.hidden = false;
  document.body.classList.add("beside");
  document.querySelector("[data-opens-panel]")?.setAttribute("aria-expanded", "true");
  remember(panelKey, "yes");
  panel.querySelector("input[name=question]:not([type=hidden])")?.focus();
}

function closePanel() {
  const panel = document.getElementById("larry-panel");
  if (!panel || panel.hidden) return false;
  asking?.abort();
  panel.hidden = true;
  document.body.classList.remove("beside");
  remember(panelKey, null);
  const opener = document.querySelector("[data-opens-panel]");
  opener?.setAttribute("aria-expanded", "false");
  opener?.focus();
  return true;
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target.closest("[data-stop]")) { asking?.abort(); return; }
  if (target.closest("[data-closes-panel]")) { closePanel(); return; }
  if (target.closest("[data-renews-panel]")) { event.preventDefault(); openPanel(true); return; }
  if (target.closest("[data-opens-panel]") && canStream) {
    event.preventDefault();
    if (!closePanel()) openPanel();
  }
});

document.addEventListener("change", (event) => {
  const field = event.target;
  const form = field.form;
  if (!form) return;
  if ("submitOnChange" in field.dataset) { form.requestSubmit(); return; }
  // Boxes in a filter menu are sent together when the menu closes.
  const menu = field.closest("details.filter");
  if (menu && "filters" in form.dataset) menu.dataset.changed = "yes";
});

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof HTMLDetailsElement) || !menu.classList.contains("menu")) return;
  if (menu.open) {
    fit(menu);
    menu.querySelector("input[type=search]")?.focus();
  } else if (menu.dataset.changed === "yes") {
    delete menu.dataset.changed;
    menu.closest("form")?.requestSubmit();
  }
}, true);

// A panel that would leave the window opens to the other side.
function fit(menu) {
  const panel = menu.querySelector(".panel");
  if (!panel) return;
  menu.classList.toggle("end", menu.classList.contains("end") || panel.getBoundingClientRect().right > innerWidth - 8);
}

// Narrowing the options of a long menu as somebody types.
document.addEventListener("input", (event) => {
  const field = event.target;
  if ("narrows" in field.dataset) {
    const words = field.value.trim().toLocaleLowerCase();
    for (const option of all(".options > *", field.closest(".panel"))) {
      option.hidden = words !== "" && !option.textContent.toLocaleLowerCase().includes(words) && !option.querySelector("input:checked");
    }
  }
  if ("previews" in field.dataset) preview(field);
});

// The address a typed subdomain leads to, under the field.
function preview(field) {
  const place = document.getElementById(field.dataset.previews);
  if (!place) return;
  let text = field.value.trim().toLowerCase().replace(/^https?:\/\//, "");
  text = text.split(/[/?#:]/)[0].replace(/\.freshdesk\.com$/, "");
  const isPlain = /^[a-z0-9][a-z0-9-]{0,62}$/.test(text);
  place.textContent = text === "" ? place.dataset.empty : isPlain ? place.dataset.pattern.replace("{subdomain}", text) : place.dataset.odd;
}

// ---- Dialogs, menus, copying, dismissing ----

function ask(question, button) {
  const dialog = document.getElementById("confirm");
  if (!dialog?.showModal) return Promise.resolve(window.confirm(question));
  dialog.querySelector("[data-question]").textContent = question;
  const accept = dialog.querySelector("[value=yes]");
  accept.textContent = button?.dataset.confirmVerb ?? button?.textContent.trim() ?? "Continue";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

function closeMenus(except) {
  for (const menu of all("details.menu[open]")) if (menu !== except && !menu.contains(except)) menu.open = false;
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const text = source ? source.value ?? source.textContent : button.dataset.copyText ?? "";
  const label = button.querySelector("[data-label]") ?? button;
  const before = label.textContent;
  try {
    await navigator.clipboard.writeText(text);
    label.textContent = "Copied";
  } catch {
    source?.select?.();
    label.textContent = "Press Ctrl C";
  }
  setTimeout(() => { label.textContent = before; }, 2000);
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  closeMenus(target);
  const copier = target.closest("[data-copy], [data-copy-text]");
  if (copier) { copy(copier); return; }
  const dismissed = target.closest("[data-dismiss]");
  if (dismissed) { dismissed.closest(".banner")?.remove(); return; }
  const opener = target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); }
    return;
  }
  const remembered = target.closest("[data-opens-details]");
  if (remembered) {
    const details = document.getElementById(remembered.dataset.opensDetails);
    if (details) { event.preventDefault(); details.open = true; details.querySelector("input:not([type=hidden]):not([readonly])")?.focus(); details.scrollIntoView({ block: "nearest" }); }
  }
});

// ---- Theme: shown at once, kept by the server ----

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button[name=theme]") : null;
  if (!button) return;
  if (button.value === "system") delete page.dataset.theme;
  else page.dataset.theme = button.value;
});

// ---- Keyboard ----

const keysOff = "clynto.keys.off";
const deskPlace = "clynto.desk.place";
const places = { t: "tickets", a: "accounts", e: "agents", l: "larry", i: "integrations", s: "settings" };
let pending = 0;

function stored(name) { try { return localStorage.getItem(name); } catch { return null; } }
function store(name, value) { try { value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value); } catch { /* private windows */ } }

function move(step) {
  const rows = all("[data-row] a.row-link, [data-message]");
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement?.closest("[data-row]")?.querySelector("a.row-link") ?? document.activeElement);
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// One key decides about the row that is looked at: its button says which.
function decide(key) {
  const rows = all("[data-row]");
  const row = document.activeElement?.closest("[data-row]");
  const act = row?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`.banner [data-key="${key}"]`);
  if (!act) return false;
  // The page that follows goes on at the same place of the list.
  try { sessionStorage.setItem(deskPlace, JSON.stringify([location.pathname, Math.max(0, rows.indexOf(row))])); } catch { /* private windows */ }
  act.click();
  return true;
}

function resume() {
  let kept = null;
  try { kept = JSON.parse(sessionStorage.getItem(deskPlace) ?? "null"); sessionStorage.removeItem(deskPlace); } catch { /* private windows */ }
  if (!kept || kept[0] !== location.pathname) return;
  const rows = all("[data-row] a.row-link");
  rows[Math.min(rows.length - 1, kept[1])]?.focus({ preventScroll: true });
}

function outside() {
  const row = document.activeElement?.closest("[data-row]");
  const base = row?.dataset.row && row.closest("[data-outside]")?.dataset.outside;
  const place = base ? base + row.dataset.row : document.querySelector("a[data-outside]")?.href;
  if (place && /^https?:\/\//.test(place)) window.open(place, "_blank", "noopener,noreferrer");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const isMenuOpen = document.querySelector("details.menu[open]") || document.querySelector("dialog[open]");
    closeMenus(null);
    if (!isMenuOpen && event.target instanceof Element && event.target.closest("#larry-panel")) closePanel();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "j") {
    const opener = document.querySelector("[data-opens-panel]");
    if (opener && canStream) { event.preventDefault(); opener.click(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const target = event.target;
  if (target instanceof Element && target.closest("input, select, textarea, [contenteditable], dialog[open]")) return;
  if (stored(keysOff) === "yes") return;
  const follows = Date.now() - pending < 1200;
  pending = 0;
  if (follows && places[event.key]) {
    const link = document.querySelector(`[data-place="${places[event.key]}"]`);
    if (link) { event.preventDefault(); location.assign(link.href); }
    return;
  }
  const acts = {
    g: () => { pending = Date.now(); },
    j: () => move(1),
    k: () => move(-1),
    o: outside,
    f: () => { const first = document.querySelector("form[data-filters] details.filter > summary"); first?.focus(); first?.click(); },
    "/": () => document.getElementById("search")?.focus(),
    "?": () => document.getElementById("shortcuts")?.showModal(),
    "<": () => document.querySelector("a[rel=prev]")?.click(),
    ">": () => document.querySelector("a[rel=next]")?.click(),
  };
  if (/^[acimnu]$/.test(event.key) && decide(event.key)) { event.preventDefault(); return; }
  const act = acts[event.key];
  if (act) { event.preventDefault(); act(); }
});

function switches() {
  for (const box of all("[data-keys-switch]")) {
    box.checked = stored(keysOff) !== "yes";
    box.addEventListener("change", () => store(keysOff, box.checked ? null : "yes"));
  }
}

// A row of tabs that is wider than the window is scrolled to the current one, and only sideways.
function showTab() {
  for (const tab of all(".tabs [aria-current]")) {
    const row = tab.closest(".tabs");
    if (row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}

// ---- Begin ----

page.classList.add("js");
for (const button of all("[data-apply]")) button.title = "Also applied when the menu closes";
switches();
resume();
showTab();
addEventListener("resize", showTab);
dress(document);
tick();
setInterval(tick, 1000);
follow();
poll();
// Left open on the page before, it is open here too where there is room for both.
if (remembered(panelKey) === "yes" && matchMedia("(min-width: 1360px)").matches) {
  const active = document.activeElement;
  openPanel().then(() => { if (active instanceof HTMLElement) active === document.body ? document.activeElement?.blur() : active.focus(); });
}
