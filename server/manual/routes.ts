/** `/docs`: the manual. */
import { Router, static as serve } from 'express';
import { publicUrlOf, type Config } from '../../config';
import type { Documents } from '../docs/documents';
import type { Operation } from '../http/operation';
import { IMAGES, Manual, SEARCH_INDEX } from './manual';

export function manualPages(operations: readonly Operation[], documents: Documents, config: Pick<Config, 'publicUrl' | 'port'>): Router {
  const router = Router();
  let made: Manual | null = null;
  const manual = (): Manual => (made ??= new Manual(operations, documents, { url: publicUrlOf(config), hasExplorer: true }));
  const images = serve(IMAGES, { index: false, maxAge: '1h' });
  router.get('/docs', (request, response) => {
    response.redirect(302, request.path.endsWith('/') ? 'index.html' : 'docs/index.html');
  });
  router.get('/docs/images/:image', (request, response, next) => {
    request.url = `/${request.params.image}`;
    images(request, response, next);
  });
  router.get('/docs/*page', async (request, response, next) => {
    const address = request.path.replace('/docs/', '');
    const body = address === SEARCH_INDEX ? await manual().searchIndex() : manual().at(address);
    if (body === null && request.accepts(['json', 'html']) === 'html') response.status(404).type('html').send(manual().missing(address));
    else if (body === null) next();
    else response.setHeader('Cache-Control', 'public, max-age=300').type(typeOf(address)).send(body);
  });
  return router;
}

const typeOf = (address: string): string => /\.(css|js|json)$/.exec(address)?.[1] ?? 'html';
