import { LIMITS } from '../../../domain/core/limits';
import { array, id, integer, metadata, name, object } from '../../http/parameters';
import type { Reference } from '../../writes/references';

const arms = () =>
  array(
    object({
      name: name({ max: 50 }),
      prices: array(object({ price: id(), replacement: id() }), { max: LIMITS.armPrices.max }).optional(),
      payment_link: id().optional(),
      pricing_table: id().optional(),
      share: integer({ min: 1, max: 99 }),
    }),
    { max: LIMITS.experimentArms.max },
  );

const changeable = {
  metadata: metadata().optional(),
  window_days: integer({ min: 1, max: LIMITS.experimentWindow.max }).optional(),
};

export const createShape = { ...changeable, arms: arms(), name: name({ max: 250 }) };
export const updateShape = { ...changeable, arms: arms().optional(), name: name({ max: 250 }).optional() };

interface Named {
  prices?: { price: string; replacement: string }[] | undefined;
  payment_link?: string | null | undefined;
  pricing_table?: string | null | undefined;
}

export function referencesOf(named: readonly Named[] = []): Reference[] {
  return named.flatMap(({ payment_link: link, prices = [], pricing_table: table }, index): Reference[] => {
    const at = `arms[${String(index)}]`;
    return [
      ...prices.flatMap(({ price, replacement }, place): Reference[] => [
        { kind: 'price', id: price, param: `${at}[prices][${String(place)}][price]` },
        { kind: 'price', id: replacement, param: `${at}[prices][${String(place)}][replacement]` },
      ]),
      ...(link === undefined || link === null ? [] : [{ kind: 'paymentLink' as const, id: link, param: `${at}[payment_link]` }]),
      ...(table === undefined || table === null ? [] : [{ kind: 'pricingTable' as const, id: table, param: `${at}[pricing_table]` }]),
    ];
  });
}
