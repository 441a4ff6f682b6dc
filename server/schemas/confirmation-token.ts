/** Confirmation with a token of what the buyer has entered. */
import { restateRequest } from '../../db/step-requests';
import { byKey, loadMatching } from '../../db/matching';
import { BillingError } from '../../domain/core/errors';
import { refuseSpent, spendConfirmationToken } from '../../domain/payment/confirmation-tokens';
import { onlyOne } from '../http/exclusive';
import type { ApiRequest } from '../http/request';
import { withoutCard } from './payment-intent';

interface Given {
  confirmation_token?: string | undefined;
  payment_method?: string | undefined;
  payment_method_data?: unknown;
  return_url?: string | undefined;
  setup_future_usage?: 'off_session' | 'on_session' | null | undefined;
}

/**
 * The parameters, with what the token has of them.
 *
 * @throws BillingError parameters_exclusive, resource_missing, parameter_invalid for a token that was used, or has expired
 */
export async function withToken<P extends Given>(request: ApiRequest<unknown>, params: P): Promise<P> {
  onlyOne(params, ['payment_method', 'payment_method_data']);
  const { confirmation_token: id } = params;
  if (id === undefined) return params;
  onlyOne(params, ['confirmation_token', 'payment_method']);
  onlyOne(params, ['confirmation_token', 'payment_method_data']);
  const token = await request.find('confirmationToken', id, 'confirmation_token');
  // A repeated request has spent it itself; the commit tells the two apart.
  if (token.paymentIntent === null && token.setupIntent === null) refuseSpent(token, await request.now());
  const { paymentMethod, returnUrl, setupFutureUsage } = token;
  return {
    ...params,
    payment_method: paymentMethod,
    return_url: params.return_url ?? returnUrl ?? undefined,
    setup_future_usage: params.setup_future_usage ?? setupFutureUsage ?? undefined,
  };
}

/** @throws BillingError parameter_invalid unless the intent is confirmed at once */
export function refuseTokenWithoutConfirm({ confirmation_token: id, confirm }: Given & { confirm?: boolean | undefined }): void {
  if (id === undefined || confirm === true) return;
  throw new BillingError('parameter_invalid', 'You can only pass `confirmation_token` together with `confirm=true`.', {
    param: 'confirmation_token',
  });
}

/**
 * Uses the token for this intent, and has the workflow confirm with what it has.
 *
 * @param params those of `withToken`
 * @throws BillingError parameter_invalid if another request has used it meanwhile
 */
export async function spendToken(request: ApiRequest<unknown>, params: Given, intent: string): Promise<void> {
  const { confirmation_token: id, ...rest } = params;
  if (id === undefined) return;
  await request.change({
    step: 'spendConfirmationToken',
    customer: null,
    subject: id,
    load: (tx) => loadMatching(tx, request.scope, [byKey('confirmationToken', id)]),
    plan: (changes) => {
      spendConfirmationToken(changes, id, intent);
    },
  });
  await restateRequest(request.deps.sql, request.id, { ...withoutCard(rest), path: request.path });
}
