/** `GET /`: for people a page that says what this is and what to read next, for programs the same as JSON. It shows no key. */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Config } from '../../config';
import { API_VERSION, API_VERSIONS } from '../../domain/rows/api-version';

const STYLE = `
:root { color-scheme: light dark; --text: #1c2426; --dim: #566064; --line: #d5dadc; --back: #fff; --code: #f2f4f5; --link: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ea; --dim: #a3adb1; --line: #3a4347; --back: #16191b; --code: #22282b; --link: #7fbcff; }
}
body { margin: 0; background: var(--back); color: var(--text); font: 17px/1.55 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; }
p, li { margin: .4rem 0; }
ul { padding-left: 1.2rem; }
.lead { font-size: 1.1rem; color: var(--dim); }
a { color: var(--link); }
a:focus-visible, pre:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code, pre { font: .9em/1.5 ui-monospace, monospace; background: var(--code); border-radius: 4px; }
code { padding: .1em .3em; overflow-wrap: anywhere; }
pre { padding: .8rem 1rem; overflow-x: auto; border: 1px solid var(--line); }
pre code { padding: 0; overflow-wrap: normal; }
`;

/** Nothing is loaded, and no script runs. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Places = Pick<Config, 'publicUrl' | 'temporalUiUrl'>;

/** @param places where the API is reached from outside, and the Temporal UI; null or absent if unknown */
export function home(places: Places) {
  return (request: Request, response: Response): void => {
    response.vary('Accept');
    if (request.accepts(['json', 'html']) === 'html') {
      const url = places.publicUrl ?? `${request.protocol}://${request.host}`;
      response.setHeader('Content-Security-Policy', POLICY).type('html').send(page(url, places.temporalUiUrl));
    } else {
      response.json(description(places.temporalUiUrl ?? null));
    }
  };
}

const description = (temporalUi: string | null) => ({
  name: 'Dunlin',
  api: '/v1',
  api_version: API_VERSION,
  api_versions: API_VERSIONS,
  docs: '/docs',
  openapi: '/openapi.json',
  health: '/healthz',
  temporal_ui: temporalUi,
});

function page(url: string, temporalUi: string | undefined): string {
  const temporal = temporalUi
    ? `<li><a href="${escape(temporalUi)}">Temporal UI</a>: one workflow for each subscription, with what it waits for.</li>`
    : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dunlin</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Dunlin</h1>
<p class="lead">Subscription billing that you run yourself. This is its API. It speaks Stripe’s HTTP API, so every official Stripe SDK is a client of it.</p>
<h2>Your key</h2>
<p>Each call needs a secret key: <code>sk_test_…</code> for trying things out, <code>sk_live_…</code> for real customers.</p>
<ul>
<li>If you started Dunlin with <code>npm start</code>: it printed a test key and wrote it to <code>.dunlin/dev.json</code>.</li>
<li>Otherwise the person who runs Dunlin makes keys with <code>npx dunlin account</code>.</li>
</ul>
<h2>A first call</h2>
<pre tabindex="0"><code>curl ${escape(url)}/v1/customers -u sk_test_…: -d email=ann@example.com</code></pre>
<h2>Next steps</h2>
<ul>
<li><a href="docs">Documentation</a>: quickstarts, guides, how to run Dunlin for real customers, and a search.</li>
<li><a href="docs/reference/index.html">API reference</a>: every operation, with its parameters, its answers, its errors and examples.</li>
<li><a href="openapi.json">OpenAPI document</a>, for tools. <code>?version=${API_VERSIONS.at(-1) ?? ''}</code> gives it for another release of the API.</li>
${temporal}
<li>The folder <code>examples/</code> has whole programs.</li>
</ul>
</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
