import type { ReactNode } from 'react';
import { SUPPORT_ROUTES } from '../../domain/rows/support-ticket';
import type { Language } from '../words/languages';
import { SUPPORT } from '../words/support';
import { Field } from './field';

/** What a customer asks. A page that knows what it is about asks only for the message. */
export function QuestionFields({ language, isAboutAnything }: { language: Language; isAboutAnything: boolean }): ReactNode {
  const words = SUPPORT[language];
  return (
    <>
      {isAboutAnything && (
        <>
          <div>
            <label htmlFor="field-route">{words.topic}</label>
            <select id="field-route" name="route">
              {SUPPORT_ROUTES.map((route) => (
                <option key={route} value={route}>
                  {words.routes[route]}
                </option>
              ))}
            </select>
          </div>
          <Field name="subject" label={words.subject} required maxLength={250} />
        </>
      )}
      <MessageField label={words.message} />
    </>
  );
}

/** @param of keeps the fields of several forms on one page apart */
export function MessageField({ label, of = 'new' }: { label: string; of?: string }): ReactNode {
  const id = `message-${of}`;
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <textarea id={id} name="message" required maxLength={5000} rows={5} />
    </div>
  );
}
