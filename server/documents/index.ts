/** Documents by their public links. Whoever has a link needs no key, like the customer who received it by mail. */
import { Router, type Request } from 'express';
import type { Sql } from '../../db/connect';
import * as stored from '../../db/documents';
import { idOfDocumentToken } from '../../db/ids';
import { ciiOf } from '../../documents/e-invoice/cii';
import { hybridCreditNote, hybridInvoice } from '../../documents/e-invoice/hybrid';
import type { EInvoice } from '../../documents/e-invoice/model';
import { NotExpressible } from '../../documents/e-invoice/not-expressible';
import { creditNoteTerms, invoiceTerms } from '../../documents/e-invoice/terms';
import { ublOf } from '../../documents/e-invoice/ubl';
import { xrechnungOfCreditNote, xrechnungOfInvoice } from '../../documents/e-invoice/xrechnung';
import { receiptSheet } from '../../documents/receipt-sheet';
import type { Sheet } from '../../documents/sheet';
import type { Rows } from '../../domain/rows/rows';
import { contextOf, scopeOf } from '../http/context';
import type { Dependencies, Scope } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { missing } from '../http/request';
import { limitVisitors } from '../middleware/limit-visitors';
import { QUOTE_PDF, type XmlName } from './links';
import { sendQuotePdf } from './quote-pdf';
import { send, sendPdf } from './send';

/** What is shown at the links below a folder: whose it is, from which rows, and what it says. */
interface Source {
  prefix: string;
  ownerOf: (sql: Sql, id: string) => Promise<Scope | null>;
  rowsOf: (sql: Sql, scope: Scope, id: string) => Promise<Rows>;
  sheetOf: (id: string, rows: Rows) => Sheet;
  /** The same as XML, by the last part of its links. Empty: there is no e-invoice of it. */
  xml: Partial<Record<XmlName, Syntax>>;
}

/** The terms of EN 16931 or XRechnung, and what writes them. */
interface Syntax {
  termsOf: (id: string, rows: Rows) => EInvoice;
  write: (terms: EInvoice) => string;
}

/** By the folder of their links (`documentLinks` of `objects/wire.ts`). */
const SOURCES: Record<string, Source> = {
  i: {
    prefix: 'in_',
    ownerOf: stored.ownerOfFinalInvoice,
    rowsOf: stored.invoiceDocument,
    sheetOf: hybridInvoice,
    xml: xmlOf(invoiceTerms, xrechnungOfInvoice),
  },
  credit_notes: {
    prefix: 'cn_',
    ownerOf: stored.ownerOfCreditNote,
    rowsOf: stored.creditNoteDocument,
    sheetOf: hybridCreditNote,
    xml: xmlOf(creditNoteTerms, xrechnungOfCreditNote),
  },
  receipts: { prefix: 'ch_', ownerOf: stored.ownerOfPaidCharge, rowsOf: stored.receiptDocument, sheetOf: receiptSheet, xml: {} },
};

function xmlOf(termsOf: Syntax['termsOf'], xrechnung: Syntax['termsOf']): Source['xml'] {
  return {
    'ubl.xml': { termsOf, write: ublOf },
    'cii.xml': { termsOf, write: ciiOf },
    'xrechnung.xml': { termsOf: xrechnung, write: ublOf },
  };
}

export function documents(deps: Dependencies): Router {
  const router = Router();
  router.use(
    Object.keys(SOURCES).map((folder) => `/${folder}/`),
    limitVisitors(),
  );
  for (const [folder, source] of Object.entries(SOURCES)) {
    const links = [`/${folder}/:token/pdf`, ...(folder === 'i' ? [] : [`/${folder}/:token`])];
    router.get(links, async (request, response) => {
      const { id, rows } = await found(deps, source, request);
      await sendPdf(deps, response, source.sheetOf(id, rows));
    });
    for (const [name, { termsOf, write }] of Object.entries(source.xml)) {
      router.get(`/${folder}/:token/${name}`, async (request, response) => {
        const { id, rows } = await found(deps, source, request);
        const terms = expressed(() => termsOf(id, rows));
        send(response, `${terms.number}-${name}`, 'application/xml', write(terms));
      });
    }
  }
  router.get(QUOTE_PDF, async (request, response) => {
    contextOf(response).operation = `GET ${QUOTE_PDF}`;
    const { quote: id } = request.params;
    const scope = scopeOf(response);
    if (!(await stored.isFinalQuote(deps.sql, scope, id))) missing('quote', id);
    await sendQuotePdf(deps, response, scope, id);
  });
  return router;
}

async function found(deps: Dependencies, source: Source, request: Request): Promise<{ id: string; rows: Rows }> {
  const id = idOfDocumentToken(deps.tokenSecrets, String(request.params['token']));
  const owner = id?.startsWith(source.prefix) ? await source.ownerOf(deps.sql, id) : null;
  if (id === null || owner === null) throw new HttpError(404, 'There is no such document.');
  return { id, rows: await source.rowsOf(deps.sql, owner, id) };
}

/** @throws HttpError 400 that says why the standard cannot express it */
function expressed(terms: () => EInvoice): EInvoice {
  try {
    return terms();
  } catch (error) {
    if (!(error instanceof NotExpressible)) throw error;
    throw new HttpError(400, `There is no such e-invoice of this document, because ${error.message}.`);
  }
}
