/** An example of each kind, for previews and tests. */
import type { Declared } from '../../domain/rows/customer-request';
import { MAIL_KINDS, type MailFacts, type MailKind } from '../../domain/rows/mail';

const ON = Date.UTC(2026, 2, 31, 10) / 1000;
const every = { amount: 18_000, currency: 'eur', interval: 'year', interval_count: 1 } as const;
const paid = { amount: 18_000, currency: 'eur', date: ON };
const card = { brand: 'visa', last4: '4242', exp_month: 4, exp_year: 2026 };
const invoice = { ...paid, number: 'A1B2C3D4-0007', url: 'https://billing.example.com/i/in_1' };
const plan = { product: 'Atlas Pro', every, date: ON };

const declared: Declared = {
  ...{ id: 'creq_8sKq1PzNw3V5xY7b', type: 'withdrawal', created: ON, dueAt: ON + 14 * 86_400 },
  ...{ status: 'open', openReason: null, note: null },
  declaration: {
    ...{ name: 'Ada Lovelace', email: 'ada@example.com', contract: 'A1B2C3D4-0007' },
    ...{ kind: 'ordinary', date: null, statement: 'It does not fit us.', locale: 'en' },
  },
  plan: { effect: 'immediately', endsAt: ON, refunds: [{ charge: 'ch_1', invoice: 'in_1', amount: 18_000, currency: 'eur' }] },
};
const confirmed = { date: ON, url: 'https://billing.example.com/contract/creq_1', declared };

export const MAIL_SAMPLES: Record<MailKind, MailFacts> = {
  action_required: { ...invoice, card },
  answer_overdue: { date: ON, number: 'creq_8sKq1PzNw3V5xY7b', url: 'https://billing.example.com/console/requests/creq_8sKq1PzNw3V5xY7b' },
  cancellation: {
    ...confirmed,
    declared: { ...declared, type: 'cancellation', plan: { effect: 'at_period_end', endsAt: ON, refunds: [] } },
  },
  cancellation_scheduled: plan,
  card_expiring: { card, date: ON },
  credit_low: { amount: 2_000, currency: 'eur', date: ON },
  credit_note: {
    ...{ ...paid, amount: 4_500, number: 'A1B2C3D4-0007-CN-01', url: 'https://billing.example.com/cn/cn_1/pdf' },
    credited: { invoice: 'A1B2C3D4-0007', reason: 'order_change', takenOff: 1_000, refunded: 2_000, balance: 1_000, elsewhere: 500 },
  },
  dispute: { ...paid, card },
  invoice,
  invoice_due: invoice,
  invoice_overdue: invoice,
  license: { product: 'Atlas Desktop', key: 'ATLAS-7Q2M-K9XD-4TWP', date: ON, url: 'https://billing.example.com/downloads' },
  password_reset: { date: ON, url: 'https://billing.example.com/console/setup' },
  payment_failed: { ...invoice, card, reason: 'insufficient_funds', retryAt: ON + 3 * 86_400 },
  plan_changed: plan,
  portal_login: { date: ON, url: 'https://billing.example.com/p/login/1/2' },
  quote: { ...paid, number: 'QT-A1B2C3D4-0003-1' },
  receipt: { ...invoice, card },
  refund: { ...paid, amount: 4_500, card },
  renewal: { ...plan, ...paid },
  request_answered: { ...confirmed, declared: { ...declared, status: 'done' } },
  subscription_canceled: plan,
  subscription_started: plan,
  support_answer: {
    ...{ subject: 'My invoice', number: 'supt_8sKq1PzNw3V5', author: 'Grace' },
    message: 'Yes, the tax is right:\nyour company is in Ireland.\n\nWe have sent the invoice again.',
  },
  trial_ending: { ...plan, ...paid },
  withdrawal: confirmed,
};

export const isMailKind = (text: string): text is MailKind => (MAIL_KINDS as readonly string[]).includes(text);
