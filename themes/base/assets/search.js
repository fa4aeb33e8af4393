// The search page: asks the index that `sitegen build` has made (sitegen/render/search_shard.py), and shows what it answers.
// Nothing of the index is loaded before the reader turns to the form.

const RESULTS = 10; // shown at once
const SHARDS = 16; // of a language, opened at once, the newest articles first
const TOGETHER = 16; // articles whose cards, or texts, are in one file
const AROUND = [60, 160]; // letters before and after a hit

// Words as the index has them: sitegen/base/search_words.py has the same rules.
const UNSPACED = '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';
const LETTER = `(?:(?![${UNSPACED}])[\\p{L}\\p{N}_\\u0900-\\u0963\\u0966-\\u0dff])`;
const RUNS = new RegExp(`([${UNSPACED}]+)|${LETTER}+`, 'gu');
const PIECES = new RegExp(`([${UNSPACED}]+|(?:${LETTER}\\p{M}*)+)`, 'u');
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g;
const ALIKE = { ß: 'ss', ة: 'ه', ى: 'ي' };
const ARTICLE = /^(?:[وبكف]?ال|لل)(?=[\p{L}\p{N}_]{3})/u;
const LONGEST = 40;

const fold = (text) => text.toLowerCase().normalize('NFKD').replace(MARKS, '').normalize('NFKC').replace(/[ßةى]/g, (letter) => ALIKE[letter]);

// The words of a text, each with its kind: `pair` of neighbours, `last` letter of a run, or a plain `word`.
function wordsOf(text) {
  return [...fold(text).matchAll(RUNS)].flatMap(([all, run]) => {
    if (!run) return [{ kind: 'word', text: all.slice(0, LONGEST).replace(ARTICLE, '') }];
    const letters = [...run];
    const pairs = letters.slice(1).map((letter, number) => ({ kind: 'pair', text: letters[number] + letter }));
    return [...pairs, { kind: 'last', text: letters.at(-1), alone: letters.length === 1 }];
  });
}

const INDEX = new URL('../search/index/', import.meta.url);
const files = new Map(); // name -> what is in it

async function file(name) {
  if (!files.has(name)) {
    files.set(name, fetch(new URL(name, INDEX)).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${response.url}`);
      return response.json();
    }).catch((error) => {
      files.delete(name);
      throw error;
    }));
  }
  return files.get(name);
}

const root = () => file('index.json');
const question = () => new URLSearchParams(location.search);

if (question().size) root().catch(() => {}); // it is reported when it is asked for
if (document.readyState === 'loading') await new Promise((done) => document.addEventListener('DOMContentLoaded', done));

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
const opened = new Map(); // language -> how many of its shards are searched

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

// A part of a shard: in place, or in a file of that name.
const part = ({ folder }, value) => (typeof value === 'string' ? file(`${folder}/${value}`) : value);

// The shards of a language that are searched, the newest first; `left` are not.
async function open(lang) {
  const { shards, endings } = await root();
  const all = shards.filter((shard) => shard.lang === lang).reverse();
  const count = opened.get(lang) || SHARDS;
  opened.set(lang, count);
  const used = await Promise.all(all.slice(0, count).map(async (shard) => ({ ...shard, ...await part(shard, shard.head) })));
  return { lang, shards: used, left: all.length - used.length, endings: endings[lang] || [] };
}

async function widen(lang, count) {
  await open(lang);
  opened.set(lang, opened.get(lang) + count);
}

// What a word of a question fits: itself, its other forms, and what begins with it.
function asked({ kind, text, alone }, endings) {
  const forms = kind === 'word' ? formsOf(text, endings) : [text];
  const begins = alone || (kind === 'word' && text.length > 2);
  const known = new Set(forms);
  return {
    fits: (word) => known.has(word) || (begins && word.startsWith(text)),
    within: (from, to) => forms.some((one) => one >= from && one < to) || (begins && text < to && `${text}\uffff` >= from),
  };
}

// The forms of a word: those that differ from it only in two endings of one set.
function formsOf(word, endings) {
  const forms = new Set([word]);
  for (const set of endings) {
    for (const end of set) {
      const base = word.slice(0, word.length - end.length);
      if (base.length > 2 && word.endsWith(end)) set.forEach((other) => forms.add(base + other));
    }
  }
  return [...forms];
}

// The articles of a shard that have a word: their numbers, with how much it counts there.
async function articlesWith(shard, word) {
  const out = new Map();
  const parts = shard.words.filter(([from], number) => word.within(from, shard.words[number + 1]?.[0] ?? '\uffff\uffff'));
  for (const lines of await Promise.all(parts.map(([, value]) => part(shard, value)))) {
    for (const line of lines) {
      const end = line.indexOf(' ');
      if (word.fits(line.slice(0, end))) addPlaces(out, line.slice(end + 1));
    }
  }
  return out;
}

// Places are steps from one article to the next, nothing for one, each with a letter for how often.
function addPlaces(out, places) {
  let number = -1;
  for (const [, step, often] of places.matchAll(/([0-9a-z]*)([A-Z])/g)) {
    number += step ? parseInt(step, 36) : 1;
    out.set(number, (out.get(number) || 0) + often.charCodeAt(0) - 64);
  }
}

// The articles of a language that have all `terms`, with how well they fit (BM25, https://doi.org/10.1561/1500000019).
async function articles({ shards, endings }, terms, filters) {
  const asking = terms.map((term) => asked(term, endings));
  const all = await Promise.all(shards.map(async (shard) => ({
    shard,
    maps: await Promise.all(asking.map((word) => articlesWith(shard, word))),
    allowed: await allowed(shard, filters),
  })));
  const sizes = shards.flatMap((shard) => shard.articles.map(([, length]) => length));
  const average = sizes.reduce((a, b) => a + b, 0) / sizes.length || 1;
  const rare = asking.map((_, number) => {
    const having = all.reduce((sum, { maps }) => sum + maps[number].size, 0);
    return Math.log(1 + (sizes.length - having + 0.5) / (having + 0.5));
  });
  const score = (maps, number, length) => maps.reduce((sum, map, term) => {
    const often = map.get(number);
    return sum + rare[term] * often * 7 / (often + 6 * (0.75 + 0.25 * length / average));
  }, 0);
  return all.flatMap(({ shard, maps, allowed: some }) => shard.articles.flatMap(([minute, length], number) => {
    const fits = maps.every((map) => map.has(number)) && (!some || some.has(number));
    return fits ? [{ shard, number, minute, score: score(maps, number, length), asking }] : [];
  }));
}

// The numbers of the articles that all filters allow; nothing where there is none.
async function allowed(shard, filters) {
  const names = Object.keys(filters);
  if (!names.length) return null;
  const terms = await part(shard, shard.terms);
  const sets = names.map((name) => new Set(terms[name]?.[filters[name]] || []));
  return new Set([...sets[0]].filter((number) => sets.every((set) => set.has(number))));
}

const isPhrase = (term) => /^".+"$/.test(term);
const partsOf = (term) => term.split(/\s+/).filter(Boolean);
const lineOf = (text) => ` ${wordsOf(text).filter(({ kind }) => kind !== 'last').map((word) => word.text).join(' ')} `;

// A question's words; the last letter of a run is asked for only where it is alone.
const termsOf = (term) => wordsOf(term).filter(({ kind, alone }) => kind !== 'last' || alone);

async function answer(one, term, filters) {
  const terms = termsOf(term);
  if (term && !terms.length) return [];
  const results = await articles(one, terms, filters);
  if (!isPhrase(term)) return results;
  const line = lineOf(term);
  const whole = await Promise.all(results.map(async (result) => {
    const [card, said] = await Promise.all([cardOf(result), saidOf(result)]);
    return [card.title, ...said].some((text) => lineOf(text).includes(line));
  }));
  return results.filter((_, number) => whole[number]);
}

// A word that is put together from others, as in German, is found by its last part where nothing else is.
const MOST_COMPOUNDS = 8;

async function compounds(one, term, filters) {
  const lists = await near(one);
  const end = fold(term);
  const whole = [...new Set(lists)].filter((word) => word.length > end.length + 2 && fold(word).endsWith(end));
  const answers = await Promise.all(whole.slice(0, MOST_COMPOUNDS).map((word) => answer(one, word, filters)));
  return [...new Map(answers.flat().map((result) => [`${result.shard.folder} ${result.number}`, result])).values()];
}

const near = async ({ shards }) => (await Promise.all(shards.map((shard) => part(shard, shard.near)))).flat();

async function group(shard, kind, number) {
  const some = await part(shard, shard[kind][Math.floor(number / TOGETHER)]);
  return some[number % TOGETHER];
}

const cardOf = ({ shard, number }) => group(shard, 'cards', number);
const saidOf = ({ shard, number }) => group(shard, 'texts', number); // what the digest says about an article, and its text

function wanted() {
  const data = new FormData(form);
  const filters = {};
  for (const name of NAMES) if (data.get(name)) filters[name] = data.get(name);
  return { term: data.get('q').trim(), filters, sort: data.get('sort') };
}

const newer = (a, b) => b.minute - a.minute || b.number - a.number;
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
  const look = (option) => resultsIn(option.value, option.dir, term, filters, sort);
  try {
    const results = await look(own);
    if (mine !== turn) return;
    if (results.length || !others.length) await present(results, words.found, sort);
    if (mine !== turn) return;
    older.hidden = !(await open(own.value)).left;
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

async function resultsIn(lang, dir, term, filters, sort) {
  if (sort === 'oldest') await widen(lang, Infinity);
  const one = await open(lang);
  let results = await answer(one, term, filters);
  if (!results.length && term.length > 3 && partsOf(term).length === 1 && (await root()).compounds.includes(lang)) {
    results = await compounds(one, term, filters);
  }
  return results.map((result) => ({ ...result, lang, dir }));
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
  const closest = await corrected(term).catch(() => '');
  if (mine !== turn || !closest) return;
  const given = [...new FormData(form)].filter(([name, value]) => value && name !== 'q');
  const link = suggestion.querySelector('a');
  link.textContent = closest;
  link.href = `?${new URLSearchParams([['q', closest], ...given])}`;
  suggestion.hidden = false;
}

async function corrected(term) {
  const lists = await Promise.all([...opened.keys()].map(async (lang) => near(await open(lang))));
  const known = [...new Set(lists.flat())];
  const corrections = partsOf(term).map((one) => nearest(fold(one), known) || one);
  const closest = corrections.join(' ');
  return closest === term ? '' : closest;
}

// The known word with the fewest letters to add, drop, replace or exchange; none where that are too many.
function nearest(word, known) {
  const most = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
  let best = '';
  let least = most + 1;
  for (const one of known) {
    if (Math.abs(one.length - word.length) >= least) continue;
    const steps = distance(word, fold(one), least);
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
  const term = wanted().term;
  const cards = next.map((result, number) => card(loaded[number], result, hits(result, term)));
  list.append(...cards);
  const further = shown > 0;
  shown += next.length;
  more.hidden = shown >= found.length;
  if (further) cards[0]?.querySelector('a').focus();
  setTimeout(() => next.forEach((result, number) => surroundings(result, loaded[number], cards[number], term).catch(console.error)));
}

function card({ url, title, summary: opening, ...meta }, { lang, dir }, hit) {
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
  if (opening) one.querySelector('.summary').append(...marked(opening, hit));
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

// The words around a hit, where what is shown already has none; what the digest says about an article is shown as that.
async function surroundings(result, { title, summary: opening = '' }, one, term) {
  const hit = hits(result, term);
  const has = (text) => hit(text).length > 0;
  if (!term || has(title) || has(opening)) return;
  const [comment, text] = await saidOf(result);
  const place = one.querySelector('.summary');
  if (has(text)) place?.replaceChildren(...marked(around(text, hit), hit));
  else if (has(comment)) {
    const note = document.getElementById('remark').content.cloneNode(true);
    note.querySelector('.said').append(...marked(around(comment, hit), hit));
    one.querySelector('.meta').before(note);
  }
}

// Finds where a text has what was asked for: pairs of places, from and to.
function hits({ asking }, term) {
  const runs = (term.match(new RegExp(`[${UNSPACED}]+`, 'gu')) || []).map(fold);
  return (text) => {
    const out = [];
    let at = 0;
    for (const piece of text.split(PIECES)) {
      if (runs.length && new RegExp(`[${UNSPACED}]`, 'u').test(piece)) out.push(...within(piece, runs, at));
      else if (wordsOf(piece).some((word) => asking.some(({ fits }) => fits(word.text)))) out.push([at, at + piece.length]);
      at += piece.length;
    }
    return out;
  };
}

function within(piece, runs, at) {
  return runs.flatMap((run) => {
    const place = piece.indexOf(run);
    return place < 0 ? [] : [[at + place, at + place + run.length]];
  });
}

// A part of a text that has its first hit, from one blank to another where there are some.
function around(text, hit) {
  const [[from, to]] = hit(text);
  const [before, after] = AROUND;
  const start = from <= before ? 0 : nextBlank(text, from - before, from);
  const end = to + after >= text.length ? text.length : Math.max(text.lastIndexOf(' ', to + after), to);
  return `${start ? '… ' : ''}${text.slice(start, end).trim()}${end < text.length ? ' …' : ''}`;
}

function nextBlank(text, start, most) {
  const blank = text.indexOf(' ', start);
  return blank < 0 || blank >= most ? start : blank + 1;
}

function mark(text) {
  const element = document.createElement('mark');
  element.textContent = text;
  return element;
}

// `text` with what was asked for marked.
function marked(text, hit) {
  const out = [];
  let last = 0;
  for (const [from, to] of hit(text)) {
    out.push(text.slice(last, from), mark(text.slice(from, to)));
    last = to;
  }
  return [...out, text.slice(last)];
}

// A date in the form of the site's other pages: English ones name the day first.
function said(day, style) {
  return new Intl.DateTimeFormat(page.lang === 'en' ? 'en-GB' : page.lang, { timeZone: 'UTC', ...style }).format(new Date(`${day}T00:00:00Z`));
}

function countTerms(known, terms) {
  for (const [name, values] of Object.entries(terms)) {
    known[name] ||= {};
    for (const [text, numbers] of Object.entries(values)) known[name][text] = (known[name][text] || 0) + numbers.length;
  }
}

async function fill() {
  const known = {};
  for (const option of wantedLanguages()) {
    const { shards } = await open(option.value);
    for (const terms of await Promise.all(shards.map((shard) => part(shard, shard.terms)))) countTerms(known, terms);
  }
  for (const name of NAMES) {
    const select = form.elements[name];
    const value = select.value || question().get(name) || '';
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

async function restore() {
  const given = question();
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
form.elements.q.addEventListener('focus', () => root().catch(() => {}), { once: true });
form.querySelector('details').addEventListener('toggle', () => answered.then(fill).catch(console.error), { once: true });
more.addEventListener('click', show);
older.addEventListener('click', async () => {
  status.textContent = words.loading;
  await widen(wantedLanguages()[0].value, SHARDS).catch(console.error);
  await Promise.all([search(), fill()]);
});
addEventListener('popstate', restore);
restore();
