/** Downloads by signed, short-lived addresses. Whether the customer still has the product is asked again at each visit. */
import { Router } from 'express';
import { findDownload, productsOf, readDownloadToken } from '../../db/downloads';
import { customerTime } from '../../db/lookup';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';
import { sendFile } from './contents';

const PATH = '/downloads/:token';

export function productDownloadPages(deps: Dependencies): Router {
  const router = Router();
  router.get(PATH, limitVisitors(), async (request, response) => {
    contextOf(response).operation = `GET ${PATH}`;
    const grant = readDownloadToken(deps.tokenSecrets, String(request.params['token']));
    const found = grant && (await findDownload(deps.sql, grant.download));
    const present = Math.floor(Date.now() / 1000);
    if (!grant || !found || grant.expiresAt <= present) throw new HttpError(404, 'There is no such download, or its link has expired.');
    const { download, file } = found;
    const time = await customerTime(deps.sql, download, grant.customer);
    const products = await productsOf(deps.sql, download, grant.customer, time?.now ?? present);
    if (!products.includes(download.product)) throw new HttpError(404, 'There is no such download, or its link has expired.');
    if (file) await sendFile(deps, response, file);
    else response.setHeader('Cache-Control', 'private, no-store').redirect(303, download.url ?? '/');
  });
  return router;
}
