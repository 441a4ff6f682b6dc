import { disputeStanding } from './dispute';
import { dunningStanding } from './dunning';
import { invoiceStanding } from './invoice';
import { paymentStanding } from './payment';
import { quoteStanding } from './quote';
import { refundStanding } from './refund';
import { scheduleStanding } from './schedule';
import type { StandingOf } from '../core/entity-state';
import { subscriptionStanding } from './subscription';
import { usageStanding } from './usage';
import type { WorkflowKind } from '../rows/workflow';

/** How each kind of workflow derives where it stands from its rows. */
export const STANDINGS: Record<WorkflowKind, StandingOf> = {
  quote: quoteStanding,
  schedule: scheduleStanding,
  subscription: subscriptionStanding,
  dunning: dunningStanding,
  invoice: invoiceStanding,
  payment: paymentStanding,
  refund: refundStanding,
  dispute: disputeStanding,
  usage: usageStanding,
};
