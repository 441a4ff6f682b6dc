import type { ReactNode } from 'react';
import { Document } from '../components/document';
import { Seller } from '../components/seller';
import { money } from '../money';
import { LANGUAGES, type Locale } from '../words/languages';
import { PRICING } from '../words/pricing';
import type { IntervalChoice, Offer, PricingModel, PricingModelProduct } from './model';

/** Products side by side. Links switch the interval and forms the rest, so it works without script. */
export function PricingPage({ locale, branding, isTest, offer, isFramed }: PricingModel): ReactNode {
  const words = PRICING[locale.language];
  return (
    <Document
      lang={locale.tag}
      title={`${words.title} – ${branding.display_name}`}
      branding={branding}
      {...(isFramed ? { frame: { 'data-ancestors': '*' } } : {})}
    >
      <main className={isFramed ? 'prices framed' : 'prices'} aria-label={words.title}>
        {!isFramed && <Seller branding={branding} mark={isTest ? LANGUAGES[locale.language].testMode : undefined} />}
        {offer === null ? (
          <p className="card whole">{words.inactive}</p>
        ) : (
          <>
            <Choices offer={offer} locale={locale} />
            <ul className="products">
              {offer.products.map((product) => (
                <Product key={product.price} product={product} offer={offer} locale={locale} />
              ))}
            </ul>
          </>
        )}
      </main>
    </Document>
  );
}

interface Part {
  offer: Offer;
  locale: Locale;
}

function Choices({ offer, locale }: Part): ReactNode {
  const words = PRICING[locale.language];
  const { intervals, interval, currencies, currency } = offer;
  if (intervals.length < 2 && currencies.length < 2) return null;
  return (
    <div className="choices">
      {intervals.length > 1 && (
        <nav aria-label={words.howOften} className="switch">
          {intervals.map((each) => (
            <a
              key={each.value}
              href={`?${new URLSearchParams({ interval: each.value, currency, ...namesIn(offer) }).toString()}`}
              aria-current={each.value === interval ? 'true' : undefined}
            >
              {intervalLabel(each, locale)}
            </a>
          ))}
        </nav>
      )}
      {currencies.length > 1 && (
        <form className="row">
          <input type="hidden" name="interval" value={interval} />
          <NamedVisitor offer={offer} />
          <select name="currency" aria-label={words.currency} defaultValue={currency}>
            {currencies.map((code) => (
              <option key={code} value={code}>
                {code.toUpperCase()} – {new Intl.DisplayNames(locale.tag, { type: 'currency' }).of(code.toUpperCase())}
              </option>
            ))}
          </select>
          <button>{words.show}</button>
        </form>
      )}
    </div>
  );
}

function NamedVisitor({ offer }: Pick<Part, 'offer'>): ReactNode {
  return Object.entries(namesIn(offer)).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

/** Who looks at the page, as far as the seller's site has said it. */
const namesIn = ({ visitor, customerSession }: Offer): Record<string, string> => ({
  ...(visitor === null ? {} : { visitor }),
  ...(customerSession === null ? {} : { customer_session: customerSession }),
});

function intervalLabel({ recurring }: IntervalChoice, { language }: Locale): string {
  const words = PRICING[language];
  if (recurring === null) return words.once;
  if (recurring.count === 1 && recurring.interval === 'month') return words.monthly;
  if (recurring.count === 1 && recurring.interval === 'year') return words.yearly;
  return LANGUAGES[language].intervals[recurring.interval](recurring.count);
}

function Product({ product, offer, locale }: Part & { product: PricingModelProduct }): ReactNode {
  const { name, description, features, isHighlighted, price } = product;
  const words = PRICING[locale.language];
  return (
    <li className={isHighlighted ? 'card product highlighted' : 'card product'}>
      <h2>{name}</h2>
      {isHighlighted && <p className="test">{words.popular}</p>}
      {description !== null && <p className="note">{description}</p>}
      <Price product={product} offer={offer} locale={locale} />
      {features.length > 0 && (
        <ul className="features">
          {features.map((feature) => (
            <li key={feature}>{feature}</li>
          ))}
        </ul>
      )}
      <form method="post" action={offer.path} target="_top">
        <input type="hidden" name="currency" value={offer.currency} />
        <NamedVisitor offer={offer} />
        <button className="primary" name="price" value={price}>
          {words.choose(name)}
        </button>
      </form>
    </li>
  );
}

/** The characters that fit into one line of a card in large type. */
const FITS = 12;

function Price({
  product: { amount, recurring, tax },
  offer: { currency, trialDays },
  locale,
}: Part & { product: PricingModelProduct }): ReactNode {
  const words = PRICING[locale.language];
  const every = recurring === null ? words.once : LANGUAGES[locale.language].intervals[recurring.interval](recurring.count);
  const shown = amount === null ? words.byUsage : money(amount, currency, locale.tag);
  const taxed = tax === null ? null : tax === 'included' ? words.includingTax : words.plusTax;
  return (
    <>
      <p className={shown.length > FITS ? 'total long' : 'total'}>{shown}</p>
      <p className="note">{[every, taxed].filter((part) => part !== null).join(', ')}</p>
      {trialDays !== null && recurring !== null && <p className="note">{words.trial(trialDays)}</p>}
    </>
  );
}
