/** What the rows say about a disputed charge: each finding with the row that says it, and the field of evidence that it is for. */
import { dayOf } from '../core/chart-of-accounts';
import { formatAmount } from '../money/currency';
import { settingsOf } from '../rows/account';
import type { Charge } from '../rows/charge';
import type { CheckoutSession } from '../rows/checkout-session';
import type { Dispute, EvidenceSource } from '../rows/dispute';
import type { InvoiceLineItem } from '../rows/invoice';
import type { Mail } from '../rows/mail';
import type { Rows } from '../rows/rows';
import { isPriorCharge } from './enhanced';
import type { TextField } from './fields';

export type Finding = EvidenceSource & { field: TextField };

const DAY = 86_400;
/** Two charges of one amount are compared if they are no further apart. */
const DUPLICATE_WITHIN = 31 * DAY;

const minuteOf = (at: number): string => `${new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What was sold, and for which days. */
export function ofOrder(rows: Rows, charge: Charge): Finding[] {
  const lines = rows.where('invoiceLineItem', ({ invoice }) => invoice === charge.invoice);
  if (lines.length === 0) return [{ field: 'service_date', object: charge.id, at: charge.created, text: dayOf(charge.created) }];
  const [from, to] = [Math.min(...lines.map((line) => line.periodStart)), Math.max(...lines.map((line) => line.periodEnd))];
  const days = dayOf(from) === dayOf(to) ? dayOf(from) : `${dayOf(from)} to ${dayOf(to)}`;
  return [
    ...lines.map((line): Finding => ({ field: 'product_description', object: line.id, at: null, text: lineText(line) })),
    { field: 'service_date', object: charge.invoice, at: from, text: days },
  ];
}

const lineText = ({ description, amount, currency, periodStart, periodEnd }: InvoiceLineItem): string =>
  `${description ?? 'Item'}: ${formatAmount(amount, currency)}, ${dayOf(periodStart)} to ${dayOf(periodEnd)}`;

/** Terms that the buyer has accepted on the page of the checkout that was paid, or that began the subscription. */
export function ofConsent(rows: Rows, { account, livemode, paymentIntent: disputed }: Dispute, field: TextField): Finding[] {
  const { terms_of_service_url: url } = settingsOf(rows.get('account', account), { livemode }).checkout;
  const terms = url === null ? 'the terms of service' : `the terms of service (${url})`;
  const own = rows.where('checkoutSession', ({ mode, paymentIntent }) => mode !== 'payment' || paymentIntent === disputed);
  return own.flatMap((session) => {
    const agreed = (at: number | null, text: string): Finding[] =>
      at === null ? [] : [{ field, object: session.id, at, text: `${minuteOf(at)}: on the page of the purchase, the customer ${text}` }];
    return [
      ...agreed(session.consent?.terms_of_service === 'accepted' ? session.completedAt : null, `accepted ${terms}.`),
      ...agreed(session.renewalConsentAt, 'agreed to the renewals.'),
      ...agreed(session.withdrawalConsentAt, 'asked that the service begins at once.'),
    ];
  });
}

/** What the bank itself has checked. */
export function ofAuthentication({ id, created, paymentMethodDetails: { card, three_d_secure: secure } }: Charge): Finding[] {
  const said = (text: string): Finding => ({ field: 'uncategorized_text', object: id, at: created, text });
  const checks = Object.entries(CHECKS).filter(([name]) => card?.checks[name as keyof typeof CHECKS] === 'pass');
  return [
    ...(secure?.authenticated
      ? [said(`The cardholder was authenticated by 3-D Secure${secure.frictionless ? ', without a question' : ''}.`)]
      : []),
    ...checks.map(([, text]) => said(`The bank has confirmed ${text}.`)),
  ];
}

const CHECKS = {
  address_line1_check: 'the street of the billing address',
  address_postal_code_check: 'the postal code of the billing address',
  cvc_check: "the card's security code",
} as const;

/** Usage, visits to the portal and machines that use a license. */
export function ofActivity(rows: Rows): Finding[] {
  const found: Finding[] = [
    ...rows.activity.map(({ day, meter, events }) => ({
      ...entry(null, day * DAY),
      text: `${dayOf(day * DAY)}: ${String(events)} events of usage (${meter})`,
    })),
    ...rows
      .all('portalLogin')
      .flatMap(({ id, usedAt }) =>
        usedAt === null
          ? []
          : [{ ...entry(id, usedAt), text: `${minuteOf(usedAt)}: logged in to the customer portal by a link sent by e-mail` }],
      ),
    ...rows.all('licenseActivation').map(({ id, created, name }) => ({
      ...entry(id, created),
      text: `${minuteOf(created)}: activated the license on a machine${name === null ? '' : ` (${name})`}`,
    })),
  ];
  return found.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

const entry = (object: string | null, at: number) => ({ field: 'access_activity_log', object, at }) as const;

/** Mails that a mail server took. */
export function ofMails(rows: Rows, field: TextField): Finding[] {
  return rows
    .where('mail', ({ status, sentAt }) => status === 'sent' && sentAt !== null)
    .map(({ id, created, kind, recipient }): Finding => ({
      ...{ field, object: id, at: created },
      text: `${minuteOf(created)}: e-mail to ${recipient}, ${MAILS[kind] ?? kind.replaceAll('_', ' ')}`,
    }));
}

const MAILS: Partial<Record<Mail['kind'], string>> = {
  receipt: 'receipt of a payment',
  renewal: 'announcement of a renewal, with its amount and how to cancel',
  subscription_started: 'confirmation of the subscription',
  trial_ending: 'announcement of the end of the trial',
};

/** Whether the customer had asked to cancel before the charge. */
export function ofCancellation(rows: Rows, charge: Charge): Finding[] {
  const field = 'cancellation_rebuttal' as const;
  const requests = rows.where('customerRequest', ({ type }) => type === 'cancellation' || type === 'withdrawal');
  const asked = requests.map(({ id, created, type }): Finding => ({
    ...{ field, object: id, at: created },
    text: `${minuteOf(created)}: the customer declared ${type === 'withdrawal' ? 'a withdrawal' : 'a cancellation'}.`,
  }));
  const ended = rows
    .all('subscription')
    .flatMap(({ id, canceledAt }): Finding[] =>
      canceledAt === null ? [] : [{ field, object: id, at: canceledAt, text: `${minuteOf(canceledAt)}: the subscription was canceled.` }],
    );
  const before = [...asked, ...ended].filter(({ at }) => (at ?? 0) < charge.created);
  if (before.length > 0) return [...asked, ...ended];
  const text = `Nobody had canceled when the charge was made, on ${minuteOf(charge.created)}.`;
  return [{ field, object: charge.id, at: charge.created, text }, ...asked, ...ended];
}

/** Earlier charges of the card that nobody disputed, newest first. */
export const priorCharges = (rows: Rows, dispute: Dispute): Charge[] =>
  rows.where('charge', (charge) => charge.id !== dispute.charge && isPriorCharge(charge, dispute)).sort((a, b) => b.created - a.created);

export const ofPriorCharges = (prior: readonly Charge[]): Finding[] =>
  prior.map(({ id, created, amount, currency }) => ({
    ...{ field: 'uncategorized_text', object: id, at: created },
    text: `${dayOf(created)}: ${formatAmount(amount, currency)} was paid with the same card, and not disputed.`,
  }));

/** Another charge of the same amount that may be taken for a duplicate, and what each of them paid. */
export function ofDuplicate(rows: Rows, charge: Charge): Finding[] {
  const isAlike = (each: Charge): boolean =>
    each.id !== charge.id &&
    each.status === 'succeeded' &&
    each.amount === charge.amount &&
    each.currency === charge.currency &&
    Math.abs(each.created - charge.created) <= DUPLICATE_WITHIN;
  const [other] = rows.where('charge', isAlike).sort((a, b) => Math.abs(a.created - charge.created) - Math.abs(b.created - charge.created));
  if (!other) return [];
  const paidFor = ({ id, invoice, created }: Charge): string =>
    `${id} of ${dayOf(created)} paid ${invoice === null ? 'a purchase of its own' : `invoice ${rows.find('invoice', invoice)?.number ?? invoice}`}`;
  const of = { object: other.id, at: other.created };
  return [
    { ...of, field: 'duplicate_charge_id', text: other.id },
    { ...of, field: 'duplicate_charge_explanation', text: `${paidFor(other)}, and ${paidFor(charge)}.` },
  ];
}

/** What was given back already. */
export function ofRefunds(rows: Rows, charge: Charge): Finding[] {
  const refunds = rows.where('refund', (refund) => refund.charge === charge.id && refund.status === 'succeeded');
  const field = 'refund_refusal_explanation' as const;
  if (refunds.length === 0) return [{ field, object: charge.id, at: null, text: 'No refund of this charge was agreed.' }];
  return refunds.map(({ id, created, amount, currency }) => ({
    ...{ field, object: id, at: created },
    text: `${minuteOf(created)}: ${formatAmount(amount, currency)} was refunded to the same card.`,
  }));
}

/** What the customer has asked, and how soon it was answered. */
export const ofTickets = (rows: Rows): Finding[] =>
  rows.all('supportTicket').map(({ id, created, firstAnsweredAt, subject }) => ({
    ...{ field: 'uncategorized_text', object: id, at: created },
    text: `${minuteOf(created)}: the customer asked “${subject}”${firstAnsweredAt === null ? '' : `, answered on ${minuteOf(firstAnsweredAt)}`}.`,
  }));

/** The address of the internet that was recorded with the charge: with its invoice, or on the page on which the buyer has paid it. */
export function ofLocation(rows: Rows, { invoice, paymentIntent }: Charge): Finding[] {
  const field = 'customer_purchase_ip' as const;
  const evidence = rows.find('locationEvidence', invoice);
  const ip = evidence?.items.find(({ source }) => source === 'ip_address')?.value;
  if (evidence && ip) return [{ field, object: evidence.invoice, at: evidence.created, text: ip }];
  const paid = (session: CheckoutSession): boolean =>
    session.paymentIntent === null ? session.invoice !== null && session.invoice === invoice : session.paymentIntent === paymentIntent;
  const session = rows.first('checkoutSession', (each) => each.buyerIp !== null && paid(each));
  return session?.buyerIp ? [{ field, object: session.id, at: session.completedAt, text: session.buyerIp }] : [];
}
