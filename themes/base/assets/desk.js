// Looks for news while the page is open, and marks what is new since the last visit. A part of the
// page is replaced only where it differs, and never while the reader has the keyboard in it. Shows
// those lines that the reader asks for.
(() => {
  const seconds = Number(document.currentScript.dataset.seconds);
  const path = location.pathname, key = `seen:${path}`;
  const rows = () => [...document.querySelectorAll('[data-new]')];
  const newest = () => rows().reduce((last, row) => row.dataset.new > last ? row.dataset.new : last, '');

  const remembered = (() => {
    try { return localStorage.getItem(key) || ''; } catch { return ''; }
  })();
  const remember = () => {
    try { localStorage.setItem(key, newest()); } catch { /* a browser that keeps nothing */ }
  };
  const mark = (seen) => {
    for (const row of rows()) row.classList.toggle('fresh', Boolean(seen) && row.dataset.new > seen);
  };

  const filters = [...document.querySelectorAll('[data-filter]')];
  const shown = (row) => filters.every(({ value, dataset }) => !value || row.dataset[dataset.filter] === value);
  const filter = () => {
    for (const list of document.querySelectorAll('.ticker .rows')) {
      for (const row of list.children) row.hidden = !shown(row);
      list.hidden = [...list.children].every((row) => row.hidden);
      list.previousElementSibling.hidden = list.hidden; // the label of its day
    }
  };

  const was = new Map([...document.querySelectorAll('[data-live]')].map((part) => [part.id, part.innerHTML]));
  const replace = (page) => {
    for (const part of document.querySelectorAll('[data-live]')) {
      const other = page.getElementById(part.id);
      const same = !other || other.innerHTML === was.get(part.id);
      if (same || part.contains(document.activeElement)) continue;
      was.set(part.id, other.innerHTML);
      part.replaceChildren(...document.importNode(other, true).childNodes);
    }
    mark(remembered);
    filter();
  };
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(path, { cache: 'no-cache' });
      if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch { /* offline: the page stays as it is */ }
  };

  mark(remembered);
  filter(); // a browser keeps what was chosen when a page is loaded again
  for (const one of filters) one.addEventListener('change', filter);
  addEventListener('pagehide', remember);
  document.addEventListener('visibilitychange', look);
  setInterval(look, 1000 * Math.max(seconds, 15));
})();
