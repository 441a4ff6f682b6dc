/** What the buyer answers to the seller's questions when confirming. */
import { BillingError } from '../core/errors';
import { hasTaxIds } from '../customer/entered-tax-ids';
import type { CheckoutCustomerDetails, CheckoutSession, CheckoutSettings } from '../rows/checkout-session';
import { answeredFields } from './custom-fields';

/** As entered; an empty text is no answer. */
export interface Answers {
  /** By the keys of custom fields. */
  fields: Readonly<Record<string, string>>;
  phone: string;
  businessName: string;
  individualName: string;
  acceptsTerms: boolean;
  wantsPromotions: boolean;
}

/**
 * The answers as the session keeps them.
 *
 * @throws BillingError parameter_missing for an answer that the seller requires, parameter_invalid for one that its field does not allow
 */
export function answered({ settings, customFields }: CheckoutSession, answers: Answers): Pick<CheckoutSession, 'consent' | 'customFields'> {
  return { customFields: answeredFields(customFields, answers.fields), consent: consentOf(settings, answers) };
}

/** The same, for what is known of the buyer. */
export function answeredDetails(session: CheckoutSession, answers: Answers): Partial<CheckoutCustomerDetails> {
  const { phone_number_collection: asksPhone, name_collection: names } = session.settings;
  return {
    ...(asksPhone ? { phone: required(answers.phone, 'phone') } : {}),
    ...nameOf('business_name', names?.business ?? businessOf(session), answers.businessName),
    ...nameOf('individual_name', names?.individual, answers.individualName),
  };
}

/** Who gives a tax id buys as a business, which has a name. */
function businessOf({ settings, customerDetails }: CheckoutSession): { enabled: boolean; optional: boolean } | undefined {
  const { enabled, required: when } = settings.tax_id_collection;
  if (!enabled) return undefined;
  const optional = customerDetails === null || customerDetails.tax_ids.length === 0;
  if (optional && when === 'if_supported' && hasTaxIds(customerDetails?.address?.country ?? '')) throw missing('tax_id');
  return { enabled, optional };
}

function nameOf(
  detail: 'business_name' | 'individual_name',
  asked: { enabled: boolean; optional: boolean } | undefined,
  answer: string,
): Partial<CheckoutCustomerDetails> {
  if (asked?.enabled !== true) return {};
  return { [detail]: asked.optional && answer === '' ? null : required(answer, detail) };
}

function consentOf({ consent_collection: asked }: CheckoutSettings, answers: Answers): CheckoutSession['consent'] {
  if (asked === null) return null;
  const mustAccept = asked.terms_of_service === 'required';
  if (mustAccept && !answers.acceptsTerms) throw missing('consent[terms_of_service]');
  return {
    promotions: asked.promotions === 'auto' ? (answers.wantsPromotions ? 'opt_in' : 'opt_out') : null,
    terms_of_service: mustAccept ? 'accepted' : null,
  };
}

function required(answer: string, param: string): string {
  if (answer === '') throw missing(param);
  return answer;
}

const missing = (param: string) => new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
