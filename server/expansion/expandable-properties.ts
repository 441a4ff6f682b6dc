/** What `expand[]` can reach in each object, as types. */
import type Stripe from 'stripe';
import type { WireCharge } from '../../objects/shapes/charge';
import type { WireCreditTopUp } from '../../objects/shapes/credit-top-up';
import type { WireSubscription } from '../../objects/shapes/subscription';
import type { Expandable } from './expansion-kinds';

/** The first part of each path must be a property of Stripe's type. */
type Properties<T> = Partial<Record<(keyof T & string) | `${keyof T & string}.${string}`, Expandable>>;

export interface ExpandableProperties {
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
  'entitlements.active_entitlement': Properties<Stripe.Entitlements.ActiveEntitlement>;
  customer_session: Properties<Stripe.CustomerSession>;
  customer_balance_transaction: Properties<Stripe.CustomerBalanceTransaction>;
  discount: Properties<Stripe.Discount>;
  file_link: Properties<Stripe.FileLink>;
  dispute: Properties<Stripe.Dispute>;
  'radar.early_fraud_warning': Properties<Stripe.Radar.EarlyFraudWarning>;
  'radar.payment_evaluation': Properties<Stripe.Radar.PaymentEvaluation>;
  review: Properties<Stripe.Review>;
  invoice: Properties<Stripe.Invoice>;
  invoice_payment: Properties<Stripe.InvoicePayment>;
  payment_record: Properties<Stripe.PaymentRecord>;
  invoiceitem: Properties<Stripe.InvoiceItem>;
  item: Properties<Stripe.LineItem>;
  line_item: Properties<Stripe.InvoiceLineItem>;
  mandate: Properties<Stripe.Mandate>;
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
