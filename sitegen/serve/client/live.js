/* Keeps a page of the preview up to date. Put into pages as they are served, never into files. */
(() => {
  "use strict";
  const script = document.currentScript;
  const home = new URL(".", script.src);
  const place = () => location.pathname + location.search;
  const kept = "sitegen-scroll";
  let version = script.dataset.version;
  let seen = "";
  let source = null;
  let timer = 0;
  let overlay = null;

  const store = (work) => {
    try {
      return work(sessionStorage);
    } catch {
      return null; // storage may be forbidden: then a reload starts at the top
    }
  };

  const restore = () => {
    const text = store((s) => s.getItem(kept));
    if (!text) return;
    store((s) => s.removeItem(kept));
    const [page, x, y] = JSON.parse(text);
    if (page !== place()) return;
    const go = () => scrollTo({ left: x, top: y, behavior: "instant" });
    go();
    if (document.readyState !== "complete") addEventListener("load", go, { once: true });
  };

  const reload = () => {
    disconnect();
    store((s) => s.setItem(kept, JSON.stringify([place(), scrollX, scrollY])));
    location.reload();
  };

  const swap = (data) => {
    for (const [from, to] of data.swaps) {
      for (const old of document.querySelectorAll('link[rel~="stylesheet"]')) {
        if ((old.dataset.sitegen || old.getAttribute("href")) !== from) continue;
        const link = old.cloneNode();
        link.dataset.sitegen = to;
        link.href = from === to ? `${to}${to.includes("?") ? "&" : "?"}sitegen=${Date.now()}` : to;
        const done = () => old.remove(); // only then: the page is never without its styles
        link.addEventListener("load", done, { once: true });
        link.addEventListener("error", done, { once: true });
        old.after(link);
      }
    }
    version = data.version;
  };

  const problems = async (data) => {
    if (version.startsWith("none-")) {
      // a page in place of a missing one lists the problems itself
      if (version !== `none-${data.id}`) reload();
      return;
    }
    overlay ??= import(new URL("overlay.js", home));
    (await overlay).update(data);
  };

  const on = (name, work) =>
    source.addEventListener(name, (event) => {
      seen = event.lastEventId;
      work(JSON.parse(event.data));
    });

  const connect = () => {
    clearTimeout(timer);
    if (source || document.visibilityState === "hidden") return;
    const url = new URL("events", home);
    url.search = new URLSearchParams({ page: decode(location.pathname), version, seen });
    source = new EventSource(url);
    on("reload", reload);
    on("styles", swap);
    on("problems", problems);
    source.onerror = () => {
      disconnect();
      timer = setTimeout(connect, 1000);
    };
  };

  const decode = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };

  const disconnect = () => {
    source?.close();
    source = null;
  };

  // A browser opens six connections to a server at most: tabs that nobody looks at give theirs up.
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  restore();
  connect();
})();
