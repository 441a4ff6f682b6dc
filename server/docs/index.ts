/** The docs page: Swagger UI from the installed package, so that it loads nothing from another host. */
import { dirname } from 'node:path';
import { Router, static as serve, type Request, type Response } from 'express';
import { openApi } from './openapi';
import type { Operation } from '../http/operation';

const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Dunlin API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="docs/favicon-32x32.png">
  </head>
  <body>
    <div id="docs"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

// Without validatorUrl: null the page would show a badge from another host.
const START = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#docs',
  validatorUrl: null,
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  persistAuthorization: false,
});
`;

/** `/docs` and `/openapi.json`. */
export function docs(operations: readonly Operation[], publicUrl: string | undefined): Router {
  const router = Router();
  const files = serve(dirname(require.resolve('swagger-ui-dist/package.json')), { index: false, maxAge: '1h' });
  let document: string | undefined;
  router.get('/openapi.json', (_request: Request, response: Response) => {
    document ??= JSON.stringify(openApi(operations, publicUrl ?? '/'));
    response.type('application/json').send(document);
  });
  router.get('/docs', (_request: Request, response: Response) => {
    response.type('html').send(PAGE);
  });
  router.get('/docs/start.js', (_request: Request, response: Response) => {
    response.type('text/javascript').send(START);
  });
  for (const asset of ASSETS) {
    router.get(`/docs/${asset}`, (request: Request, response: Response, next) => {
      request.url = `/${asset}`;
      files(request, response, next);
    });
  }
  return router;
}
