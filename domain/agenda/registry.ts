import { approvalState } from './approval';
import { cardState } from './card';
import { checkoutState } from './checkout';
import { customerRequestState } from './customer-request';
import { disputeState } from './dispute';
import { dunningState } from './dunning';
import { invoiceState } from './invoice';
import { paymentState } from './payment';
import { quoteState } from './quote';
import { refundState } from './refund';
import { reviewState } from './review';
import { scheduleState } from './schedule';
import type { DeriveState, EntityState } from '../core/entity-state';
import type { Rows } from '../rows/rows';
import { subscriptionState } from './subscription';
import { supportState } from './support';
import { taxIdState } from './tax-id';
import { usageState } from './usage';
import type { EntityRef, WorkflowKind } from '../rows/workflow';

/** By kind, the function that derives an entity's state from its rows. */
const DERIVE_STATE: Record<WorkflowKind, DeriveState> = {
  quote: quoteState,
  checkout: checkoutState,
  schedule: scheduleState,
  subscription: subscriptionState,
  dunning: dunningState,
  invoice: invoiceState,
  payment: paymentState,
  refund: refundState,
  dispute: disputeState,
  usage: usageState,
  'tax-id': taxIdState,
  support: supportState,
  review: reviewState,
  'customer-request': customerRequestState,
  approval: approvalState,
  card: cardState,
};

/** The state of an entity by these rows. `now` (epoch seconds) only decides what is overdue. */
export function deriveState({ kind, subject }: Pick<EntityRef, 'kind' | 'subject'>, rows: Rows, now: number): EntityState {
  return DERIVE_STATE[kind](rows, subject, now);
}
