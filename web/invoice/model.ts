/** What the page of an invoice shows: plain data, made by the server from the invoice's document. Texts of the document are already formatted. */
import type { AnswerHours } from '../components/answer-time';
import type { Branding } from '../../domain/rows/branding-settings';
import type { MethodType, WalletType } from '../../domain/rows/payment-method';
import type { ShownVoucher } from '../components/voucher';
import type { Problem } from '../checkout/model';
import type { Locale } from '../words/languages';

export interface InvoiceModel {
  /** `due` can be paid here; `collecting`: a bank collects it; `closed` cannot be paid here, and `stamp` says why. */
  state: 'due' | 'processing' | 'collecting' | 'closed';
  /** What it can be paid with here. */
  methods: readonly MethodType[];
  /** As on the page of a checkout. */
  wallets: readonly WalletType[];
  /** What pays it now also pays what its subscriptions cost later. */
  paysLater: boolean;
  locale: Locale;
  branding: Branding;
  isTest: boolean;
  /** The document's name and number. */
  title: string;
  number: string;
  /** "Void", "Paid"; null for an open invoice. */
  stamp: string | null;
  /** What is due and when, or what was paid and when. */
  headline: string | null;
  memo: string | null;
  facts: { label: string; value: string }[];
  lines: { text: string; details: string[]; amount: string }[];
  sums: { label: string; amount: string; strong?: boolean }[];
  notes: string[];
  links: { pdf: string; xml: string; receipts: string[] };
  currency: string;
  /** What the card would be charged. Minor units. */
  due: number;
  /** The attempts so far, which the form sends back. */
  attempt: number;
  /** With which the payer has still to pay. */
  voucher: ShownVoucher | null;
  /** The bank's page, if an earlier attempt waits for the cardholder. */
  bank: string | null;
  problem: Problem | null;
  /** What the customer has asked about this invoice, newest first. */
  questions: {
    id: string;
    status: 'answered' | 'closed' | 'open';
    answerBy: number | null;
    isLate: boolean;
    text: string;
    answer: string | null;
  }[];
  /** For how many hours a question about an invoice waits at most. */
  answerHours: AnswerHours;
  /** Sent back by the form for a question, so that it counts once. */
  submission: string;
  /** The help pages of this seller. */
  help: string;
}
