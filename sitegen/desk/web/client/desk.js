// The desk by keys, without loading the page again. Everything works by forms without this script:
// it sends the same forms, and shows what came of them in place.
"use strict";
(() => {
  const FILL_BELOW = 40; // rows of the inbox below which further ones are loaded
  const REFRESH_AFTER = 250; // milliseconds without an action
  const say = document.getElementById("said");
  const typed = new Map(); // what was typed into a form that was left, by its path
  let queue = Promise.resolve();
  let timer = 0;
  let last = null; // the row that had the focus last
  let returned = ""; // the path of what an undo brought back: it gets the focus

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const section = (id) => document.getElementById(id);
  const rowOf = (node) => (node && node.closest ? node.closest(".row") : null);
  const current = () => rowOf(document.activeElement) || (last && last.isConnected ? last : null);
  const inEdition = (row) => Boolean(row && row.closest("#edition"));

  function tell(text, ok = true) {
    say.textContent = "";
    say.classList.toggle("bad", !ok);
    requestAnimationFrame(() => { say.textContent = text; });
    clearTimeout(tell.timer);
    if (ok) tell.timer = setTimeout(() => { say.textContent = ""; }, 6000);
  }

  // The row that is looked at shows its whole summary. That changes here only, and not with the
  // focus: rows that move between pressing and releasing a mouse button would swallow the click.
  function focusRow(row) {
    for (const one of all(".row.open")) if (one !== row) one.classList.remove("open");
    if (row) row.classList.add("open");
    const link = row && row.querySelector(".title a");
    if (link) link.focus();
    else section("inbox")?.focus();
  }

  function step(by) {
    const here = current();
    const rows = all(inEdition(here) ? "#edition .row" : "#inbox .row");
    const place = rows.indexOf(here);
    focusRow(rows[place < 0 ? 0 : Math.min(Math.max(place + by, 0), rows.length - 1)]);
  }

  // Parts of the page ---------------------------------------------------------------------------
  async function refresh(names) {
    const query = new URLSearchParams(location.search);
    query.delete("said");
    query.set("next", `${location.pathname}${location.search}`);
    for (const name of names) {
      const old = section(name);
      if (!old || isBusy(old)) continue;
      const answer = await fetch(`/_desk/${name}?${query}`).catch(() => null);
      if (!answer || !answer.ok) continue;
      const fresh = parsed(await answer.text()).getElementById(name);
      if (fresh && !isBusy(old)) swap(old, fresh);
    }
    count();
  }

  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

  // Whether somebody is writing there, or something that was typed there is not saved.
  const isBusy = (part) => all("input[type=text], input:not([type]), textarea", part).some(
    (field) => field === document.activeElement || field.value !== field.defaultValue);

  function swap(old, fresh) {
    const row = rowOf(document.activeElement);
    const here = old.contains(document.activeElement);
    const rows = all(".row", old);
    const place = rows.indexOf(row);
    const key = document.activeElement?.dataset?.key;
    const opened = all("details[open]", old).map((one) => one.id);
    const chosen = new Set(all(".choose:checked", old).map((one) => one.value));
    const top = old.scrollTop;
    old.replaceWith(fresh);
    for (const id of opened) { const one = fresh.querySelector(`#${id}`); if (one) one.open = true; }
    for (const box of all(".choose", fresh)) box.checked = chosen.has(box.value);
    fresh.scrollTop = top;
    if (!here && !(returned && old.id === "inbox")) return;
    const again = all(".row", fresh);
    const wanted = returned || (row && row.dataset.path);
    const same = again.find((one) => one.dataset.path === wanted);
    const target = same || again[Math.min(place, again.length - 1)];
    const control = same && key && same.querySelector(`[data-key="${key}"]`);
    if (control) control.focus(); else if (target) focusRow(target); else fresh.focus();
    if (same) returned = "";
  }

  function count() {
    const shown = section("inbox")?.querySelector(".count");
    if (shown) document.title = document.title.replace(/^.*? waiting/, shown.textContent);
  }

  function later(...names) {
    later.names = new Set([...(later.names || []), ...names]);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const wanted = later.names;
      later.names = null;
      queue = queue.then(() => refresh(wanted));
    }, REFRESH_AFTER);
  }

  // Forms -------------------------------------------------------------------------------------
  function actionOf(form, button) {
    const url = new URL(button?.getAttribute("formaction") || form.getAttribute("action"), location);
    return url.pathname.split("/").pop();
  }

  function fieldsOf(form, button) {
    const data = new FormData(form, button);
    if (button?.name === "one") { data.delete("item"); data.delete("all_items"); }
    if (button?.name !== "all") data.delete("all_items");
    return new URLSearchParams(data);
  }

  // The rows that leave the list with this action: shown at once, and put back if it fails.
  function leaving(action, form, button) {
    if (!["pick", "drop", "back"].includes(action)) return [];
    if (button?.name === "one") return [rowOf(button)].filter(Boolean);
    const rows = all(".row", form);
    return button?.name === "all" ? rows : rows.filter((row) => row.querySelector(".choose:checked"));
  }

  function take(rows) {
    if (!rows.length) return () => {};
    const list = all(inEdition(rows[0]) ? "#edition .row" : "#inbox .row");
    const gone = new Set(rows);
    const from = list.indexOf(rows[0]);
    const next = list.slice(from).find((row) => !gone.has(row)) ||
      list.slice(0, from).reverse().find((row) => !gone.has(row));
    const places = rows.map((row) => [row, row.parentNode, row.nextSibling]);
    for (const row of rows) row.remove();
    focusRow(next);
    return () => {
      for (const [row, parent, before] of places.reverse()) {
        parent.insertBefore(row, before && before.parentNode === parent ? before : null);
      }
      focusRow(rows[0]);
    };
  }

  function send(form, button) {
    const action = actionOf(form, button);
    const url = button?.getAttribute("formaction") || form.getAttribute("action");
    const fields = fieldsOf(form, button);
    const back = take(leaving(action, form, button));
    if (action === "order") shift(rowOf(button), fields.get("move"));
    queue = queue.then(() => post(action, url, fields, form, back)).catch(() => {
      back();
      tell("The desk does not answer. Is it still running? Nothing was changed.", false);
    });
  }

  async function post(action, url, fields, form, back) {
    // A move after a move: the first one has changed the file of the edition.
    const mark = section("edition")?.querySelector(".list [name=mark]");
    if (mark && ["order", "lead"].includes(action)) fields.set("mark", mark.value);
    const answer = await fetch(url, {
      method: "POST", body: fields, headers: { Accept: "application/json, text/html" },
    });
    if (answer.headers.get("content-type")?.startsWith("text/html")) {
      conflict(await answer.text());
      return;
    }
    const result = await answer.json();
    tell(result.said, result.ok);
    if (result.mark && mark) for (const one of all("#edition [name=mark]")) one.value = result.mark;
    if (!result.ok) back();
    const dialog = form.closest("dialog");
    if (dialog && result.ok) { typed.delete(dialog.dataset.path); dialog.close(); }
    if (action === "words" && result.ok) for (const field of all("input, textarea", form)) field.defaultValue = field.value;
    if (action === "close" && result.ok) { location.assign(`/_desk/?edition=${encodeURIComponent(fields.get("edition"))}`); return; }
    returned = (action === "undo" && result.path) || "";
    const few = all("#inbox .row").length < FILL_BELOW;
    const inbox = few || !result.ok || ["undo", "comment", "back"].includes(action);
    if (action !== "open") later(...(inbox ? ["inbox", "edition"] : ["edition"]));
  }

  // Both versions, where the form was.
  function conflict(html) {
    const found = parsed(html).getElementById("conflict");
    const dialog = document.querySelector("dialog[open]") || open();
    dialog.replaceChildren(found);
    found.focus();
    tell("Somebody changed it meanwhile: nothing was written. Both versions are shown.", false);
  }

  // Comments in a dialog ------------------------------------------------------------------------
  function open(path = "") {
    const dialog = document.createElement("dialog");
    const before = current();
    dialog.dataset.path = path;
    dialog.addEventListener("close", () => {
      dialog.remove();
      const row = all(".row").find((one) => before && one.dataset.path === before.dataset.path &&
        inEdition(one) === inEdition(before));
      focusRow(row || before);
    });
    dialog.addEventListener("input", () => typed.set(path, dialog.querySelector("textarea").value));
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  }

  async function comment(link) {
    const url = new URL(link.href);
    url.searchParams.set("next", `${location.pathname}${location.search}`);
    const answer = await fetch(url).catch(() => null);
    const form = answer && parsed(await answer.text()).getElementById("comment-form");
    if (!form) { location.assign(link.href); return; }
    const path = url.search;
    const dialog = open(path);
    dialog.setAttribute("aria-labelledby", "comment-title");
    dialog.append(form);
    const text = form.querySelector("textarea");
    if (typed.has(path)) text.value = typed.get(path);
    text.focus();
  }

  // The text of an article, over the list: the place in it is not lost.
  async function read(link) {
    const answer = await fetch(link.href).catch(() => null);
    const text = answer && parsed(await answer.text()).querySelector("article.text");
    if (!text) { location.assign(link.href); return; }
    const dialog = open();
    const close = document.createElement("form");
    const button = document.createElement("button");
    close.method = "dialog";
    button.textContent = "Close";
    close.append(button);
    dialog.className = "reading";
    dialog.setAttribute("aria-labelledby", "read-title");
    dialog.append(text, close);
    text.querySelector("h2").focus();
  }

  // Order -------------------------------------------------------------------------------------
  function shift(row, move) {
    const way = (move || "").split(" ")[0];
    const other = row && (way === "up" ? row.previousElementSibling : row.nextElementSibling);
    if (!other || !["up", "down"].includes(way)) return;
    const key = document.activeElement?.dataset?.key;
    if (way === "up") other.before(row); else other.after(row);
    (row.querySelector(`[data-key="${key}"]`) || row.querySelector(".title a")).focus();
  }

  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = rowOf(event.target);
    if (!dragged || !dragged.draggable) { dragged = null; return; }
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const row = rowOf(event.target);
    for (const one of all(".over")) one.classList.remove("over");
    if (!dragged || !row || row.parentNode !== dragged.parentNode) return;
    event.preventDefault();
    row.classList.add("over");
  });
  document.addEventListener("drop", (event) => {
    const row = rowOf(event.target);
    if (!dragged || !row || row === dragged || row.parentNode !== dragged.parentNode) return;
    event.preventDefault();
    const rows = [...row.parentNode.children];
    const below = rows.indexOf(dragged) < rows.indexOf(row);
    const before = below ? row.nextElementSibling : row;
    const form = row.closest("form");
    const fields = fieldsOf(form, null);
    fields.set("move", `to ${dragged.dataset.name}`);
    fields.set("before", before ? before.dataset.name : "");
    row.parentNode.insertBefore(dragged, before);
    queue = queue.then(() => post("order", "/_desk/order", fields, form, () => later("edition")));
  });
  document.addEventListener("dragend", () => {
    for (const one of all(".over, .dragged")) one.classList.remove("over", "dragged");
    dragged = null;
  });

  // Events ------------------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !section("inbox")) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const dialog = link.closest("dialog");
    if (link.dataset.cancel !== undefined && dialog) {
      event.preventDefault();
      typed.delete(dialog.dataset.path);
      for (const field of all("textarea", dialog)) field.value = field.defaultValue;
      dialog.close();
    } else if (link.dataset.key === "c" && section("inbox")) {
      event.preventDefault();
      comment(link);
    } else if (link.dataset.key === "o" && section("inbox")) {
      event.preventDefault();
      focusRow(rowOf(link));
      read(link);
    }
  });
  document.addEventListener("focusin", (event) => { last = rowOf(event.target) || last; });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && section("inbox")) later("inbox", "edition");
  });

  // Keys --------------------------------------------------------------------------------------
  const KEYS = "use-keys";
  const box = document.getElementById(KEYS);
  if (box) {
    box.checked = localStorage.getItem(KEYS) !== "no";
    box.addEventListener("change", () => localStorage.setItem(KEYS, box.checked ? "yes" : "no"));
  }
  const isText = (node) => node && node.matches("input:not([type=checkbox]), textarea, select");

  const own = {
    j: () => step(1),
    k: () => step(-1),
    1: () => focusRow(document.querySelector("#inbox .row")),
    2: () => focusRow(document.querySelector("#edition .row") || section("edition")),
    "/": () => document.getElementById("q")?.select(),
    s: () => {
      const here = current();
      const story = here?.dataset.story;
      const rows = all("#inbox .row").filter((row) => row === here || (story && row.dataset.story === story));
      for (const row of rows) { const one = row.querySelector(".choose"); if (one) one.checked = true; }
      tell(rows.length === 1 ? "1 item selected" : `${rows.length} items selected`);
    },
  };

  function press(key) {
    const row = current();
    const chosen = !inEdition(row) && document.querySelector("#inbox .choose:checked");
    const many = chosen && document.querySelector(`#inbox [data-selected="${key}"]`);
    const control = many || row?.querySelector(`[data-key="${key}"]`) ||
      all(`[data-key="${key}"]`).find((one) => !one.closest(".row"));
    if (!control) return false;
    control.click();
    if (control.localName === "summary") control.focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const field = document.activeElement;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && field?.form) {
      event.preventDefault();
      field.form.requestSubmit();
      return;
    }
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && inEdition(current())) {
      event.preventDefault();
      press(event.key === "ArrowUp" ? "up" : "down");
      return;
    }
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const reading = document.querySelector("dialog.reading[open]");
    if (plain && reading && ["o", "p", "d", "c"].includes(event.key)) {
      event.preventDefault();
      reading.close();
      reading.addEventListener("close", () => { if (event.key !== "o") press(event.key); });
      return;
    }
    if (!plain || isText(field) || (box && !box.checked) || document.querySelector("dialog[open]")) return;
    if (event.key.length !== 1) return;
    if (own[event.key] && section("inbox")) { event.preventDefault(); own[event.key](); }
    else if (press(event.key)) event.preventDefault();
  });

  if (say.textContent) { say.focus(); tell(say.textContent, true); }
})();
