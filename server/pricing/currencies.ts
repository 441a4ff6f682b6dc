/** The currency in which people of a place usually pay, by the place's two letters. A place that is not here sees the table's own currency. */
const BY_CURRENCY = {
  eur: 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK',
  aud: 'AU',
  brl: 'BR',
  cad: 'CA',
  chf: 'CH LI',
  cny: 'CN',
  czk: 'CZ',
  dkk: 'DK FO GL',
  gbp: 'GB GG IM JE',
  hkd: 'HK',
  huf: 'HU',
  inr: 'IN',
  jpy: 'JP',
  krw: 'KR',
  mxn: 'MX',
  nok: 'NO SJ',
  nzd: 'NZ',
  pln: 'PL',
  ron: 'RO',
  sek: 'SE',
  sgd: 'SG',
  usd: 'AS EC GU MP PR SV US VI',
} as const;

/** @param tags languages of a browser in their order: `de-AT` says Austria */
export function usualCurrencies(tags: readonly string[]): string[] {
  const places = tags.flatMap((tag) => /-([A-Za-z]{2})\b/.exec(tag)?.[1]?.toUpperCase() ?? []);
  return places.flatMap((place) =>
    Object.entries(BY_CURRENCY).flatMap(([currency, list]) => (list.split(' ').includes(place) ? currency : [])),
  );
}
