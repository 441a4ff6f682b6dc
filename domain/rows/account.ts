import type { Consolidation } from './customer';
import type { WhenUnanswered } from './dispute';
import type { SupportRoute } from './support-ticket';
import { DEFAULT_MAIL_SETTINGS, type MailSettings } from './mail';
import type { DefaultDecision } from './review';
import type { Routing } from './routing';
import type { TaxProviderName } from './tax-provider';

/** The seller. The account's settings decide how dunning ends, what a dispute does, and how invoices are numbered. */
export interface Account {
  id: string;
  created: number;
  name: string;
  country: string;
  defaultCurrency: string;
  /** Each mode has its own settings, so a trial in test mode changes nothing for paying customers. */
  settings: Record<Mode, AccountSettings>;
  /** Per mode, the number of the next invoice, if the account numbers its invoices. */
  nextInvoiceSequence: number;
  nextTestInvoiceSequence: number;
  /** How often a caller set an invoice's number. While it is 0, automatic numbers need not look for taken ones. */
  chosenInvoiceNumbers: number;
}

export type Mode = 'live' | 'test';

export const modeOf = ({ livemode }: { livemode: boolean }): Mode => (livemode ? 'live' : 'test');

/** The settings of the mode of `of`: an invoice, a subscription, the context of a change set. */
export function settingsOf(account: Account, of: { livemode: boolean }): AccountSettings {
  return account.settings[modeOf(of)];
}

/** What agents may do through `/mcp` without a person. */
export interface AgentSettings {
  /** Up to so much in each currency. Empty: as much as their keys allow. */
  limits: { currency: string; amount: number; daily_amount: number | null }[];
  /** Who approves. */
  owner: string | null;
  answer_within_hours: number;
}

/** Stored as one JSON value, in Stripe's snake_case because the API returns it unchanged. */
export interface AccountSettings {
  dunning: DunningPolicy;
  disputes: DisputeSettings;
  invoices: InvoiceSettings;
  embedding: EmbeddingSettings;
  fraud: FraudSettings;
  tax: TaxProviderSettings;
  checkout: CheckoutPageSettings;
  mail: MailSettings;
  support: SupportSettings;
  agents: AgentSettings;
  responsibilities: Responsibilities;
  contracts: ContractSettings;
  repairs: RepairSettings;
  routing: Routing;
}

export interface SupportSettings {
  routes: Record<SupportRoute, SupportRouteSettings>;
}

export interface SupportRouteSettings {
  answer_within_hours: number;
  /** Who answers; null: whoever looks. */
  owner: string | null;
  /** Who answers once the time is over; null: the same. */
  escalate_to: string | null;
  /** Words that lead a question here, in small letters. */
  words: string[];
}

export const TASKS = ['chargebacks', 'invoices', 'payments', 'personal_data', 'refunds', 'sale', 'support', 'tax'] as const;
export type Task = (typeof TASKS)[number];

export const PARTIES = ['merchant_of_record', 'processor', 'seller'] as const;
export type Party = (typeof PARTIES)[number];

/** Who is responsible for what, as customers are told. */
export interface Responsibilities {
  /** The names of those besides the seller; null: there is none, or it is not told. */
  merchant_of_record: string | null;
  processor: string | null;
  tasks: Record<Task, Party>;
}

export const DISPUTE_POLICIES = ['cancel', 'cancel_at_period_end', 'none', 'pause_collection'] as const;
export type DisputePolicy = (typeof DISPUTE_POLICIES)[number];

/** Programs of the card networks that resolve a dispute before it is a chargeback. */
export const DISPUTE_PROGRAMS = ['compelling_evidence_3', 'ethoca_alerts', 'rapid_dispute_resolution'] as const;
export type DisputeProgram = (typeof DISPUTE_PROGRAMS)[number];

/** What a dispute does to the subscription of its charge, and what a lost one does to the tax of its invoice. */
export interface DisputeSettings {
  /** When the card and the e-mail address of a dispute for fraud go on the block lists. */
  block_payer: 'never' | 'when_lost' | 'when_opened';
  /** So many hours before the bank stops waiting, `when_unanswered` happens. */
  answer_hours: number;
  /** Whether the processor charges a second fee for evidence, which a win returns. */
  counter_fee: boolean;
  /** The programs in which the seller takes part. */
  prevented_by: DisputeProgram[];
  /** Who answers: a team or a person of the seller. */
  owner: string;
  when_unanswered: WhenUnanswered;
  /** The seller's own threshold for disputes in a month: a warning comes when both are reached. Null: this one does not matter. */
  warn_count: number | null;
  /** Percent of the payments of the month, as decimal text. */
  warn_percent: string | null;
  subscription: DisputePolicy;
  subscription_when_lost: DisputePolicy;
  /** `resume`: a pause or a planned end that the dispute has caused is taken back. */
  subscription_when_won: 'none' | 'resume';
  /** Whether the seller still owes the tax of what the bank took back. */
  tax_when_lost: 'payable' | 'taken_back';
}

/** Strong customer authentication in the EEA and the United Kingdom. */
export interface StrongAuthenticationSettings {
  /** False: each bank asks for it where it wants to. */
  apply: boolean;
  /** Euros. Up to which amount a low risk is exempted, by the acquirer's rate of fraud; 0: never. */
  low_risk_up_to: 0 | 100 | 250 | 500;
}

/** Who decides on payments in review. */
export interface ReviewSettings {
  /** Null: there is no deadline. */
  decide_within_hours: number | null;
  /** What happens when nobody has decided in time. */
  default_decision: DefaultDecision;
  /** Who decides then; null: the same. */
  escalate_to: string | null;
  /** Null: whoever looks. */
  owner: string | null;
}

/** Who may approve a repair of invoices. */
export interface RepairSettings {
  /** `two_persons`: another one than who has made it. */
  approval: 'one_person' | 'two_persons';
}

/** How customers end contracts on the public pages. */
export interface ContractSettings {
  /** When a canceled contract ends. */
  cancellation: 'at_period_end' | 'immediately';
  /** Who answers what nobody has proved, or what is late. */
  owner: string;
  /** Whether the pages are there. */
  pages: boolean;
  /** How long a consumer may withdraw. */
  withdrawal_days: number;
}

/** What the checkout page links to, and to whom it sells. */
export interface CheckoutPageSettings {
  privacy_policy_url: string | null;
  /** `portal`, or an address of the seller, for buyers who have a subscription. Null: they may buy another one. */
  subscribers_go_to: string | null;
  terms_of_service_url: string | null;
}

/** Who calculates automatic tax, and what happens to an invoice while that provider is unavailable. */
export interface TaxProviderSettings {
  provider: Exclude<TaxProviderName, 'rates'>;
  /** What happens when the time is over: the invoice goes on waiting, or is billed without tax and says so. */
  when_unavailable: 'wait' | 'bill_without_tax';
  /** The time from the first try to that. */
  wait_seconds: number;
}

export interface EmbeddingSettings {
  /** The sites that may show a checkout in a frame: `https://shop.example.com`. */
  allowed_origins: string[];
}

export interface InvoiceSettings {
  /** For customers without a choice of their own. */
  consolidation: Consolidation;
  /** So many days before a sent invoice is due, `invoice.will_be_due` is emitted. Null: never. */
  days_before_due: number | null;
  /** So many days before a subscription renews by charge, `invoice.upcoming` is emitted. Null: never. */
  days_before_renewal: number | null;
  /** The account's own tax ids that an invoice gets when it becomes final, if it has none. Null: none. */
  default_account_tax_ids: string[] | null;
  /** How long the invoice of a renewal or of usage stays a draft, which the seller can add to. An hour, as at Stripe; or not at all. */
  drafts: 'one_hour' | 'none';
  numbering: 'customer' | 'account';
  prefix: string;
}

/**
 * Retries of an unpaid invoice, fixed for the invoice when its first attempt fails. `retry_after_seconds[n]` is the time from the first
 * failure to retry n+1 (the default: eight retries in two weeks).
 */
export interface DunningPolicy {
  version: string;
  retry_after_seconds: number[];
  ends_in: 'cancel' | 'unpaid' | 'past_due';
}

export interface FraudSettings {
  reviews: ReviewSettings;
  strong_authentication: StrongAuthenticationSettings;
  /** The most attempts on one card within an hour; further ones are blocked. */
  card_attempts_per_hour: number;
  block_if_cvc_fails: boolean;
  block_if_postal_code_fails: boolean;
  /** What happens at an elevated risk. */
  elevated_risk: 'allow' | 'review' | 'require_3ds' | 'block';
}

const DAY = 86_400;

/** Dunlin's documented default: 8 retries in 14 days, close together at first because most recoveries happen early. */
const DEFAULT_DUNNING_POLICY: DunningPolicy = {
  version: '2026-11-01',
  retry_after_seconds: [1, 2, 3, 5, 7, 9, 11, 14].map((days) => days * DAY),
  ends_in: 'cancel',
};

const BILLING_WORDS = ['billing', 'charge', 'charged', 'card', 'invoice', 'payment', 'price', 'receipt', 'refund', 'tax', 'vat'];
const LICENCE_WORDS = ['activate', 'activation', 'key', 'licence', 'license', 'seat', 'seats', 'serial'];

const routeWith = (hours: number, words: string[]): SupportRouteSettings => ({
  answer_within_hours: hours,
  owner: null,
  escalate_to: null,
  words,
});

const DEFAULT_SUPPORT: SupportSettings = {
  routes: { billing: routeWith(24, BILLING_WORDS), licence: routeWith(24, LICENCE_WORDS), product: routeWith(48, []) },
};

export const defaultAccountSettings = (prefix: string, numbering: InvoiceSettings['numbering']): AccountSettings => ({
  dunning: DEFAULT_DUNNING_POLICY,
  disputes: {
    ...{ answer_hours: 24, counter_fee: false, owner: 'billing', prevented_by: [], subscription: 'none', tax_when_lost: 'payable' },
    ...{ block_payer: 'never', subscription_when_lost: 'none', subscription_when_won: 'none', warn_count: null, warn_percent: null },
    when_unanswered: 'wait',
  },
  invoices: {
    consolidation: 'none',
    days_before_due: null,
    days_before_renewal: null,
    default_account_tax_ids: null,
    drafts: 'one_hour',
    numbering,
    prefix,
  },
  embedding: { allowed_origins: [] },
  fraud: {
    card_attempts_per_hour: 60,
    block_if_cvc_fails: true,
    block_if_postal_code_fails: false,
    elevated_risk: 'allow',
    reviews: { decide_within_hours: 72, default_decision: 'none', escalate_to: null, owner: null },
    strong_authentication: { apply: false, low_risk_up_to: 0 },
  },
  tax: { provider: 'dunlin', when_unavailable: 'wait', wait_seconds: 3 * DAY },
  checkout: { privacy_policy_url: null, subscribers_go_to: null, terms_of_service_url: null },
  support: DEFAULT_SUPPORT,
  agents: { limits: [], owner: null, answer_within_hours: 24 },
  responsibilities: {
    merchant_of_record: null,
    processor: null,
    tasks: {
      ...{ chargebacks: 'seller', invoices: 'seller', payments: 'processor', personal_data: 'seller' },
      ...{ refunds: 'seller', sale: 'seller', support: 'seller', tax: 'seller' },
    },
  },
  contracts: { cancellation: 'at_period_end', owner: 'billing', pages: false, withdrawal_days: 14 },
  mail: DEFAULT_MAIL_SETTINGS,
  repairs: { approval: 'one_person' },
  routing: { version: 0, rules: [] },
});
