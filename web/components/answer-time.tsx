import type { ReactNode } from 'react';
import { labeled } from '../../domain/core/labeled';
import { SUPPORT_ROUTES, type SupportRoute } from '../../domain/rows/support-ticket';
import type { Locale } from '../words/languages';
import { SUPPORT } from '../words/support';

/** For how many hours a customer waits at most, by what the question is about. */
export type AnswerHours = Partial<Record<SupportRoute, number>>;

/** `Time to an answer (at most): 24 hours`, before somebody asks. Topics that take another time are named. */
export function AnswerTime({ locale: { language, tag }, hours }: { locale: Locale; hours: AnswerHours }): ReactNode {
  const words = SUPPORT[language];
  const asked = SUPPORT_ROUTES.flatMap((route) => (hours[route] === undefined ? [] : [{ route, time: lasting(hours[route], tag) }]));
  const times = [...new Set(asked.map(({ time }) => time))];
  return times.length === 1 ? (
    <p className="note">{labeled(tag, words.answerTime, times.join(''))}</p>
  ) : (
    <>
      <p className="note">{words.answerTime}</p>
      <ul className="note">
        {asked.map(({ route, time }) => (
          <li key={route}>{labeled(tag, words.routes[route], time)}</li>
        ))}
      </ul>
    </>
  );
}

const DAY_HOURS = 24;

/** One day is told in hours, as people say it. */
function lasting(hours: number, tag: string): string {
  const isDays = hours > DAY_HOURS && hours % DAY_HOURS === 0;
  const style = { style: 'unit', unit: isDays ? 'day' : 'hour', unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(tag, style).format(isDays ? hours / DAY_HOURS : hours);
}
