import type { ReactNode } from 'react';
import { Check } from '../components/check';
import { MethodFields } from '../components/method-fields';
import { LANGUAGES } from '../words/languages';
import { PORTAL } from '../words/portal';
import { ActionForm, placeOf } from './action-form';
import type { PortalCardForm, PortalFrame } from './model';

/** A new card or bank account. In live mode a card number must not reach Dunlin, so there is no form. */
export function CardForm({ frame, form: { holder, methods, isFirst } }: { frame: PortalFrame; form: PortalCardForm }): ReactNode {
  const { language } = frame.locale;
  const [words, common] = [PORTAL[language], LANGUAGES[language]];
  return (
    <section className="card" aria-labelledby="card">
      <h2 id="card">{words.addCard}</h2>
      {frame.isTest && (
        <ActionForm frame={frame} action="add_card" className="fields" labelledBy="card">
          <MethodFields methods={methods} words={common} name={holder} seller={frame.branding.display_name} />
          {isFirst ? <input type="hidden" name="default" value="yes" /> : <Check name="default">{words.useFromNowOn}</Check>}
          <button className="primary">{common.saveButton}</button>
        </ActionForm>
      )}
      <p>
        <a href={placeOf(frame, 'home')}>{words.back}</a>
      </p>
    </section>
  );
}
