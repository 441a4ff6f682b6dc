import type { Operation } from '../../http/operation';
import { listShadowInvoices, retrieveShadowInvoice } from './list';
import { acceptShadowInvoice, compareShadowInvoices, retrieveShadowReport } from './report';

/** The paths without an id come before the one that has it. */
export const shadowInvoices: Operation[] = [
  retrieveShadowReport,
  compareShadowInvoices,
  listShadowInvoices,
  retrieveShadowInvoice,
  acceptShadowInvoice,
];
