/** Documents by their public links. Whoever has a link needs no key, like the customer who received it by mail. */
import { Router, type Request, type Response } from 'express';
import { invoiceDocument, ownerOfFinalInvoice } from '../../db/documents';
import { idOfDocumentToken } from '../../db/ids';
import { invoiceSheet } from '../../documents/invoice-sheet';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { rendererOf } from './renderer';

const POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

export function documents(deps: Dependencies): Router {
  const router = Router();
  router.get(['/i/:token', '/i/:token/pdf'], async (request, response) => {
    const id = idOf(deps, request);
    const owner = id.startsWith('in_') ? await ownerOfFinalInvoice(deps.sql, id) : null;
    if (!owner) throw unknownDocument();
    const sheet = invoiceSheet(id, await invoiceDocument(deps.sql, owner, id));
    sendPdf(response, `${sheet.number ?? id}.pdf`, await rendererOf(deps).pdf(sheet));
  });
  return router;
}

function idOf(deps: Dependencies, request: Request): string {
  const id = idOfDocumentToken(deps.secret, String(request.params['token']));
  if (id === null) throw unknownDocument();
  return id;
}

const unknownDocument = (): HttpError => new HttpError(404, 'There is no such document.');

function sendPdf(response: Response, name: string, bytes: Uint8Array): void {
  response
    .setHeader('Content-Security-Policy', POLICY)
    .setHeader('Cache-Control', 'private, no-store')
    .setHeader('X-Robots-Tag', 'noindex')
    .setHeader('Content-Disposition', `inline; filename="${name.replace(/[^\w.-]/g, '_')}"`)
    .type('application/pdf')
    .send(Buffer.from(bytes));
}
