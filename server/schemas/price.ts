/** The parameters of a price, shared by `POST /v1/prices`, `default_price_data` and plans. */
import { z } from 'zod';
import {
  array,
  boolean,
  byCurrency,
  id,
  integer,
  metadata,
  name,
  object,
  oneOf,
  quantity,
  record,
  text,
  unitAmount,
  unitAmountDecimal,
} from '../http/parameters';
import { taxDetails } from './product';
import { LIMITS } from '../../domain/core/limits';
import { chosenId } from '../http/text-parameters';

export const taxBehavior = () => oneOf(['exclusive', 'inclusive', 'unspecified']);

const amount = () => unitAmount().optional();
const amountDecimal = () => unitAmountDecimal().optional();

/** The unit amount, in one of two notations. */
export const unitAmounts = { unit_amount: amount(), unit_amount_decimal: amountDecimal() };

export const tiers = () =>
  array(
    object({
      flat_amount: amount(),
      flat_amount_decimal: amountDecimal(),
      unit_amount: amount(),
      unit_amount_decimal: amountDecimal(),
      up_to: z.union([z.literal('inf'), integer({ min: 1, max: LIMITS.usageQuantity.max })]),
    }),
    { max: LIMITS.tiers.max },
  );

export const tiersMode = () => oneOf(['graduated', 'volume']);
export const transformQuantity = () => object({ divide_by: quantity({ min: 1 }), round: oneOf(['down', 'up']) });

export const customUnitAmount = () => object({ enabled: boolean(), maximum: amount(), minimum: amount(), preset: amount() });

export const currencyOptions = () =>
  byCurrency(
    object({
      ...unitAmounts,
      custom_unit_amount: customUnitAmount().optional(),
      tax_behavior: taxBehavior().optional(),
      tiers: tiers().optional(),
    }),
  );

const interval = () => oneOf(['day', 'week', 'month', 'year']);

/** For an inline price: a quantity, billed in advance. */
export const recurring = () => object({ interval: interval(), interval_count: integer({ min: 1 }).optional() });

/** The longest trial, the same as for a subscription. */
export const trialDays = () => integer({ min: 1, max: LIMITS.trialDays.max });

export const fullRecurring = () =>
  recurring().extend({
    dimension_filters: record(text({ max: 100 }), { max: LIMITS.dimensionFilters.max }).optional(),
    meter: id().optional(),
    trial_period_days: trialDays().optional(),
    usage_type: oneOf(['licensed', 'metered']).optional(),
  });

export const productData = () =>
  object({
    active: boolean().optional(),
    id: chosenId().optional(),
    metadata: metadata().optional(),
    name: name(),
    statement_descriptor: name({ max: 22 }).optional(),
    tax_code: name().optional(),
    tax_details: taxDetails().optional(),
    unit_label: name({ max: 12 }).optional(),
  });
