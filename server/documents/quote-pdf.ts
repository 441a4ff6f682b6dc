import type { Response } from 'express';
import * as stored from '../../db/documents';
import { quoteSheet } from '../../documents/quote-sheet';
import type { Dependencies, Scope } from '../http/dependencies';
import { sendPdf } from './send';

/** The PDF of a final quote. */
export async function sendQuotePdf(deps: Dependencies, response: Response, { account, livemode }: Scope, id: string): Promise<void> {
  await sendPdf(deps, response, quoteSheet(id, await stored.quoteDocument(deps.sql, { account, livemode }, id)));
}
