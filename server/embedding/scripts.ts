/** The scripts that browsers load, from `web/scripts`: `/embed.js` by sites of others, the rest by pages of Dunlin's own. */
import { join } from 'node:path';
import { Router, static as serve } from 'express';

const FOLDER = join(__dirname, '..', '..', 'web', 'scripts');

export function browserScripts(): Router {
  const router = Router();
  const files = serve(FOLDER, { index: false, maxAge: '5m' });
  router.get(['/embed.js', '/framed.js', '/console.js', '/passkeys.js'], (request, response, next) => {
    // Pages of other sites may load it.
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    files(request, response, next);
  });
  return router;
}
