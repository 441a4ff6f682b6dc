import { z } from 'zod';
import { PRICE_ANSWERS, PRICE_QUESTION_MOMENTS } from '../../domain/rows/experiment';
import { currency, decimal, epoch, integer, metadata, minorUnits } from './parts';

const prices = () => z.array(z.strictObject({ price: z.string(), replacement: z.string() }));

/** Dunlin's own. */
export const experiment = z
  .strictObject({
    id: z.string(),
    object: z.literal('experiment'),
    arms: z.array(
      z.strictObject({
        name: z.string(),
        payment_link: z.string().nullable(),
        prices: prices(),
        pricing_table: z.string().nullable(),
        share: integer(),
      }),
    ),
    created: epoch(),
    ended_at: epoch().nullable(),
    livemode: z.boolean(),
    metadata: metadata(),
    name: z.string(),
    promoted_arm: z.string().nullable(),
    started_at: epoch().nullable(),
    status: z.enum(['draft', 'promoted', 'running', 'stopped']),
    window_days: integer(),
  })
  .meta({ id: 'experiment' });
export type WireExperiment = z.output<typeof experiment>;

/** What somebody sees. */
export const experimentArm = z
  .strictObject({
    object: z.literal('experiment_arm'),
    /** Null for somebody who is not counted. */
    assignment: z.string().nullable(),
    experiment: z.string(),
    name: z.string(),
    payment_link: z.string().nullable(),
    prices: prices(),
    pricing_table: z.string().nullable(),
  })
  .meta({ id: 'experiment_arm' });
export type WireExperimentArm = z.output<typeof experimentArm>;

export const priceAnswer = z
  .strictObject({
    object: z.literal('experiment_price_answer'),
    answer: z.enum(PRICE_ANSWERS),
    arm: z.string(),
    assignment: z.string(),
    experiment: z.string(),
    moment: z.enum(PRICE_QUESTION_MOMENTS),
  })
  .meta({ id: 'experiment_price_answer' });

const answers = () => z.strictObject({ clear_and_fair: integer(), clear_not_fair: integer(), not_clear: integer() });

export const experimentResults = z
  .strictObject({
    object: z.literal('experiment_results'),
    arms: z.array(
      z.strictObject({
        answers: z.strictObject({ cancellation: answers(), checkout: answers() }),
        churned: integer(),
        conversion: decimal(),
        converted: integer(),
        measured: integer(),
        moved: integer(),
        name: z.string(),
        refunded_visitors: integer(),
        revenue: z.array(z.strictObject({ amount: minorUnits(), currency: currency(), per_visitor: decimal(), refunded: minorUnits() })),
        share: integer(),
        subscribers: integer(),
        visitors: integer(),
      }),
    ),
    comparisons: z.array(
      z.strictObject({
        arm: z.string(),
        currency: currency().nullable(),
        difference: decimal(),
        is_conclusive: z.boolean(),
        lower: decimal(),
        metric: z.enum(['conversion', 'revenue_per_visitor']),
        upper: decimal(),
      }),
    ),
    experiment: z.string(),
    sample_ratio: z.strictObject({ alarm: z.boolean(), evidence: decimal() }),
  })
  .meta({ id: 'experiment_results' });
export type WireExperimentResults = z.output<typeof experimentResults>;
