<?php
/**
 * The payment method in WooCommerce's checkout block.
 *
 * @package Dunlin
 */

declare( strict_types = 1 );

namespace Dunlin;

use Automattic\WooCommerce\Blocks\Payments\Integrations\AbstractPaymentMethodType;

final class Checkout_Block extends AbstractPaymentMethodType {
	/** @var string */
	protected $name = 'dunlin';

	public function initialize(): void {
		$this->settings = get_option( 'woocommerce_dunlin_settings', array() );
	}

	public function is_active(): bool {
		return 'yes' === ( $this->settings['enabled'] ?? 'no' );
	}

	/** @return string[] */
	public function get_payment_method_script_handles(): array {
		wp_register_script(
			'dunlin-checkout',
			plugins_url( 'blocks/checkout.js', __DIR__ . '/../dunlin.php' ),
			array( 'wc-blocks-registry', 'wc-settings', 'wp-element', 'wp-html-entities' ),
			'0.1.0',
			true
		);
		return array( 'dunlin-checkout' );
	}

	/** @return array<string, string> */
	public function get_payment_method_data(): array {
		return array(
			'title'       => (string) ( $this->settings['title'] ?? DEFAULT_TITLE ),
			'description' => (string) ( $this->settings['description'] ?? '' ),
		);
	}
}
