<?php
/**
 * What Dunlin tells: an order is paid. The buyer's return to the shop proves nothing, so only this completes an order.
 *
 * @package Dunlin
 */

declare( strict_types = 1 );

namespace Dunlin;

/** At /wc-api/dunlin. */
function handle_webhook(): void {
	$payload = (string) file_get_contents( 'php://input' );
	$header  = sanitize_text_field( wp_unslash( $_SERVER['HTTP_STRIPE_SIGNATURE'] ?? '' ) );
	$status  = receive_event( $payload, $header, time() );
	status_header( $status );
	exit;
}

/** The HTTP status of the answer. Dunlin sends an event again until it is 200. */
function receive_event( string $payload, string $header, int $now ): int {
	if ( ! is_signed( $payload, $header, setting( 'dunlin_webhook_secret' ), $now ) ) {
		return 400;
	}
	$event   = json_decode( $payload, true );
	$session = $event['data']['object'] ?? null;
	if ( ! is_array( $session ) || 'checkout.session' !== ( $session['object'] ?? '' ) ) {
		return 200;
	}
	$order = wc_get_order( (int) ( $session['metadata']['order_id'] ?? 0 ) );
	// Another site may share the account: the order's key is what only this site and the session have.
	if ( ! $order || ! hash_equals( (string) $order->get_order_key(), (string) ( $session['metadata']['order_key'] ?? '' ) ) ) {
		return 200;
	}
	switch ( $event['type'] ?? '' ) {
		case 'checkout.session.completed':
		case 'checkout.session.async_payment_succeeded':
			complete( $order, $session );
			break;
		case 'checkout.session.async_payment_failed':
			$order->update_status( 'failed', 'The bank has not made the payment.' );
			break;
	}
	return 200;
}

/**
 * Completes the order once. What was paid must be what the order costs; it may have been changed meanwhile.
 *
 * @param \WC_Order            $order   Of this site.
 * @param array<string, mixed> $session As the event has it.
 */
function complete( $order, array $session ): void {
	if ( 'paid' !== ( $session['payment_status'] ?? '' ) ) {
		$order->update_status( 'on-hold', 'The bank has not confirmed the payment yet.' );
		return;
	}
	$intent = (string) ( $session['payment_intent'] ?? '' );
	if ( $order->is_paid() ) {
		if ( $intent !== (string) $order->get_transaction_id() ) {
			$order->add_order_note( "The buyer has paid this order a second time. Refund {$intent} at Dunlin." );
		}
		return;
	}
	$currency = strtolower( (string) $order->get_currency() );
	$total    = minor_units( (string) $order->get_total(), $currency );
	if ( $total !== (int) ( $session['amount_total'] ?? -1 ) || $currency !== ( $session['currency'] ?? '' ) ) {
		$order->set_transaction_id( $intent );
		$order->update_status( 'on-hold', "Dunlin has received {$session['amount_total']} {$session['currency']} in minor units, which is not what the order costs." );
		return;
	}
	$order->payment_complete( $intent );
}
