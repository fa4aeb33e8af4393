// What readers set for themselves: light or dark, and the size of the text. It runs before the first paint, so that
// nothing changes in sight. Without it pages follow the system, and the buttons are not there.

const root = document.documentElement;
const SIZES = ['', 'large', 'larger'];

function kept(name) {
  try {
    return localStorage.getItem(name) || '';
  } catch { // storage is off
    return '';
  }
}

function keep(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch { /* it holds for this page */ }
}

const usual = root.dataset.scheme;
const isDark = () => (root.dataset.scheme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : root.dataset.scheme === 'dark');

function setScheme(scheme) {
  root.dataset.scheme = scheme || usual;
  for (const meta of document.querySelectorAll('meta[name="color-scheme"]')) {
    meta.content = root.dataset.scheme === 'auto' ? 'light dark' : root.dataset.scheme;
  }
}

function setSize(size) {
  if (size) root.dataset.size = size;
  else delete root.dataset.size;
}

if (usual === 'auto' && ['light', 'dark'].includes(kept('scheme'))) setScheme(kept('scheme'));
if (SIZES.includes(kept('size'))) setSize(kept('size'));
root.dataset.script = '';

const actions = {
  scheme() {
    const next = isDark() ? 'light' : 'dark';
    keep('scheme', next);
    setScheme(next);
    show();
  },
  size() {
    const next = SIZES[(SIZES.indexOf(root.dataset.size || '') + 1) % SIZES.length];
    keep('size', next);
    setSize(next);
    show();
  },
  async share(button) {
    await navigator.share({ title: document.title, url: button.dataset.url }).catch(() => {});
  },
  async copy(button) {
    await navigator.clipboard.writeText(button.dataset.url);
    button.parentElement.querySelector('[role=status]').textContent = button.dataset.done;
  },
};

// Buttons say what they are set to, and are there only where they do something.
function show() {
  for (const button of document.querySelectorAll('[data-do]')) {
    const name = button.dataset.do;
    if (name === 'scheme') button.setAttribute('aria-pressed', isDark());
    if (name === 'size') button.setAttribute('aria-pressed', Boolean(root.dataset.size));
    button.hidden = (name === 'share' && !navigator.share) || (name === 'copy' && !navigator.clipboard);
  }
}

addEventListener('DOMContentLoaded', show);
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button) actions[button.dataset.do]?.(button);
});
