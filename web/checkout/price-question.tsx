import type { ReactNode } from 'react';
import { PRICE_ANSWERS } from '../../domain/rows/experiment';
import { PRICE_QUESTION } from '../words/price-question';
import type { CheckoutModel } from './model';

/** One question after the purchase, which nobody must answer. The buttons are the answers, so it works without script. */
export function PriceQuestion({ locale, priceQuestion }: Pick<CheckoutModel, 'locale' | 'priceQuestion'>): ReactNode {
  if (priceQuestion === null) return null;
  const words = PRICE_QUESTION[locale.language];
  if (priceQuestion.answer !== null) return <p className="said">{words.thanks}</p>;
  return (
    <form method="post" className="question">
      <input type="hidden" name="action" value="answer_price" />
      <fieldset>
        <legend>{words.question}</legend>
        {PRICE_ANSWERS.map((answer) => (
          <button key={answer} name="price_answer" value={answer}>
            {words[answer]}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
