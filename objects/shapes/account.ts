import type Stripe from 'stripe';
import { z } from 'zod';
import { DISPUTE_POLICIES, DISPUTE_PROGRAMS, PARTIES } from '../../domain/rows/account';
import { WHEN_UNANSWERED } from '../../domain/rows/dispute';
import { MAIL_KINDS } from '../../domain/rows/mail';
import { DEFAULT_DECISIONS } from '../../domain/rows/review';
import type { Wire } from '../wire';
import { epoch, integer, metadata } from './parts';
import { routingRule } from './routing';

/** The settings that Stripe has in its Dashboard. Dunlin's values are fixed, except for the account's name. */
const stripeSettings = z.strictObject({
  bacs_debit_payments: z.strictObject({ display_name: z.null(), service_user_number: z.null() }),
  branding: z.strictObject({ icon: z.null(), logo: z.null(), primary_color: z.null(), secondary_color: z.null() }),
  card_issuing: z.strictObject({ tos_acceptance: z.strictObject({ date: z.null(), ip: z.null() }) }),
  card_payments: z.strictObject({
    decline_on: z.strictObject({ avs_failure: z.literal(false), cvc_failure: z.literal(false) }),
    statement_descriptor_prefix: z.null(),
    statement_descriptor_prefix_kana: z.null(),
    statement_descriptor_prefix_kanji: z.null(),
  }),
  dashboard: z.strictObject({ display_name: z.string(), timezone: z.literal('Etc/UTC') }),
  invoices: z.strictObject({ default_account_tax_ids: z.null(), hosted_payment_method_save: z.literal('offer') }),
  payments: z.strictObject({
    statement_descriptor: z.null(),
    statement_descriptor_kana: z.null(),
    statement_descriptor_kanji: z.null(),
    statement_descriptor_prefix_kana: z.null(),
    statement_descriptor_prefix_kanji: z.null(),
  }),
  payouts: z.strictObject({
    debit_negative_balances: z.literal(true),
    schedule: z.strictObject({ delay_days: integer(), interval: z.literal('daily') }),
    statement_descriptor: z.null(),
  }),
  sepa_debit_payments: z.strictObject({}),
});
export type WireStripeSettings = z.output<typeof stripeSettings>;

export const account = z
  .strictObject({
    id: z.string(),
    object: z.literal('account'),
    business_profile: z.strictObject({
      annual_revenue: z.null(),
      estimated_worker_count: z.null(),
      mcc: z.null(),
      minority_owned_business_designation: z.null(),
      name: z.string(),
      product_description: z.null(),
      specified_commercial_transactions_act_url: z.null(),
      support_address: z.null(),
      support_email: z.null(),
      support_phone: z.null(),
      support_url: z.null(),
      url: z.null(),
    }),
    business_type: z.null(),
    capabilities: z.strictObject({ card_payments: z.literal('active'), transfers: z.literal('active') }),
    charges_enabled: z.literal(true),
    country: z.string(),
    created: epoch(),
    default_currency: z.string(),
    details_submitted: z.literal(true),
    email: z.null(),
    metadata: metadata(),
    payouts_enabled: z.literal(true),
    settings: stripeSettings,
    type: z.literal('standard'),
  })
  .meta({ id: 'account' }) satisfies z.ZodType<Wire<Stripe.Account>>;
export type WireAccount = z.output<typeof account>;

const party = () => z.enum(PARTIES);
const supportRoute = () =>
  z.strictObject({
    answer_within_hours: integer(),
    escalate_to: z.string().nullable(),
    owner: z.string().nullable(),
    words: z.array(z.string()),
  });

export const accountSettings = z
  .strictObject({
    object: z.literal('account_settings'),
    account: z.string(),
    checkout: z.strictObject({
      privacy_policy_url: z.string().nullable(),
      subscribers_go_to: z.string().nullable(),
      terms_of_service_url: z.string().nullable(),
    }),
    contracts: z.strictObject({
      cancellation: z.enum(['at_period_end', 'immediately']),
      owner: z.string(),
      pages: z.boolean(),
      withdrawal_days: integer(),
    }),
    disputes: z.strictObject({
      answer_hours: integer(),
      block_payer: z.enum(['never', 'when_lost', 'when_opened']),
      counter_fee: z.boolean(),
      owner: z.string(),
      prevented_by: z.array(z.enum(DISPUTE_PROGRAMS)),
      subscription: z.enum(DISPUTE_POLICIES),
      subscription_when_lost: z.enum(DISPUTE_POLICIES),
      subscription_when_won: z.enum(['none', 'resume']),
      tax_when_lost: z.enum(['payable', 'taken_back']),
      warn_count: integer().nullable(),
      warn_percent: z.string().nullable(),
      when_unanswered: z.enum(WHEN_UNANSWERED),
    }),
    dunning: z.strictObject({
      ends_in: z.enum(['cancel', 'past_due', 'unpaid']),
      retry_after_seconds: z.array(integer()),
      version: z.string(),
    }),
    embedding: z.strictObject({ allowed_origins: z.array(z.string()) }),
    fraud: z.strictObject({
      block_if_cvc_fails: z.boolean(),
      block_if_postal_code_fails: z.boolean(),
      card_attempts_per_hour: integer(),
      elevated_risk: z.enum(['allow', 'block', 'require_3ds', 'review']),
      reviews: z.strictObject({
        decide_within_hours: integer().nullable(),
        default_decision: z.enum(DEFAULT_DECISIONS),
        escalate_to: z.string().nullable(),
        owner: z.string().nullable(),
      }),
      strong_authentication: z.strictObject({
        apply: z.boolean(),
        low_risk_up_to: z.union([z.literal(0), z.literal(100), z.literal(250), z.literal(500)]),
      }),
    }),
    invoices: z.strictObject({
      consolidation: z.enum(['none', 'same_day']),
      days_before_due: integer().nullable(),
      days_before_renewal: integer().nullable(),
      default_account_tax_ids: z.array(z.string()).nullable(),
      drafts: z.enum(['none', 'one_hour']),
      numbering: z.enum(['account', 'customer']),
      prefix: z.string(),
    }),
    livemode: z.boolean(),
    mail: z.strictObject({
      delivery: z.enum(['mailbox', 'smtp']),
      footer: z.string().nullable(),
      from: z.string().nullable(),
      off: z.array(z.enum(MAIL_KINDS)),
      reply_to: z.string().nullable(),
    }),
    name: z.string(),
    repairs: z.strictObject({ approval: z.enum(['one_person', 'two_persons']) }),
    responsibilities: z.strictObject({
      merchant_of_record: z.string().nullable(),
      processor: z.string().nullable(),
      tasks: z.strictObject({
        ...{ chargebacks: party(), invoices: party(), payments: party(), personal_data: party() },
        ...{ refunds: party(), sale: party(), support: party(), tax: party() },
      }),
    }),
    routing: z.strictObject({ version: integer(), rules: z.array(routingRule) }),
    agents: z.strictObject({
      limits: z.array(z.strictObject({ currency: z.string(), amount: integer(), daily_amount: integer().nullable() })),
      owner: z.string().nullable(),
      answer_within_hours: integer(),
    }),
    support: z.strictObject({ routes: z.strictObject({ billing: supportRoute(), licence: supportRoute(), product: supportRoute() }) }),
    tax: z.strictObject({
      provider: z.enum(['dunlin', 'stripe']),
      wait_seconds: integer(),
      when_unavailable: z.enum(['bill_without_tax', 'wait']),
    }),
  })
  .meta({ id: 'account_settings' });
export type WireAccountSettings = z.output<typeof accountSettings>;
