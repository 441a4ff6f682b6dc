import type { Metadata, Resource } from './resource';

/** A comparison of prices or pages: each visitor sees one of its arms, and always the same. */
export interface Experiment extends Resource {
  name: string;
  status: 'draft' | 'promoted' | 'running' | 'stopped';
  /** The first is the control, which changes nothing; the others are compared with it. */
  arms: ExperimentArm[];
  /** What a person does in so many days after the first sight is compared. Whoever came later than that is not measured yet. */
  windowDays: number;
  /** Epoch seconds. */
  startedAt: number | null;
  endedAt: number | null;
  /** The arm that everybody sees now. */
  promotedArm: string | null;
  metadata: Metadata;
}

/** In Stripe's snake_case, as stored and shown. */
export interface ExperimentArm {
  name: string;
  /** Percent of the visitors. */
  share: number;
  prices: PriceReplacement[];
  /** The pricing table that is shown in place of the one that names the experiment: another page. */
  pricing_table: string | null;
  /** The payment link whose lines and terms are sold in the place of those of the link that names the experiment. */
  payment_link: string | null;
}

export interface PriceReplacement {
  price: string;
  replacement: string;
}

/** Which arm a visitor or a customer sees. It is made at the first sight, so it is also the record of it. */
export interface ExperimentAssignment extends Resource {
  experiment: string;
  /** The caller's name for a browser, or that of Dunlin's cookie. One row has a visitor, a customer, or both. */
  visitor: string | null;
  customer: string | null;
  arm: string;
  /** The arm that the draw gave; null for somebody who was known already, by the customer or by the browser. */
  drawn: string | null;
  /** The assignment of the same person that results count: its own id, or that of the first one. */
  countedWith: string;
  /** To the question on the price, by when it was asked. */
  answers: Partial<Record<PriceQuestionMoment, PriceAnswer>>;
}

/** What somebody sees of a running experiment. */
export interface SeenArm {
  arm: ExperimentArm;
  /** Null for a visitor who is not counted. */
  assignment: string | null;
}

export const PRICE_QUESTION_MOMENTS = ['cancellation', 'checkout'] as const;
export type PriceQuestionMoment = (typeof PRICE_QUESTION_MOMENTS)[number];

export const PRICE_ANSWERS = ['clear_and_fair', 'clear_not_fair', 'not_clear'] as const;
export type PriceAnswer = (typeof PRICE_ANSWERS)[number];

/** The arm that changes nothing. */
export function controlOf({ arms }: Pick<Experiment, 'arms'>): ExperimentArm {
  const [control] = arms;
  if (!control) throw new Error('an experiment has no arms');
  return control;
}

/** What somebody sees at present: the assigned arm while the experiment runs, then the promoted one, or else the control. */
export function armInForce(experiment: Experiment, assigned: string | null): ExperimentArm {
  const { status, promotedArm, arms } = experiment;
  const name = status === 'running' ? assigned : promotedArm;
  return arms.find((arm) => arm.name === name) ?? controlOf(experiment);
}

/** The price that an arm puts in the place of another; the same where it changes nothing. */
export function priceInArm({ prices }: Pick<ExperimentArm, 'prices'>, price: string): string {
  return prices.find((each) => each.price === price)?.replacement ?? price;
}

/** What the arm sells in the place of these items. */
export function itemsInArm<Item extends { price?: string | undefined }>(
  arm: Pick<ExperimentArm, 'prices'>,
  items: readonly Item[],
): Item[] {
  return items.map((item) => (item.price === undefined ? item : { ...item, price: priceInArm(arm, item.price) }));
}
