/** What the page of an invoice shows: what its document says, in the customer's language, and whether it can be paid. */
import { randomUUID } from 'node:crypto';
import { documentTokens } from '../../db/ids';
import { invoiceSheet } from '../../documents/invoice-sheet';
import { chargeOf, paymentsOf } from '../../domain/payment/invoice-payments';
import type { Branding } from '../../domain/rows/branding-settings';
import type { Invoice } from '../../domain/rows/invoice';
import type { PaymentIntent } from '../../domain/rows/payment-intent';
import type { MethodType } from '../../domain/rows/payment-method';
import { shownVoucher } from '../checkout/session-rows';
import type { Rows } from '../../domain/rows/rows';
import { documentLinks } from '../../objects/wire';
import type { Problem } from '../../web/checkout/model';
import type { InvoiceModel } from '../../web/invoice/model';
import type { PortalTicket } from '../../web/portal/model';
import { localeOf } from '../../web/words/languages';
import { helpOf } from '../help/address';
import type { Dependencies } from '../http/dependencies';

interface Shown {
  invoice: Invoice;
  intent: PaymentIntent | null;
  /** Those of the invoice's document. */
  rows: Rows;
  branding: Branding;
  methods: MethodType[];
  wallets: InvoiceModel['wallets'];
  questions: readonly PortalTicket[];
  answerHours: InvoiceModel['answerHours'];
  paysLater: boolean;
}

export function modelOf(
  { config, tokenSecrets }: Dependencies,
  { invoice, intent, rows, branding, methods, wallets, questions, answerHours, paysLater }: Shown,
  problem: Problem | null,
): InvoiceModel {
  const sheet = invoiceSheet(invoice.id, rows);
  // Without a URL of its own, the page is under the address that the browser has.
  const linkTo = documentLinks(config.publicUrl ?? '', documentTokens(tokenSecrets));
  const own = linkTo(invoice.id);
  return {
    state: stateOf(invoice, intent, methods),
    methods,
    wallets,
    paysLater,
    locale: localeOf([sheet.language]),
    branding,
    isTest: !invoice.livemode,
    title: sheet.title,
    number: invoice.number ?? '',
    stamp: sheet.stamp,
    headline: sheet.headline,
    memo: sheet.memo,
    facts: sheet.facts.slice(1),
    lines: sheet.lines.map(({ text, details, cells }) => ({ text, details, amount: cells.at(-1) ?? '' })),
    sums: sheet.sums,
    notes: sheet.notes,
    links: { pdf: `${own}/pdf`, xml: `${own}/ubl.xml`, receipts: receiptsOf(rows, invoice).map(linkTo) },
    currency: invoice.currency,
    ...paymentOf(invoice, intent),
    problem,
    questions: questions.map(({ id, status, answerBy, isLate, messages }) => ({
      ...{ id, status, answerBy, isLate },
      text: messages[0]?.text ?? '',
      answer: messages.findLast(({ author }) => author === 'seller')?.text ?? null,
    })),
    answerHours,
    submission: randomUUID(),
    help: helpOf(invoice),
  };
}

function paymentOf({ amountRemaining }: Invoice, intent: PaymentIntent | null): Pick<InvoiceModel, 'attempt' | 'bank' | 'due' | 'voucher'> {
  if (intent === null) return { due: amountRemaining, attempt: 0, bank: null, voucher: null };
  const bank = intent.status === 'requires_action' ? (intent.nextAction?.url ?? null) : null;
  return { due: intent.amount, attempt: intent.attempts, bank, voucher: shownVoucher(intent) };
}

/** In live mode a card number must not reach Dunlin, so there is no form. */
function stateOf({ status, livemode }: Invoice, intent: PaymentIntent | null, methods: readonly MethodType[]): InvoiceModel['state'] {
  if (status !== 'open' && status !== 'uncollectible') return 'closed';
  const paying = intent && payingState(intent);
  return paying ?? (livemode || intent === null || methods.length === 0 ? 'closed' : 'due');
}

/** How a payment stands that is being made; null if none is. */
function payingState({ debitedAt, status }: PaymentIntent): 'collecting' | 'processing' | null {
  if (debitedAt !== null) return 'collecting';
  return status === 'processing' || status === 'succeeded' ? 'processing' : null;
}

function receiptsOf(rows: Rows, { id }: Invoice): string[] {
  return paymentsOf(rows, id).flatMap((payment) => chargeOf(rows, payment)?.id ?? []);
}
