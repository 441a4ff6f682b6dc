import type { ReactNode } from 'react';
import { labeled } from '../../domain/core/labeled';
import { AddressFields } from '../components/address-fields';
import { Field } from '../components/field';
import { LANGUAGES } from '../words/languages';
import { PORTAL } from '../words/portal';
import { ActionForm, placeOf } from './action-form';
import type { PortalDetails, PortalFrame } from './model';

interface Part {
  frame: PortalFrame;
  details: PortalDetails;
}

/** Who the customer is, where, and under which tax ids: what the seller lets customers change. */
export function DetailsForms({ frame, details }: Part): ReactNode {
  const words = PORTAL[frame.locale.language];
  return (
    <section className="card" aria-labelledby="details">
      <h2 id="details">{words.details}</h2>
      <Person frame={frame} details={details} />
      {details.allowed.includes('address') && (
        <ActionForm frame={frame} action="address" className="fields">
          <fieldset className="fields">
            <legend>{LANGUAGES[frame.locale.language].billingAddress}</legend>
            <AddressFields entered={details.address} locale={frame.locale} />
          </fieldset>
          <button className="primary">{words.save}</button>
        </ActionForm>
      )}
      {details.allowed.includes('shipping') && (
        <ActionForm frame={frame} action="shipping" className="fields">
          <fieldset className="fields">
            <legend>{LANGUAGES[frame.locale.language].shippingAddress}</legend>
            <Field
              name="shipping_name"
              label={words.name}
              autoComplete="shipping name"
              required
              defaultValue={details.shipping.name}
              maxLength={250}
            />
            <AddressFields prefix="shipping_" section="shipping" entered={details.shipping.address} locale={frame.locale} />
          </fieldset>
          <button className="primary">{words.save}</button>
        </ActionForm>
      )}
      {details.allowed.includes('tax_id') && <TaxIds frame={frame} details={details} />}
      <p>
        <a href={placeOf(frame, 'home')}>{words.back}</a>
      </p>
    </section>
  );
}

function Person({ frame, details: { allowed, called, email, phone } }: Part): ReactNode {
  const [words, common] = [PORTAL[frame.locale.language], LANGUAGES[frame.locale.language]];
  if (!['name', 'email', 'phone'].some((each) => (allowed as readonly string[]).includes(each))) return null;
  return (
    <ActionForm frame={frame} action="details" className="fields" labelledBy="details">
      {allowed.includes('name') && <Field name="name" label={words.name} autoComplete="name" defaultValue={called} maxLength={250} />}
      {allowed.includes('email') && (
        <Field name="email" label={common.email} type="email" autoComplete="email" required defaultValue={email} maxLength={320} />
      )}
      {allowed.includes('phone') && (
        <Field name="phone" label={common.phone} type="tel" autoComplete="tel" defaultValue={phone} maxLength={20} />
      )}
      <button className="primary">{words.save}</button>
    </ActionForm>
  );
}

function TaxIds({ frame, details: { taxIds, address } }: Part): ReactNode {
  const [words, common] = [PORTAL[frame.locale.language], LANGUAGES[frame.locale.language]];
  return (
    <>
      <h2 id="tax-ids">{words.taxIds}</h2>
      {taxIds.map(({ id, value }) => (
        <ActionForm key={id} frame={frame} action="remove_tax_id" of={{ tax_id_row: id }} className="choices">
          <span>{value}</span>
          <button aria-label={labeled(frame.locale.language, words.removeCard, value)}>{words.removeCard}</button>
        </ActionForm>
      ))}
      {address.country === '' ? (
        <p className="note">{words.taxIdNeedsAddress}</p>
      ) : (
        <ActionForm frame={frame} action="add_tax_id" className="fields" labelledBy="tax-ids">
          <Field name="tax_id" label={common.taxId} required maxLength={30} />
          <button>{words.add}</button>
        </ActionForm>
      )}
    </>
  );
}
