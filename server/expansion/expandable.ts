/** The properties that `expand[]` can reach, by object name and path within the object. Lists and arrays are traversed. */
import type Stripe from 'stripe';
import type { WireCharge } from '../../objects/shapes/charge';
import type { WireCreditTopUp } from '../../objects/shapes/credit-top-up';
import type { WireSubscription } from '../../objects/shapes/subscription';
import { couponOf, included, includedList, inside, listOf, nothing, reference, type Expandable } from './expansion-kinds';

/** The first part of each path must be a property of Stripe's type. */
type Properties<T> = Partial<Record<(keyof T & string) | `${keyof T & string}.${string}`, Expandable>>;

interface Table {
  balance_transaction: Properties<Stripe.BalanceTransaction>;
  'billing.alert': Properties<Stripe.Billing.Alert>;
  'billing.credit_balance_summary': Properties<Stripe.Billing.CreditBalanceSummary>;
  'billing.credit_balance_transaction': Properties<Stripe.Billing.CreditBalanceTransaction>;
  'billing.credit_grant': Properties<Stripe.Billing.CreditGrant>;
  'billing.credit_top_up': Properties<WireCreditTopUp>;
  card: Properties<Stripe.Card>;
  charge: Properties<Stripe.Charge & Pick<WireCharge, 'dispute'>>;
  'checkout.session': Properties<Stripe.Checkout.Session>;
  payment_link: Properties<Stripe.PaymentLink>;
  'billing_portal.configuration': Properties<Stripe.BillingPortal.Configuration>;
  'billing_portal.session': Properties<Stripe.BillingPortal.Session>;
  shipping_rate: Properties<Stripe.ShippingRate>;
  coupon: Properties<Stripe.Coupon>;
  credit_note: Properties<Stripe.CreditNote>;
  credit_note_line_item: Properties<Stripe.CreditNoteLineItem>;
  customer: Properties<Stripe.Customer>;
  customer_session: Properties<Stripe.CustomerSession>;
  customer_balance_transaction: Properties<Stripe.CustomerBalanceTransaction>;
  discount: Properties<Stripe.Discount>;
  dispute: Properties<Stripe.Dispute>;
  invoice: Properties<Stripe.Invoice>;
  invoice_payment: Properties<Stripe.InvoicePayment>;
  payment_record: Properties<Stripe.PaymentRecord>;
  invoiceitem: Properties<Stripe.InvoiceItem>;
  item: Properties<Stripe.LineItem>;
  line_item: Properties<Stripe.InvoiceLineItem>;
  payment_intent: Properties<Stripe.PaymentIntent>;
  payment_method: Properties<Stripe.PaymentMethod>;
  plan: Properties<Stripe.Plan>;
  price: Properties<Stripe.Price>;
  product: Properties<Stripe.Product>;
  promotion_code: Properties<Stripe.PromotionCode>;
  quote: Properties<Stripe.Quote>;
  refund: Properties<Stripe.Refund>;
  setup_attempt: Properties<Stripe.SetupAttempt>;
  setup_intent: Properties<Stripe.SetupIntent>;
  subscription: Properties<Stripe.Subscription & Pick<WireSubscription, 'plan'>>;
  subscription_item: Properties<Stripe.SubscriptionItem>;
  subscription_schedule: Properties<Stripe.SubscriptionSchedule>;
  'tax.calculation': Properties<Stripe.Tax.Calculation>;
  'tax.calculation_line_item': Properties<Stripe.Tax.CalculationLineItem>;
  'tax.transaction': Properties<Stripe.Tax.Transaction>;
  tax_id: Properties<Stripe.TaxId>;
}

export const EXPANDABLE: Table = {
  balance_transaction: { source: reference('charge', 'refund', 'dispute') },
  'billing.alert': { 'usage_threshold.filters.customer': reference('customer'), 'usage_threshold.meter': reference('meter') },
  'billing.credit_balance_summary': { customer: reference('customer') },
  'billing.credit_balance_transaction': {
    'credit.credits_application_invoice_voided.invoice': reference('invoice'),
    credit_grant: reference('creditGrant'),
    'debit.credits_applied.invoice': reference('invoice'),
    test_clock: reference('testClock'),
  },
  'billing.credit_grant': { customer: reference('customer'), test_clock: reference('testClock') },
  'billing.credit_top_up': {
    customer: reference('customer'),
    default_payment_method: reference('paymentMethod'),
    latest_credit_grant: reference('creditGrant'),
    latest_invoice: reference('invoice'),
    pending_invoice: reference('invoice'),
    test_clock: reference('testClock'),
  },
  card: { customer: reference('customer') },
  charge: {
    application: nothing,
    application_fee: nothing,
    balance_transaction: reference('balanceTransaction'),
    customer: reference('customer'),
    dispute: reference('dispute'),
    failure_balance_transaction: nothing,
    on_behalf_of: nothing,
    payment_intent: reference('paymentIntent'),
    refunds: includedList('charge.refunds', 'refund'),
    review: nothing,
    source_transfer: nothing,
  },
  coupon: { applies_to: included('coupon.applies_to'), currency_options: included('coupon.currency_options') },
  credit_note: {
    customer: reference('customer'),
    customer_balance_transaction: reference('customerBalanceTransaction'),
    'discount_amounts.discount': reference('discount'),
    invoice: reference('invoice'),
    lines: listOf('credit_note_line_item'),
    'pretax_credit_amounts.credit_balance_transaction': reference('creditBalanceTransaction'),
    'pretax_credit_amounts.discount': reference('discount'),
    'refunds.refund': reference('refund'),
    'shipping_cost.shipping_rate': nothing,
    'total_taxes.tax_rate_details.tax_rate': reference('taxRate'),
  },
  credit_note_line_item: {
    'discount_amounts.discount': reference('discount'),
    'pretax_credit_amounts.credit_balance_transaction': reference('creditBalanceTransaction'),
    'pretax_credit_amounts.discount': reference('discount'),
    tax_rates: inside('tax_rate'),
    'taxes.tax_rate_details.tax_rate': reference('taxRate'),
  },
  customer_session: { customer: reference('customer') },
  customer: {
    cash_balance: included('customer.cash_balance'),
    default_source: reference('card'),
    discount: inside('discount'),
    invoice_credit_balance: included('customer.invoice_credit_balance'),
    'invoice_settings.default_payment_method': reference('paymentMethod'),
    sources: includedList('customer.sources', 'card'),
    subscriptions: includedList('customer.subscriptions', 'subscription'),
    tax: included('customer.tax'),
    tax_ids: includedList('customer.tax_ids', 'tax_id'),
    test_clock: reference('testClock'),
  },
  'billing_portal.configuration': {
    application: nothing,
    'features.subscription_update.products': included('billing_portal.configuration.products'),
  },
  'billing_portal.session': { configuration: reference('portalConfiguration') },
  payment_link: {
    application: nothing,
    line_items: includedList('payment_link.line_items', 'item'),
    on_behalf_of: nothing,
    'shipping_options.shipping_rate': reference('shippingRate'),
  },
  'checkout.session': {
    customer: reference('customer'),
    'discounts.coupon': reference('coupon'),
    'discounts.promotion_code': reference('promotionCode'),
    invoice: reference('invoice'),
    line_items: includedList('checkout.session.line_items', 'item'),
    payment_intent: reference('paymentIntent'),
    payment_link: reference('paymentLink'),
    setup_intent: reference('setupIntent'),
    'shipping_cost.shipping_rate': reference('shippingRate'),
    'shipping_options.shipping_rate': reference('shippingRate'),
    subscription: reference('subscription'),
  },
  shipping_rate: { 'fixed_amount.currency_options': included('shipping_rate.currency_options'), tax_code: nothing },
  customer_balance_transaction: {
    checkout_session: nothing,
    credit_note: reference('creditNote'),
    customer: reference('customer'),
    invoice: reference('invoice'),
  },
  discount: { customer: reference('customer'), promotion_code: reference('promotionCode'), 'source.coupon': couponOf('discount') },
  dispute: { balance_transactions: inside('balance_transaction'), charge: reference('charge'), payment_intent: reference('paymentIntent') },
  invoice: {
    account_tax_ids: reference('taxId'),
    application: nothing,
    confirmation_secret: included('invoice.confirmation_secret'),
    customer: reference('customer'),
    default_payment_method: reference('paymentMethod'),
    default_source: nothing,
    default_tax_rates: inside('tax_rate'),
    discounts: reference('discount'),
    'from_invoice.invoice': reference('invoice'),
    latest_revision: reference('invoice'),
    lines: listOf('line_item'),
    on_behalf_of: nothing,
    'parent.subscription_details.subscription': reference('subscription'),
    payments: includedList('invoice.payments', 'invoice_payment'),
    test_clock: reference('testClock'),
    'total_discount_amounts.discount': reference('discount'),
    'total_pretax_credit_amounts.credit_balance_transaction': reference('creditBalanceTransaction'),
    'total_pretax_credit_amounts.discount': reference('discount'),
    'total_taxes.tax_rate_details.tax_rate': reference('taxRate'),
  },
  payment_record: {},
  invoice_payment: {
    invoice: reference('invoice'),
    'payment.charge': nothing,
    'payment.payment_intent': reference('paymentIntent'),
    'payment.payment_record': reference('paymentRecord'),
  },
  invoiceitem: {
    customer: reference('customer'),
    discounts: reference('discount'),
    invoice: reference('invoice'),
    'pricing.price_details.price': reference('price'),
    'proration_details.discount_amounts.discount': reference('discount'),
    tax_rates: inside('tax_rate'),
    test_clock: reference('testClock'),
  },
  item: { price: inside('price') },
  line_item: {
    'discount_amounts.discount': reference('discount'),
    discounts: reference('discount'),
    'pretax_credit_amounts.credit_balance_transaction': reference('creditBalanceTransaction'),
    'pretax_credit_amounts.discount': reference('discount'),
    'pricing.price_details.price': reference('price'),
    subscription: reference('subscription'),
    'taxes.tax_rate_details.tax_rate': reference('taxRate'),
  },
  payment_intent: {
    application: nothing,
    customer: reference('customer'),
    'last_payment_error.payment_method': inside('payment_method'),
    latest_charge: reference('charge'),
    on_behalf_of: nothing,
    payment_method: reference('paymentMethod'),
    review: nothing,
  },
  payment_method: { customer: reference('customer') },
  plan: { product: reference('product'), tiers: included('plan.tiers') },
  price: { currency_options: included('price.currency_options'), product: reference('product'), tiers: included('price.tiers') },
  product: { default_price: reference('price'), tax_code: nothing },
  promotion_code: {
    customer: reference('customer'),
    'promotion.coupon': couponOf('promotionCode'),
    'restrictions.currency_options': included('promotion_code.currency_options'),
  },
  quote: {
    application: nothing,
    'computed.recurring.total_details.breakdown': included('quote.computed.recurring.total_details.breakdown'),
    'computed.upfront.line_items': includedList('quote.computed.upfront.line_items', 'item'),
    'computed.upfront.total_details.breakdown': included('quote.computed.upfront.total_details.breakdown'),
    customer: reference('customer'),
    default_tax_rates: reference('taxRate'),
    discounts: reference('discount'),
    'from_quote.quote': reference('quote'),
    invoice: reference('invoice'),
    line_items: includedList('quote.line_items', 'item'),
    on_behalf_of: nothing,
    subscription: reference('subscription'),
    subscription_schedule: reference('subscriptionSchedule'),
    test_clock: reference('testClock'),
    'total_details.breakdown': included('quote.total_details.breakdown'),
  },
  refund: {
    balance_transaction: reference('balanceTransaction'),
    charge: reference('charge'),
    customer: reference('customer'),
    failure_balance_transaction: reference('balanceTransaction'),
    payment_intent: reference('paymentIntent'),
    payment_method: reference('paymentMethod'),
    source_transfer_reversal: nothing,
    transfer_reversal: nothing,
  },
  setup_attempt: { customer: reference('customer'), payment_method: reference('paymentMethod'), setup_intent: reference('setupIntent') },
  setup_intent: {
    application: nothing,
    customer: reference('customer'),
    'last_setup_error.payment_method': inside('payment_method'),
    latest_attempt: nothing,
    mandate: nothing,
    on_behalf_of: nothing,
    payment_method: reference('paymentMethod'),
    single_use_mandate: nothing,
  },
  subscription: {
    application: nothing,
    customer: reference('customer'),
    default_payment_method: reference('paymentMethod'),
    default_source: nothing,
    default_tax_rates: inside('tax_rate'),
    discounts: reference('discount'),
    'invoice_settings.account_tax_ids': reference('taxId'),
    items: listOf('subscription_item'),
    latest_invoice: reference('invoice'),
    on_behalf_of: nothing,
    pending_setup_intent: reference('setupIntent'),
    'pending_update.subscription_items': inside('subscription_item'),
    plan: inside('plan'),
    schedule: reference('subscriptionSchedule'),
    test_clock: reference('testClock'),
  },
  subscription_schedule: {
    application: nothing,
    customer: reference('customer'),
    'default_settings.default_payment_method': reference('paymentMethod'),
    'default_settings.invoice_settings.account_tax_ids': reference('taxId'),
    'default_settings.on_behalf_of': nothing,
    'phases.add_invoice_items.discounts.coupon': reference('coupon'),
    'phases.add_invoice_items.discounts.discount': reference('discount'),
    'phases.add_invoice_items.discounts.promotion_code': reference('promotionCode'),
    'phases.add_invoice_items.price': reference('price'),
    'phases.default_payment_method': reference('paymentMethod'),
    'phases.discounts.coupon': reference('coupon'),
    'phases.discounts.discount': reference('discount'),
    'phases.discounts.promotion_code': reference('promotionCode'),
    'phases.invoice_settings.account_tax_ids': reference('taxId'),
    'phases.items.discounts.coupon': reference('coupon'),
    'phases.items.discounts.discount': reference('discount'),
    'phases.items.discounts.promotion_code': reference('promotionCode'),
    'phases.items.plan': reference('plan'),
    'phases.items.price': reference('price'),
    'phases.on_behalf_of': nothing,
    subscription: reference('subscription'),
    test_clock: reference('testClock'),
  },
  subscription_item: { discounts: reference('discount'), plan: inside('plan'), price: inside('price'), tax_rates: inside('tax_rate') },
  'tax.calculation': { line_items: includedList('tax.calculation.line_items', 'tax.calculation_line_item') },
  // Always shown here.
  'tax.calculation_line_item': { tax_breakdown: nothing },
  'tax.transaction': { line_items: includedList('tax.transaction.line_items', 'tax.transaction_line_item') },
  tax_id: {
    customer: reference('customer'),
    'owner.account': nothing,
    'owner.application': nothing,
    'owner.customer': reference('customer'),
  },
};
