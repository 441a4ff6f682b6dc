import type { ReactNode } from 'react';
import { AnswerTime } from '../components/answer-time';
import { MessageField, QuestionFields } from '../components/question-fields';
import { Responsibilities } from '../components/responsibilities';
import { date } from '../money';
import { PORTAL } from '../words/portal';
import { SUPPORT } from '../words/support';
import { ActionForm, placeOf } from './action-form';
import type { PortalFrame, PortalSupport, PortalTicket } from './model';

/** The customer's questions, and a form for another one. */
export function Support({
  frame,
  support: { tickets, responsibilities, answerHours },
}: {
  frame: PortalFrame;
  support: PortalSupport;
}): ReactNode {
  const { language } = frame.locale;
  const words = SUPPORT[language];
  return (
    <>
      <section className="card" aria-labelledby="ask">
        <h2 id="ask">{words.ask}</h2>
        <ActionForm frame={frame} action="ask" className="fields" labelledBy="ask">
          <QuestionFields language={language} isAboutAnything />
          <AnswerTime locale={frame.locale} hours={answerHours} />
          <button className="primary">{words.send}</button>
        </ActionForm>
        <p>
          <a href={placeOf(frame, 'home')}>{PORTAL[language].back}</a>
        </p>
      </section>
      {tickets.length > 0 && (
        <section className="card" aria-labelledby="questions">
          <h2 id="questions">{words.messages}</h2>
          <ul className="lines">
            {tickets.map((ticket) => (
              <Ticket key={ticket.id} frame={frame} ticket={ticket} />
            ))}
          </ul>
        </section>
      )}
      <Responsibilities language={language} seller={frame.branding.display_name} settings={responsibilities} />
    </>
  );
}

function Ticket({ frame, ticket: { id, subject, messages, ...standing } }: { frame: PortalFrame; ticket: PortalTicket }): ReactNode {
  const { language, tag } = frame.locale;
  const words = SUPPORT[language];
  return (
    <li>
      <b>{subject}</b>
      <p className="note">{standingOf(standing, frame)}</p>
      {messages.map((message) => (
        <div key={message.id}>
          <p className="note">
            {message.author === 'customer' ? words.you : (message.name ?? frame.branding.display_name)} · {date(message.at, tag)}
          </p>
          <p className="said">{message.text}</p>
        </div>
      ))}
      <details>
        <summary>{words.again}</summary>
        <ActionForm frame={frame} action="write" of={{ ticket: id }} className="fields">
          <MessageField label={words.message} of={id} />
          <button>{words.send}</button>
        </ActionForm>
      </details>
    </li>
  );
}

function standingOf({ status, answerBy, isLate }: Pick<PortalTicket, 'answerBy' | 'isLate' | 'status'>, { locale }: PortalFrame): string {
  const words = SUPPORT[locale.language];
  if (status !== 'open' || answerBy === null) return status === 'closed' ? words.closed : words.answered;
  return isLate ? words.late : words.waits(date(answerBy, locale.tag));
}
