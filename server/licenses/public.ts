/** What everybody may know: the public keys of an account, and which of its licenses cannot be used any more. */
import { Router, type Request } from 'express';
import { publicJwk, signingKeyIds, unusableLicenses } from '../../db/license-keys';
import { LIMITS } from '../../domain/core/limits';
import { contextOf } from '../http/context';
import type { Dependencies, Scope } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';

const KEYS_SECONDS = 3600;
const REVOCATIONS_SECONDS = 300;

export function licensePublic(deps: Dependencies): Router {
  const router = Router();
  router.get('/licenses/:account/:mode/keys.json', limitVisitors(), async (request, response) => {
    contextOf(response).operation = 'GET /licenses/:account/:mode/keys.json';
    const ids = await signingKeyIds(deps.sql, scopeIn(request));
    if (ids.length === 0) throw new HttpError(404, 'There is no such account.');
    response.setHeader('Cache-Control', `public, max-age=${String(KEYS_SECONDS)}`);
    response.json({ keys: ids.map((id) => publicJwk(deps.secret, id)) });
  });
  router.get('/licenses/:account/:mode/revocations.json', limitVisitors(), async (request, response) => {
    contextOf(response).operation = 'GET /licenses/:account/:mode/revocations.json';
    const since = new URL(request.url, 'http://localhost').searchParams.get('since') ?? '0';
    if (!/^\d{1,12}$/.test(since)) throw new HttpError(400, 'Invalid since: it must be a time in epoch seconds.');
    const limit = LIMITS.revocations.max;
    const found = await unusableLicenses(deps.sql, scopeIn(request), { since: Number(since), limit });
    response.setHeader('Cache-Control', `public, max-age=${String(REVOCATIONS_SECONDS)}`);
    response.json({ object: 'list', data: found, has_more: found.length === limit });
  });
  return router;
}

function scopeIn({ params }: Request): Scope {
  const mode = String(params['mode']);
  if (mode !== 'live' && mode !== 'test') throw new HttpError(404, 'There is no such page. The mode is live or test.');
  return { account: String(params['account']), livemode: mode === 'live' };
}
