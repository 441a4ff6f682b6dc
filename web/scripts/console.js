// Adds to the console: the places unfold on a wide screen, rows of tables are found and sorted, and Ctrl+K or ⌘K opens a palette.
(() => {
  const wide = window.matchMedia('(min-width:60rem)');
  const fold = document.querySelector('details[data-folds]');
  const unfold = () => {
    if (fold) fold.open = wide.matches;
  };
  unfold();
  wide.addEventListener('change', unfold);

  const place = document.querySelector('nav.places details a[aria-current]');
  const places = place?.closest('.inside');
  if (places) places.scrollTop = place.offsetTop - places.clientHeight / 2;

  const MANY = 12;
  for (const table of document.querySelectorAll('table[data-sorts]')) {
    if (table.tBodies[0].rows.length >= MANY) table.parentElement.before(finder(table));
    for (const [index, heading] of [...table.tHead.rows[0].cells].entries()) {
      // The server sorts by this one, and the address says so.
      if (heading.querySelector('a')) continue;
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = heading.textContent;
      heading.replaceChildren(button);
      button.addEventListener('click', () => sort(table, index, heading));
    }
  }

  // Hides the rows that do not have what is typed.
  function finder(table) {
    const find = Object.assign(document.createElement('input'), { type: 'search', className: 'find', placeholder: 'Find in these rows' });
    find.setAttribute('aria-label', 'Find in these rows');
    find.addEventListener('input', () => {
      const wanted = find.value.trim().toLowerCase();
      for (const row of table.tBodies[0].rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
    return find;
  }

  function sort(table, index, heading) {
    const isUp = heading.getAttribute('aria-sort') !== 'ascending';
    for (const each of table.tHead.rows[0].cells) each.removeAttribute('aria-sort');
    heading.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
    const value = (row) => row.cells[index]?.dataset.sort ?? '';
    const rows = [...table.tBodies[0].rows].sort((one, other) => {
      const [a, b] = [value(one), value(other)];
      const isNumber = a !== '' && b !== '' && !Number.isNaN(Number(a)) && !Number.isNaN(Number(b));
      return (isNumber ? Number(a) - Number(b) : a.localeCompare(b)) * (isUp ? 1 : -1);
    });
    table.tBodies[0].append(...rows);
  }

  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', 'Go to');
  const input = Object.assign(document.createElement('input'), { type: 'search', placeholder: 'Go to…' });
  input.setAttribute('aria-label', 'Go to');
  const results = document.createElement('div');
  results.className = 'results';
  results.setAttribute('aria-live', 'polite');
  dialog.append(input, results);
  document.body.append(dialog);

  let asked = 0;
  async function look() {
    const mine = (asked += 1);
    const response = await fetch(`/console/search?q=${encodeURIComponent(input.value)}`, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (mine === asked) results.replaceChildren(...(page.querySelector('[data-results]')?.childNodes ?? []));
  }
  let waits = 0;
  input.addEventListener('input', () => {
    clearTimeout(waits);
    waits = setTimeout(look, 150);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') results.querySelector('a')?.click();
    if (event.key === 'ArrowDown') results.querySelector('a')?.focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    dialog.showModal();
    input.focus();
    void look();
  });
})();
