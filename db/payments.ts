/** The facts for activities that charge, each read by one statement. */
import { cardCounts, featuresOf, type Features } from './risk-features';
import type { RiskFeatures } from '../domain/fraud/risk-features';
import type { UsableRule } from '../domain/fraud/matching';
import type { FraudSettings } from '../domain/rows/account';
import type { FraudFacts } from '../domain/payment/fraud';
import type { AuthenticationFacts } from '../domain/payment/strong-authentication';
import type { PaymentAttempt } from '../domain/rows/payment-attempt';
import type { WaitingReason } from '../domain/rows/waiting';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';
import { failingAt, pausedAt } from './processors';
import type { Condition } from './lists';

export interface AttemptToMake {
  attempt: PaymentAttempt;
  /** The processor's own name of the card, and whether the card was authenticated for charges without the cardholder. */
  card: string;
  setUp: boolean;
  captureMethod: 'automatic' | 'automatic_async' | 'manual' | null;
  captureRequested: number | null;
  captureIsFinal: boolean | null;
  /** How much was captured before, and how often. */
  amountReceived: number | null;
  captures: number | null;
  /** The seller wants to capture in several parts. */
  wantsMulticapture: boolean;
  /** What the payer's bank is asked to say; null: what it says of the seller anyway. */
  statementDescriptor: string | null;
  statementDescriptorSuffix: string | null;
  /** The seller requires 3-D Secure for every card that supports it. */
  wantsThreeDSecure: boolean;
  /** The seller asks for small deposits before the account is used. */
  wantsDeposits: boolean;
  /** A rule of the seller looks at what the bank has checked. */
  looksAfterBank: boolean;
  /** Why it must not be sent now; null if it may. */
  paused: WaitingReason | null;
  /** The processor has failed since its last answer. */
  failing: boolean;
}

export async function findAttempt(sql: Sql, id: string): Promise<AttemptToMake> {
  const [row] = await sql<
    {
      attempt: Record<string, unknown>;
      card: string;
      setUp: boolean;
      captureMethod: never;
      captureRequested: number | null;
      captureIsFinal: boolean | null;
      amountReceived: number | null;
      captures: number | null;
      wantsMulticapture: boolean;
      statementDescriptor: string | null;
      statementDescriptorSuffix: string | null;
      wantsThreeDSecure: boolean;
      wantsDeposits: boolean;
      looksAfterBank: boolean;
      paused: WaitingReason | null;
      failing: boolean;
    }[]
  >`
    select to_jsonb(t) as attempt, m.gateway_reference as card, m.set_up, p.capture_method, p.capture_requested, p.capture_is_final,
      p.amount_received, p.captures, p.statement_descriptor, p.statement_descriptor_suffix,
      coalesce(p.capture_method = 'manual' and p.payment_method_options -> 'card' ->> 'request_multicapture' = 'if_available', false) as wants_multicapture,
      coalesce(p.payment_method_options -> 'card' ->> 'request_three_d_secure' in ('any', 'challenge'), false) as wants_three_d_secure,
      coalesce(not m.set_up and m.mandate is null
        and coalesce(p.payment_method_options, s.payment_method_options) -> m.type ->> 'verification_method' = 'microdeposits', false) as wants_deposits,
      exists (select 1 from radar_rules r where r.account = t.account and r.livemode = t.livemode and r.active and r.after_bank) as looks_after_bank,
      ${pausedAt(sql, 't.account', 't.livemode', 't.gateway')} as paused, ${failingAt(sql, 't.account', 't.livemode', 't.gateway')} as failing
    from payment_attempts t join payment_methods m on m.id = t.payment_method left join payment_intents p on p.id = t.intent
      left join setup_intents s on s.id = t.intent
    where t.id = ${id}`;
  if (!row) throw new Error(`there is no attempt ${id}`);
  return { ...row, attempt: fromJson(row.attempt) as unknown as PaymentAttempt };
}

export interface Fraud {
  kind: PaymentAttempt['kind'];
  settings: FraudSettings;
  facts: Omit<FraudFacts, 'scored'>;
  features: RiskFeatures;
  /** The seller's active rules, oldest first. */
  rules: UsableRule[];
  /** Whether one of the lists that every account has is not empty. */
  hasListed: boolean;
}

/**
 * In test mode all customers share the test cards, so velocity counts a customer's attempts; in live mode it counts the card's attempts, by
 * any customer.
 */
export async function loadFraudFacts(sql: Sql, attempt: string): Promise<Fraud> {
  const [row] = await sql<
    (Fraud['facts'] & Omit<Fraud, 'facts' | 'features' | 'rules'> & AuthenticationFacts & Features & { rules: UsableRule[] | null })[]
  >`
    select t.kind, a.settings -> case when t.livemode then 'live' else 'test' end -> 'fraud' as settings, m.gateway, t.livemode, m.risk_level,
      m.card -> 'checks' ->> 'cvc_check' as cvc_check, m.card -> 'checks' ->> 'address_postal_code_check' as postal_code_check,
      t.off_session, coalesce(t.three_d_secure = 'authenticated', false) as authenticated,
      case when t.off_session then 0 when t.livemode then
        (select count(*) from payment_attempts o where o.livemode and not o.off_session and o.account = t.account
          and o.fingerprint = t.fingerprint and o.created > t.created - 3600)
      else
        (select count(*) from payment_attempts o where not o.livemode and not o.off_session and o.customer = t.customer
          and o.fingerprint = t.fingerprint and o.created > t.created - 3600)
      end::int as attempts_in_hour,
      (select jsonb_agg(jsonb_build_object('id', r.id, 'action', r.action, 'afterBank', r.after_bank, 'predicate', r.predicate,
          'condition', r.condition, 'version', r.version, 'shadow', r.shadow) order by r.seq)
        from radar_rules r where r.account = t.account and r.livemode = t.livemode and r.active) as rules,
      exists (select 1 from value_lists l join value_list_items i on i.value_list = l.id and not i.deleted
        where l.account = t.account and l.livemode = t.livemode and l.created_by = 'dunlin' and not l.deleted) as has_listed,
      t.amount as charged, t.currency, a.country as seller_country, m.card ->> 'country' as card_country,
      ${chargesSince(sql)} as since_authentication, t.created - c.created as customer_age, m.card ->> 'funding' = 'prepaid' as prepaid,
      m.card ->> 'country' <> m.billing_details -> 'address' ->> 'country' as countries_differ,
      coalesce(c.email, p.receipt_email, m.billing_details ->> 'email') as email, ${cardCounts(sql)}
    from payment_attempts t join payment_methods m on m.id = t.payment_method join accounts a on a.id = t.account
    left join customers c on c.id = t.customer left join payment_intents p on p.id = t.intent
    where t.id = ${attempt}`;
  if (!row) throw new Error(`there is no attempt ${attempt}`);
  const { kind, settings, rules, hasListed, riskLevel, cvcCheck, postalCodeCheck, attemptsInHour, offSession, authenticated } = row;
  const { gateway, livemode, charged: amount, currency, cardCountry, sellerCountry, sinceAuthentication } = row;
  const authentication = { sellerCountry, cardCountry, amount, currency, offSession, sinceAuthentication };
  const facts = { gateway, livemode, riskLevel, cvcCheck, postalCodeCheck, attemptsInHour, offSession, authenticated, authentication };
  return { kind, settings, facts, features: featuresOf(row), rules: rules ?? [], hasListed };
}

/** Only where it is looked at. Of a year: a bank asks for a new authentication long before. */
const chargesSince = (sql: Sql): Condition => sql`
  case when t.customer is not null and (a.settings -> case when t.livemode then 'live' else 'test' end
      -> 'fraud' -> 'strong_authentication' ->> 'apply')::boolean then (
    select json_build_object('payments', count(*), 'amount', coalesce(sum(o.amount), 0)) from payment_attempts o
    where o.customer = t.customer and o.fingerprint = t.fingerprint and o.currency = t.currency and o.kind = 'payment' and o.status = 'succeeded'
      and not o.off_session and o.id <> t.id and o.created > t.created - 31622400
      and o.three_d_secure is distinct from 'authenticated' and o.seq > coalesce((
        select max(l.seq) from payment_attempts l where l.customer = t.customer and l.fingerprint = t.fingerprint
          and l.three_d_secure = 'authenticated' and l.created > t.created - 31622400), 0)) end`;

/** Two customers who attach the same card at the same moment run one after another. */
export async function lockPaymentMethod(sql: TransactionSql, id: string): Promise<void> {
  await sql`select 1 from payment_methods where id = ${id} for update`;
}
