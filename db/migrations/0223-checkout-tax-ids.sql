-- Whether a checkout asks for a tax id, and what it may change of an existing customer.
update checkout_sessions set settings = '{"customer_update": null, "tax_id_collection": {"enabled": false, "required": "never"}}' || settings;
update payment_links set settings = '{"customer_update": null, "tax_id_collection": {"enabled": false, "required": "never"}}' || settings;
-- Where the seller sends the goods.
update checkout_sessions set settings = jsonb_set(settings, '{payment_intent_data,shipping}', 'null') where settings -> 'payment_intent_data' <> 'null';
update payment_links set settings = jsonb_set(settings, '{payment_intent_data,shipping}', 'null') where settings -> 'payment_intent_data' <> 'null';
