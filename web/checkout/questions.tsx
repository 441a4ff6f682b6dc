import type { ReactNode } from 'react';
import { Check } from '../components/check';
import { Field } from '../components/field';
import { MarkedText } from '../components/marked-text';
import { LANGUAGES } from '../words/languages';
import type { Words } from '../words/words';
import type { CheckoutModel, CustomField, Need } from './model';

/** Who the buyer is, as far as the seller asks, and the seller's own questions. */
export function Questions({ asked, entered, locale }: CheckoutModel): ReactNode {
  const words = LANGUAGES[locale.language];
  return (
    <>
      {asked.phone && (
        <Field name="phone" label={words.phone} type="tel" autoComplete="tel" required defaultValue={entered.phone} maxLength={40} />
      )}
      <Name
        name="individual_name"
        need={asked.individualName}
        label={words.individualName}
        entered={entered.individualName}
        words={words}
      />
      <Name name="business_name" need={asked.businessName} label={words.businessName} entered={entered.businessName} words={words} />
      {asked.taxId !== null && (
        <Field
          name="tax_id"
          label={asked.taxId === 'optional' ? words.optional(words.taxId) : words.taxId}
          autoComplete="off"
          required={asked.taxId === 'required'}
          defaultValue={entered.taxId}
          maxLength={30}
        />
      )}
      {asked.fields.map((field) => (
        <Question key={field.name} field={field} words={words} />
      ))}
    </>
  );
}

interface NameProps {
  name: 'business_name' | 'individual_name';
  need: Need;
  label: string;
  entered: string;
  words: Words;
}

function Name({ name, need, label, entered, words }: NameProps): ReactNode {
  if (need === null) return null;
  return (
    <Field
      name={name}
      label={need === 'optional' ? words.optional(label) : label}
      autoComplete={name === 'business_name' ? 'organization' : 'name'}
      required={need === 'required'}
      defaultValue={entered}
      maxLength={150}
    />
  );
}

function Question({ field, words }: { field: CustomField; words: Words }): ReactNode {
  const { name, type, isOptional, minimumLength, maximumLength, value } = field;
  const label = isOptional ? words.optional(field.label) : field.label;
  if (type === 'dropdown') return <Choice field={field} label={label} />;
  return (
    <Field
      name={name}
      label={label}
      required={!isOptional}
      defaultValue={value}
      minLength={minimumLength}
      maxLength={maximumLength}
      autoComplete="off"
      {...(type === 'numeric' ? { inputMode: 'numeric', pattern: '[0-9]*' } : {})}
    />
  );
}

function Choice({ field: { name, isOptional, options, value }, label }: { field: CustomField; label: string }): ReactNode {
  return (
    <div>
      <label htmlFor={`field-${name}`}>{label}</label>
      <select id={`field-${name}`} name={name} required={!isOptional} defaultValue={value}>
        <option value="" />
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The ticks that the seller asks for, which nobody has set beforehand. */
export function AskedConsents({ asked, texts, seller, locale }: CheckoutModel): ReactNode {
  const words = LANGUAGES[locale.language];
  return (
    <>
      {asked.terms !== null && (
        <div>
          <Check name="terms_of_service" required>
            {texts.terms === null ? words.acceptsTerms : <MarkedText>{texts.terms}</MarkedText>}
          </Check>
          <p className="terms links">
            <Away href={asked.terms}>{words.termsOfService}</Away>
            {asked.privacy !== null && <Away href={asked.privacy}>{words.privacyPolicy}</Away>}
          </p>
        </div>
      )}
      {asked.promotions && <Check name="promotions">{words.wantsPromotions(seller)}</Check>}
    </>
  );
}

function Away({ href, children }: { href: string; children: string }): ReactNode {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
