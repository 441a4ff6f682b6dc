import type { ReactNode } from 'react';
import type { Words } from '../words/words';
import type { CheckoutModel, SavedCard } from './model';

/** The customer's saved cards; the first is chosen, until the buyer chooses another or a new one. */
export function SavedCards({ saved, words, methods }: Pick<CheckoutModel, 'methods' | 'saved'> & { words: Words }): ReactNode {
  return (
    <fieldset className="fields">
      <legend>{words.savedCards}</legend>
      {saved.cards.map((card, index) => (
        <div className="row" key={card.id}>
          <label className="check">
            <input type="radio" name="saved_card" value={card.id} defaultChecked={index === 0} />
            <span>{nameOf(card)}</span>
          </label>
          {saved.isRemovable && (
            <button name="action" value={`remove_card:${card.id}`} formNoValidate aria-label={`${words.remove} ${nameOf(card)}`}>
              {words.remove}
            </button>
          )}
        </div>
      ))}
      <label className="check">
        <input type="radio" name="saved_card" value="new" />
        <span>{methods.length === 1 && methods[0] === 'card' ? words.newCard : words.otherWay}</span>
      </label>
    </fieldset>
  );
}

const nameOf = ({ brand, last4, expiry, wallet }: SavedCard): string =>
  [
    last4 === '' ? brand : `${expiry === null ? brand : brand.toUpperCase()} •••• ${last4}`,
    ...(expiry === null ? [] : [expiry]),
    ...(wallet === null ? [] : [wallet]),
  ].join(', ');
