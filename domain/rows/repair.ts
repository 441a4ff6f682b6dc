/** One correction of many invoices: which ones, what is wrong with them, and how far it has come. Times are real epoch seconds. */

export const REPAIR_STATUSES = ['preparing', 'draft', 'running', 'paused', 'completed', 'canceled'] as const;
export type RepairStatus = (typeof REPAIR_STATUSES)[number];

/**
 * `selected`: not looked at yet. `planned`: its correction is known. `unchanged`: there is nothing to correct. `blocked`: it cannot be corrected,
 * see the reason. `corrected`: done. `changed`: it is not as it was when the repair was prepared. `failed`: it was refused, and can be tried again.
 */
export const REPAIR_ITEM_STATUSES = ['selected', 'planned', 'unchanged', 'blocked', 'corrected', 'changed', 'failed'] as const;
export type RepairItemStatus = (typeof REPAIR_ITEM_STATUSES)[number];

/** How what was paid too much is given back. */
export const WAYS_TO_GIVE_BACK = ['customer_balance', 'out_of_band', 'refund'] as const;
export type WayToGiveBack = (typeof WAYS_TO_GIVE_BACK)[number];

/** Which final invoices: those that have all of it. In the API's snake_case, as are the corrections. */
export interface RepairSelection {
  created: { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined } | null;
  /** Of the customer's address on the invoice. */
  country: string | null;
  currency: string | null;
  customer: string | null;
  price: string | null;
  product: string | null;
  tax_rate: string | null;
}

/** What is to be instead. One of them is set. */
export interface Correction {
  /** Another price of the same product, in place of the selected one. */
  price: string | null;
  /** The tax is calculated again by automatic tax, at the date of the invoice. */
  recalculate_tax: boolean;
  /** The customers owe no tax. */
  tax_exempt: 'exempt' | 'reverse' | null;
  /** In place of the selected tax rate. */
  tax_rate: string | null;
  /** In place of the unit amount of the selected price: minor units. */
  unit_amount_decimal: string | null;
}

/** The terms by which each invoice of a repair is corrected. */
export interface RepairTerms {
  selection: RepairSelection;
  correction: Correction;
  giveBack: WayToGiveBack;
}

export interface RepairRow {
  id: string;
  created: number;
  description: string | null;
  selection: RepairSelection;
  correction: Correction;
  giveBack: WayToGiveBack;
  status: RepairStatus;
  createdBy: string;
  approvedBy: string | null;
  approvedAt: number | null;
  reason: string | null;
  endedAt: number | null;
}

/** How many invoices are in which status, and what the planned and the done corrections come to, by currency. */
export interface RepairProgress {
  counts: Partial<Record<RepairItemStatus, number>>;
  amounts: RepairAmounts[];
}

/** Minor units. */
export interface RepairAmounts {
  currency: string;
  says: number;
  wouldSay: number;
  notes: number;
  invoices: number;
}

export interface RepairItemRow {
  id: string;
  created: number;
  repair: string;
  invoice: string;
  customer: string;
  currency: string;
  status: RepairItemStatus;
  says: number | null;
  wouldSay: number | null;
  noteAmount: number | null;
  newAmount: number | null;
  creditNote: string | null;
  newInvoice: string | null;
  reason: string | null;
}

/** What is told of a repair, in the order in which it happens. */
export type RepairEvent =
  | 'repair.created'
  | 'repair.prepared'
  | 'repair.approved'
  | 'repair.paused'
  | 'repair.resumed'
  | 'repair.completed'
  | 'repair.retried'
  | 'repair.canceled';

/** What is told of one of its invoices. */
export type RepairItemEvent = 'repair_item.changed' | 'repair_item.corrected' | 'repair_item.failed';
