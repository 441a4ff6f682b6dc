import type { PaymentMethod } from './payment-method';
import type { Resource } from './resource';

type OnOff = 'disabled' | 'enabled';
type Redisplay = PaymentMethod['allowRedisplay'];

/** What a page of the seller may do for one customer, until it expires. In Stripe's snake_case. */
export interface CustomerSession extends Resource {
  clientSecret: string;
  customer: string;
  components: CustomerSessionComponents;
  /** Half an hour after it was made. */
  expiresAt: number;
}

interface Component {
  enabled: boolean;
}

export interface CustomerSessionComponents {
  active_entitlements: Component;
  buy_button: Component;
  customer_portal: Component;
  customer_sheet: Component & { features: CustomerSheetFeatures | null };
  mobile_payment_element: Component & { features: MobileElementFeatures | null };
  payment_element: Component & { features: PaymentElementFeatures | null };
  pricing_table: Component;
}

export interface CustomerSheetFeatures {
  payment_method_allow_redisplay_filters: Redisplay[];
  payment_method_remove: OnOff;
}

export interface MobileElementFeatures extends CustomerSheetFeatures {
  payment_method_redisplay: OnOff;
  payment_method_save: OnOff;
  payment_method_save_allow_redisplay_override: Redisplay | null;
}

export interface PaymentElementFeatures extends CustomerSheetFeatures {
  payment_method_redisplay: OnOff;
  payment_method_redisplay_limit: number | null;
  payment_method_save: OnOff;
  payment_method_save_usage: 'off_session' | 'on_session' | null;
}
