/** The page at `/`, `/openapi.json`, and the page that calls the API: Swagger UI from the installed package, so that it loads nothing from another host. */
import { dirname } from 'node:path';
import { Router, static as serve, type Request, type Response } from 'express';
import type { Config } from '../../config';
import { API_VERSION, API_VERSIONS } from '../../domain/rows/api-version';
import { releaseOf, type Documents } from './documents';
import { home } from './home';

const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Call the API – Dunlin</title>
    <link rel="stylesheet" href="swagger-ui.css">
    <link rel="stylesheet" href="explorer.css">
    <link rel="icon" type="image/png" href="favicon-32x32.png">
  </head>
  <body>
    <nav>
      <a href="index.html">Dunlin</a>
      <label>Release of the API
        <select id="release">
${[...API_VERSIONS]
  .reverse()
  .map((release) => `          <option${release === API_VERSION ? ' selected' : ''}>${release}</option>`)
  .join('\n')}
        </select>
      </label>
      <a id="document" href="../openapi.json">openapi.json</a>
    </nav>
    <main id="docs"></main>
    <script src="swagger-ui-bundle.js"></script>
    <script src="explorer.js"></script>
  </body>
</html>
`;

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; }
nav { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: .75rem 1.25rem; font: 16px/1.5 system-ui, sans-serif; border-bottom: 1px solid #8886; }
nav select { font: inherit; max-width: 100%; padding: .15rem .3rem; }
html.dark-mode body { background: #1c2022; }
html.dark-mode nav { color: #e4e6e6; }
html.dark-mode nav a { color: #8cc8ff; }
.swagger-ui .wrapper { box-sizing: border-box; padding: 0 1.25rem; }
@media (max-width: 40rem) {
  .swagger-ui .response-col_links { display: none; }
  .swagger-ui .wrapper { padding: 0 .5rem; }
  .swagger-ui .opblock .opblock-summary-path { max-width: 100%; word-break: break-word; }
}
`;

// Without validatorUrl: null the page would show a badge from another host.
const START = `const release = document.getElementById('release');
const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
const named = new URLSearchParams(location.search).get('version');
if ([...release.options].some(({ value }) => value === named)) release.value = named;
const url = '../openapi.json?version=' + encodeURIComponent(release.value);
release.addEventListener('change', () => { location.search = '?version=' + encodeURIComponent(release.value); });
dark.addEventListener('change', paint);
paint();
document.getElementById('document').href = url;
SwaggerUIBundle({
  url,
  dom_id: '#docs',
  validatorUrl: null,
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  filter: true,
  persistAuthorization: false,
});
`;

/** `/`, `/openapi.json` and `/docs/explorer.html`. */
export function docs(documents: Documents, config: Pick<Config, 'publicUrl' | 'temporalUiUrl'>): Router {
  const router = Router();
  const files = serve(dirname(require.resolve('swagger-ui-dist/package.json')), { index: false, maxAge: '1h' });
  router.get('/', home(config));
  router.get('/openapi.json', (request: Request, response: Response) => {
    response
      .vary('Stripe-Version')
      .type('application/json')
      .send(documents.json(releaseOf(request)));
  });
  router.get('/docs/explorer.html', (_request: Request, response: Response) => {
    response.type('html').send(PAGE);
  });
  router.get('/docs/explorer.js', (_request: Request, response: Response) => {
    response.type('text/javascript').send(START);
  });
  router.get('/docs/explorer.css', (_request: Request, response: Response) => {
    response.type('text/css').send(STYLE);
  });
  for (const asset of ASSETS) {
    router.get(`/docs/${asset}`, (request: Request, response: Response, next) => {
      request.url = `/${asset}`;
      files(request, response, next);
    });
  }
  return router;
}
