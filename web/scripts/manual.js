// Adds to the manual: the list of pages folds on a phone, code can be copied, the language of examples is remembered, and the search.
(() => {
  const { base } = document.body.dataset;
  const input = document.getElementById('q');

  const fold = document.querySelector('details[data-folds]');
  const wide = window.matchMedia('(min-width:60rem)');
  const unfold = () => {
    fold.open = wide.matches;
  };
  unfold();
  wide.addEventListener('change', unfold);
  // The list of pages scrolls by itself on a wide screen.
  const [places, current] = [document.querySelector('nav.places'), document.querySelector('nav [aria-current]')];
  if (wide.matches && current) places.scrollTop = current.offsetTop - places.clientHeight / 2;

  for (const code of document.querySelectorAll('pre[data-copy]')) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'copy', textContent: 'Copy' });
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 2000);
    });
    const holder = code.parentElement.classList.contains('block') ? code.parentElement : document.createElement('div');
    if (holder !== code.parentElement) {
      holder.className = 'block';
      code.replaceWith(holder);
      holder.append(code);
    }
    holder.append(button);
  }

  const LANGUAGE = 'dunlin-language';
  const languages = [...document.querySelectorAll('input[name=language]')];
  let chosen = null;
  try {
    chosen = localStorage.getItem(LANGUAGE);
  } catch {
    // Storage is off: the first language is shown.
  }
  for (const each of languages) {
    if (each.value === chosen) each.checked = true;
    each.addEventListener('change', () => {
      try {
        localStorage.setItem(LANGUAGE, each.value);
      } catch {
        // It is not remembered.
      }
    });
  }

  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.closest('input,textarea,select') !== null;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
  });

  const results = document.querySelector('[data-results]');
  if (results === null) return;
  const status = document.querySelector('[data-status]');
  let index = null;

  // What was decided, and why, is seldom what is searched for, and neither is a list of operations.
  const OPTIONS = {
    // The last word may not be finished yet.
    prefix: (_word, at, words) => at === words.length - 1,
    combineWith: 'AND',
    boost: { title: 4, place: 2 },
    boostDocument: (id) => (/^(adr|api-coverage|changelog|finding)/.test(id) ? 0.2 : 1),
  };

  async function load() {
    const text = await (await fetch(`${base}search.json`)).text();
    index = MiniSearch.loadJSON(text, { fields: ['title', 'place', 'text'], storeFields: ['title', 'place', 'excerpt'] });
  }

  /** Words that are written differently count only where nothing else is found. */
  function search(query) {
    const exact = index.search(query, OPTIONS);
    return exact.length > 0 ? exact : index.search(query, { ...OPTIONS, fuzzy: 0.2 });
  }

  function show() {
    const query = input.value.trim();
    const found = query === '' ? [] : search(query).slice(0, 30);
    results.replaceChildren(...found.map(entry));
    status.textContent =
      query === ''
        ? 'Enter words above.'
        : `${found.length === 0 ? 'Nothing' : found.length === 30 ? 'The best 30' : found.length} found for “${query}”.`;
    history.replaceState(null, '', query === '' ? location.pathname : `?q=${encodeURIComponent(query)}`);
  }

  function entry({ id, title, place, excerpt }) {
    const item = document.createElement('li');
    const link = Object.assign(document.createElement('a'), { href: base + id, textContent: title });
    const note = Object.assign(document.createElement('p'), {
      className: 'note',
      textContent: [place, excerpt].filter(Boolean).join(' · '),
    });
    item.append(link, note);
    return item;
  }

  function move(event) {
    const links = [input, ...results.querySelectorAll('a')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = links.indexOf(document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
  }

  document.addEventListener('keydown', move);
  input.form.addEventListener('submit', (event) => {
    event.preventDefault();
    results.querySelector('a')?.click();
  });
  input.value = new URLSearchParams(location.search).get('q') ?? '';
  void load().then(() => {
    show();
    input.addEventListener('input', show);
    input.focus();
  });
})();
