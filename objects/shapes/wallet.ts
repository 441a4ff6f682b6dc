import { z } from 'zod';
import { WALLET_TYPES } from '../../domain/rows/payment-method';

const nothing = () => z.strictObject({}).optional();
const parts = { apple_pay: nothing(), google_pay: nothing(), type: z.enum(WALLET_TYPES) };
const dynamic = { ...parts, dynamic_last4: z.string().nullable() };

/** What a card is paid from. */
export const wallet = () => z.strictObject({ ...dynamic, link: nothing() }).nullable();
export const chargedWallet = () =>
  z.strictObject({ ...dynamic, link: z.strictObject({ funding_source_group: z.null() }).optional() }).nullable();
export const setupWallet = () => z.strictObject(parts).nullable();
