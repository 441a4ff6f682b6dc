import type { RemoteTaxProviderName } from './tax-provider';

/** What a remote tax provider is told after it has calculated the tax of an invoice, so that its reports have the sale. One row for each document. */
export interface TaxRecord {
  id: string;
  account: string;
  livemode: boolean;
  created: number;
  provider: RemoteTaxProviderName;
  invoice: string;
  /**
   * `sale`: the invoice became final. `credit`: a note was issued. `restored`: a note was voided. `void`: the invoice was voided. `refund`: a part
   * was refunded without a note. `refund_restored`: that is not so any more.
   */
  kind: 'sale' | 'credit' | 'restored' | 'void' | 'refund' | 'refund_restored';
  /** The credit note. Null: the invoice itself, or a refund. */
  creditNote: string | null;
  /** The part that was refunded without a credit note. */
  refundPart: string | null;
  /** What that part takes back. Null: the document says so. */
  credited: CreditedAmount[] | null;
  status: 'pending' | 'recorded' | 'failed';
  /** Why it failed for good, or did not succeed yet. Without personal data. */
  problem: string | null;
  /** Real epoch seconds. Null: not again. */
  nextTryAt: number | null;
  /** What the provider has recorded: amounts below zero for a reversal, and above zero again for one that is taken back. */
  lines: RecordedLine[];
}

/** What is credited: net or gross as the line's behavior has it, and the tax, both above zero. `line` null: no line of the invoice. */
export interface CreditedAmount {
  line: string | null;
  amount: number;
  tax: number;
}

/** A line of the provider's own transaction. Amounts as in `TaxableLine`. */
export interface RecordedLine {
  transaction: string;
  /** The provider's id of the line that is reversed, or was sold. */
  transactionLine: string;
  /** The provider's id of the transaction that takes the line back, or that takes such a reversal back. Null: the sale itself. */
  reversal: string | null;
  /** The invoice line item. */
  line: string;
  amount: number;
  tax: number;
}
