import type { ReactNode } from 'react';
import { LicenseKey } from '../components/license-key';
import { MarkedText } from '../components/marked-text';
import { Voucher } from '../components/voucher';
import { Seller } from '../components/seller';
import { ACCESS } from '../words/access';
import { LANGUAGES } from '../words/languages';
import type { CheckoutModel } from './model';
import { PriceQuestion } from './price-question';

/** How a session stands that nobody can pay at the moment. */
export function Outcome({
  state,
  branding,
  locale,
  cancelUrl,
  confirmation,
  unpaid,
  voucher,
  licenses,
  priceQuestion,
}: CheckoutModel & { state: Exclude<CheckoutModel['state'], 'open'> }): ReactNode {
  const words = LANGUAGES[locale.language];
  return (
    <section className="card whole" aria-live="polite">
      <Seller branding={branding} />
      {voucher === null ? (
        <>
          <p className="total">{words[unpaid ?? state]}</p>
          <p className="note">{words[`${unpaid ?? state}Note`]}</p>
        </>
      ) : (
        <>
          <p className="total">{words.voucherReady}</p>
          <Voucher voucher={voucher} locale={locale} />
        </>
      )}
      {state === 'complete' && unpaid !== 'notPaid' && confirmation !== null && (
        <p className="said">
          <MarkedText>{confirmation}</MarkedText>
        </p>
      )}
      {licenses.map(({ product, key }) => (
        <LicenseKey key={key} label={ACCESS[locale.language].keyOf(product)} value={key} />
      ))}
      <PriceQuestion locale={locale} priceQuestion={priceQuestion} />
      {state === 'expired' && cancelUrl !== null && <a href={cancelUrl}>{words.back}</a>}
    </section>
  );
}
