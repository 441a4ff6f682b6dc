import type { ReactNode } from 'react';
import { AddressFields } from '../components/address-fields';
import { Field } from '../components/field';
import { MarkedText } from '../components/marked-text';
import { money } from '../money';
import { LANGUAGES, type Locale } from '../words/languages';
import type { CheckoutModel, DeliveryTime, ShippingChoice } from './model';

/** Where the goods go, and how. */
export function Delivery({ delivery, entered, texts, currency, locale }: CheckoutModel): ReactNode {
  const words = LANGUAGES[locale.language];
  const { countries, options } = delivery;
  return (
    <>
      {countries !== null && (
        <fieldset className="fields">
          <legend>{words.shippingAddress}</legend>
          <Field
            name="shipping_name"
            label={words.recipient}
            autoComplete="shipping name"
            required
            defaultValue={entered.shippingName}
            maxLength={250}
          />
          <AddressFields prefix="shipping_" section="shipping" entered={entered.shipping} locale={locale} countries={countries} />
          {texts.shippingAddress !== null && (
            <p className="said">
              <MarkedText>{texts.shippingAddress}</MarkedText>
            </p>
          )}
        </fieldset>
      )}
      {options.length > 0 && (
        <fieldset>
          <legend>{words.shippingMethod}</legend>
          {options.map((option) => (
            <Option key={option.id} option={option} currency={currency} locale={locale} />
          ))}
        </fieldset>
      )}
    </>
  );
}

function Option({ option, currency, locale }: { option: ShippingChoice; currency: string; locale: Locale }): ReactNode {
  const { id, name, amount, isChosen, from, to } = option;
  const words = LANGUAGES[locale.language];
  const time = timeOf(from, to, locale);
  return (
    <label className="option">
      <input type="radio" name="shipping_rate" value={id} defaultChecked={isChosen} />
      <span>
        {name}
        {time !== null && <small>{time}</small>}
      </span>
      <span className="amount">{amount === 0 ? words.costsNothing : money(amount, currency, locale.tag)}</span>
    </label>
  );
}

/** `3–5 days`; null if nobody has said. */
function timeOf(from: DeliveryTime | null, to: DeliveryTime | null, { language, tag }: Locale): string | null {
  const unit = (to ?? from)?.unit;
  if (unit === undefined) return null;
  const values = [from, to].flatMap((time) => (time?.unit === unit ? [time.value] : []));
  const format = new Intl.NumberFormat(tag, unit === 'business_day' ? {} : { style: 'unit', unit, unitDisplay: 'long' });
  const [first = 0, last = first] = values;
  const text = first === last ? format.format(first) : format.formatRange(first, last);
  return unit === 'business_day' ? LANGUAGES[language].businessDays(text) : text;
}
