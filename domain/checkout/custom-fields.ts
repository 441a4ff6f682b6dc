/** The seller's own questions to the buyer, and the buyer's answers to them. */
import { BillingError } from '../core/errors';
import type { CheckoutField } from '../rows/checkout-session';
import type { CustomFieldParameters } from './parameters';

/** The longest answer, unless the seller allows less. */
export const LONGEST_ANSWER = 255;

/**
 * @throws BillingError parameter_invalid for a key or a value that is there twice, lengths in the wrong order, or a default that could not be
 * answered; parameter_missing for a dropdown without options
 */
export function fieldsOf(params: readonly CustomFieldParameters[]): CheckoutField[] {
  return params.map((each, index) => {
    const param = `custom_fields[${String(index)}]`;
    if (params.findIndex(({ key }) => key === each.key) < index) throw wrong(`The key '${each.key}' is there twice.`, `${param}[key]`);
    return fieldOf(each, param);
  });
}

function fieldOf({ key, label, optional = false, type, ...params }: CustomFieldParameters, param: string): CheckoutField {
  const other = (['dropdown', 'numeric', 'text'] as const).find((name) => name !== type && params[name] !== undefined);
  if (other !== undefined) throw wrong(`\`${other}\` is not allowed when \`type\` is \`${type}\`.`, `${param}[${other}]`);
  const common = { key, label, optional, type };
  if (type === 'dropdown') return { ...common, dropdown: dropdownOf(params.dropdown, `${param}[dropdown]`) };
  const field = { ...common, [type]: textOf(params[type], `${param}[${type}]`) };
  const suggested = params[type]?.default_value;
  if (suggested !== undefined && !isAnswerOf(field, suggested)) throw unanswerable(`${param}[${type}]`);
  return field;
}

function textOf(params: CustomFieldParameters['text'], param: string): NonNullable<CheckoutField['text']> {
  const { default_value: suggested = null, maximum_length: maximum = null, minimum_length: minimum = null } = params ?? {};
  if (minimum !== null && maximum !== null && minimum > maximum) {
    throw wrong('`minimum_length` must be at most `maximum_length`.', `${param}[minimum_length]`);
  }
  return { default_value: suggested, maximum_length: maximum, minimum_length: minimum, value: null };
}

function dropdownOf(params: CustomFieldParameters['dropdown'], param: string): NonNullable<CheckoutField['dropdown']> {
  if (!params) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  const { options, default_value: suggested = null } = params;
  const again = options.findIndex(({ value }, index) => options.findIndex((each) => each.value === value) < index);
  if (again !== -1) {
    throw wrong(`The value '${options[again]?.value ?? ''}' is there twice.`, `${param}[options][${String(again)}][value]`);
  }
  if (suggested !== null && !options.some(({ value }) => value === suggested)) throw unanswerable(param);
  return { default_value: suggested, options, value: null };
}

/**
 * The fields with the buyer's answers, by their keys. An empty text is no answer.
 *
 * @throws BillingError parameter_missing for a field that must be answered, parameter_invalid for an answer that it does not allow
 */
export function answeredFields(fields: readonly CheckoutField[], answers: Readonly<Record<string, string>>): CheckoutField[] {
  return fields.map((field) => {
    const answer = answers[field.key] ?? '';
    const param = `custom_fields[${field.key}]`;
    if (answer === '') {
      if (!field.optional) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
      return withAnswer(field, null);
    }
    if (!isAnswerOf(field, answer)) throw wrong(`Invalid answer to '${field.label.custom}'.`, param);
    return withAnswer(field, answer);
  });
}

function withAnswer(field: CheckoutField, value: string | null): CheckoutField {
  const { dropdown, numeric, text } = field;
  return {
    ...field,
    ...(dropdown && { dropdown: { ...dropdown, value } }),
    ...(numeric && { numeric: { ...numeric, value } }),
    ...(text && { text: { ...text, value } }),
  };
}

function isAnswerOf({ type, dropdown, numeric, text }: CheckoutField, answer: string): boolean {
  if (dropdown) return dropdown.options.some(({ value }) => value === answer);
  const { minimum_length: minimum, maximum_length: maximum } = numeric ?? text ?? { minimum_length: null, maximum_length: null };
  const isLongEnough = answer.length >= (minimum ?? 0) && answer.length <= (maximum ?? LONGEST_ANSWER);
  return isLongEnough && (type === 'text' || /^\d+$/.test(answer));
}

const wrong = (message: string, param: string) => new BillingError('parameter_invalid', message, { param });
const unanswerable = (param: string) => wrong('`default_value` must be an answer that the field allows.', `${param}[default_value]`);
