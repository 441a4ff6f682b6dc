/** What a seller does before the first live sale. Each point is answered by the API, in the mode that is shown. Only data. */
import type { Json } from './ask';

export interface Point {
  title: string;
  help: string;
  /** Where it is done: a place of the console, or a page of the docs. */
  href: string;
  call: string;
  parameters?: Readonly<Record<string, string>>;
  isDone: (answer: Json) => boolean;
}

const some = (answer: Json): boolean => ((answer['data'] ?? []) as unknown[]).length > 0;
const within = (answer: Json, ...path: string[]): unknown => path.reduce<unknown>((value, name) => (value as Json | null)?.[name], answer);

/** Whether a setting has been given a value. */
const isSet = (answer: Json, ...path: string[]): boolean => typeof within(answer, ...path) === 'string';

const settings = 'GET /v1/account_settings';

export const CHECKLIST: readonly { group: string; points: readonly Point[] }[] = [
  {
    group: 'Market',
    points: [
      {
        ...{
          title: 'Say where you are',
          call: 'GET /v1/tax/settings',
          href: '/docs/reference/resource-tax-settings.html',
          isDone: ({ status }) => status === 'active',
        },
        help: 'Tax depends on your head office: POST /v1/tax/settings.',
      },
      {
        ...{
          title: 'Register for tax where you have to',
          call: 'GET /v1/tax/registrations',
          href: '/console/tax-registrations',
          isDone: some,
        },
        help: 'The thresholds say how near you are in each place.',
      },
      {
        ...{ title: 'Name your terms and your privacy policy', call: settings, href: '/docs/reference/resource-account.html' },
        help: 'Checkouts link to them: checkout[terms_of_service_url], checkout[privacy_policy_url].',
        isDone: (answer) => isSet(answer, 'checkout', 'terms_of_service_url') && isSet(answer, 'checkout', 'privacy_policy_url'),
      },
    ],
  },
  {
    group: 'Price',
    points: [
      {
        ...{ title: 'Have a price that can be sold', call: 'GET /v1/prices', parameters: { active: 'true', limit: '1' }, isDone: some },
        ...{ href: '/console/products', help: 'A product with a price.' },
      },
      {
        ...{
          title: 'Validate the price',
          call: 'GET /v1/experiments',
          parameters: { limit: '1' },
          isDone: some,
          href: '/console/experiments',
        },
        help: 'An experiment compares prices without showing anybody two of them.',
      },
      {
        ...{ title: 'Sell once', call: 'GET /v1/subscriptions', parameters: { status: 'all', limit: '1' }, isDone: some },
        ...{ href: '/console/subscriptions', help: 'In test mode a clock takes the subscription through a year in seconds.' },
      },
    ],
  },
  {
    group: 'Processor',
    points: [
      {
        ...{ title: 'Connect a processor', call: 'GET /v1/processors', href: '/console/processors' },
        help: 'PAYMENT_GATEWAY and its keys, then npx dunlin live-check.',
        isDone: (answer) => ((answer['data'] ?? []) as Json[]).some(({ name }) => name !== 'all' && !String(name).startsWith('sandbox')),
      },
      {
        ...{ title: 'Tell your app what happens', call: 'GET /v1/webhook_endpoints', href: '/console/webhooks' },
        help: 'An endpoint for events that is enabled.',
        isDone: (answer) => ((answer['data'] ?? []) as Json[]).some(({ status }) => status === 'enabled'),
      },
    ],
  },
  {
    group: 'Risk',
    points: [
      {
        ...{ title: 'Decide who reviews payments', call: settings, href: '/console/reviews', help: 'fraud[reviews][owner]' },
        isDone: (answer) => isSet(answer, 'fraud', 'reviews', 'owner'),
      },
      {
        ...{ title: 'Have a fraud rule of your own', call: 'GET /v1/radar/rules', href: '/console/fraud-rules', isDone: some },
        help: 'For example: review charges over an amount from cards of other countries.',
      },
    ],
  },
  {
    group: 'Support',
    points: [
      {
        ...{ title: 'Decide who answers questions', call: settings, href: '/console/support', help: 'support[routes][billing][owner]' },
        isDone: (answer) => isSet(answer, 'support', 'routes', 'billing', 'owner'),
      },
      {
        ...{ title: 'Send mail', call: settings, href: '/console/mails', help: 'SMTP_URL, mail[delivery]=smtp and mail[from].' },
        isDone: (answer) => within(answer, 'mail', 'delivery') === 'smtp',
      },
    ],
  },
];
