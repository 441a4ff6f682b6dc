/**
 * The draft of the evidence, written when a dispute begins: what answers its reason, from everything that was kept since the customer came. A
 * person can change all of it until it is submitted.
 */
import type { ChangeSet } from '../core/change-set';
import { LIMITS } from '../core/limits';
import type { StepInput } from '../core/steps';
import type { Charge } from '../rows/charge';
import type { Dispute, DisputedTransaction, Evidence, PriorTransaction, TransactionEvidence } from '../rows/dispute';
import type { Rows } from '../rows/rows';
import { enhancedTypes, PRIOR_CHARGES } from './enhanced';
import type { TextField } from './fields';
import * as found from './sources';
import type { Finding } from './sources';

/** Fills what no person has filled. */
export function draftEvidence(changes: ChangeSet, { subject }: StepInput): void {
  const dispute = changes.rows.get('dispute', subject);
  const charge = changes.rows.get('charge', dispute.charge);
  const prior = found.priorCharges(changes.rows, dispute);
  const findings = findingsFor(changes.rows, dispute, { charge, prior });
  const draft = textsOf(findings);
  changes.patch('dispute', dispute.id, {
    draftedAt: changes.now,
    sources: findings,
    priorCharges: prior.map(({ id }) => id),
    evidence: dispute.hasEvidence ? { ...draft, ...dispute.evidence } : { ...dispute.evidence, ...draft },
    enhancedEvidence: { ...compellingEvidence(changes.rows, dispute, { charge, prior }), ...dispute.enhancedEvidence },
  });
  changes.outcome = `${dispute.id}: ${String(findings.length)} findings`;
  changes.emitUpdated('charge.dispute.updated', 'dispute', dispute.id);
}

interface Charged {
  charge: Charge;
  prior: readonly Charge[];
}

/** By Stripe's reasons. Others are answered by what was sold and used. */
function findingsFor(rows: Rows, dispute: Dispute, { charge, prior }: Charged): Finding[] {
  const always = [...found.ofOrder(rows, charge), ...found.ofLocation(rows, charge)];
  switch (dispute.reason) {
    case 'fraudulent':
    case 'unrecognized':
      return [
        ...always,
        ...found.ofActivity(rows),
        ...found.ofAuthentication(charge),
        ...found.ofConsent(rows, dispute, 'uncategorized_text'),
        ...found.ofPriorCharges(prior),
        ...found.ofMails(rows, 'uncategorized_text'),
      ];
    case 'subscription_canceled':
      return [
        ...always,
        ...found.ofConsent(rows, dispute, 'cancellation_policy_disclosure'),
        ...found.ofCancellation(rows, charge),
        ...found.ofMails(rows, 'cancellation_rebuttal'),
        ...found.ofActivity(rows),
      ];
    case 'credit_not_processed':
      return [...always, ...found.ofConsent(rows, dispute, 'refund_policy_disclosure'), ...found.ofRefunds(rows, charge)];
    case 'product_unacceptable':
      return [
        ...always,
        ...found.ofConsent(rows, dispute, 'refund_policy_disclosure'),
        ...found.ofTickets(rows),
        ...found.ofActivity(rows),
      ];
    case 'duplicate':
      return [...always, ...found.ofDuplicate(rows, charge)];
    default:
      return [...always, ...found.ofActivity(rows), ...found.ofMails(rows, 'uncategorized_text')];
  }
}

/** Which fields answer a reason, so that a person sees what is still missing. */
export function fieldsFor(reason: string): readonly string[] {
  return FIELDS[reason] ?? ['product_description', 'service_date', 'access_activity_log', 'receipt'];
}

const FIELDS: Record<string, readonly string[]> = {
  fraudulent: ['customer_purchase_ip', 'access_activity_log', 'product_description', 'receipt', 'customer_signature', 'uncategorized_text'],
  unrecognized: ['customer_purchase_ip', 'access_activity_log', 'product_description', 'receipt', 'uncategorized_text'],
  product_not_received: [
    'access_activity_log',
    'service_date',
    'service_documentation',
    'shipping_documentation',
    'customer_communication',
  ],
  product_unacceptable: ['product_description', 'customer_communication', 'refund_policy', 'refund_policy_disclosure'],
  subscription_canceled: [
    'cancellation_policy',
    'cancellation_policy_disclosure',
    'cancellation_rebuttal',
    'access_activity_log',
    'customer_communication',
  ],
  credit_not_processed: ['refund_policy', 'refund_policy_disclosure', 'refund_refusal_explanation', 'customer_communication'],
  duplicate: ['duplicate_charge_id', 'duplicate_charge_explanation', 'duplicate_charge_documentation', 'receipt'],
};

/** The findings of each field, a line for each, as far as the field holds them. */
function textsOf(findings: readonly Finding[]): Evidence {
  const texts: Partial<Record<TextField, string>> = {};
  for (const { field, text } of findings) {
    const longer = texts[field] === undefined ? text : `${texts[field]}\n${text}`;
    if (longer.length <= LIMITS.evidenceField.max) texts[field] = longer;
  }
  return texts;
}

/** Two earlier charges, as Visa wants them. What Dunlin does not know of a customer stays empty. */
function compellingEvidence(rows: Rows, dispute: Dispute, { charge, prior }: Charged): Dispute['enhancedEvidence'] {
  if (!enhancedTypes(dispute).includes('visa_compelling_evidence_3') || prior.length < PRIOR_CHARGES) return {};
  return {
    visa_compelling_evidence_3: {
      disputed_transaction: { ...transactionOf(rows, charge), merchandise_or_services: 'services' } satisfies DisputedTransaction,
      prior_undisputed_transactions: prior
        .slice(0, PRIOR_CHARGES)
        .map((each): PriorTransaction => ({ ...transactionOf(rows, each), charge: each.id })),
    },
  };
}

function transactionOf(rows: Rows, charge: Charge): TransactionEvidence {
  const [location] = found.ofLocation(rows, charge);
  return {
    customer_account_id: charge.customer,
    customer_device_fingerprint: null,
    customer_device_id: null,
    customer_email_address: charge.billingDetails.email ?? charge.receiptEmail,
    customer_purchase_ip: location?.text ?? null,
    product_description: charge.description,
    shipping_address: charge.shipping?.address ?? null,
  };
}
