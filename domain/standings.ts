import { disputeStanding } from './dispute-standing';
import { dunningStanding } from './dunning-standing';
import { invoiceStanding } from './invoice-standing';
import { paymentStanding } from './payment-standing';
import { quoteStanding } from './quote-standing';
import { refundStanding } from './refund-standing';
import { scheduleStanding } from './schedule-standing';
import type { StandingOf } from './standing';
import { subscriptionStanding } from './subscription-standing';
import { usageStanding } from './usage-standing';
import type { WorkflowKind } from './workflow';

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
