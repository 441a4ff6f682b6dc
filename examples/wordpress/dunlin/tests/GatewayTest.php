<?php
declare( strict_types = 1 );

use Dunlin\Gateway;
use PHPUnit\Framework\TestCase;

final class GatewayTest extends TestCase {
	protected function setUp(): void {
		World::begin();
	}

	/** @return array<string, mixed> */
	private function sent( int $index = 0 ): array {
		parse_str( World::$requests[ $index ]['arguments']['body'], $parameters );
		return $parameters;
	}

	private function key( int $index ): string {
		return World::$requests[ $index ]['arguments']['headers']['Idempotency-Key'];
	}

	public function test_an_order_is_paid_on_dunlins_page_with_its_exact_total(): void {
		World::$answer = array( 'status' => 200, 'body' => '{"id":"cs_test_1","url":"https://billing.example.com/c/pay/cs_test_1"}' );
		$order         = new WC_Order( 7 );
		$answer        = ( new Gateway() )->process_payment( 7 );
		$this->assertSame( array( 'result' => 'success', 'redirect' => 'https://billing.example.com/c/pay/cs_test_1' ), $answer );
		$this->assertSame( 'https://billing.example.com/v1/checkout/sessions', World::$requests[0]['url'] );
		$this->assertSame( 'Bearer sk_test_1', World::$requests[0]['arguments']['headers']['Authorization'] );
		$sent = $this->sent();
		$this->assertSame( '1999', $sent['line_items'][0]['price_data']['unit_amount'] );
		$this->assertSame( 'eur', $sent['line_items'][0]['price_data']['currency'] );
		$this->assertSame( array( 'order_id' => '7', 'order_key' => 'wc_order_7' ), $sent['metadata'] );
		$this->assertSame( $sent['metadata'], $sent['payment_intent_data']['metadata'] );
		$this->assertSame( 'https://shop.example.com/checkout/order-received/7/', $sent['success_url'] );
		$this->assertSame( 'ann@example.com', $sent['customer_email'] );
		$this->assertSame( 'cs_test_1', $order->meta['_dunlin_session'] );
		$this->assertSame( 'pending', $order->status );
	}

	public function test_a_second_click_is_the_same_request_and_another_amount_is_another_one(): void {
		World::$answer = array( 'status' => 200, 'body' => '{"id":"cs_test_1","url":"https://billing.example.com/c/pay/cs_test_1"}' );
		$order         = new WC_Order( 7 );
		$gateway       = new Gateway();
		$gateway->process_payment( 7 );
		$gateway->process_payment( 7 );
		$order->total = '20.99';
		$gateway->process_payment( 7 );
		$this->assertSame( $this->key( 0 ), $this->key( 1 ) );
		$this->assertNotSame( $this->key( 0 ), $this->key( 2 ) );
	}

	public function test_a_refusal_or_an_outage_tells_the_buyer_that_nothing_was_charged(): void {
		foreach ( array( array( 'status' => 400, 'body' => '{"error":{"message":"No."}}' ), array( 'status' => 502, 'body' => '<html>' ), new WP_Error( 'http', 'timed out' ) ) as $answer ) {
			World::begin();
			World::$answer = $answer;
			new WC_Order( 7 );
			$this->assertSame( array( 'result' => 'failure' ), ( new Gateway() )->process_payment( 7 ) );
			$this->assertStringContainsString( 'Nothing was charged', World::$notices[0] );
		}
	}

	public function test_it_is_not_offered_before_its_settings_are_there(): void {
		$this->assertTrue( ( new Gateway() )->is_available() );
		foreach ( array( 'dunlin_url', 'dunlin_api_key', 'dunlin_webhook_secret' ) as $name ) {
			World::begin();
			World::$options[ $name ] = ' ';
			$this->assertFalse( ( new Gateway() )->is_available() );
		}
	}

	public function test_a_refund_of_a_part_goes_to_the_payment_of_the_order(): void {
		World::$answer      = array( 'status' => 200, 'body' => '{"id":"re_1","status":"succeeded"}' );
		$order              = new WC_Order( 7 );
		$order->transaction = 'pi_1';
		$order->refunds     = array( 'first' );
		$this->assertTrue( ( new Gateway() )->process_refund( 7, '5.50', 'broken' ) );
		$this->assertSame( 'https://billing.example.com/v1/refunds', World::$requests[0]['url'] );
		$this->assertSame(
			array( 'payment_intent' => 'pi_1', 'metadata' => array( 'order_id' => '7', 'reason' => 'broken' ), 'amount' => '550' ),
			$this->sent()
		);
		$this->assertSame( array( 'Refund re_1 at Dunlin.' ), $order->notes );
		// The next refund of the same amount is another one.
		$order->refunds[] = 'second';
		( new Gateway() )->process_refund( 7, '5.50', 'broken' );
		$this->assertNotSame( $this->key( 0 ), $this->key( 1 ) );
	}

	public function test_a_refund_that_cannot_be_made_is_an_error_for_woocommerce(): void {
		$order = new WC_Order( 7 );
		$this->assertInstanceOf( WP_Error::class, ( new Gateway() )->process_refund( 7, '1' ) );
		$this->assertSame( array(), World::$requests );
		$order->transaction = 'pi_1';
		World::$answer      = array( 'status' => 400, 'body' => '{"error":{"message":"Refund amount is greater than unrefunded amount."}}' );
		$refused            = ( new Gateway() )->process_refund( 7, '99' );
		$this->assertSame( 'Refund amount is greater than unrefunded amount.', $refused->get_error_message() );
		World::$answer = array( 'status' => 200, 'body' => '{"id":"re_1","status":"failed"}' );
		$this->assertInstanceOf( WP_Error::class, ( new Gateway() )->process_refund( 7, '1' ) );
	}
}
