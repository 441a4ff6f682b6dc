/**
 * Enhanced evidence: Visa's compelling evidence 3.0 against fraud, by two earlier charges of the same card that nobody disputed, and the fee of a
 * compliance case, which must be acknowledged before the evidence is submitted.
 */
import { BillingError } from '../core/errors';
import { givenBack, type Charge } from '../rows/charge';
import type { Dispute, DisputedTransaction, PriorTransaction, TransactionEvidence } from '../rows/dispute';

const DAY = 86_400;
/** How long before the dispute the earlier charges were made. */
const PRIOR = { from: 364 * DAY, to: 120 * DAY };
/** Visa asks for exactly two. */
export const PRIOR_CHARGES = 2;
/** Shorter identifiers of a device are not identifying enough. */
const DEVICE = { customer_device_fingerprint: 20, customer_device_id: 15 } as const;

export type EnhancedType = 'mastercard_compliance' | 'visa_compelling_evidence_3' | 'visa_compliance';

export function enhancedTypes({ caseType, networkReasonCode, paymentMethodDetails: { card } }: Dispute): EnhancedType[] {
  if (caseType === 'chargeback' && card?.brand === 'visa' && networkReasonCode === '10.4') return ['visa_compelling_evidence_3'];
  if (caseType !== 'compliance') return [];
  return card?.brand === 'visa' ? ['visa_compliance'] : card?.brand === 'mastercard' ? ['mastercard_compliance'] : [];
}

export type RequiredAction =
  | 'missing_customer_identifiers'
  | 'missing_disputed_transaction_description'
  | 'missing_merchandise_or_services'
  | 'missing_prior_undisputed_transaction_description'
  | 'missing_prior_undisputed_transactions';

type FeeStatus = 'fee_acknowledged' | 'requires_fee_acknowledgement';

export interface Eligibility {
  mastercard_compliance?: { status: FeeStatus };
  visa_compelling_evidence_3?: { required_actions: RequiredAction[]; status: 'not_qualified' | 'qualified' | 'requires_action' };
  visa_compliance?: { status: FeeStatus };
}

/** How far the evidence has come, for each type that applies. */
export function eligibilityOf(dispute: Dispute): Eligibility {
  return Object.fromEntries(
    enhancedTypes(dispute).map((type) => [
      type,
      type === 'visa_compelling_evidence_3' ? compelling(dispute) : { status: feeStatus(dispute.enhancedEvidence[type]?.fee_acknowledged) },
    ]),
  );
}

export const isQualified = (dispute: Dispute): boolean => eligibilityOf(dispute).visa_compelling_evidence_3?.status === 'qualified';

const feeStatus = (isAcknowledged: boolean | undefined): FeeStatus =>
  isAcknowledged === true ? 'fee_acknowledged' : 'requires_fee_acknowledgement';

/** Whether the evidence may be submitted: the fee of a compliance case is a decision of its own. */
export const isFeePending = (dispute: Dispute): boolean =>
  Object.values(eligibilityOf(dispute)).some(({ status }) => status === 'requires_fee_acknowledgement');

export const hasComplianceFee = (dispute: Dispute): boolean => enhancedTypes(dispute).some((type) => type !== 'visa_compelling_evidence_3');

/** @throws BillingError parameter_missing */
export function refuseUnacknowledgedFee(dispute: Dispute): void {
  if (!isFeePending(dispute)) return;
  const param = `evidence[enhanced_evidence][${String(enhancedTypes(dispute)[0])}][fee_acknowledged]`;
  throw new BillingError('parameter_missing', `Missing required param: ${param}. The network charges a fee for evidence in this case.`, {
    param,
  });
}

function compelling({ draftedAt, enhancedEvidence, priorCharges }: Dispute) {
  const { disputed_transaction: disputed = null, prior_undisputed_transactions: prior = [] } =
    enhancedEvidence.visa_compelling_evidence_3 ?? {};
  const actions = requiredActions(disputed, prior);
  const hasNone = prior.length === 0 && draftedAt !== null && priorCharges.length < PRIOR_CHARGES;
  return {
    required_actions: hasNone ? [] : actions,
    status: hasNone ? ('not_qualified' as const) : actions.length === 0 ? ('qualified' as const) : ('requires_action' as const),
  };
}

function requiredActions(disputed: DisputedTransaction | null, prior: readonly PriorTransaction[]): RequiredAction[] {
  const isComplete = prior.length === PRIOR_CHARGES;
  const missing: [RequiredAction, boolean][] = [
    ['missing_customer_identifiers', !isComplete || !prior.every((each) => isSameCustomer(disputed, each))],
    ['missing_disputed_transaction_description', !disputed?.product_description],
    ['missing_merchandise_or_services', !disputed?.merchandise_or_services],
    ['missing_prior_undisputed_transaction_description', isComplete && prior.some((each) => !each.product_description)],
    ['missing_prior_undisputed_transactions', !isComplete],
  ];
  return missing.filter(([, isMissing]) => isMissing).map(([action]) => action);
}

/** The address of the internet and the device are the main elements: both agree, or one of them and another element. */
export function isSameCustomer(disputed: TransactionEvidence | null, prior: TransactionEvidence): boolean {
  if (!disputed) return false;
  const main = [agrees(disputed.customer_purchase_ip, prior.customer_purchase_ip), isSameDevice(disputed, prior)].filter(Boolean).length;
  const others = [
    agrees(disputed.customer_account_id, prior.customer_account_id),
    agrees(disputed.customer_email_address?.toLowerCase(), prior.customer_email_address?.toLowerCase()),
    isSameAddress(disputed.shipping_address, prior.shipping_address),
  ].filter(Boolean).length;
  return main === 2 || (main === 1 && others > 0);
}

const agrees = (one: string | null | undefined, other: string | null | undefined): boolean => Boolean(one) && one === other;

const isSameDevice = (one: TransactionEvidence, other: TransactionEvidence): boolean =>
  (['customer_device_fingerprint', 'customer_device_id'] as const).some(
    (name) => agrees(one[name], other[name]) && (one[name]?.length ?? 0) >= DEVICE[name],
  );

function isSameAddress(one: TransactionEvidence['shipping_address'], other: TransactionEvidence['shipping_address']): boolean {
  if (!one?.line1 || !other?.line1) return false;
  return (['line1', 'line2', 'postal_code', 'city', 'state', 'country'] as const).every(
    (name) => (one[name] ?? '') === (other[name] ?? ''),
  );
}

/** Whether a charge can be one of the two: of the same card, paid, not disputed, and as old as Visa asks. */
export function isPriorCharge(charge: Charge, dispute: Pick<Dispute, 'created' | 'paymentMethodDetails'>): boolean {
  const age = dispute.created - charge.created;
  return (
    charge.status === 'succeeded' &&
    charge.captured &&
    !charge.disputed &&
    givenBack(charge) === 0 &&
    charge.paymentMethodDetails.card?.fingerprint === dispute.paymentMethodDetails.card?.fingerprint &&
    age >= PRIOR.to &&
    age <= PRIOR.from
  );
}
