<?php
declare( strict_types = 1 );

use PHPUnit\Framework\TestCase;
use function Dunlin\is_signed;
use function Dunlin\receive_event;

final class WebhookTest extends TestCase {
	private const NOW = 1764400000;

	protected function setUp(): void {
		World::begin();
	}

	private function sign( string $payload, int $time = self::NOW, string $secret = 'whsec_1' ): string {
		return "t={$time},v1=" . hash_hmac( 'sha256', "{$time}.{$payload}", $secret );
	}

	/** @param array<string, mixed> $change Of the session. */
	private function deliver( string $type, array $change = array() ): int {
		$session = array(
			'object'         => 'checkout.session',
			'id'             => 'cs_test_1',
			'payment_status' => 'paid',
			'payment_intent' => 'pi_1',
			'amount_total'   => 1999,
			'currency'       => 'eur',
			'metadata'       => array( 'order_id' => '7', 'order_key' => 'wc_order_7' ),
		);
		$payload = (string) json_encode( array( 'type' => $type, 'data' => array( 'object' => array_merge( $session, $change ) ) ) );
		return receive_event( $payload, $this->sign( $payload ), self::NOW );
	}

	public function test_a_signature_is_of_this_payload_this_secret_and_this_time(): void {
		$header = $this->sign( '{}' );
		$this->assertTrue( is_signed( '{}', $header, 'whsec_1', self::NOW ) );
		$this->assertTrue( is_signed( '{}', $header . ',v1=of-the-new-secret', 'whsec_1', self::NOW + 300 ) );
		$this->assertFalse( is_signed( '{ }', $header, 'whsec_1', self::NOW ) );
		$this->assertFalse( is_signed( '{}', $header, 'whsec_2', self::NOW ) );
		$this->assertFalse( is_signed( '{}', $header, 'whsec_1', self::NOW + 301 ) );
		$this->assertFalse( is_signed( '{}', '', 'whsec_1', self::NOW ) );
		$this->assertFalse( is_signed( '{}', $this->sign( '{}', self::NOW, '' ), '', self::NOW ) );
	}

	public function test_a_paid_session_completes_its_order_once(): void {
		$order = new WC_Order( 7 );
		$this->assertSame( 200, $this->deliver( 'checkout.session.completed' ) );
		$this->assertSame( 200, $this->deliver( 'checkout.session.completed' ) );
		$this->assertSame( array( 'processing', 'pi_1', 1 ), array( $order->status, $order->transaction, $order->completions ) );
	}

	public function test_a_second_payment_of_an_order_is_shown_to_the_seller(): void {
		$order = new WC_Order( 7 );
		$this->deliver( 'checkout.session.completed' );
		$this->deliver( 'checkout.session.completed', array( 'payment_intent' => 'pi_2' ) );
		$this->assertSame( array( 'pi_1', 1 ), array( $order->transaction, $order->completions ) );
		$this->assertSame( array( 'The buyer has paid this order a second time. Refund pi_2 at Dunlin.' ), $order->notes );
	}

	public function test_an_unsigned_event_changes_nothing(): void {
		$order = new WC_Order( 7 );
		$this->assertSame( 400, receive_event( '{"type":"checkout.session.completed"}', 't=1,v1=x', self::NOW ) );
		$this->assertSame( 'pending', $order->status );
	}

	public function test_an_order_waits_for_a_bank_and_then_is_paid_or_failed(): void {
		$order = new WC_Order( 7 );
		$this->deliver( 'checkout.session.completed', array( 'payment_status' => 'unpaid' ) );
		$this->assertSame( 'on-hold', $order->status );
		$this->deliver( 'checkout.session.async_payment_succeeded' );
		$this->assertSame( 'processing', $order->status );
		$other = new WC_Order( 7 );
		$this->deliver( 'checkout.session.async_payment_failed', array( 'payment_status' => 'unpaid' ) );
		$this->assertSame( 'failed', $other->status );
	}

	public function test_an_order_that_costs_something_else_meanwhile_is_held_for_the_seller(): void {
		$order = new WC_Order( 7, '25.00' );
		$this->deliver( 'checkout.session.completed' );
		$this->assertSame( array( 'on-hold', 'pi_1', 0 ), array( $order->status, $order->transaction, $order->completions ) );
		$this->assertStringContainsString( 'not what the order costs', $order->notes[0] );
		$currency = new WC_Order( 7, '19.99', 'USD' );
		$this->deliver( 'checkout.session.completed' );
		$this->assertSame( 'on-hold', $currency->status );
	}

	public function test_orders_of_another_site_and_other_events_are_left_alone(): void {
		$order = new WC_Order( 7 );
		$this->assertSame( 200, $this->deliver( 'checkout.session.completed', array( 'metadata' => array( 'order_id' => '7', 'order_key' => 'wc_order_other' ) ) ) );
		$this->assertSame( 200, $this->deliver( 'checkout.session.completed', array( 'metadata' => array() ) ) );
		$this->assertSame( 200, $this->deliver( 'checkout.session.expired' ) );
		$payload = '{"type":"invoice.paid","data":{"object":{"object":"invoice"}}}';
		$this->assertSame( 200, receive_event( $payload, $this->sign( $payload ), self::NOW ) );
		$this->assertSame( 'pending', $order->status );
	}
}
