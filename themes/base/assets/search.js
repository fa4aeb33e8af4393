// The search page: asks the index that `sitegen build` has made with Pagefind, and shows what it answers.
// Nothing of the index is loaded before the reader turns to the form.

const RESULTS = 10; // shown at once
const ONE_FILE = 256; // articles of an index whose cards are in one file; others have one for about each month
// A letter of a script without blanks, or its punctuation: each is a word of the index. Marks stay with their letters.
const SIGN = '[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3001-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff01-\\uff65\\u{20000}-\\u{3ffff}]';
const MARK = '[\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e]';
const WORD = '[\\p{L}\\p{N}_]';
const BETWEEN = new RegExp(`(?<=${SIGN})(?=${WORD}|${SIGN})(?!${MARK})|(?<=${WORD})(?=${SIGN})(?!${MARK})`, 'gu');
const PARTED = new RegExp(`(?<=${SIGN}) (?=${WORD}|${SIGN}|<)|(?<=${WORD}|>) (?=${SIGN})`, 'gu');
const SHARDS = 16; // indexes opened at once, the newest articles first

const form = document.getElementById('search');
const NAMES = [...form.querySelectorAll('[data-filter]')].map((select) => select.name);
const status = document.getElementById('found');
const list = document.getElementById('results');
const order = document.getElementById('order');
const summary = form.querySelector('summary');
const heading = summary.textContent;
const more = document.getElementById('more');
const older = document.getElementById('older');
const tongues = document.getElementById('tongues');
const suggestion = document.getElementById('suggestion');
const template = document.getElementById('result').content;
const words = form.dataset;
const page = document.documentElement;
const languages = [...form.elements.lang.options].filter((option) => option.value); // that of the page first
const opened = new Map(); // language -> {index, left: shards not opened yet}
const files = new Map(); // URL -> what is in it

let turn = 0; // the search under way; the answers of earlier ones are dropped
let answered = Promise.resolve(); // once the question of the address is
let found = [];
let shown = 0;

const chosen = () => form.elements.lang.selectedOptions[0];

// The languages to look through: first those whose script the question is written in, and of these that of the page.
function wantedLanguages() {
  if (chosen().value) return [chosen()];
  const fits = (option) => lettersOf(option.value).some((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(form.elements.q.value));
  return [...languages].sort((a, b) => fits(b) - fits(a));
}

const SCRIPTS = { Jpan: ['Han', 'Hiragana', 'Katakana'], Kore: ['Hangul', 'Han'], Hans: ['Han'], Hant: ['Han'] };
function lettersOf(lang) {
  const script = new Intl.Locale(lang).maximize().script;
  return SCRIPTS[script] || [script];
}

async function open({ value, dataset }) {
  if (!opened.has(value)) {
    opened.set(value, begin(value, dataset.base, Number(dataset.shards)).catch((error) => {
      opened.delete(value);
      throw error;
    }));
  }
  return opened.get(value);
}

async function begin(lang, base, shards) {
  // A module holds one engine, which knows the stems of one language: each further one needs another copy.
  const { Pagefind } = await import(opened.size > 1 ? `${words.module}?${lang}` : words.module);
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
  const answers = await Promise.all(index.instances.map((each) => each.search(term, { filters }).then((answer) => ({ ...answer, each }))));
  const whole = isPhrase(term);
  return answers.flatMap(({ results, each, query_term_idfs: stems = [] }) => results.map((one) => ({ ...one, each, meant: whole || stems.every(({ term: stem }) => matches(one).some((word) => bare(word).startsWith(bare(stem)))) })));
}

// A word that is put together from others, as in German, is found by its last part where nothing else is.
const COMPOUNDS = 'da de et fi fo hu is nb nl nn no sv'.split(' ');
const MOST_COMPOUNDS = 8;

async function compounds(index, part, filters) {
  const lists = await Promise.all(index.instances.map((each) => file(each, 'words', '').catch(() => [])));
  const end = part.toLowerCase();
  const whole = [...new Set(lists.flat())].filter((word) => word.length > end.length + 2 && word.endsWith(end));
  const answers = await Promise.all(whole.slice(0, MOST_COMPOUNDS).map((word) => ask(index, word, filters)));
  return [...new Map(answers.flat().filter((one) => one.meant).map((one) => [one.id, one])).values()];
}

const bare = (word) => word.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase();
const matches = (one) => [...(one.scores || []).map((score) => score.search_term), ...(one.verbose_meta_scores || []).flatMap((score) => score.matched_terms)];
const isPhrase = (term) => /^".+"$/.test(term || '');
const partsOf = (term) => (term && !isPhrase(term) ? term.split(/\s+/) : []);

// What is written without blanks is a phrase of its letters.
function phrase(part) {
  const letters = part.replace(BETWEEN, ' ');
  return letters === part ? part : `"${letters}"`;
}

async function answer(index, term, filters) {
  const parts = partsOf(term);
  const whole = parts.length === 1 ? phrase(term) : term && term.replace(BETWEEN, ' ');
  let results = await ask(index, whole, filters);
  for (const part of parts) {
    const alone = parts.length === 1 && !Object.keys(filters).length;
    const all = alone ? results : await ask(index, phrase(part), {});
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
  more.hidden = older.hidden = tongues.hidden = suggestion.hidden = true;
  if (!term && !Object.keys(filters).length) {
    list.replaceChildren();
    status.textContent = '';
    order.classList.add('idle');
    return;
  }
  status.textContent = words.loading;
  const [own, ...others] = wantedLanguages();
  const look = (option) => resultsIn(option, term || null, filters, sort);
  try {
    const results = await look(own);
    if (mine !== turn) return;
    if (results.length || !others.length) await present(results, words.found, sort);
    if (mine !== turn) return;
    older.hidden = !(await open(own)).left;
    if (!results.length) await suggest(mine, term);
    if (mine !== turn) return;
    const elsewhere = [];
    for (const option of others) { // one after the other: the first that has something is shown at once
      elsewhere.push(await look(option).catch(() => []));
      if (mine !== turn) return;
      if (elsewhere.at(-1).length && !found.some((one) => one.lang === own.value)) await present(elsewhere.flat(), words.others, sort);
      if (mine !== turn) return;
    }
    if (!found.length) await nothing(mine, term);
    if (mine !== turn) return;
    offer(others, elsewhere);
  } catch (error) {
    if (mine !== turn) return;
    console.error(error);
    list.replaceChildren();
    status.textContent = words.failed;
  }
}

async function resultsIn(option, term, filters, sort) {
  const one = await open(option);
  if (sort === 'oldest') await further(one, one.left);
  let results = await answer(one.index, term, filters);
  const [part, ...rest] = partsOf(term);
  if (!results.length && part?.length > 3 && !rest.length && COMPOUNDS.includes(option.value)) {
    results = await compounds(one.index, part, filters);
  }
  return results.map((result) => ({ ...result, lang: option.value, dir: option.dir }));
}

async function present(results, said, sort) {
  const mine = turn;
  found = results.sort(orders[sort]);
  shown = 0;
  list.replaceChildren();
  await show();
  if (mine !== turn) return;
  order.classList.toggle('idle', !found.length);
  status.textContent = found.length ? `${said} ${found.length.toLocaleString(page.lang)}` : words.none;
}

async function nothing(mine, term) {
  list.replaceChildren();
  order.classList.add('idle');
  status.textContent = words.none;
  if (suggestion.hidden) await suggest(mine, term);
}

// Perhaps the word is spelt otherwise.
async function suggest(mine, term) {
  const near = await corrected(term).catch(() => '');
  if (mine !== turn || !near) return;
  const given = [...new FormData(form)].filter(([name, value]) => value && name !== 'q');
  const link = suggestion.querySelector('a');
  link.textContent = near;
  link.href = `?${new URLSearchParams([['q', near], ...given])}`;
  suggestion.hidden = false;
}

async function corrected(term) {
  const instances = [...opened.values()].map(async (one) => (await one).index.instances);
  const all = (await Promise.all(instances)).flat();
  const lists = await Promise.all(all.map((each) => file(each, 'words', '').catch(() => [])));
  const known = [...new Set(lists.flat())];
  const parts = partsOf(term).map((part) => nearest(bare(part), known) || part);
  const near = parts.join(' ');
  return near === term ? '' : near;
}

// The known word with the fewest letters to add, drop, replace or exchange; none where that are too many.
function nearest(word, known) {
  const most = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
  let best = '';
  let least = most + 1;
  for (const one of known) {
    if (Math.abs(one.length - word.length) >= least) continue;
    const steps = distance(word, bare(one), least);
    if (steps < least || (steps === least && steps <= most && one[0] === word[0] && best[0] !== word[0])) {
      best = one;
      least = steps;
    }
  }
  return least ? best : '';
}

// Source: the optimal string alignment distance.
function distance(a, b, most) {
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[b.length];
}

// What was asked for in other languages than the first: a button for each that has it.
function offer(others, results) {
  const buttons = others.flatMap((option, number) => (results[number].length ? [another(option, results[number].length)] : []));
  tongues.querySelectorAll('button').forEach((button) => button.remove());
  tongues.append(...buttons);
  tongues.hidden = !buttons.length;
}

// A file of an index: `cards` are all that a list shows of its articles, `words` those that may be suggested.
async function file(each, kind, part) {
  const { hash } = each.findIndex(each.loadedLanguage);
  const url = `${each.basePath}${kind}/${hash}${part}.json`;
  if (!files.has(url)) {
    files.set(url, fetch(url).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      return response.json();
    }).catch((error) => {
      files.delete(url);
      throw error;
    }));
  }
  return files.get(url);
}

async function cardOf({ each, id }) {
  const large = each.findIndex(each.loadedLanguage).page_count > ONE_FILE;
  return (await file(each, 'cards', large ? `.${id.slice(0, 3)}` : ''))[id];
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
  const loaded = await Promise.all(next.map(cardOf));
  if (mine !== turn) return;
  const parts = partsOf(wanted().term).map(bare);
  const cards = next.map((result, number) => card(loaded[number], result, parts));
  list.append(...cards);
  const further = shown > 0;
  shown += next.length;
  more.hidden = shown >= found.length;
  if (further) cards[0]?.querySelector('a').focus();
  next.forEach((result, number) => surroundings(result, loaded[number], cards[number], parts));
}

function card({ url, title, summary, ...meta }, { lang, dir }, parts) {
  const one = template.cloneNode(true).firstElementChild;
  const put = (name, text) => {
    const place = one.querySelector(name);
    if (text) place.textContent = text;
    else place.remove();
  };
  const link = one.querySelector('a');
  link.href = words.root.replace(/\/$/, '') + url;
  link.textContent = title;
  const foreign = page.lang.split('-')[0] !== lang;
  if (foreign) {
    for (const place of [one.querySelector('.headline'), one.querySelector('.summary')]) {
      place.lang = lang;
      place.dir = dir;
    }
  }
  put('.kicker', meta.section);
  if (summary) one.querySelector('.summary').append(...inSight(summary, parts));
  else one.querySelector('.summary').remove();
  if (meta.authors) put('.names', meta.authors);
  else one.querySelector('.by').remove();
  put('.source', meta.source);
  put('.tongue', foreign && languages.find((option) => option.value === lang).text);
  const time = one.querySelector('time');
  if (meta.date) {
    time.dateTime = meta.date;
    time.textContent = said(meta.date.slice(0, 10), { dateStyle: 'medium' });
  } else time.remove(); // a page of the site itself
  return one;
}

// The words around the hits, where what is shown already has none.
async function surroundings(result, { title, summary }, one, parts) {
  const place = one.querySelector('.summary');
  const seen = bare(`${title} ${summary}`);
  if (!place || parts.every((part) => seen.includes(part))) return;
  const { excerpt } = await result.data().catch(() => ({}));
  if (excerpt?.includes('<mark>')) place.replaceChildren(...marked(excerpt.replace(PARTED, '')));
}

function mark(text) {
  const element = document.createElement('mark');
  element.textContent = text;
  return element;
}

// ``text`` with those of its words marked that begin with what was asked for.
function inSight(text, parts) {
  return text.split(/(\s+)/).map((word) => {
    const plain = bare(word).replace(/^[^\p{L}\p{N}]+/u, '');
    return parts.some((part) => plain.startsWith(part)) ? mark(word) : word;
  });
}

// An excerpt comes as HTML with nothing but `mark` in it; it is shown as text, so that it never can be more.
function marked(excerpt) {
  return excerpt.split(/<mark>|<\/mark>/).map((part, number) => {
    const text = part.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    return number % 2 ? mark(text) : text;
  });
}

// A date in the form of the site's other pages: English ones name the day first.
function said(day, style) {
  return new Intl.DateTimeFormat(page.lang === 'en' ? 'en-GB' : page.lang, { timeZone: 'UTC', ...style }).format(new Date(`${day}T00:00:00Z`));
}

async function fill() {
  const all = await Promise.all(wantedLanguages().map(async (option) => (await open(option)).index.filters().catch(() => ({}))));
  const known = {};
  for (const [name, values] of all.flatMap(Object.entries)) {
    known[name] ||= {};
    for (const [text, count] of Object.entries(values)) known[name][text] = (known[name][text] || 0) + count;
  }
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
  for (const name of NAMES) choose(form.elements[name], given.get(name));
  nameFilters();
  answered = search();
  await answered;
}

// Says which filters are set, as they stay folded: unfolding them would move the answer.
function nameFilters() {
  const set = NAMES.map((name) => form.elements[name]).filter((select) => select.value);
  if (chosen().index) set.push(form.elements.lang);
  summary.textContent = [heading, set.map((select) => select.selectedOptions[0].textContent).join(', ')].filter(Boolean).join(': ');
}

// Chooses a value before its list is known.
function choose(select, value) {
  select.value = value || '';
  if (!value || select.value) return;
  select.append(new Option(value, value));
  select.value = value;
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
  nameFilters();
  remember();
  search();
});
form.elements.q.addEventListener('focus', () => open(wantedLanguages()[0]).catch(() => {}), { once: true });
form.querySelector('details').addEventListener('toggle', () => answered.then(fill).catch(console.error), { once: true });
more.addEventListener('click', show);
older.addEventListener('click', async () => {
  const one = await open(wantedLanguages()[0]);
  status.textContent = words.loading;
  await further(one, SHARDS).catch(console.error);
  await Promise.all([search(), fill()]);
});
addEventListener('popstate', restore);
restore();
