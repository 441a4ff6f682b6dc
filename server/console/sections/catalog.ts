/** What is sold. */
import type { Section } from '../section';
import { experiments } from './experiments';
import { active, created, status } from './columns';

const products: Section = {
  ...{ name: 'products', title: 'Products', group: 'Catalog', prefixes: ['prod'], list: '/v1/products' },
  about: 'What you sell.',
  empty: 'No products yet.',
  columns: [
    { label: 'Name', path: 'name' },
    active,
    { label: 'Default price', path: 'default_price' },
    { label: 'Tax code', path: 'tax_code' },
    created,
  ],
  filters: ['name', 'active'],
  related: [{ title: 'Prices', section: 'prices', by: 'product' }],
  createAction: {
    ...{ name: 'create', label: 'Add a product', call: 'POST /v1/products', help: 'With a monthly price, if you name one.' },
    fields: [
      { name: 'name', label: 'Name', type: 'text', isRequired: true },
      { name: 'description', label: 'Description', type: 'text' },
      { name: 'default_price_data[unit_amount]', label: 'Price in minor units', type: 'number' },
      { name: 'default_price_data[currency]', label: 'Currency', type: 'text' },
      { name: 'default_price_data[recurring][interval]', label: 'Each', type: 'select', options: ['', 'month', 'year', 'week', 'day'] },
    ],
  },
  actions: [
    {
      ...{ name: 'update', label: 'Change', call: 'POST /v1/products/:product', help: 'Empty entries stay as they are.' },
      fields: [
        { name: 'name', label: 'Name', type: 'text' },
        { name: 'description', label: 'Description', type: 'text' },
        { name: 'active', label: 'Active', type: 'select', options: ['', 'true', 'false'] },
      ],
    },
  ],
};

const prices: Section = {
  expand: ['product'],
  ...{ name: 'prices', title: 'Prices', group: 'Catalog', prefixes: ['price'], list: '/v1/prices' },
  about: 'What products cost: each price has an amount, a currency and an interval.',
  empty: 'No prices yet.',
  columns: [
    { label: 'Price', path: 'id' },
    { label: 'Product', path: 'product' },
    { label: 'Nickname', path: 'nickname' },
    { label: 'Amount', path: 'unit_amount' },
    { label: 'Each', path: 'recurring.interval' },
    active,
    created,
  ],
  filters: ['product', 'active', 'currency', 'type'],
  createAction: {
    ...{ name: 'create', label: 'Add a price', call: 'POST /v1/prices' },
    help: 'An amount once, each interval, or for each unit of a meter. It never changes: make another price for that.',
    fields: [
      { name: 'product', label: 'Product', type: 'text', isRequired: true, offers: 'product' },
      { name: 'unit_amount_decimal', label: 'Amount of one unit, in minor units', type: 'text', isRequired: true },
      { name: 'currency', label: 'Currency', type: 'text', isRequired: true },
      { name: 'recurring[interval]', label: 'Each; nothing for once', type: 'select', options: ['', 'month', 'year', 'week', 'day'] },
      { name: 'recurring[interval_count]', label: 'Of so many intervals', type: 'number' },
      { name: 'recurring[usage_type]', label: 'Counted', type: 'select', options: ['', 'licensed', 'metered'] },
      { name: 'recurring[meter]', label: 'By this meter, if metered', type: 'text', offers: 'meter' },
      { name: 'tax_behavior', label: 'Tax', type: 'select', options: ['', 'exclusive', 'inclusive'] },
      { name: 'nickname', label: 'Nickname', type: 'text' },
    ],
  },
  actions: [
    {
      ...{
        name: 'update',
        label: 'Change',
        call: 'POST /v1/prices/:price',
        help: 'The amount of a price never changes: make another price for that.',
      },
      fields: [
        { name: 'nickname', label: 'Nickname', type: 'text' },
        { name: 'active', label: 'Active', type: 'select', options: ['', 'true', 'false'] },
      ],
    },
  ],
};

const coupons: Section = {
  ...{ name: 'coupons', title: 'Coupons', group: 'Catalog', prefixes: [], list: '/v1/coupons' },
  about: 'Discounts, for one invoice, for some months or for ever.',
  empty: 'No coupons yet.',
  columns: [
    { label: 'Coupon', path: 'id' },
    { label: 'Name', path: 'name' },
    { label: 'Percent off', path: 'percent_off' },
    { label: 'Amount off', path: 'amount_off' },
    { label: 'For', path: 'duration' },
    { label: 'Redeemed', path: 'times_redeemed' },
    { label: 'Valid', path: 'valid' },
    created,
  ],
  createAction: {
    ...{
      name: 'create',
      label: 'Add a coupon',
      call: 'POST /v1/coupons',
      help: 'Percent off, or an amount in minor units with its currency.',
    },
    fields: [
      { name: 'name', label: 'Name', type: 'text' },
      { name: 'percent_off', label: 'Percent off', type: 'text' },
      { name: 'amount_off', label: 'Amount off', type: 'number' },
      { name: 'currency', label: 'Currency', type: 'text' },
      { name: 'duration', label: 'For', type: 'select', options: ['once', 'forever', 'repeating'] },
      { name: 'duration_in_months', label: 'Months, if repeating', type: 'number' },
    ],
  },
  actions: [
    {
      ...{
        name: 'delete',
        label: 'Delete',
        call: 'DELETE /v1/coupons/:coupon',
        help: 'Customers who have it keep it.',
        isDangerous: true,
        fields: [],
      },
    },
  ],
};

const promotionCodes: Section = {
  ...{ name: 'promotion-codes', title: 'Promotion codes', group: 'Catalog', prefixes: ['promo'], list: '/v1/promotion_codes' },
  about: 'Codes that buyers type to get a coupon.',
  empty: 'No codes yet.',
  columns: [
    { label: 'Code', path: 'code' },
    active,
    { label: 'Redeemed', path: 'times_redeemed' },
    { label: 'At most', path: 'max_redemptions' },
    { label: 'Until', path: 'expires_at' },
    created,
  ],
  filters: ['code', 'active', 'coupon', 'customer'],
  actions: [],
};

const links: Section = {
  ...{ name: 'payment-links', title: 'Payment links', group: 'Catalog', prefixes: ['plink'], list: '/v1/payment_links' },
  about: 'Addresses at which anybody can buy.',
  empty: 'No links yet.',
  columns: [{ label: 'Link', path: 'id' }, { label: 'Address', path: 'url' }, active],
  filters: ['active'],
  actions: [],
};

const meters: Section = {
  ...{ name: 'meters', title: 'Meters', group: 'Catalog', prefixes: ['mtr'], list: '/v1/billing/meters' },
  about: 'What is counted of usage.',
  empty: 'No meters yet.',
  columns: [
    { label: 'Name', path: 'display_name' },
    { label: 'Event', path: 'event_name' },
    { label: 'Counts', path: 'default_aggregation.formula' },
    status,
    created,
  ],
  filters: ['status'],
  actions: [],
};

export const CATALOG: readonly Section[] = [products, prices, coupons, promotionCodes, experiments, links, meters];
