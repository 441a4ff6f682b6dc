/** The help pages: `/help`, and one for each guide. They can be read without a key; a seller's customers see its name and colors. */
import { Router, type Request } from 'express';
import { findAccount } from '../../db/accounts';
import { brandingOf } from '../../domain/checkout/branding';
import { settingsOf } from '../../domain/rows/account';
import type { HelpModel } from '../../web/help/model';
import { HelpPage } from '../../web/help/help-page';
import { renderPage } from '../../web/render';
import { localeOfReader } from '../branding/locale';
import { loadBranding } from '../branding/load';
import { sendPage } from '../checkout/pages';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';
import { GUIDES } from './guides';
import { search } from './search';

const LONGEST_QUERY = 200;

export function helpPages(deps: Dependencies): Router {
  const router = Router();
  router.get(['/help', '/help/:guide'], limitVisitors(), async (request, response) => {
    sendPage(response, 200, renderPage(HelpPage(await modelOf(deps, request))));
  });
  return router;
}

async function modelOf(deps: Dependencies, request: Request): Promise<HelpModel> {
  const query = new URL(request.url, 'http://localhost').searchParams;
  const asked = (query.get('q') ?? '').slice(0, LONGEST_QUERY).trim();
  const { guide: name } = request.params;
  const locale = localeOfReader(request);
  const guides = GUIDES[locale.language];
  const guide = name === undefined ? null : guides.find((each) => each.name === name);
  if (guide === undefined) throw new HttpError(404, 'There is no such help page.');
  const seller = await sellerOf(deps, query);
  return {
    locale,
    branding: seller.branding,
    responsibilities: seller.responsibilities,
    of: seller.of,
    query: asked,
    results: asked === '' ? null : search(guides, asked),
    guide,
    guides,
  };
}

/** Without a seller, the pages are Dunlin's. */
async function sellerOf({ sql }: Dependencies, query: URLSearchParams): Promise<Pick<HelpModel, 'branding' | 'of' | 'responsibilities'>> {
  const id = query.get('seller');
  if (id === null) return { branding: brandingOf({ name: 'Dunlin' }, undefined), responsibilities: null, of: {} };
  const account = await findAccount(sql, id);
  if (account === null) throw new HttpError(404, 'There is no such help page.');
  const livemode = query.get('mode') !== 'test';
  return {
    branding: await loadBranding(sql, { account: id, livemode }),
    responsibilities: settingsOf(account, { livemode }).responsibilities,
    of: { seller: id, mode: livemode ? 'live' : 'test' },
  };
}
