/** How each language says what Dunlin writes on a line. English has Stripe's own text, so that a document says what the API says. */

export interface LineWords {
  /** `{price}`, of one unit that is billed once */
  each: string;
  /** `{price}`, `{count}`: a package of units */
  packs: string;
  /** `{number}`, `{price}` */
  tier: string;
  graduated: string;
  volume: string;
  /** One interval, as it stands after a price: 15.00 / month */
  per: { day: string; week: string; month: string; year: string };
  /** `{product}`, `{date}` */
  unused: string;
  /** `{product}`, `{date}` */
  remaining: string;
  /** `{product}` */
  trial: string;
  minimum_commitment: string;
  maximum_spend: string;
}

/** By language. */
export const LINE_WORDS: Readonly<Record<string, LineWords>> = {
  cs: {
    each: '{price} za kus',
    packs: '{price} za {count} jednotek',
    tier: 'Pásmo {number}: {price}',
    graduated: 'odstupňovaně',
    volume: 'podle množství',
    per: { day: 'den', week: 'týden', month: 'měsíc', year: 'rok' },
    unused: 'Nevyužitá doba: {product}, po {date}',
    remaining: 'Zbývající doba: {product}, po {date}',
    trial: 'Zkušební doba: {product}',
    minimum_commitment: 'Minimální odběr',
    maximum_spend: 'Dosažen maximální odběr',
  },
  da: {
    each: '{price} pr. stk.',
    packs: '{price} pr. {count} enheder',
    tier: 'Trin {number}: {price}',
    graduated: 'gradueret',
    volume: 'efter mængde',
    per: { day: 'dag', week: 'uge', month: 'måned', year: 'år' },
    unused: 'Ubrugt tid på {product} efter {date}',
    remaining: 'Resterende tid på {product} efter {date}',
    trial: 'Prøveperiode for {product}',
    minimum_commitment: 'Minimumsforbrug',
    maximum_spend: 'Maksimalt forbrug nået',
  },
  de: {
    each: '{price} pro Stück',
    packs: '{price} je {count} Einheiten',
    tier: 'Stufe {number}: {price}',
    graduated: 'gestaffelt',
    volume: 'nach Menge',
    per: { day: 'Tag', week: 'Woche', month: 'Monat', year: 'Jahr' },
    unused: 'Nicht genutzte Zeit: {product}, nach dem {date}',
    remaining: 'Restliche Zeit: {product}, nach dem {date}',
    trial: 'Testzeitraum: {product}',
    minimum_commitment: 'Mindestabnahme',
    maximum_spend: 'Höchstbetrag erreicht',
  },
  es: {
    each: '{price} por unidad',
    packs: '{price} por cada {count} unidades',
    tier: 'Tramo {number}: {price}',
    graduated: 'por tramos',
    volume: 'según el volumen',
    per: { day: 'día', week: 'semana', month: 'mes', year: 'año' },
    unused: 'Tiempo no utilizado de {product} después del {date}',
    remaining: 'Tiempo restante de {product} después del {date}',
    trial: 'Periodo de prueba de {product}',
    minimum_commitment: 'Consumo mínimo',
    maximum_spend: 'Importe máximo alcanzado',
  },
  fi: {
    each: '{price} / kpl',
    packs: '{price} / {count} yksikköä',
    tier: 'Porras {number}: {price}',
    graduated: 'porrastettu',
    volume: 'määrän mukaan',
    per: { day: 'päivä', week: 'viikko', month: 'kuukausi', year: 'vuosi' },
    unused: 'Käyttämätön aika: {product}, {date} jälkeen',
    remaining: 'Jäljellä oleva aika: {product}, {date} jälkeen',
    trial: 'Kokeilujakso: {product}',
    minimum_commitment: 'Vähimmäisveloitus',
    maximum_spend: 'Enimmäisveloitus täynnä',
  },
  fr: {
    each: '{price} l’unité',
    packs: '{price} pour {count} unités',
    tier: 'Palier {number} : {price}',
    graduated: 'par paliers',
    volume: 'selon le volume',
    per: { day: 'jour', week: 'semaine', month: 'mois', year: 'an' },
    unused: 'Temps non utilisé sur {product} après le {date}',
    remaining: 'Temps restant sur {product} après le {date}',
    trial: 'Période d’essai de {product}',
    minimum_commitment: 'Engagement minimum',
    maximum_spend: 'Montant maximum atteint',
  },
  it: {
    each: '{price} cadauno',
    packs: '{price} ogni {count} unità',
    tier: 'Fascia {number}: {price}',
    graduated: 'a scaglioni',
    volume: 'in base al volume',
    per: { day: 'giorno', week: 'settimana', month: 'mese', year: 'anno' },
    unused: 'Tempo non utilizzato di {product} dopo il {date}',
    remaining: 'Tempo rimanente di {product} dopo il {date}',
    trial: 'Periodo di prova di {product}',
    minimum_commitment: 'Impegno minimo',
    maximum_spend: 'Spesa massima raggiunta',
  },
  ja: {
    each: '単価 {price}',
    packs: '{count} 単位あたり {price}',
    tier: '第 {number} 段階 {price}',
    graduated: '段階制',
    volume: '数量別',
    per: { day: '日', week: '週', month: '月', year: '年' },
    unused: '{product} の未使用期間（{date} 以降）',
    remaining: '{product} の残り期間（{date} 以降）',
    trial: '{product} の試用期間',
    minimum_commitment: '最低利用料金',
    maximum_spend: '上限額による調整',
  },
  nb: {
    each: '{price} per stk.',
    packs: '{price} per {count} enheter',
    tier: 'Trinn {number}: {price}',
    graduated: 'gradert',
    volume: 'etter mengde',
    per: { day: 'dag', week: 'uke', month: 'måned', year: 'år' },
    unused: 'Ubrukt tid på {product} etter {date}',
    remaining: 'Gjenværende tid på {product} etter {date}',
    trial: 'Prøveperiode for {product}',
    minimum_commitment: 'Minimumsforbruk',
    maximum_spend: 'Maksimalt forbruk nådd',
  },
  nl: {
    each: '{price} per stuk',
    packs: '{price} per {count} eenheden',
    tier: 'Staffel {number}: {price}',
    graduated: 'gestaffeld',
    volume: 'op volume',
    per: { day: 'dag', week: 'week', month: 'maand', year: 'jaar' },
    unused: 'Niet-gebruikte tijd voor {product} na {date}',
    remaining: 'Resterende tijd voor {product} na {date}',
    trial: 'Proefperiode voor {product}',
    minimum_commitment: 'Minimumafname',
    maximum_spend: 'Maximumbedrag bereikt',
  },
  pl: {
    each: '{price} za sztukę',
    packs: '{price} za {count} jedn.',
    tier: 'Próg {number}: {price}',
    graduated: 'progowo',
    volume: 'według ilości',
    per: { day: 'dzień', week: 'tydzień', month: 'miesiąc', year: 'rok' },
    unused: 'Niewykorzystany czas: {product}, po {date}',
    remaining: 'Pozostały czas: {product}, po {date}',
    trial: 'Okres próbny: {product}',
    minimum_commitment: 'Minimalna opłata',
    maximum_spend: 'Osiągnięto maksymalną kwotę',
  },
  pt: {
    each: '{price} por unidade',
    packs: '{price} por {count} unidades',
    tier: 'Escalão {number}: {price}',
    graduated: 'por escalões',
    volume: 'por volume',
    per: { day: 'dia', week: 'semana', month: 'mês', year: 'ano' },
    unused: 'Tempo não utilizado de {product} após {date}',
    remaining: 'Tempo restante de {product} após {date}',
    trial: 'Período experimental de {product}',
    minimum_commitment: 'Consumo mínimo',
    maximum_spend: 'Montante máximo atingido',
  },
  sv: {
    each: '{price} per styck',
    packs: '{price} per {count} enheter',
    tier: 'Nivå {number}: {price}',
    graduated: 'trappat',
    volume: 'efter volym',
    per: { day: 'dag', week: 'vecka', month: 'månad', year: 'år' },
    unused: 'Outnyttjad tid för {product} efter {date}',
    remaining: 'Återstående tid för {product} efter {date}',
    trial: 'Provperiod för {product}',
    minimum_commitment: 'Minsta debitering',
    maximum_spend: 'Högsta belopp uppnått',
  },
};
