import { Context } from '@temporalio/activity';
import { whyPaused } from '../db/processors';
import type { RefundAnswer } from '../domain/rows/refund';
import { findRefundToSend, type RefundToSend } from '../db/refunds';
import type { PaymentGateway } from '../gateways/payment-gateway';
import { callGateway, outside, type Calling } from './call-gateway';

/** Refunds at the processor; the key is the refund's id. */
export function createRefundActivities(deps: Calling) {
  return {
    sendRefund: (input: { id: string }): Promise<RefundAnswer> =>
      outside(async () => {
        const refund = await findRefundToSend(deps.sql, input.id);
        if (refund.paused !== null && Context.current().info.attempt === 1) return { outcome: 'waiting', reason: refund.paused };
        return callGateway(deps, refund, (gateway) => (refund.paused === null ? send(gateway, refund) : findOrSend(deps, gateway, refund)));
      }),

    /** The outcome of a refund whose answer was lost. If the refund never arrived, it is sent again, under its own key. */
    resolveRefund: (input: { id: string }): Promise<RefundAnswer> =>
      outside(async () => {
        const refund = await findRefundToSend(deps.sql, input.id);
        return callGateway(deps, refund, (gateway) => findOrSend(deps, gateway, refund));
      }),
  };
}

/** What became of a refund that may have been sent. One that never arrived is sent, unless it must not be sent now. */
async function findOrSend({ sql, health }: Calling, gateway: PaymentGateway, refund: RefundToSend): Promise<RefundAnswer> {
  const answer = await gateway.findRefund({ idempotencyKey: refund.id, charge: refund.charge });
  if (answer !== null) return answer;
  // Its answer may have ended a pause.
  await health.answered(refund, refund.gateway, refund.failing);
  const reason = await whyPaused(sql, refund, refund.gateway);
  return reason === null ? send(gateway, refund) : { outcome: 'waiting', reason, asked: true };
}

function send(gateway: PaymentGateway, { id, charge, amount, currency }: RefundToSend): Promise<RefundAnswer> {
  return gateway.refund({ idempotencyKey: id, charge, amount, currency });
}
