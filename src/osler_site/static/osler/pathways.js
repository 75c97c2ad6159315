// A pathway's page without waiting for a button: the result follows each answer. The page works
// without this; whatever fails here is sent as the plain form.

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const PAUSE = 350; // milliseconds after the last key

const form = $("[data-inputs]");
let waiting = 0;
let asking = null; // the AbortController of the request under way

function announce(text) {
  $("#announce").textContent = text;
}

form.addEventListener("input", (event) => {
  if (event.target.matches("[name=record], [type=file]")) return; // read when asked for
  clearTimeout(waiting);
  const typed = event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
  waiting = setTimeout(update, typed ? PAUSE : 0);
});

form.addEventListener("submit", (event) => {
  if (event.submitter?.matches("[data-download]")) return;
  event.preventDefault();
  clearTimeout(waiting);
  update({ asked: true });
});

/** A file is read into the box, where it can be seen and is sent from. */
form.addEventListener("change", async (event) => {
  if (!event.target.matches("[type=file]") || !event.target.files.length) return;
  const file = event.target.files[0];
  $("[name=record]", form).value = await file.text();
  event.target.value = "";
  update({ asked: true });
});

async function update({ asked = false } = {}) {
  asking?.abort();
  const abort = (asking = new AbortController());
  document.documentElement.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, {
      method: "POST", body: new FormData(form), headers: { "Osler-Part": "1" }, signal: abort.signal,
    });
    if (response.status !== 200 && response.status !== 400) throw new Error(String(response.status));
    const holder = document.createElement("template");
    holder.innerHTML = await response.text();
    show(holder.content, asked);
  } catch (error) {
    if (!abort.signal.aborted) form.submit();
  } finally {
    if (asking === abort) {
      asking = null;
      document.documentElement.removeAttribute("aria-busy");
    }
  }
}

function show(content, asked) {
  renewForm(content);
  const result = $("[data-result]");
  const fresh = $("[data-result]", content);
  if (!fresh) throw new Error("no result");
  const open = new Map($$("details", result).map((d) => [keyOf(d), d.open]));
  const within = result.contains(document.activeElement) ? document.activeElement.id : "";
  result.replaceWith(fresh);
  for (const details of $$("details", fresh)) {
    if (open.has(keyOf(details))) details.open = open.get(keyOf(details));
  }
  if (within) document.getElementById(within)?.focus();
  ready();
  const wrong = $("[data-wrong] [role=alert], .record [role=alert]", form);
  if (wrong && asked) {
    wrong.tabIndex = -1;
    wrong.focus();
  } else announce(fresh.dataset.summary ?? "There is no result until what is marked is mended.");
}

function keyOf(details) {
  return details.dataset.keep ?? $("summary", details)?.textContent;
}

/** Take over which questions are asked and what is said of them; what is being typed stays. */
function renewForm(content) {
  const focused = document.activeElement;
  for (const fresh of $$("[data-field]", content)) {
    const old = $(`[data-field="${fresh.dataset.field}"]`, form);
    const typing = old.contains(focused) && !focused.matches("[type=radio], [type=checkbox], select");
    if (old.outerHTML === fresh.outerHTML) continue;
    if (typing && !("fromRecord" in fresh.dataset)) {
      old.hidden = fresh.hidden;
      old.className = fresh.className;
      tell(old, fresh);
      continue;
    }
    const id = old.contains(focused) ? focused.id : "";
    old.replaceWith(fresh);
    if (id) document.getElementById(id)?.focus({ preventScroll: true });
  }
  for (const fresh of $$("fieldset.section", content)) document.getElementById(fresh.id).hidden = fresh.hidden;
  $("[data-wrong]", form).replaceWith($("[data-wrong]", content));
  renewIssues($(".record", content));
}

/** The error of a field whose box is in use. */
function tell(old, fresh) {
  $(".error-line", old)?.remove();
  const error = $(".error-line", fresh);
  const box = $("input, textarea", old);
  if (error) $("label", old).after(error);
  box.toggleAttribute("aria-invalid", Boolean(error));
  if (error) box.setAttribute("aria-invalid", "true");
  const described = $("input, textarea", fresh).getAttribute("aria-describedby");
  if (described) box.setAttribute("aria-describedby", described);
  else box.removeAttribute("aria-describedby");
}

function renewIssues(fresh) {
  const record = $(".record", form);
  $("#record-issues", record)?.remove();
  const issues = $("#record-issues", fresh);
  if (issues) {
    $("label", record).before(issues);
    record.open = true;
  }
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-goto]");
  if (link) {
    const control = document.getElementById(link.dataset.goto);
    if (!control) return;
    event.preventDefault();
    control.closest("[data-field]").scrollIntoView({ block: "center" });
    control.focus({ preventScroll: true });
  } else if (event.target.closest("[data-print]")) print();
  else if (event.target.closest("[data-copy-result]")) {
    await navigator.clipboard.writeText($("#as-text").value);
    event.target.closest("button").textContent = "Copied";
    announce("Copied with its references.");
  }
});

function ready() {
  $("[data-print]")?.removeAttribute("hidden");
  if (navigator.clipboard) $("[data-copy-result]")?.removeAttribute("hidden");
}

$("[data-plain]", form).hidden = true;
ready();
