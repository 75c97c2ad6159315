// Improves pages that work without it: answers stream in, a citation opens beside the text,
// a choice of colours takes effect at once. Whatever fails falls back to the plain page.

const WIDE = matchMedia("(min-width: 62rem)");
const CONTENTS_BESIDE = matchMedia("(min-width: 79rem)");
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

function announce(text) {
  $("#announce").textContent = text;
}

/** What the page says in its language, by name (parts/announced.html). */
function said(name, ...given) {
  return $("#announce").dataset[name].replace(/\{(\d)\}/g, (_, place) => given[place]);
}

/* ---- Asking: the answer streams into the page ---- */

let asking = null; // the AbortController of the question under way

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-ask]") || !window.ReadableStream) return;
  event.preventDefault();
  for (const nav of $$(".suggestions")) nav.hidden = true;
  if (asking) asking.abort();
  ask(form, event.submitter);
});

async function ask(form, submitter) {
  const data = new FormData(form, submitter);
  const question = String(data.get("q") || "").trim();
  if (!question) return submitPlainly(form, submitter);
  const abort = (asking = new AbortController());
  const stream = new Stream(question, abort);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(data),
      headers: { Accept: "text/event-stream" },
      signal: abort.signal,
    });
    const type = response.headers.get("Content-Type") || "";
    if (!response.ok || !type.startsWith("text/event-stream")) {
      return submitPlainly(form, submitter);
    }
    for await (const { name, text } of events(response.body)) stream.take(name, text);
    stream.end();
  } catch (error) {
    if (abort.signal.aborted || stream.address) stream.stopped(); // what is shown, stays
    else submitPlainly(form, submitter);
  } finally {
    if (asking === abort) asking = null;
  }
}

function submitPlainly(form, submitter) {
  if (submitter?.name) {
    const chosen = Object.assign(document.createElement("input"), {
      type: "hidden", name: submitter.name, value: submitter.value,
    });
    form.append(chosen);
  }
  if (!form.isConnected) document.body.append(form);
  form.submit();
}

/** The events of a text/event-stream, one after the other. */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n");
      const name = lines.find((line) => line.startsWith("event: "))?.slice(7) ?? "message";
      const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
      yield { name, text: data.join("\n") };
    }
  }
}

/** The page that an answer arrives in. The old page stays until the first event. */
class Stream {
  constructor(question, abort) {
    this.question = question;
    this.abort = abort;
    this.began = performance.now();
    this.address = null;
    this.failed = false;
    announce(said("answering"));
    document.documentElement.setAttribute("aria-busy", "true");
  }

  /** Replace the page's content by an empty sheet, once. */
  open() {
    if (this.text) return;
    closePanel({ focus: false });
    this.before = [...$("#main").childNodes];
    $("#main").replaceChildren($("#sheet").content.cloneNode(true));
    $("#main").classList.add("streaming");
    this.text = $("[data-answer]");
    this.progress = document.createElement("p");
    this.progress.className = "progress";
    const stop = Object.assign(document.createElement("button"), {
      type: "button", className: "plain", textContent: said("stop"),
    });
    stop.addEventListener("click", () => this.abort.abort());
    this.progress.append(document.createElement("span"), stop);
    this.text.append(this.progress);
    scrollTo({ top: 0, behavior: "instant" });
  }

  take(name, text) {
    this.open();
    if (name === "hidden") this.hidden = JSON.parse(text);
    else if (name === "understood") {
      $("span", this.progress).textContent = said("understood", text);
      announce(said("understood", text));
    } else if (name === "checking") this.checking(text);
    else if (name === "part") this.part(text);
    else if (name === "done") this.done(JSON.parse(text));
    else if (name === "writing") this.writing(text);
    else if (name === "claim") this.claims(text);
    else if (name === "written") this.written(JSON.parse(text));
    else if (name === "failed") this.fail(text);
  }

  /** A language model has a say before the answer is shown. */
  checking(model) {
    this.progress.append(Object.assign(document.createElement("span"), {
      textContent: said("checking", model),
    }));
  }

  part(html) {
    const piece = document.createElement("template");
    piece.innerHTML = html;
    const contents = $("[data-slot=contents]", piece.content);
    if (contents) $(".toc-slot").append(contents);
    this.text.append(piece.content);
    if (this.hidden) offerAsTyped(this.text, this.question);
    const title = $("h1", this.text);
    if (title && !this.titled) {
      this.titled = true;
      title.focus({ preventScroll: true });
    }
  }

  done({ url, title, language }) {
    this.address = url;
    $("#main").lang = language;
    this.progress.remove();
    history.pushState({ osler: true }, "", url);
    document.title = `${title} · ${$(".logo span").textContent}`;
    const took = Math.round(performance.now() - this.began);
    const sections = $$(".text > section", this.text.parentElement).length;
    announce(said("answered", took, sections));
    ready();
  }

  /** A language model words what is shown; each claim changes once its words were checked. */
  writing(model) {
    this.progress.replaceChildren(Object.assign(document.createElement("span"), {
      textContent: said("worded", model),
    }));
    $("footer.end", this.text)?.before(this.progress);
  }

  claims(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const cited = open?.closest("section[id]")?.id; // its passage is closed where its section goes
    for (const section of $$("section", holder.content)) {
      document.getElementById(section.id)?.replaceWith(section);
      if (section.id === cited) closePanel({ focus: false });
    }
    for (const claim of $$("li.claim", holder.content)) {
      const old = document.getElementById(claim.id);
      if (!old) continue;
      const shown = open && old.contains(open) ? [...$$("a.cite", old)].indexOf(open) : -1;
      old.replaceWith(claim);
      if (shown < 0) continue;
      open = $$("a.cite", claim)[shown] ?? null; // its passage stays beside the text
      open?.setAttribute("aria-current", "true");
    }
  }

  written({ url, footer }) {
    this.progress.remove();
    this.address = url;
    history.replaceState({ osler: true }, "", url);
    const holder = document.createElement("template");
    holder.innerHTML = footer;
    $("footer.end", this.text)?.replaceWith(holder.content);
  }

  /** The question was refused: say why where it was asked. */
  fail(html) {
    this.failed = true;
    $("#main").replaceChildren(...this.before);
    $$("[role=alert]", $("#main")).forEach((old) => old.remove());
    const form = $("form.ask", $("#main"));
    if (form) form.insertAdjacentHTML("beforebegin", html);
    else $("#main").insertAdjacentHTML("afterbegin", `<div class="page">${html}</div>`);
    const alert = $("#main [role=alert]");
    alert.tabIndex = -1;
    alert.focus();
    alert.scrollIntoView({ block: "nearest" });
  }

  end() {
    document.documentElement.removeAttribute("aria-busy");
    $("#main").classList.remove("streaming");
    this.progress?.remove();
    if (!this.address && !this.failed) throw new Error("the stream ended before the answer did");
  }

  stopped() {
    this.progress?.remove();
    document.documentElement.removeAttribute("aria-busy");
    if (this.before && !this.address) $("#main").replaceChildren(...this.before);
    if (!this.address) announce(said("stopped"));
  }
}

/** What was typed stays in this page's memory alone: the button swaps the heading, here. */
function offerAsTyped(text, typed) {
  const button = $("[data-as-typed]", text);
  const title = $("h1", text);
  if (!button || !title || !button.hidden) return;
  const withoutNames = title.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(shown));
    title.textContent = shown ? typed : withoutNames;
  });
}

// A page that came by a stream is fetched anew when the reader goes back or forward to it.
history.replaceState({ osler: true }, "");
addEventListener("popstate", (event) => {
  if (event.state?.osler) location.reload();
});

addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-submit-on-enter]")) {
    if (event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (event.key === "Escape" && asking) asking.abort();
});

/* ---- The cited passage beside the text ---- */

let open = null; // the citation whose passage is shown
let focusOnClose = null;
const fetched = new Map();

document.addEventListener("click", (event) => {
  const cite = event.target.closest("a.cite");
  if (cite && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    showPassage(cite, { focus: event.detail === 0 });
  } else if (event.target.closest("[data-close]")) closePanel();
  else if (event.target.closest("[data-step]")) step(Number(event.target.closest("[data-step]").dataset.step));
  else if (event.target.closest("[data-copy-passage]")) copyPassage(event.target.closest("button"));
  else if (event.target.closest("a[data-copy]")) copyText(event);
});

document.addEventListener("keydown", (event) => {
  if (!open) return;
  const inPanel = event.target.closest?.("[data-panel]");
  if (event.key === "Escape") closePanel();
  else if (inPanel && event.key === "ArrowRight") step(1);
  else if (inPanel && event.key === "ArrowLeft") step(-1);
  else return;
  event.preventDefault();
});

async function passageOf(cite) {
  const url = `${cite.getAttribute("href")}&part=1`;
  if (!fetched.has(url)) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(String(response.status));
    fetched.set(url, await response.text());
  }
  return fetched.get(url);
}

async function showPassage(cite, { focus = false, quiet = false } = {}) {
  const slot = $(".panel-slot");
  if (!slot) return location.assign(cite.href);
  let html;
  try {
    html = await passageOf(cite);
  } catch {
    if (!quiet) location.assign(cite.href);
    return;
  }
  if (!cite.isConnected || (quiet && open)) return;
  open?.removeAttribute("aria-current");
  cite.setAttribute("aria-current", "true");
  open = cite;
  if (!quiet) focusOnClose = cite;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const panel = holder.content.firstElementChild;
  prepare(panel, cite);
  if (WIDE.matches) {
    sheetDialog()?.close();
    slot.replaceChildren(panel);
  } else if (!quiet) {
    const dialog = sheetDialog({ make: true });
    dialog.replaceChildren(panel);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    focus = true;
  }
  if (focus) $("h2", panel).focus();
  else if (!quiet) announce(said("shown", $("h2", panel).textContent));
}

/** What the passage's page does not know: the number, what of the claim was checked. */
function prepare(panel, cite) {
  const all = $$("a.cite");
  panel.prepend($("#panel-tools").content.cloneNode(true));
  $(".top span", panel).textContent = said("passage", cite.dataset.cite, all.indexOf(cite) + 1, all.length);
  const checked = cite.closest(".claim")?.dataset.checked;
  if (checked) {
    const list = $("[data-checks]", panel);
    list.hidden = false;
    for (const name of checked.split("|")) {
      $("ul", list).append(Object.assign(document.createElement("li"), { textContent: name }));
    }
  }
  $("[data-copy-passage]", panel).hidden = !navigator.clipboard;
  const report = $(".end .report-link");
  const claim = cite.closest(".claim");
  if (report && claim) {
    const link = Object.assign(document.createElement("a"), {
      href: `${report.href}&claim=${claim.id}`, textContent: said("report"), rel: "nofollow",
    });
    $(".actions", panel).append(link);
  }
}

function step(by) {
  const all = $$("a.cite");
  const next = all[(all.indexOf(open) + by + all.length) % all.length];
  if (!next) return;
  if (WIDE.matches) next.scrollIntoView({ block: "center" });
  const fromButton = document.activeElement?.dataset.step;
  showPassage(next, { focus: !fromButton }).then(() => {
    if (fromButton) $(`[data-step="${fromButton}"]`)?.focus();
  });
}

function closePanel({ focus = true } = {}) {
  const dialog = sheetDialog();
  if (dialog?.open) dialog.close();
  else if ($(".panel-slot [data-panel]")) $(".panel-slot").replaceChildren(hint.cloneNode(true));
  open?.removeAttribute("aria-current");
  open = null;
  if (focus) focusOnClose?.focus();
  focusOnClose = null;
}

function sheetDialog({ make = false } = {}) {
  let dialog = $("dialog.bottom-sheet");
  if (!dialog && make) {
    dialog = document.createElement("dialog");
    dialog.className = "bottom-sheet";
    dialog.setAttribute("aria-label", "Cited passage");
    dialog.addEventListener("click", (event) => event.target === dialog && closePanel());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      closePanel();
    });
    document.body.append(dialog);
  }
  return dialog;
}

// A passage moves with its place; a change that is taken back at once (a screenshot) is none.
let wasWide = WIDE.matches;
WIDE.addEventListener("change", () => setTimeout(() => {
  if (WIDE.matches === wasWide) return;
  wasWide = WIDE.matches;
  closePanel({ focus: false });
}, 250));

async function copyPassage(button) {
  const panel = button.closest("[data-panel]");
  const quotes = $$("mark", panel).map((mark) => `“${mark.textContent.trim()}”`).join(" … ");
  const about = $(".source-line", panel).innerText.split("\n")[0].trim();
  const link = new URL($("[data-open-source]", panel).href).href;
  await navigator.clipboard.writeText(`${quotes}\n${$("h2", panel).textContent.trim()}. ${about}.\n${link}`);
  button.textContent = said("copied");
  announce(said("copiedPassage"));
}

/** A link to a text copies the text instead, where the browser can. */
async function copyText(event) {
  const link = event.target.closest("a[data-copy]");
  if (!navigator.clipboard) return;
  event.preventDefault();
  try {
    const response = await fetch(link.dataset.copy);
    if (!response.ok) throw new Error(String(response.status));
    await navigator.clipboard.writeText(await response.text());
    link.textContent = said("copied");
    announce(said("copiedText"));
  } catch {
    location.assign(link.href);
  }
}

/* ---- Articles that begin like what is being typed ---- */

let typing = 0;

document.addEventListener("input", (event) => {
  const box = event.target;
  if (!box.matches("[data-suggest]")) return;
  clearTimeout(typing);
  typing = setTimeout(() => suggest(box), 140);
});

async function suggest(box) {
  const typed = box.value.trim();
  const nav = suggestionsOf(box);
  const response = typed.length < 3 ? null : await fetch(`/suggest?q=${encodeURIComponent(typed.slice(0, 80))}`).catch(() => null);
  const found = response?.ok ? (await response.json()).suggestions.slice(0, 5) : [];
  if (box.value.trim() !== typed || document.activeElement !== box) return;
  nav.hidden = !found.length;
  $("ul", nav).replaceChildren(...found.map(({ title, url }) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: url, textContent: title }));
    return item;
  }));
  if (found.length) announce(said("found", found.length));
}

function suggestionsOf(box) {
  let nav = $(".suggestions", box.form);
  if (!nav) {
    nav = document.createElement("nav");
    nav.className = "suggestions";
    nav.setAttribute("aria-label", said("articles"));
    nav.append(Object.assign(document.createElement("p"), { textContent: said("articles") }), document.createElement("ul"));
    box.after(nav);
  }
  return nav;
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form:has(.suggestions:not([hidden]))");
  if (!form || event.isComposing) return;
  const box = $("[data-suggest]", form);
  const links = $$(".suggestions a", form);
  const at = links.indexOf(event.target);
  if (event.key === "Escape") {
    $(".suggestions", form).hidden = true;
    box.focus();
  } else if (event.key === "ArrowDown" && (at >= 0 || event.target.selectionStart === box.value.length)) {
    links[Math.min(at + 1, links.length - 1)].focus();
  } else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? box).focus();
  else return;
  event.preventDefault();
});

document.addEventListener("focusout", (event) => {
  const form = event.target.closest?.("form");
  const nav = form && $(".suggestions", form);
  if (nav && !form.contains(event.relatedTarget)) setTimeout(() => (nav.hidden = true), 150);
});

/* ---- Contents beside a long text ---- */

let watching = null;

function watchContents() {
  watching?.disconnect();
  const toc = $("details.toc");
  if (!toc) return;
  const slot = $(".toc-slot");
  const place = () => {
    if (!slot) return; // the outline of a source stays where it is
    toc.open = CONTENTS_BESIDE.matches;
    const bottomLine = $(".bottom-line");
    if (toc.open || !bottomLine) slot.append(toc);
    else bottomLine.after(toc);
  };
  place();
  CONTENTS_BESIDE.onchange = place;
  const links = new Map($$("a", toc).map((a) => [a.hash.slice(1), a]));
  watching = new IntersectionObserver((entries) => {
    const seen = entries.filter((entry) => entry.isIntersecting && links.has(entry.target.id));
    if (!seen.length) return;
    for (const a of links.values()) a.removeAttribute("aria-current");
    links.get(seen[0].target.id).setAttribute("aria-current", "true");
  }, { rootMargin: "0px 0px -75% 0px" });
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) watching.observe(section);
  }
}

/* ---- Who reads: the page comes anew, and the focus goes back to what was chosen ---- */

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-reader]")) sessionStorage.setItem("osler_chosen", event.submitter?.name ?? "reader");
});

function backToReader() {
  const chosen = sessionStorage.getItem("osler_chosen");
  if (chosen) $(`[data-reader] [name="${chosen}"][aria-pressed=true]`)?.focus();
  sessionStorage.removeItem("osler_chosen");
}

/* ---- Light and dark, at once ---- */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-form]")) return;
  event.preventDefault();
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const data = new URLSearchParams(new FormData(form));
  data.set("theme", dark ? "light" : "dark");
  data.set("next", "/about/");
  root.dataset.theme = dark ? "light" : "dark";
  fetch(form.action, { method: "POST", body: data, redirect: "manual" });
});

/* ---- What to ask next: each is asked before it is suggested, so the page does not wait ---- */

async function suggestNext() {
  const slot = $("[data-follow-ups]");
  if (!slot) return;
  const url = new URL($("a", slot).href);
  url.searchParams.set("part", "1");
  const response = await fetch(url).catch(() => null);
  if (response?.ok) slot.outerHTML = await response.text(); // else the link stays
}

/* ---- What a new page needs ---- */

let hint = null;

function ready() {
  hint = $("[data-hint]")?.cloneNode(true);
  open = null;
  watchContents();
  if (!WIDE.matches) {
    for (const drawing of $$(".drawing")) drawing.open = drawing.offsetHeight < 1.2 * innerHeight;
  }
  suggestNext();
  const first = $(".bottom-line a.cite");
  if (first && WIDE.matches) showPassage(first, { quiet: true });
}

ready();
backToReader();
