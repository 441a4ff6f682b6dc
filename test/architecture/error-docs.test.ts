import { production, textOf } from './repository';

/** Codes of a refusal; of a card with wrong data; of a refused usage event. */
const codes = new Set([
  ...[...textOf('domain/core/errors.ts').matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code = '']) => code),
  ...['no_meter', 'archived_meter', 'meter_event_customer_not_found', 'timestamp_too_far_in_past', 'billing_meter_event_session_expired'],
  ...['incorrect_number', 'invalid_expiry_month', 'invalid_expiry_year', 'invalid_cvc', 'invoice_payment_intent_requires_action'],
]);
const comments = (name: string): string[] => textOf(name).match(/\/\*\*[\s\S]*?\*\//g) ?? [];

/** `@throws BillingError code, code if …`, up to the next tag or the end of the comment. */
const throwsOf = (comment: string): string[] =>
  [...comment.matchAll(/@throws ([\s\S]*?)(?=@\w|\*\/)/g)].map(([, text = '']) => text.replace(/\n\s*\* ?/g, ' '));
/** The codes at the beginning of a list; after the first `if`, parenthesis or colon it is prose. */
const listed = (text: string): string[] =>
  text
    .replace(/\([^)]*\)/g, '')
    .match(/^(?:(?:BillingError|[a-z]+(?:_[a-z0-9]+)+),? ?)+/)?.[0]
    .match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? [];

describe('how errors are documented', () => {
  it('@throws names only codes that exist', () => {
    const unknown = production.flatMap((name) =>
      comments(name).flatMap((comment) =>
        throwsOf(comment)
          .flatMap(listed)
          .filter((code) => !codes.has(code))
          .map((code) => `${name}: ${code}`),
      ),
    );
    expect(unknown).toEqual([]);
  });

  it('refusals are documented by @throws, never in prose', () => {
    const older = production.flatMap((name) =>
      comments(name).flatMap((comment) => (comment.match(/Answers `|\bThrows |\bErrors: /g) ?? []).map((form) => `${name}: ${form}`)),
    );
    expect(older).toEqual([]);
  });
});
