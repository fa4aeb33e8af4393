/* Shows what is wrong with the sources, above the page, in a shadow root of its own. All text is set as text. */
const STYLES = `
  :host { all: initial; }
  section { position: fixed; inset: auto 0 0 0; max-height: 70vh; overflow: auto; z-index: 2147483647; box-sizing: border-box;
    padding: 1rem 1.25rem; background: #1d1416; color: #f6eeee; border-top: 4px solid #e5484d;
    font: 15px/1.5 system-ui, sans-serif; box-shadow: 0 -8px 30px #0008; }
  section:focus { outline: 2px solid #fff; outline-offset: -6px; }
  h2 { font-size: 1.1em; margin: 0 4em .5rem 0; }
  ol { list-style: none; margin: 0; padding: 0; }
  li { margin: 0 0 1rem; }
  p { margin: .15rem 0; overflow-wrap: anywhere; }
  .place { font-family: ui-monospace, monospace; color: #ffb3b5; }
  .help { color: #cfc4c4; }
  pre { margin: .3rem 0; padding: .4rem .6rem; background: #0006; overflow: auto; font: 13px/1.45 ui-monospace, monospace; tab-size: 4; }
  pre span { display: block; color: #b9adad; }
  pre .wrong { color: #fff; background: #e5484d44; }
  button { position: absolute; top: .8rem; inset-inline-end: 1rem; font: inherit; color: inherit; background: none;
    border: 1px solid #fff8; border-radius: 4px; padding: .1rem .6rem; cursor: pointer; }
  button:focus-visible { outline: 2px solid #fff; }
`;
const DISMISSED = "sitegen-dismissed";
let host = null;
let before = null;
let shown = "";

const element = (name, text = "", className = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
};

const remembered = (value) => {
  try {
    if (value !== undefined) sessionStorage.setItem(DISMISSED, value);
    return sessionStorage.getItem(DISMISSED);
  } catch {
    return "";
  }
};

const item = (problem) => {
  const out = element("li");
  const place = problem.path ? problem.path + (problem.line ? `:${problem.line}` : "") : "";
  out.append(element("p", `${place}${place ? "  " : ""}${problem.level}[${problem.code}]`, "place"), element("p", problem.message));
  if (problem.lines?.length) {
    const pre = element("pre");
    const width = String(problem.lines.at(-1)[0]).length;
    for (const [number, text] of problem.lines)
      pre.append(element("span", `${String(number).padStart(width)} │ ${text}`, number === problem.line ? "wrong" : ""));
    out.append(pre);
  }
  if (problem.help) out.append(element("p", problem.help, "help"));
  return out;
};

const escape = (event) => {
  if (event.key === "Escape") dismiss();
};

const hide = () => {
  if (!host) return;
  const inside = document.activeElement === host;
  host.remove();
  host = null;
  document.removeEventListener("keydown", escape, true);
  if (inside) before?.focus?.({ preventScroll: true });
};

const dismiss = () => {
  remembered(shown);
  hide();
};

/* Shows the problems of `data`, or nothing where there are none or these were dismissed in this tab. */
export const update = (data) => {
  const focused = host ? before : document.activeElement;
  hide();
  shown = data.id;
  if (!data.problems.length || remembered() === data.id) return;
  remembered("");
  before = focused;
  host = document.createElement("sitegen-problems");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
  const box = element("section");
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-labelledby", "title");
  box.tabIndex = -1;
  const title = element("h2", `${data.total === 1 ? "One problem" : `${data.total} problems`}. The page behind is of the last good site.`);
  title.id = "title";
  const list = element("ol");
  list.append(...data.problems.map(item));
  if (data.total > data.problems.length) list.append(element("li", `… and ${data.total - data.problems.length} more`));
  const close = element("button", "Close");
  close.type = "button";
  close.addEventListener("click", dismiss);
  box.append(title, list, close);
  root.append(box);
  document.documentElement.append(host);
  document.addEventListener("keydown", escape, true);
  box.focus({ preventScroll: true });
};
