import { z } from 'zod';
import { changeAccountSettings } from '../../../db/accounts';
import type { TransactionSql } from '../../../db/connect';
import { isPrefixTaken } from '../../../db/invoice-prefixes';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import type { Scope } from '../../../domain/core/steps';
import {
  DISPUTE_POLICIES,
  DISPUTE_PROGRAMS,
  modeOf,
  PARTIES,
  type AccountSettings,
  type StrongAuthenticationSettings,
  type DisputeSettings,
  type SupportRouteSettings,
} from '../../../domain/rows/account';
import { WHEN_UNANSWERED } from '../../../domain/rows/dispute';
import { MAIL_KINDS_TO_CHOOSE, type MailSettings } from '../../../domain/rows/mail';
import { DEFAULT_DECISIONS } from '../../../domain/rows/review';
import type { TaxProviderName } from '../../../domain/rows/tax-provider';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import { accountSettings } from '../../../objects/shapes/account';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { array, boolean, currency, decimal, emptyable, integer, name, object, oneOf, owner, parameters, text } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { email, httpUrl, origin } from '../../http/text-parameters';
import { accountTaxIds } from '../../schemas/subscription';
import { accountTaxIds as ownTaxIds, checkReferences } from '../../writes/references';
import { showSettings } from './retrieve-settings';

const YEAR = 365 * 86_400;

const party = () => oneOf(PARTIES).optional();

const supportRoute = () =>
  object({
    answer_within_hours: integer({ min: 1, max: 24 * 365 }).optional(),
    escalate_to: emptyable(owner()).optional(),
    owner: emptyable(owner()).optional(),
    words: emptyable(array(name({ max: 50 }))).optional(),
  }).optional();

const limitOfAgents = () => integer({ min: 0, max: 99_999_999_999 });

const schema = parameters({
  agents: object({
    answer_within_hours: integer({ min: 1, max: 24 * 30 }).optional(),
    limits: emptyable(
      array(object({ amount: limitOfAgents(), currency: currency(), daily_amount: emptyable(limitOfAgents()).default(null) }), {
        max: LIMITS.agentLimits.max,
      }),
    ).optional(),
    owner: emptyable(owner()).optional(),
  }).optional(),
  checkout: object({
    privacy_policy_url: emptyable(httpUrl()).optional(),
    subscribers_go_to: emptyable(z.union([z.literal('portal'), httpUrl()])).optional(),
    terms_of_service_url: emptyable(httpUrl()).optional(),
  }).optional(),
  contracts: object({
    cancellation: oneOf(['at_period_end', 'immediately']).optional(),
    owner: owner().optional(),
    pages: boolean().optional(),
    withdrawal_days: integer({ min: 14, max: 365 }).optional(),
  }).optional(),
  disputes: object({
    answer_hours: integer({ min: 1, max: 168 }).optional(),
    block_payer: oneOf(['never', 'when_lost', 'when_opened']).optional(),
    counter_fee: boolean().optional(),
    owner: owner().optional(),
    prevented_by: emptyable(array(oneOf(DISPUTE_PROGRAMS))).optional(),
    subscription: oneOf(DISPUTE_POLICIES).optional(),
    subscription_when_lost: oneOf(DISPUTE_POLICIES).optional(),
    subscription_when_won: oneOf(['none', 'resume']).optional(),
    tax_when_lost: oneOf(['payable', 'taken_back']).optional(),
    warn_count: emptyable(integer({ min: 1, max: 1_000_000 })).optional(),
    warn_percent: emptyable(decimal({ decimals: 4, min: 0, max: 100 })).optional(),
    when_unanswered: oneOf(WHEN_UNANSWERED).optional(),
  }).optional(),
  dunning: object({
    ends_in: oneOf(['cancel', 'unpaid', 'past_due']).optional(),
    retry_after_seconds: array(integer({ min: 1, max: YEAR }), { max: 20 }).optional(),
  }).optional(),
  embedding: object({ allowed_origins: emptyable(array(origin(), { max: LIMITS.embeddingOrigins.max })).optional() }).optional(),
  fraud: object({
    block_if_cvc_fails: boolean().optional(),
    block_if_postal_code_fails: boolean().optional(),
    card_attempts_per_hour: integer({ min: 1, max: 1_000_000 }).optional(),
    elevated_risk: oneOf(['allow', 'review', 'require_3ds', 'block']).optional(),
    reviews: object({
      decide_within_hours: emptyable(integer({ min: 1, max: 24 * 365 })).optional(),
      default_decision: oneOf(DEFAULT_DECISIONS).optional(),
      escalate_to: emptyable(owner()).optional(),
      owner: emptyable(owner()).optional(),
    }).optional(),
    strong_authentication: object({
      apply: boolean().optional(),
      low_risk_up_to: oneOf(['0', '100', '250', '500']).transform(Number).optional(),
    }).optional(),
  }).optional(),
  invoices: object({
    consolidation: oneOf(['none', 'same_day']).optional(),
    days_before_due: emptyable(integer({ min: 1, max: 365 })).optional(),
    days_before_renewal: emptyable(integer({ min: 1, max: 45 })).optional(),
    default_account_tax_ids: accountTaxIds().optional(),
    drafts: oneOf(['one_hour', 'none']).optional(),
    numbering: oneOf(['customer', 'account']).optional(),
    prefix: name({ max: 12 })
      .regex(/^[A-Z0-9]{3,12}$/, 'Invalid prefix: must be 3 to 12 uppercase letters or numbers.')
      .optional(),
  }).optional(),
  mail: object({
    delivery: oneOf(['mailbox', 'smtp']).optional(),
    footer: emptyable(text({ max: 500 })).optional(),
    from: emptyable(email()).optional(),
    off: emptyable(array(oneOf(MAIL_KINDS_TO_CHOOSE))).optional(),
    reply_to: emptyable(email()).optional(),
  }).optional(),
  repairs: object({ approval: oneOf(['one_person', 'two_persons']).optional() }).optional(),
  responsibilities: object({
    merchant_of_record: emptyable(name({ max: 250 })).optional(),
    processor: emptyable(name({ max: 250 })).optional(),
    tasks: object({
      ...{ chargebacks: party(), invoices: party(), payments: party(), personal_data: party() },
      ...{ refunds: party(), sale: party(), support: party(), tax: party() },
    }).optional(),
  }).optional(),
  support: object({
    routes: object({ billing: supportRoute(), licence: supportRoute(), product: supportRoute() }).optional(),
  }).optional(),
  tax: object({
    provider: oneOf(['dunlin', 'stripe']).optional(),
    wait_seconds: integer({ min: 0, max: YEAR }).optional(),
    when_unavailable: oneOf(['bill_without_tax', 'wait']).optional(),
  }).optional(),
});

/**
 * Changes the account's settings in the key's mode. A new dunning policy applies to invoices that fail from now on; running dunnings keep
 * the policy that they started with.
 *
 * @throws BillingError parameter_invalid, also for a tax provider without a key, and without a mail server; parameter_missing; resource_already_exists (the prefix), resource_missing (a tax id)
 */
export const updateAccountSettings = operation({
  method: 'post',
  path: '/v1/account_settings',
  summary: 'Update the account settings',
  tag: 'Account',
  own: true,
  parameters: schema,
  answer: accountSettings,
  async handle(request) {
    const change = request.parameters;
    requireOrder(change.dunning?.retry_after_seconds);
    requireTaxKey(request, change.tax?.provider);
    requireMailServer(request, change.mail?.delivery);
    await checkReferences(request, ownTaxIds(change.invoices?.default_account_tax_ids, 'invoices[default_account_tax_ids]'));
    await changeAccountSettings(request.deps.sql, request.scope, async (settings, tx) => {
      await refuseTakenPrefix(tx, request.scope, change.invoices?.prefix);
      return merge(settings, change, request.id);
    });
    return showSettings(request);
  },
});

/** Without a key, no worker could calculate, and every invoice would wait. */
function requireTaxKey({ deps, scope }: Pick<ApiRequest<unknown>, 'deps' | 'scope'>, provider: TaxProviderName | undefined): void {
  const mode = modeOf(scope);
  if (provider !== 'stripe' || deps.config.stripeTax[mode] !== undefined) return;
  const message = `Stripe Tax has no key for the ${mode} mode: set STRIPE_TAX_${mode.toUpperCase()}_KEY of the server and its workers, and restart them.`;
  throw new ParameterError('parameter_invalid', message, 'tax[provider]');
}

/** Without one, every mail would wait. */
function requireMailServer({ deps }: Pick<ApiRequest<unknown>, 'deps'>, delivery: MailSettings['delivery'] | undefined): void {
  if (delivery !== 'smtp' || deps.config.smtpUrl !== undefined) return;
  const message = 'There is no mail server: set SMTP_URL of the server and its workers, and restart them.';
  throw new ParameterError('parameter_invalid', message, 'mail[delivery]');
}

/** A prefix that a customer has, or had, is its own for good. */
async function refuseTakenPrefix(tx: TransactionSql, scope: Scope, prefix: string | undefined): Promise<void> {
  if (prefix === undefined || !(await isPrefixTaken(tx, scope, prefix, 'account'))) return;
  throw new BillingError('resource_already_exists', `The invoice prefix '${prefix}' is taken.`, { param: 'invoices[prefix]' });
}

type Sent = (typeof schema)['_output'];

function merge(settings: AccountSettings, change: Sent, request: string): AccountSettings {
  return {
    dunning: dunningOf(settings, change.dunning, request),
    disputes: disputesOf(settings, change.disputes),
    invoices: { ...settings.invoices, ...omitUndefined(change.invoices ?? {}) },
    embedding: embeddingOf(settings, change.embedding?.allowed_origins),
    fraud: fraudOf(settings, change.fraud),
    tax: { ...settings.tax, ...omitUndefined(change.tax ?? {}) },
    checkout: { ...settings.checkout, ...omitUndefined(change.checkout ?? {}) },
    contracts: { ...settings.contracts, ...omitUndefined(change.contracts ?? {}) },
    mail: mailOf(settings, change.mail),
    repairs: { ...settings.repairs, ...omitUndefined(change.repairs ?? {}) },
    support: supportOf(settings, change.support?.routes ?? {}),
    responsibilities: responsibilitiesOf(settings, change.responsibilities ?? {}),
    routing: settings.routing,
    agents: agentsOf(settings, change.agents),
  };
}

function disputesOf(
  { disputes }: AccountSettings,
  { prevented_by: programs, ...change }: NonNullable<Sent['disputes']> = {},
): DisputeSettings {
  return { ...disputes, ...omitUndefined(change), ...(programs === undefined ? {} : { prevented_by: programs ?? [] }) };
}

/** A dunning stores its policy's version, so that its reader can tell which policy it follows. */
const dunningOf = ({ dunning }: AccountSettings, change: Sent['dunning'], version: string): AccountSettings['dunning'] =>
  change === undefined ? dunning : { ...dunning, ...omitUndefined(change), version };

/** Words are compared in small letters. */
function supportOf({ support }: AccountSettings, change: NonNullable<NonNullable<Sent['support']>['routes']>): AccountSettings['support'] {
  const changed = (of: SupportRouteSettings, by: (typeof change)['billing'] = {}): SupportRouteSettings => {
    const { words, ...rest } = by;
    return { ...of, ...omitUndefined(rest), ...(words === undefined ? {} : { words: (words ?? []).map((word) => word.toLowerCase()) }) };
  };
  const { billing, licence, product } = support.routes;
  return {
    routes: {
      billing: changed(billing, change.billing),
      licence: changed(licence, change.licence),
      product: changed(product, change.product),
    },
  };
}

function responsibilitiesOf(
  { responsibilities }: AccountSettings,
  { tasks = {}, ...names }: NonNullable<Sent['responsibilities']>,
): AccountSettings['responsibilities'] {
  return { ...responsibilities, ...omitUndefined(names), tasks: { ...responsibilities.tasks, ...omitUndefined(tasks) } };
}

function fraudOf(
  { fraud }: AccountSettings,
  { reviews = {}, strong_authentication: strong = {}, ...change }: NonNullable<Sent['fraud']> = {},
): AccountSettings['fraud'] {
  return {
    ...fraud,
    ...omitUndefined(change),
    reviews: { ...fraud.reviews, ...omitUndefined(reviews) },
    strong_authentication: { ...fraud.strong_authentication, ...omitUndefined(strong) } as StrongAuthenticationSettings,
  };
}

function mailOf({ mail }: AccountSettings, { off, ...change }: Sent['mail'] = {}): MailSettings {
  const settings = { ...mail, ...omitUndefined(change), off: off === undefined ? mail.off : (off ?? []) };
  if (settings.delivery === 'mailbox' || settings.from !== null) return settings;
  throw new ParameterError('parameter_missing', 'Missing required param: mail[from]. Mails need a sender.', 'mail[from]');
}

const embeddingOf = ({ embedding }: AccountSettings, origins: string[] | null | undefined): AccountSettings['embedding'] =>
  origins === undefined ? embedding : { allowed_origins: origins ?? [] };

function agentsOf({ agents }: AccountSettings, { limits, ...change }: NonNullable<Sent['agents']> = {}): AccountSettings['agents'] {
  const currencies = (limits ?? []).map((limit) => limit.currency);
  if (new Set(currencies).size < currencies.length) {
    throw new ParameterError('parameter_invalid', 'Invalid agents[limits]: name each currency once.', 'agents[limits]');
  }
  return { ...agents, ...omitUndefined(change), ...(limits === undefined ? {} : { limits: limits ?? [] }) };
}

/** Each is the time from the first failure, so each retry must come after the one before it. */
function requireOrder(seconds: number[] | undefined): void {
  const isRising = (seconds ?? []).every((each, index, all) => index === 0 || each > (all[index - 1] ?? 0));
  if (isRising) return;
  throw new ParameterError(
    'parameter_invalid',
    'Invalid dunning[retry_after_seconds]: each must be later than the one before it.',
    'dunning[retry_after_seconds]',
  );
}
