<?php
/**
 * The payment method: an order is paid on Dunlin's hosted page, and refunded from WooCommerce.
 *
 * @package Dunlin
 */

declare( strict_types = 1 );

namespace Dunlin;

const DEFAULT_TITLE = 'Card';

final class Gateway extends \WC_Payment_Gateway {
	public function __construct() {
		$this->id                 = 'dunlin';
		$this->method_title       = 'Dunlin';
		$this->method_description = 'Buyers pay on a page of your own Dunlin. Its address and key are in Settings, Dunlin.';
		$this->has_fields         = false;
		$this->supports           = array( 'products', 'refunds' );
		$this->init_form_fields();
		$this->init_settings();
		$this->title       = $this->get_option( 'title', DEFAULT_TITLE );
		$this->description = $this->get_option( 'description', '' );
		add_action( "woocommerce_update_options_payment_gateways_{$this->id}", array( $this, 'process_admin_options' ) );
	}

	public function init_form_fields(): void {
		$this->form_fields = array(
			'enabled'     => array( 'title' => 'Enabled', 'type' => 'checkbox', 'label' => 'Let buyers pay with Dunlin', 'default' => 'no' ),
			'title'       => array( 'title' => 'Title', 'type' => 'text', 'default' => DEFAULT_TITLE ),
			'description' => array( 'title' => 'Description', 'type' => 'textarea', 'default' => '' ),
		);
	}

	public function is_available(): bool {
		return parent::is_available() && '' !== dunlin_url() && '' !== setting( 'dunlin_api_key' ) && '' !== setting( 'dunlin_webhook_secret' );
	}

	/**
	 * Opens a checkout for the order, and sends the buyer there. A second click finds the same one.
	 *
	 * @param int $order_id Of the order.
	 * @return array<string, string>
	 */
	public function process_payment( $order_id ): array {
		$order = wc_get_order( $order_id );
		try {
			$session = post( '/v1/checkout/sessions', $this->session_of( $order ), $this->key_of( $order ) );
		} catch ( Api_Error | \InvalidArgumentException $error ) {
			wc_get_logger()->error( "Order {$order_id}: {$error->getMessage()}", array( 'source' => 'dunlin' ) );
			wc_add_notice( 'The payment page cannot be opened at the moment. Nothing was charged. Please try again.', 'error' );
			return array( 'result' => 'failure' );
		}
		$order->update_meta_data( '_dunlin_session', (string) $session['id'] );
		$order->save();
		return array( 'result' => 'success', 'redirect' => (string) $session['url'] );
	}

	/**
	 * One line with the order's total: WooCommerce has calculated tax, shipping and discounts already.
	 *
	 * @param \WC_Order $order To be paid.
	 * @return array<string, mixed>
	 */
	private function session_of( $order ): array {
		$metadata = array( 'order_id' => (string) $order->get_id(), 'order_key' => (string) $order->get_order_key() );
		$email    = (string) $order->get_billing_email();
		return array(
			'mode'                => 'payment',
			'success_url'         => $this->get_return_url( $order ),
			'cancel_url'          => $order->get_cancel_order_url_raw(),
			'client_reference_id' => (string) $order->get_id(),
			'metadata'            => $metadata,
			'payment_intent_data' => array( 'metadata' => $metadata, 'description' => "Order {$order->get_order_number()}" ),
			'line_items'          => array(
				array(
					'quantity'   => 1,
					'price_data' => array(
						'currency'     => strtolower( (string) $order->get_currency() ),
						'unit_amount'  => minor_units( (string) $order->get_total(), (string) $order->get_currency() ),
						'product_data' => array( 'name' => "Order {$order->get_order_number()}" ),
					),
				),
			),
		) + ( '' === $email ? array() : array( 'customer_email' => $email ) );
	}

	/**
	 * The same for the same order and amount on the same day: a session is open for a day. Orders of other sites have other keys.
	 *
	 * @param \WC_Order $order To be paid.
	 */
	private function key_of( $order ): string {
		return hash( 'sha256', implode( '/', array( home_url(), $order->get_order_key(), $order->get_currency(), $order->get_total(), gmdate( 'Y-m-d' ) ) ) );
	}

	/**
	 * Pays back an amount, or all of it.
	 *
	 * @param int         $order_id Of the order.
	 * @param string|null $amount   Decimal text; null is all.
	 * @param string      $reason   For the seller's own records.
	 * @return bool|\WP_Error
	 */
	public function process_refund( $order_id, $amount = null, $reason = '' ) {
		$order  = wc_get_order( $order_id );
		$intent = (string) $order->get_transaction_id();
		if ( '' === $intent ) {
			return new \WP_Error( 'dunlin_unpaid', 'This order has no payment by Dunlin.' );
		}
		$earlier    = count( $order->get_refunds() );
		$parameters = array( 'payment_intent' => $intent, 'metadata' => array( 'order_id' => (string) $order_id ) );
		try {
			if ( null !== $amount ) {
				$parameters['amount'] = minor_units( (string) $amount, (string) $order->get_currency() );
			}
			if ( '' !== (string) $reason ) {
				$parameters['metadata']['reason'] = mb_substr( (string) $reason, 0, 500 );
			}
			// WooCommerce has made its refund already, so a repeated try has the same count, and the next refund another one.
			$key    = hash( 'sha256', implode( '/', array( 'refund', home_url(), $order->get_order_key(), $earlier, (string) $amount ) ) );
			$refund = post( '/v1/refunds', $parameters, $key );
		} catch ( Api_Error | \InvalidArgumentException $error ) {
			return new \WP_Error( 'dunlin_refund', $error->getMessage() );
		}
		if ( in_array( $refund['status'] ?? '', array( 'failed', 'canceled' ), true ) ) {
			return new \WP_Error( 'dunlin_refund', 'The bank has not accepted the refund.' );
		}
		$order->add_order_note( "Refund {$refund['id']} at Dunlin." );
		return true;
	}
}
