import { meanOf } from '../domain/experiment/comparison';
import type { Comparison, MeasuredArm, Results } from '../domain/experiment/results';
import { PRICE_ANSWERS, type Experiment, type ExperimentArm, type PriceQuestionMoment } from '../domain/rows/experiment';
import type { WireExperiment, WireExperimentArm, WireExperimentResults } from './shapes/experiment';

/** A comparison of prices or pages. */
export function toExperiment({ id, arms, created, endedAt, livemode, metadata, ...of }: Experiment): WireExperiment {
  const { name, promotedArm, startedAt, status, windowDays } = of;
  return {
    ...{ id, object: 'experiment', arms, created, ended_at: endedAt, livemode, metadata, name },
    ...{ promoted_arm: promotedArm, started_at: startedAt, status, window_days: windowDays },
  };
}

export function toExperimentArm(
  experiment: string,
  { name, payment_link, prices, pricing_table }: ExperimentArm,
  assignment: string | null,
): WireExperimentArm {
  return { object: 'experiment_arm', assignment, experiment, name, payment_link, prices, pricing_table };
}

export function toExperimentResults(
  { id, arms }: Experiment,
  { arms: measured, comparisons, sampleRatio }: Results,
): WireExperimentResults {
  return {
    object: 'experiment_results',
    arms: measured.map((each) => toArm(each, arms.find(({ name }) => name === each.arm)?.share ?? 0)),
    comparisons: comparisons.map(toComparison),
    experiment: id,
    sample_ratio: { alarm: sampleRatio.alarm, evidence: sampleRatio.evidence.toFixed(2) },
  };
}

type WireArm = WireExperimentResults['arms'][number];

function toArm(of: MeasuredArm, share: number): WireArm {
  const { arm: name, churned, converted, measured, moved, refundedVisitors, subscribers, visitors } = of;
  return {
    answers: { cancellation: answersTo(of, 'cancellation'), checkout: answersTo(of, 'checkout') },
    ...{ churned, conversion: rateText(meanOf({ sum: converted, people: measured })), converted, measured, moved, name },
    refunded_visitors: refundedVisitors,
    revenue: of.revenue.map(({ currency, amount, refunded }) => ({
      ...{ amount, currency, per_visitor: amountText(meanOf({ sum: amount, people: measured })), refunded },
    })),
    ...{ share, subscribers, visitors },
  };
}

function answersTo({ answers }: MeasuredArm, moment: PriceQuestionMoment): WireArm['answers']['checkout'] {
  const counts = PRICE_ANSWERS.map((answer) => [
    answer,
    answers.find((each) => each.moment === moment && each.answer === answer)?.count ?? 0,
  ]);
  return Object.fromEntries(counts) as WireArm['answers']['checkout'];
}

function toComparison({ arm, currency, metric, estimate, lower, upper }: Comparison): WireExperimentResults['comparisons'][number] {
  const text = metric === 'conversion' ? rateText : amountText;
  const isConclusive = lower > 0 || upper < 0;
  return { arm, currency, difference: text(estimate), is_conclusive: isConclusive, lower: text(lower), metric, upper: text(upper) };
}

/** A share of the visitors. */
const rateText = (value: number): string => value.toFixed(6);

/** Minor units, with a hundredth of one. */
const amountText = (value: number): string => value.toFixed(2);
