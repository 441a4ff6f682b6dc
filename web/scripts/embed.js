/**
 * Dunlin on any site: an embedded checkout, a payment button and a pricing table. Everything is shown in frames of Dunlin's own, so a page
 * needs only `script-src` and `frame-src` for Dunlin's address in its content security policy, and no card number is on the site.
 */
(() => {
  const base = new URL('.', document.currentScript.src);
  const frames = new Map();

  const frame = (path, title) => {
    const element = document.createElement('iframe');
    element.src = new URL(path, base);
    element.title = title;
    element.setAttribute('scrolling', 'no');
    element.height = '150';
    element.width = '100%';
    element.style.border = '0';
    element.style.colorScheme = 'normal';
    // Each page of the frame is greeted, and answers only to this site.
    element.addEventListener('load', () => element.contentWindow?.postMessage({ dunlin: 'hello' }, base.origin));
    return element;
  };

  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== base.origin || typeof data?.dunlin !== 'string') return;
    for (const [element, listen] of frames) if (element.contentWindow === source) listen(data);
  });

  const show = (place, element, listen) => {
    frames.set(element, (data) => {
      if (data.dunlin === 'size' && Number.isFinite(data.height)) element.height = String(Math.ceil(data.height));
      else listen?.(data);
    });
    place.append(element);
  };
  const hide = (element) => {
    frames.delete(element);
    element.remove();
  };

  /** A checkout, whole (`embedded_page`) or its payment form alone (`elements`). */
  const checkout = (kind) => async (options) => {
    const secret = options.clientSecret ?? (await options.fetchClientSecret());
    const element = frame(`c/${kind}/${encodeURIComponent(secret)}`, options.title ?? 'Checkout');
    const listen = (data) => {
      if (data.dunlin === 'session') options.onChange?.(data.session);
      if (data.dunlin !== 'complete') return;
      if (data.url) location.assign(data.url);
      else options.onComplete?.();
    };
    return {
      mount: (place) => show(typeof place === 'string' ? document.querySelector(place) : place, element, listen),
      unmount: () => hide(element),
      destroy: () => hide(element),
    };
  };

  /** An element whose frame shows the page at `path`. Its own content is what is seen without this script. */
  const define = (name, title, path) => {
    if (customElements.get(name)) return;
    customElements.define(
      name,
      class extends HTMLElement {
        connectedCallback() {
          if (this.shown) return;
          this.shown = frame(path(this), this.getAttribute('label') ?? title);
          this.replaceChildren();
          show(this, this.shown);
        }
        disconnectedCallback() {
          if (this.shown) hide(this.shown);
          this.shown = undefined;
        }
      },
    );
  };
  const idOf = (element, name) => encodeURIComponent((element.getAttribute(name) ?? '').split(/[?#]/)[0].split('/').at(-1));
  /** Whom an experiment knows again; without it, the visitor sees what everybody saw before. And the customer, by a customer session. */
  const named = (element) => {
    const [visitor, session] = [element.getAttribute('visitor'), element.getAttribute('customer-session-client-secret')];
    const given = Object.entries({ visitor, customer_session: session }).filter(([, value]) => value);
    return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
  };
  define('dunlin-buy-button', 'Buy', (element) => `b/${idOf(element, 'payment-link')}/button${named(element)}`);
  define('dunlin-pricing-table', 'Prices', (element) => `pricing/${idOf(element, 'pricing-table')}/embed${named(element)}`);

  window.Dunlin = { initEmbeddedCheckout: checkout('embed'), initCheckoutElements: checkout('elements') };
})();
