// The search page: asks the index that `sitegen build` has made with Pagefind, and shows what it answers.
// Nothing of the index is loaded before the reader turns to the form.

const RESULTS = 10; // shown at once
const SHARDS = 16; // indexes opened at once, the newest articles first

const form = document.getElementById('search');
const NAMES = [...form.querySelectorAll('[data-filter]')].map((select) => select.name);
const status = document.getElementById('found');
const list = document.getElementById('results');
const order = document.getElementById('order');
const more = document.getElementById('more');
const older = document.getElementById('older');
const tongues = document.getElementById('tongues');
const template = document.getElementById('result').content;
const words = form.dataset;
const page = document.documentElement;
const opened = new Map(); // language -> {index, left: shards not opened yet}

let turn = 0; // the search under way; the answers of earlier ones are dropped
let found = [];
let shown = 0;

const chosen = () => form.elements.lang.selectedOptions[0];

async function open({ value, dataset } = chosen()) {
  if (!opened.has(value)) {
    opened.set(value, begin(value, dataset.base, Number(dataset.shards)).catch((error) => {
      opened.delete(value);
      throw error;
    }));
  }
  return opened.get(value);
}

async function begin(lang, base, shards) {
  const { Pagefind } = await import(words.module);
  const index = new Pagefind({ basePath: `${base}${shards}/`, baseUrl: words.root, language: lang });
  const one = { index, left: shards - 1, lang, base };
  await index.primary.getPtr();
  await index.enterPlaygroundMode();
  await further(one, SHARDS - 1);
  return one;
}

async function further(one, count) {
  const numbers = [];
  for (; count > 0 && one.left > 0; count -= 1, one.left -= 1) numbers.push(one.left);
  const known = one.index.instances.length;
  await Promise.all(numbers.map((number) => one.index.mergeIndex(`${one.base}${number}/`, { baseUrl: words.root, language: one.lang })));
  // So each says which words of an article were found.
  await Promise.all(one.index.instances.slice(known).map((each) => each.enterPlaygroundMode()));
}

// Where an index has no word that begins with what was asked, Pagefind looks for the beginning of that, or leaves it out. What it
// finds so is not what was asked for, and is not shown.
async function ask(index, term, filters) {
  const answers = await Promise.all(index.instances.map((each) => each.search(term, { filters })));
  return answers.flatMap(({ results, query_term_idfs: stems = [] }) => results.map((one) => ({ ...one, meant: stems.every(({ term: stem }) => matches(one).some((word) => bare(word).startsWith(bare(stem)))) })));
}

const bare = (word) => word.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase();
const matches = (one) => [...(one.scores || []).map((score) => score.search_term), ...(one.verbose_meta_scores || []).flatMap((score) => score.matched_terms)];

async function answer(index, term, filters) {
  let results = await ask(index, term, filters);
  const parts = term && !/^".+"$/.test(term) ? term.split(/\s+/) : [];
  for (const part of parts) {
    const all = parts.length > 1 || Object.keys(filters).length ? await ask(index, part, {}) : results;
    const meant = new Set(all.filter((one) => one.meant).map((one) => one.id));
    results = results.filter((one) => meant.has(one.id));
  }
  return results;
}

function wanted() {
  const data = new FormData(form);
  const filters = {};
  for (const name of NAMES) if (data.get(name)) filters[name] = data.get(name);
  return { term: data.get('q').trim(), filters, sort: data.get('sort') };
}

// The name of an article's file begins with its moment: so much is known of it before it is loaded, in whichever index it stands.
const newer = (a, b) => (a.id < b.id ? 1 : -1);
const orders = {
  '': (a, b) => b.score - a.score || newer(a, b),
  newest: newer,
  oldest: (a, b) => newer(b, a),
};

async function search() {
  const mine = ++turn;
  const { term, filters, sort } = wanted();
  found = [];
  more.hidden = older.hidden = tongues.hidden = true;
  if (!term && !Object.keys(filters).length) {
    list.replaceChildren();
    status.textContent = '';
    order.hidden = true;
    return;
  }
  status.textContent = words.loading;
  try {
    const one = await open();
    if (sort === 'oldest') await further(one, one.left);
    const results = await answer(one.index, term || null, filters);
    if (mine !== turn) return;
    found = results.sort(orders[sort]);
    shown = 0;
    list.replaceChildren();
    await show();
    if (mine !== turn) return;
    older.hidden = !one.left;
    order.hidden = !found.length;
    status.textContent = found.length ? `${words.found} ${found.length.toLocaleString(page.lang)}` : words.none;
    await elsewhere(mine, term);
  } catch (error) {
    if (mine !== turn) return;
    console.error(error);
    list.replaceChildren();
    status.textContent = words.failed;
  }
}

// What was asked for in other languages than the chosen one: a button for each that has it.
async function elsewhere(mine, term) {
  const others = [...form.elements.lang.options].filter((option) => !option.selected);
  const counted = await Promise.all(term ? others.map((option) => count(option, term).catch(() => 0)) : []);
  if (mine !== turn) return;
  const buttons = others.flatMap((option, number) => (counted[number] ? [another(option, counted[number])] : []));
  tongues.querySelectorAll('button').forEach((button) => button.remove());
  tongues.append(...buttons);
  tongues.hidden = !buttons.length;
}

async function count(option, term) {
  const { index } = await open(option);
  return (await answer(index, term, {})).length;
}

function another(option, number) {
  const button = document.createElement('button');
  button.className = 'button';
  button.type = 'button';
  button.textContent = `${option.text} (${number.toLocaleString(page.lang)})`;
  button.addEventListener('click', () => {
    form.elements.lang.value = option.value;
    form.elements.lang.dispatchEvent(new Event('change', { bubbles: true }));
  });
  return button;
}

async function show() {
  const mine = turn;
  const next = found.slice(shown, shown + RESULTS);
  const { lang, dir } = chosen();
  const loaded = await Promise.all(next.map((result) => result.data()));
  if (mine !== turn) return;
  const cards = loaded.map((data) => card(data, lang, dir));
  list.append(...cards);
  const further = shown > 0;
  shown += next.length;
  more.hidden = shown >= found.length;
  if (further) cards[0]?.querySelector('a').focus();
}

function card({ url, meta, content, excerpt }, lang, dir) {
  const one = template.cloneNode(true).firstElementChild;
  const put = (name, text) => {
    const place = one.querySelector(name);
    if (text) place.textContent = text;
    else place.remove();
  };
  const link = one.querySelector('a');
  link.href = url;
  link.textContent = meta.title;
  if (page.lang.split('-')[0] !== lang) {
    for (const place of [one.querySelector('.headline'), one.querySelector('.summary')]) {
      place.lang = lang;
      place.dir = dir;
    }
  }
  put('.kicker', meta.section);
  if (excerpt && content !== meta.title) one.querySelector('.summary').append(...marked(excerpt));
  else one.querySelector('.summary').remove();
  if (meta.authors) put('.names', meta.authors);
  else one.querySelector('.by').remove();
  put('.source', meta.source);
  const time = one.querySelector('time');
  if (meta.date) {
    time.dateTime = meta.date;
    time.textContent = said(meta.date.slice(0, 10), { dateStyle: 'medium' });
  } else time.remove(); // a page of the site itself
  return one;
}

// An excerpt comes as HTML with nothing but `mark` in it; it is shown as text, so that it never can be more.
function marked(excerpt) {
  return excerpt.split(/<mark>|<\/mark>/).map((part, number) => {
    const text = part.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    if (number % 2 === 0) return text;
    const mark = document.createElement('mark');
    mark.textContent = text;
    return mark;
  });
}

function said(day, style) {
  return new Intl.DateTimeFormat(page.lang, { timeZone: 'UTC', ...style }).format(new Date(`${day}T00:00:00Z`));
}

async function fill() {
  const one = await open();
  const known = await one.index.filters();
  for (const name of NAMES) {
    const select = form.elements[name];
    const value = select.value || asked().get(name) || '';
    const values = Object.entries(known[name] || {});
    const order = new Intl.Collator(page.lang, { numeric: true });
    values.sort(([a], [b]) => (name === 'date' ? (a.slice(0, 4) === b.slice(0, 4) ? order.compare(a, b) : order.compare(b, a)) : order.compare(a, b)));
    const options = values.map(([text, count]) => {
      const month = name === 'date' && text.length > 4;
      const label = month ? `\u2003${said(`${text}-01`, { month: 'long', year: 'numeric' })}` : text;
      return new Option(`${label} (${count.toLocaleString(page.lang)})`, text);
    });
    select.replaceChildren(select.options[0], ...options);
    select.value = value;
    if (select.selectedIndex < 0) select.value = '';
  }
}

const asked = () => new URLSearchParams(location.search);

async function restore() {
  const given = asked();
  form.elements.q.value = given.get('q') || '';
  form.elements.sort.value = Object.hasOwn(orders, given.get('sort')) ? given.get('sort') : '';
  if (given.get('lang')) form.elements.lang.value = given.get('lang');
  if (!chosen()) form.elements.lang.selectedIndex = 0;
  if (NAMES.some((name) => given.get(name)) || chosen().index) {
    form.querySelector('details').open = true;
    for (const name of NAMES) form.elements[name].value = '';
    await fill().catch(console.error);
  } else {
    for (const name of NAMES) form.elements[name].value = '';
  }
  await search();
}

function remember() {
  const kept = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && (name !== 'lang' || chosen().index)));
  const address = kept.size ? `?${kept}` : location.pathname;
  if (address !== location.search) history.pushState(null, '', address);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  remember();
  search();
});
order.addEventListener('change', () => {
  remember();
  search();
});
form.addEventListener('change', async (event) => {
  if (event.target.name === 'q') return;
  if (event.target.name === 'lang') {
    for (const name of NAMES) form.elements[name].value = '';
    await fill().catch(console.error);
  }
  remember();
  search();
});
form.elements.q.addEventListener('focus', () => open().catch(() => {}), { once: true });
form.querySelector('details').addEventListener('toggle', () => fill().catch(console.error), { once: true });
more.addEventListener('click', show);
older.addEventListener('click', async () => {
  const one = await open();
  status.textContent = words.loading;
  await further(one, SHARDS).catch(console.error);
  await Promise.all([search(), fill()]);
});
addEventListener('popstate', restore);
restore();
