import type { z } from 'zod';
import { omitUndefined } from '../../domain/core/omit-undefined';
import type { Address } from '../../domain/rows/resource';

/** The flat address parameters of a card, as Stripe's older objects have them. */
export const cardAddress = <Part extends z.ZodType>(part: () => Part) => ({
  address_city: part(),
  address_country: part(),
  address_line1: part(),
  address_line2: part(),
  address_state: part(),
  address_zip: part(),
});

type CardAddress = Partial<Record<keyof ReturnType<typeof cardAddress>, string | null>>;

/** The parts that the request contains; null removes one. */
export function toAddress(params: CardAddress): Partial<Address> {
  return omitUndefined({
    city: params.address_city,
    country: params.address_country,
    line1: params.address_line1,
    line2: params.address_line2,
    postal_code: params.address_zip,
    state: params.address_state,
  });
}
