/** The languages that Stripe's checkout knows. The pages have ten of them; the others get the nearest, or English. */
export const CHECKOUT_LOCALES = [
  ...([
    'auto',
    'bg',
    'cs',
    'da',
    'de',
    'el',
    'en',
    'en-GB',
    'es',
    'es-419',
    'et',
    'fi',
    'fil',
    'fr',
    'fr-CA',
    'hr',
    'hu',
    'id',
    'it',
  ] as const),
  ...(['ja', 'ko', 'lt', 'lv', 'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'vi'] as const),
  ...(['zh', 'zh-HK', 'zh-TW'] as const),
] as const;

/** Those of the portal, which knows more kinds of English. */
export const PORTAL_LOCALES = [...CHECKOUT_LOCALES, ...(['en-AU', 'en-CA', 'en-IE', 'en-IN', 'en-NZ', 'en-SG'] as const)] as const;
