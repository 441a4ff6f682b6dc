import type { Operation } from '../../http/operation';
import { createCreditNote } from './create';
import { listCreditNotes } from './list';
import { listCreditNoteLines } from './list-lines';
import { previewCreditNote } from './preview';
import { previewCreditNoteLines } from './preview-lines';
import { retrieveCreditNote } from './retrieve';
import { updateCreditNote } from './update';
import { voidCreditNote } from './void';

export const creditNotes: Operation[] = [
  createCreditNote,
  listCreditNotes,
  previewCreditNote,
  previewCreditNoteLines,
  retrieveCreditNote,
  listCreditNoteLines,
  updateCreditNote,
  voidCreditNote,
];
