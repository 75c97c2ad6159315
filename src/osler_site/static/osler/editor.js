// Claims and citations in Wagtail's editor: the gate's verdict stands beside each claim while
// it is written, and a citation is made by reading passages of the library and picking one.
(() => {
  "use strict";
  if (window.telepath.constructors?.["osler_site.ClaimBlock"]) return;
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;
  const WAIT = 350; // ms after the last key

  const make = (tag, { className = "", text = "", ...rest } = {}, children = []) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    for (const [name, value] of Object.entries(rest)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const number = (value) => (value === "" || value === null ? null : Number(value));
  const citation = (state) => ({
    source_id: state.source_id ?? "",
    statement_id: state.statement_id ?? "",
    start: number(state.start),
    end: number(state.end),
    quote: state.quote ?? "",
  });

  const check = async (text, citations, composed) => {
    const response = await fetch("/desk/check", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ text, composed: composed ?? "", citations }),
    });
    if (!response.ok) throw new Error(`the check answered ${response.status}`);
    return response.json();
  };

  // The library's passages, in a dialog that the keyboard alone can use.
  const choosePassage = (query, chosen) => {
    const results = make("div", { "aria-live": "polite" });
    const input = make("input", { type: "search", name: "q", value: query });
    const label = make("label", {}, ["Words to look for", input]);
    const form = make("form", { role: "search" }, [
      label,
      make("button", { className: "button", text: "Search", type: "submit" }),
    ]);
    const close = make("button", { className: "button button-secondary", text: "Close", type: "button" });
    const dialog = make("dialog", { className: "osler-passages", "aria-label": "Choose a passage" }, [
      make("h2", { text: "Choose a passage of the library" }), form, results, close,
    ]);
    const pick = (statement) => {
      dialog.close();
      chosen(statement);
    };
    const search = async () => {
      const response = await fetch(`/desk/passages?q=${encodeURIComponent(input.value)}`);
      const { passages } = response.ok ? await response.json() : { passages: [] };
      const sections = passages.map((passage) =>
        make("section", {}, [
          make("h3", { text: passage.source }),
          make("p", {
            text: [passage.publisher, passage.section, passage.status === "current" ? "" : passage.status]
              .filter(Boolean).join(" · "),
          }),
          make("ul", {}, passage.statements.map((statement) => {
            const cite = make("button", { className: "button button-small", text: "Cite this", type: "button" });
            cite.addEventListener("click", () => pick(statement));
            return make("li", {}, [make("span", { text: statement.text }), cite]);
          })),
        ]));
      results.replaceChildren(...(sections.length ? sections : [make("p", { text: "Nothing found." })]));
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      search();
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
    if (query.trim()) search();
  };

  class CitationDefinition extends StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const block = super.render(placeholder, prefix, initialState, initialError);
      const root = block.container[0];
      const shown = make("div", {});
      const choose = make("button", { className: "button button-small button-secondary", type: "button" });
      const card = make("div", { className: "osler-card" }, [shown, choose]);
      root.prepend(card);
      const draw = (described) => {
        const state = citation(block.getState());
        choose.textContent = state.source_id ? "Choose another passage" : "Choose a passage";
        if (!state.source_id) {
          shown.replaceChildren(make("p", { text: "No passage has been chosen." }));
          return;
        }
        const parts = [make("blockquote", { text: state.quote })];
        if (described?.proved) {
          const link = make("a", { text: described.source, href: described.href, target: "_blank", rel: "noopener" });
          const line = make("p", {}, [link]);
          if (described.section) line.append(` · ${described.section}`);
          if (described.status !== "current") line.append(` · ${described.status}`);
          parts.push(line);
        } else if (described) {
          parts.push(make("p", { className: "osler-bad", text: described.reason }));
        }
        shown.replaceChildren(...parts);
      };
      choose.addEventListener("click", () => {
        const claim = root.closest(".osler-claim")?.querySelector("textarea")?.value ?? "";
        choosePassage(claim, (statement) => {
          block.setState(citation(statement)); // what is shown of it besides is no field
          draw();
          root.dispatchEvent(new CustomEvent("osler:cited", { bubbles: true }));
          root.dispatchEvent(new Event("change", { bubbles: true }));
          choose.focus();
        });
      });
      block.describe = draw;
      draw();
      return block;
    }
  }

  class ClaimDefinition extends StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const block = super.render(placeholder, prefix, initialState, initialError);
      const root = block.container[0];
      const verdict = make("div", { className: "osler-verdict", role: "status" });
      root.querySelector('[data-contentpath="text"]').after(verdict);
      let timer = 0;
      let asked = 0;
      const ask = async () => {
        const mine = (asked += 1);
        const state = block.getState();
        const citations = state.citations.map((child) => citation(child.value));
        if (!state.text) {
          verdict.hidden = true;
          return;
        }
        try {
          const answer = await check(state.text, citations, state.composed);
          if (mine !== asked) return;
          show(verdict, answer);
          block.childBlocks.citations.children.forEach((child, index) =>
            child.block.describe?.(answer.citations[index]));
        } catch (error) {
          if (mine !== asked) return;
          verdict.hidden = false;
          verdict.className = "osler-verdict";
          verdict.replaceChildren(make("p", { text: `The claim could not be checked: ${error.message}.` }));
        }
      };
      const later = () => {
        clearTimeout(timer);
        timer = setTimeout(ask, WAIT);
      };
      root.addEventListener("input", later);
      root.addEventListener("osler:cited", later);
      root.addEventListener("click", (event) => {
        if (event.target.closest("button")) later(); // a citation was added, moved or deleted
      });
      // Looked at when it comes into view: an article has many claims.
      new IntersectionObserver((entries, observer) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          observer.disconnect();
          ask();
        }
      }).observe(root);
      return block;
    }
  }

  const show = (panel, answer) => {
    panel.hidden = false;
    panel.className = `osler-verdict ${answer.supported ? "passes" : "objects"}`;
    if (answer.supported) {
      panel.replaceChildren(make("p", { text: "The cited passage supports this claim." }));
      return;
    }
    const rows = answer.problems.map(({ kind, claim, passage }) =>
      make("tr", {}, [
        make("th", { text: kind, scope: "row" }),
        make("td", {}, claim ? [make("q", { text: claim })] : []),
        make("td", {}, [passage ? make("q", { text: passage }) : "nothing of it"]),
      ]));
    panel.replaceChildren(
      make("p", {}, [make("strong", { text: "The cited passage does not support this claim." })]),
      make("table", {}, [
        make("thead", {}, [make("tr", {}, [
          make("th", { text: "What" }), make("th", { text: "The claim says" }), make("th", { text: "The passage says" }),
        ])]),
        make("tbody", {}, rows),
      ]),
      make("p", { text: answer.proved
        ? "Mend the claim or its citation, or record below why it stands. Otherwise it cannot be submitted."
        : "This cannot be cited; choose another passage." }),
    );
  };

  window.telepath.register("osler_site.ClaimBlock", ClaimDefinition);
  window.telepath.register("osler_site.CitationBlock", CitationDefinition);
})();
