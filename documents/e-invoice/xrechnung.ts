/** XRechnung 3.0: what Germany's public sector wants beyond EN 16931. The numbers are its rules. */
import type { SellerDetails } from '../../domain/rows/document-settings';
import type { Invoice } from '../../domain/rows/invoice';
import type { Rows } from '../../domain/rows/rows';
import type { EInvoice, EParty } from './model';
import { NotExpressible } from './not-expressible';
import { creditNoteTerms, invoiceTerms } from './terms';

const XRECHNUNG = 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0';
const PROCESS = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';

/** @throws NotExpressible that names what is missing */
export function xrechnungOfInvoice(id: string, rows: Rows): EInvoice {
  return xrechnungOf(rows.get('invoice', id), invoiceTerms(id, rows));
}

/** @throws NotExpressible that names what is missing */
export function xrechnungOfCreditNote(id: string, rows: Rows): EInvoice {
  return xrechnungOf(rows.get('invoice', rows.get('creditNote', id).invoice), creditNoteTerms(id, rows));
}

function xrechnungOf({ sellerDetails }: Invoice, terms: EInvoice): EInvoice {
  const contact = contactOf(sellerDetails?.contact ?? null);
  needed(terms.buyerReference, 'a custom field named "Leitweg-ID" or "Buyer reference" is missing');
  needed(terms.buyer.email, "the customer's e-mail address is missing");
  requireTown(terms.seller, "the seller's (POST /v1/tax/settings, `head_office`)");
  requireTown(terms.buyer, "the customer's");
  const bank = sellerDetails?.bank_account ?? null;
  if (bank === null && terms.card === null && terms.type === '380') {
    throw new NotExpressible(`no card has paid it, and the bank account (${SETTINGS}) is missing`);
  }
  return {
    ...terms,
    ...{ specification: XRECHNUNG, process: PROCESS, contact, bank },
    seller: { ...terms.seller, email: contact.email },
    // Each tax has a rate, even what is outside the scope of the tax (BR-DE-14).
    taxes: terms.taxes.map((tax) => ({ ...tax, rate: tax.rate ?? '0' })),
  };
}

const SETTINGS = 'POST /v1/document_settings before the invoice is final';

function contactOf(contact: SellerDetails['contact']): { name: string; phone: string; email: string } {
  const name = needed(contact?.name, `a contact's name (${SETTINGS}) is missing`);
  const phone = needed(contact?.phone, `a contact's telephone number (${SETTINGS}) is missing`);
  const email = needed(contact?.email, `a contact's e-mail address (${SETTINGS}) is missing`);
  if ((phone.match(/\d/g) ?? []).length < 3) throw new NotExpressible("the contact's telephone number has less than three digits");
  return { name, phone, email };
}

function needed(value: string | null | undefined, why: string): string {
  if (value === null || value === undefined || value.trim() === '') throw new NotExpressible(why);
  return value;
}

function requireTown({ city, postalCode }: EParty, whose: string): void {
  needed(city, `${whose} town is missing`);
  needed(postalCode, `${whose} postal code is missing`);
}
