// Articles suggested while a question is typed: a combobox as the ARIA Authoring Practices have it
// (editable, list autocomplete, manual selection). On every input with data-suggest-from="ADDRESS".
// Without this file the input is an input.

const WAIT = 120; // milliseconds after the last key

class Suggest {
  constructor(input, number) {
    this.input = input;
    this.address = input.dataset.suggestFrom;
    this.active = -1;
    this.found = [];
    this.known = new Map();
    this.list = document.createElement("ul");
    this.list.id = `suggested-${number}`;
    this.list.className = "suggested";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Articles");
    this.status = document.createElement("div");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("autocomplete", "off");
    input.after(this.list, this.status);
    input.parentElement.classList.add("suggests");
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event), { capture: true });
    input.addEventListener("blur", () => this.close());
    // The list must not take the focus from the input, or it closes before the click arrives.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.go(Number(option.dataset.number));
    });
  }

  typed() {
    clearTimeout(this.timer);
    const typed = this.input.value.trim();
    if (typed.length < 2) return this.close();
    this.timer = setTimeout(() => this.look(typed), WAIT);
  }

  async look(typed) {
    let found = this.known.get(typed);
    if (!found) {
      this.asking?.abort();
      this.asking = new AbortController();
      const address = `${this.address}?q=${encodeURIComponent(typed)}`;
      try {
        const answer = await fetch(address, { signal: this.asking.signal });
        if (!answer.ok) return this.close();
        found = (await answer.json()).suggestions;
      } catch (error) {
        // Whoever types on needs no answer, and without a network there is none to suggest.
        if (error.name === "AbortError" || error instanceof TypeError) return;
        throw error;
      }
      this.known.set(typed, found);
    }
    if (this.input.value.trim() === typed && document.activeElement === this.input) this.show(found);
  }

  show(found) {
    this.found = found;
    this.active = -1;
    this.list.replaceChildren(...found.map((suggestion, number) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${number}`;
      option.dataset.number = number;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const title = document.createElement("span");
      title.textContent = suggestion.title;
      const kind = document.createElement("small");
      kind.textContent = suggestion.kind;
      option.append(title, " ", kind);
      return option;
    }));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = found.length === 0 ? ""
      : found.length === 1 ? "1 article" : `${found.length} articles`;
  }

  close() {
    clearTimeout(this.timer);
    this.show([]);
  }

  key(event) {
    if (event.isComposing || this.list.hidden) return;
    const last = this.found.length - 1;
    if (event.key === "ArrowDown") this.mark(this.active < last ? this.active + 1 : -1);
    else if (event.key === "ArrowUp") this.mark(this.active < 0 ? last : this.active - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.go(this.active);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Enter on an article asks no question
  }

  mark(number) {
    this.active = number;
    [...this.list.children].forEach((option, n) => {
      option.setAttribute("aria-selected", String(n === number));
      if (n === number) option.scrollIntoView({ block: "nearest" });
    });
    if (number < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", this.list.children[number].id);
  }

  go(number) {
    const { url } = this.found[number];
    if (url.startsWith("/") && !url.startsWith("//")) window.location.assign(url);
  }
}

document.querySelectorAll("[data-suggest-from]").forEach((input, number) => new Suggest(input, number));
