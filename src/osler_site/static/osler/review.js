// Keys for the reviewer's page: each presses a button or follows a link that is on the page.
(() => {
  "use strict";
  const typing = (element) => element.closest("input:not([type=hidden]), textarea, select, [contenteditable]");
  const comment = document.getElementById("comment");
  const keys = document.getElementById("keys");
  const press = (selector) => {
    const found = document.querySelector(selector);
    if (found) found.click();
    return Boolean(found);
  };
  const flag = () => {
    if (comment && !comment.value.trim()) {
      comment.focus();
      return true;
    }
    return press('[data-key="f"]');
  };
  const actions = {
    a: () => press('[data-key="a"]'),
    f: flag,
    c: () => comment && (comment.focus(), true),
    j: () => press('a[rel="next"]'),
    ArrowRight: () => press('a[rel="next"]'),
    k: () => press('a[rel="prev"]'),
    ArrowLeft: () => press('a[rel="prev"]'),
    "?": () => {
      if (!keys) return false;
      keys.open = !keys.open;
      if (keys.open) keys.querySelector("summary").focus();
      return true;
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target === comment) {
      comment.blur();
      return;
    }
    if (typing(event.target)) return;
    const action = actions[event.key];
    if (action && action()) event.preventDefault();
  });
})();
