import { disputeState } from './dispute';
import { dunningState } from './dunning';
import { invoiceState } from './invoice';
import { paymentState } from './payment';
import { quoteState } from './quote';
import { refundState } from './refund';
import { scheduleState } from './schedule';
import type { DeriveState } from '../core/entity-state';
import { subscriptionState } from './subscription';
import { usageState } from './usage';
import type { WorkflowKind } from '../rows/workflow';

/** By kind, the function that derives an entity's state from its rows. */
export const DERIVE_STATE: Record<WorkflowKind, DeriveState> = {
  quote: quoteState,
  schedule: scheduleState,
  subscription: subscriptionState,
  dunning: dunningState,
  invoice: invoiceState,
  payment: paymentState,
  refund: refundState,
  dispute: disputeState,
  usage: usageState,
};
