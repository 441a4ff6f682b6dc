/** Tells of a renewal before it: `invoice.upcoming`, with the invoice that a preview shows at that moment. */
import { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { nextNotice } from '../mail/notices';
import { factsOf } from '../mail/subscription-mails';
import { writeMail } from '../mail/write';
import { renewalOf } from '../subscription/renewal';
import { planPreview } from './subscription-preview';

/** If there will be no invoice, nothing is told, and the renewal counts as announced. */
export function announceRenewal(changes: ChangeSet, id: string): void {
  const subscription = changes.patch('subscription', id, {
    renewalAnnouncedFor: renewalOf(changes.rows, changes.rows.get('subscription', id)),
  });
  const preview = new ChangeSet(changes.rows, { ...changes.context, preview: true });
  const invoice = previewed(preview, { subscription: id, customer: subscription.customer });
  if (invoice === null) return;
  const object = Object.entries(asUpcoming(changes.context.render('invoice', invoice, preview.rows), invoice));
  changes.emitAbout('invoice.upcoming', {
    kind: 'subscription',
    key: id,
    object: Object.fromEntries(object.filter(([name]) => name !== 'id')),
  });
}

/** Mails a notice of a charge to come, with the amount that a preview shows at that moment. If nothing will be charged, there is no mail. */
export function noticeCharge(changes: ChangeSet, id: string): void {
  const subscription = changes.rows.get('subscription', id);
  const notice = nextNotice(changes.rows, subscription);
  if (notice === null) return;
  changes.patch('subscription', id, { noticeGivenFor: notice.at });
  const preview = new ChangeSet(changes.rows, { ...changes.context, preview: true });
  const invoice = preview.rows.find('invoice', previewed(preview, { subscription: id, customer: subscription.customer }));
  if (!invoice || invoice.amountDue <= 0) return;
  const { amountDue: amount, currency } = invoice;
  const facts = { ...factsOf(changes.rows, subscription), amount, currency, date: notice.chargedAt };
  writeMail(changes, { kind: notice.kind, about: id, customer: subscription.customer, facts });
}

function previewed(preview: ChangeSet, of: { subscription: string; customer: string }): string | null {
  try {
    return planPreview(preview, of);
  } catch (error) {
    if (error instanceof BillingError) return null;
    throw error;
  }
}

/** An invoice that does not exist, wherever its id is named: with a prefix of Stripe's, which no operation accepts. */
export function asUpcoming<T extends object>(object: T, invoice: string): T {
  return JSON.parse(JSON.stringify(object).replaceAll(invoice, `upcoming_${invoice}`)) as T;
}
