import type { ReactNode } from 'react';
import { AnswerTime } from '../components/answer-time';
import { QuestionFields } from '../components/question-fields';
import { date } from '../money';
import { SUPPORT } from '../words/support';
import type { InvoiceModel } from './model';

/** What was asked about the invoice, and a form for another question. */
export function Questions({ locale, questions, answerHours, submission, help, problem }: InvoiceModel): ReactNode {
  const { language } = locale;
  const words = SUPPORT[language];
  return (
    <>
      {questions.map((question) => (
        <div key={question.id}>
          <p className="said">{question.text}</p>
          {question.answer !== null && <p className="said">{question.answer}</p>}
          <p className="note">{standingOf(question, locale)}</p>
        </div>
      ))}
      <details open={problem === 'missing'}>
        <summary>{words.askAboutInvoice}</summary>
        <form method="post" className="fields" aria-label={words.askAboutInvoice}>
          <input type="hidden" name="action" value="ask" />
          <input type="hidden" name="submission" value={submission} />
          <QuestionFields language={language} isAboutAnything={false} />
          <AnswerTime locale={locale} hours={answerHours} />
          <button>{words.send}</button>
        </form>
      </details>
      <p>
        <a href={help}>{words.title}</a>
      </p>
    </>
  );
}

function standingOf({ status, answerBy, isLate }: InvoiceModel['questions'][number], { language, tag }: InvoiceModel['locale']): string {
  const words = SUPPORT[language];
  if (status !== 'open' || answerBy === null) return status === 'closed' ? words.closed : words.answered;
  return isLate ? words.late : words.waits(date(answerBy, tag));
}
