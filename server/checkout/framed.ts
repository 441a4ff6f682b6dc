import type { CheckoutSession } from '../../domain/rows/checkout-session';
import { toStripeCheckoutSession } from '../../objects/checkout-session';
import type { CheckoutModel } from '../../web/checkout/model';
import type { FramedModel } from '../../web/checkout/framed-page';

/** What a page in a frame shows besides the checkout itself. */
export function framedModel(session: CheckoutSession, model: CheckoutModel, ancestors: string[]): FramedModel {
  const { id, status, currency, amount_subtotal, amount_total, total_details, payment_status } = toStripeCheckoutSession(session);
  return {
    ...model,
    ancestors,
    isFormOnly: session.uiMode === 'elements',
    returnUrl: returnUrlOf(session),
    session: {
      ...{ id, status, payment_status, currency, amount_subtotal, amount_total, total_details },
      line_items: model.lines.map(({ id: line, name, quantity, amount }) => ({
        id: line,
        description: name,
        quantity,
        amount_subtotal: amount,
      })),
    },
  };
}

/** Cards need no redirect, so with `if_required` the buyer stays, too. */
function returnUrlOf({ id, settings }: CheckoutSession): string | null {
  const { redirect_on_completion: redirect, return_url: url } = settings;
  const returns = redirect === null || redirect === 'always';
  return returns && url !== null ? url.replaceAll('{CHECKOUT_SESSION_ID}', id) : null;
}
