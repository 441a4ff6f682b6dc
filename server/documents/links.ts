/** The links of documents, as the server answers them and `/openapi.json` lists them. Objects have the whole links (`documentLinks` of `objects/wire.ts`). */

/** A link, in Express's form, and what it answers. */
export interface DocumentLink {
  path: string;
  summary: string;
  type: 'application/pdf' | 'application/xml' | 'text/html';
  /** Where its address is read. */
  from: string;
  /** Whether a secret key is needed. Otherwise the token in the address is enough. */
  needsKey?: true;
}

export const QUOTE_PDF = '/v1/quotes/:quote/pdf';

/** By the last part of the link of an e-invoice. */
const SYNTAXES = { 'ubl.xml': 'UBL of EN 16931', 'cii.xml': 'CII of EN 16931', 'xrechnung.xml': 'XRechnung 3.0, as UBL' };

export type XmlName = keyof typeof SYNTAXES;

const pdf = (path: string, what: string, from: string): DocumentLink => ({
  path,
  summary: `The PDF of ${what}`,
  type: 'application/pdf',
  from,
});

const xml = (folder: string, what: string, from: string): DocumentLink[] =>
  Object.entries(SYNTAXES).map(([name, syntax]) => ({
    path: `/${folder}/:token/${name}`,
    summary: `${what} as ${syntax}`,
    type: 'application/xml',
    from,
  }));

export const DOCUMENT_LINKS: readonly DocumentLink[] = [
  { path: '/i/:token', summary: 'The page of an invoice, on which its customer pays it', type: 'text/html', from: 'hosted_invoice_url' },
  pdf('/i/:token/pdf', 'an invoice', 'invoice_pdf'),
  ...xml('i', 'An invoice', 'hosted_invoice_url'),
  pdf('/credit_notes/:token', 'a credit note', 'pdf'),
  pdf('/credit_notes/:token/pdf', 'a credit note', 'pdf'),
  ...xml('credit_notes', 'A credit note', 'pdf'),
  pdf('/receipts/:token', 'a receipt', 'receipt_url'),
  pdf('/receipts/:token/pdf', 'a receipt', 'receipt_url'),
  { ...pdf(QUOTE_PDF, 'a quote', 'id'), needsKey: true },
];
