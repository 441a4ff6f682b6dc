import { loadRows } from '../../../db/related';
import type { Charge } from '../../../domain/rows/charge';
import type { FraudAssessment } from '../../../domain/rows/payment-attempt';
import { chargeRisk, type WireChargeRisk } from '../../../objects/shapes/charge-risk';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Dunlin's own: how the risk score of a charge came about, as it was decided then: who has scored it, and what each feature has added to the log-odds of
 * fraud.
 *
 * @throws BillingError resource_missing
 */
export const retrieveChargeRisk = operation({
  method: 'get',
  path: '/v1/charges/:charge/risk',
  summary: 'Explain the risk of a charge',
  tag: 'Charges',
  own: true,
  parameters: parameters({}),
  answer: chargeRisk,
  async handle(request) {
    const charge = await request.find('charge', request.pathId('charge'));
    const attempt = `${charge.paymentIntent}/attempt-${String(charge.attempt)}`;
    const rows = await loadRows(request.deps.sql, 'paymentAttempt', request.scope, [attempt]);
    return { body: toChargeRisk(charge, rows.find('paymentAttempt', attempt)?.assessment ?? null) };
  },
});

function toChargeRisk({ id, livemode }: Charge, assessment: FraudAssessment | null): WireChargeRisk {
  const { by = null, points = {} } = assessment?.explanation ?? {};
  return {
    ...{
      object: 'charge_risk',
      charge: id,
      livemode,
      risk_level: assessment?.riskLevel ?? null,
      risk_score: assessment?.riskScore ?? null,
    },
    scored_by: by,
    contributions: Object.entries(points).map(([feature, added]) => ({ feature, points: added })),
  };
}
