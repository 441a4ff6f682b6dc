/** In a page that another site shows in a frame: tells that site how high the page is, what it sells, and that it is complete. */
(() => {
  const { ancestors, complete, returnUrl, session } = document.documentElement.dataset;
  const isAllowed = (origin) =>
    ancestors
      .split(' ')
      .some((allowed) => allowed === '*' || allowed === origin || (allowed.endsWith(':*') && origin.startsWith(allowed.slice(0, -1))));
  let site;
  const tell = (message) => site && parent.postMessage(message, site);
  const size = () => tell({ dunlin: 'size', height: document.body.scrollHeight });
  addEventListener('message', ({ origin, source, data }) => {
    if (source !== parent || data?.dunlin !== 'hello' || !isAllowed(origin)) return;
    site = origin;
    size();
    if (session) tell({ dunlin: 'session', session: JSON.parse(session) });
    if (complete) tell({ dunlin: 'complete', url: returnUrl ?? null });
  });
  new ResizeObserver(size).observe(document.body);
})();
