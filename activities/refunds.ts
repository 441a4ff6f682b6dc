import type { RefundAnswer } from '../domain/rows/refund';
import { findRefundToSend, type RefundToSend } from '../db/refunds';
import type { PaymentGateway } from '../gateways/payment-gateway';
import { callGateway, outside } from './call-gateway';
import type { ActivityDependencies } from './dependencies';

/** Refunds at the processor; the key is the refund's id. */
export function createRefundActivities(deps: ActivityDependencies) {
  return {
    sendRefund: (input: { id: string }): Promise<RefundAnswer> =>
      outside(async () => {
        const refund = await findRefundToSend(deps.sql, input.id);
        return callGateway(deps, refund, (gateway) => send(gateway, refund));
      }),

    /** The outcome of a refund whose answer was lost. If the refund never arrived, it is sent again, under its own key. */
    resolveRefund: (input: { id: string }): Promise<RefundAnswer> =>
      outside(async () => {
        const refund = await findRefundToSend(deps.sql, input.id);
        return callGateway(deps, refund, async (gateway) => {
          const { id: idempotencyKey, charge } = refund;
          return (await gateway.findRefund({ idempotencyKey, charge })) ?? send(gateway, refund);
        });
      }),
  };
}

function send(gateway: PaymentGateway, { id, charge, amount, currency }: RefundToSend): Promise<RefundAnswer> {
  return gateway.refund({ idempotencyKey: id, charge, amount, currency });
}
