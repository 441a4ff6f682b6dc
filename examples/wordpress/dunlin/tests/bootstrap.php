<?php
/**
 * Small stand-ins for what WordPress and WooCommerce provide: as much of them as the plugin uses.
 *
 * @package Dunlin
 */

declare( strict_types = 1 );

define( 'ABSPATH', __DIR__ );

/** What a test sets, and what the plugin has done. */
final class World {
	/** @var array<string, string> */
	public static array $options = array();
	/** @var array<int, WC_Order> */
	public static array $orders = array();
	/** @var list<array{url: string, arguments: array<string, mixed>}> */
	public static array $requests = array();
	/** @var WP_Error|array{status: int, body: string} */
	public static $answer = array( 'status' => 200, 'body' => '{}' );
	/** @var string[] */
	public static array $scripts = array();
	/** @var array<string, array<string, mixed>> */
	public static array $blocks = array();
	/** @var string[] */
	public static array $notices = array();

	public static function begin(): void {
		self::$options  = array( 'dunlin_url' => 'https://billing.example.com/', 'dunlin_api_key' => 'sk_test_1', 'dunlin_webhook_secret' => 'whsec_1' );
		self::$orders   = array();
		self::$requests = array();
		self::$answer   = array( 'status' => 200, 'body' => '{}' );
		self::$scripts  = array();
		self::$blocks   = array();
		self::$notices  = array();
	}
}

final class WP_Error {
	public function __construct( public string $code, public string $message ) {}
	public function get_error_message(): string {
		return $this->message;
	}
}

class WC_Payment_Gateway {
	public string $id = '';
	public string $method_title = '';
	public string $method_description = '';
	public string $title = '';
	public string $description = '';
	public bool $has_fields = false;
	/** @var string[] */
	public array $supports = array();
	/** @var array<string, array<string, string>> */
	public array $form_fields = array();
	public function init_settings(): void {}
	public function get_option( string $name, string $default = '' ): string {
		return $default;
	}
	public function is_available(): bool {
		return true;
	}
	public function get_return_url( WC_Order $order ): string {
		return "https://shop.example.com/checkout/order-received/{$order->get_id()}/";
	}
}

final class WC_Order {
	/** @var array<string, string> */
	public array $meta = array();
	/** @var string[] */
	public array $notes = array();
	/** @var string[] */
	public array $refunds = array();
	public string $status = 'pending';
	public string $transaction = '';
	public int $completions = 0;

	public function __construct( private int $id, public string $total = '19.99', public string $currency = 'EUR' ) {
		World::$orders[ $id ] = $this;
	}
	public function get_id(): int {
		return $this->id;
	}
	public function get_order_number(): string {
		return (string) $this->id;
	}
	public function get_order_key(): string {
		return "wc_order_{$this->id}";
	}
	public function get_total(): string {
		return $this->total;
	}
	public function get_currency(): string {
		return $this->currency;
	}
	public function get_billing_email(): string {
		return 'ann@example.com';
	}
	public function get_cancel_order_url_raw(): string {
		return 'https://shop.example.com/cart/?cancel_order=true';
	}
	public function get_transaction_id(): string {
		return $this->transaction;
	}
	public function set_transaction_id( string $id ): void {
		$this->transaction = $id;
	}
	/** @return string[] */
	public function get_refunds(): array {
		return $this->refunds;
	}
	public function update_meta_data( string $name, string $value ): void {
		$this->meta[ $name ] = $value;
	}
	public function save(): void {}
	public function add_order_note( string $note ): void {
		$this->notes[] = $note;
	}
	public function update_status( string $status, string $note = '' ): void {
		$this->status  = $status;
		$this->notes[] = $note;
	}
	public function is_paid(): bool {
		return in_array( $this->status, array( 'processing', 'completed' ), true );
	}
	public function payment_complete( string $transaction ): void {
		$this->status      = 'processing';
		$this->transaction = $transaction;
		++$this->completions;
	}
}

function add_action( string $name, callable|array|string $callback ): void {}
function get_option( string $name, mixed $default = false ): mixed {
	return World::$options[ $name ] ?? $default;
}
function home_url(): string {
	return 'https://shop.example.com';
}
function wc_get_order( int $id ): WC_Order|false {
	return World::$orders[ $id ] ?? false;
}
function wc_add_notice( string $text, string $type ): void {
	World::$notices[] = $text;
}
function wc_get_logger(): object {
	return new class() {
		/** @param array<string, string> $context Of the message. */
		public function error( string $message, array $context ): void {}
	};
}
/** @param array<string, mixed> $arguments As WordPress takes them. */
function wp_remote_post( string $url, array $arguments ): mixed {
	World::$requests[] = array( 'url' => $url, 'arguments' => $arguments );
	return World::$answer;
}
function is_wp_error( mixed $value ): bool {
	return $value instanceof WP_Error;
}
/** @param array{status: int, body: string} $response As answered. */
function wp_remote_retrieve_body( array $response ): string {
	return $response['body'];
}
/** @param array{status: int, body: string} $response As answered. */
function wp_remote_retrieve_response_code( array $response ): int {
	return $response['status'];
}
function plugins_url( string $path, string $file ): string {
	return "https://shop.example.com/wp-content/plugins/dunlin/{$path}";
}
function wp_register_script( string $handle, string $source, mixed ...$more ): void {}
function wp_enqueue_script( string $handle ): void {
	World::$scripts[] = $handle;
}
/** @param array<string, mixed> $block As WordPress takes it. */
function register_block_type( string $name, array $block ): void {
	World::$blocks[ $name ] = $block;
}
function esc_attr( string $text ): string {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_html( string $text ): string {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_url( string $url ): string {
	return htmlspecialchars( $url, ENT_QUOTES );
}

foreach ( array( 'api', 'amounts', 'blocks', 'settings', 'signature', 'webhook', 'gateway' ) as $part ) {
	require_once dirname( __DIR__ ) . "/includes/{$part}.php";
}
