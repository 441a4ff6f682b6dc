<?php
declare( strict_types = 1 );

use PHPUnit\Framework\TestCase;
use function Dunlin\register_blocks;
use function Dunlin\render_block;

final class BlocksTest extends TestCase {
	protected function setUp(): void {
		World::begin();
	}

	public function test_a_pricing_table_is_an_element_with_a_link_for_visitors_without_script(): void {
		$html = render_block( 'pricing-table', array( 'id' => 'ptbl_1', 'label' => 'Our "prices"' ) );
		$this->assertSame(
			'<dunlin-pricing-table pricing-table="ptbl_1" label="Our &quot;prices&quot;"><a href="https://billing.example.com/pricing/ptbl_1">Our &quot;prices&quot;</a></dunlin-pricing-table>',
			$html
		);
		$this->assertSame( array( 'dunlin-embed' ), World::$scripts );
	}

	public function test_a_payment_button_leads_to_its_link(): void {
		$this->assertSame(
			'<dunlin-buy-button payment-link="plink_1"><a href="https://billing.example.com/b/plink_1">Buy</a></dunlin-buy-button>',
			render_block( 'payment-link', array( 'id' => 'plink_1' ) )
		);
	}

	public function test_a_wrong_id_or_no_address_shows_nothing_and_loads_no_script(): void {
		foreach ( array( '', 'plink_1', '"><script>', "ptbl_1\n" ) as $wrong ) {
			$this->assertSame( '', render_block( 'pricing-table', array( 'id' => $wrong ) ) );
		}
		World::$options['dunlin_url'] = 'javascript:alert(1)';
		$this->assertSame( '', render_block( 'pricing-table', array( 'id' => 'ptbl_1' ) ) );
		$this->assertSame( array(), World::$scripts );
	}

	public function test_wordpress_renders_the_blocks_on_the_server(): void {
		register_blocks();
		$this->assertSame( array( 'dunlin/pricing-table', 'dunlin/payment-link' ), array_keys( World::$blocks ) );
		$html = World::$blocks['dunlin/payment-link']['render_callback']( array( 'id' => 'plink_2', 'label' => '' ) );
		$this->assertStringContainsString( 'payment-link="plink_2"', $html );
	}
}
