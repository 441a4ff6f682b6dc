import type Stripe from 'stripe';
import { z } from 'zod';
import type { WireWithout } from '../wire';
import { debits, methodType } from './bank-accounts';
import { card } from './card';
import { billingDetails, cardChecks, funding } from './cards';
import { currency, epoch, integer, metadata, minorUnits, shipping } from './parts';
import { redirected } from './redirects';
import { chargedWallet } from './wallet';

export const charge = z
  .strictObject({
    id: z.string(),
    object: z.literal('charge'),
    amount: minorUnits(),
    amount_captured: minorUnits(),
    amount_refunded: minorUnits(),
    application: z.null(),
    application_fee: z.null(),
    application_fee_amount: z.null(),
    balance_transaction: z.string().nullable(),
    billing_details: billingDetails(),
    calculated_statement_descriptor: z.string().nullable(),
    captured: z.boolean(),
    created: epoch(),
    currency: currency(),
    customer: z.string().nullable(),
    description: z.string().nullable(),
    destination: z.null(),
    dispute: z.string().nullable(),
    disputed: z.boolean(),
    failure_balance_transaction: z.null(),
    failure_code: z.string().nullable(),
    failure_message: z.string().nullable(),
    fraud_details: z.strictObject({ user_report: z.enum(['fraudulent', 'safe']).optional() }),
    livemode: z.boolean(),
    metadata: metadata(),
    on_behalf_of: z.null(),
    order: z.null(),
    outcome: z
      .strictObject({
        advice_code: z.string().nullable(),
        network_advice_code: z.string().nullable(),
        network_decline_code: z.string().nullable(),
        network_status: z.string(),
        reason: z.string().nullable(),
        risk_level: z.string(),
        risk_score: integer(),
        rule: z.string().optional(),
        seller_message: z.string(),
        type: z.enum(['authorized', 'blocked', 'invalid', 'issuer_declined', 'manual_review']),
      })
      .nullable(),
    paid: z.boolean(),
    payment_intent: z.string(),
    payment_method: z.string(),
    payment_method_details: z.strictObject({
      ...debits(),
      ...redirected(),
      card: z
        .strictObject({
          amount_authorized: minorUnits().nullable(),
          authorization_code: z.string().nullable(),
          brand: z.string(),
          checks: cardChecks(),
          country: z.string(),
          electronic_commerce_indicator: z.enum(['05', '07']).nullable(),
          exp_month: integer(),
          exp_year: integer(),
          extended_authorization: z.strictObject({ status: z.literal('disabled') }),
          fingerprint: z.string(),
          funding: funding(),
          incremental_authorization: z.strictObject({ status: z.literal('unavailable') }),
          installments: z.null(),
          last4: z.string(),
          mandate: z.null(),
          multicapture: z.strictObject({ status: z.enum(['available', 'unavailable']) }),
          network: z.string(),
          network_token: z.strictObject({ used: z.literal(false) }),
          network_transaction_id: z.string().nullable(),
          overcapture: z.strictObject({ maximum_amount_capturable: minorUnits(), status: z.literal('unavailable') }),
          regulated_status: z.literal('unregulated'),
          three_d_secure: z
            .strictObject({
              authentication_flow: z.enum(['challenge', 'frictionless']).nullable(),
              electronic_commerce_indicator: z.literal('05').nullable(),
              exemption_indicator: z.enum(['low_risk', 'none']).nullable(),
              exemption_indicator_applied: z.boolean().optional(),
              result: z.enum(['authenticated', 'exempted', 'failed']),
              result_reason: z.literal('rejected').nullable(),
              transaction_id: z.null(),
              version: z.literal('2.2.0'),
            })
            .nullable(),
          transaction_link_id: z.null(),
          wallet: chargedWallet(),
        })
        .optional(),
      type: methodType(),
    }),
    radar_options: z.strictObject({}),
    receipt_email: z.string().nullable(),
    receipt_number: z.string().nullable(),
    receipt_url: z.string().nullable(),
    refunded: z.boolean(),
    review: z.string().nullable(),
    shipping: shipping().nullable(),
    source: card.nullable(),
    source_transfer: z.null(),
    statement_descriptor: z.string().nullable(),
    statement_descriptor_suffix: z.string().nullable(),
    status: z.enum(['failed', 'pending', 'succeeded']),
    transfer_data: z.null(),
    transfer_group: z.null(),
  })
  .meta({ id: 'charge' }) satisfies z.ZodType<WireWithout<Stripe.Charge, 'source'>>;
export type WireCharge = z.output<typeof charge>;
