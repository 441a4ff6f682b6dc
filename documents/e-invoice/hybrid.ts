/** Factur-X: a PDF for people with the same document inside as XML for programs. */
import type { Rows } from '../../domain/rows/rows';
import { creditNoteSheet } from '../credit-note-sheet';
import { invoiceSheet } from '../invoice-sheet';
import type { Sheet } from '../sheet';
import { ciiOf } from './cii';
import type { EInvoice } from './model';
import { NotExpressible } from './not-expressible';
import { creditNoteTerms, invoiceTerms } from './terms';

export function hybridInvoice(id: string, rows: Rows): Sheet {
  return { ...invoiceSheet(id, rows), facturX: facturXOf(() => invoiceTerms(id, rows)) };
}

export function hybridCreditNote(id: string, rows: Rows): Sheet {
  return { ...creditNoteSheet(id, rows), facturX: facturXOf(() => creditNoteTerms(id, rows)) };
}

/** Null where EN 16931 cannot say it: then the PDF is an ordinary one. */
function facturXOf(terms: () => EInvoice): string | null {
  try {
    return ciiOf(terms());
  } catch (error) {
    if (error instanceof NotExpressible) return null;
    throw error;
  }
}
