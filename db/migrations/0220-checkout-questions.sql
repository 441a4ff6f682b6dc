-- What a checkout asks of the buyer besides the payment, and what its page links to.
update checkout_sessions set settings = '{"consent_collection": null, "custom_fields": [], "name_collection": null, "phone_number_collection": false,
  "custom_text": {"after_submit": null, "shipping_address": null, "submit": null, "terms_of_service_acceptance": null}}' || settings;
update payment_links set settings = '{"consent_collection": null, "custom_fields": [], "name_collection": null, "phone_number_collection": false,
  "custom_text": {"after_submit": null, "shipping_address": null, "submit": null, "terms_of_service_acceptance": null}}' || settings;
update accounts set settings = jsonb_set(jsonb_set(settings,
  '{live,checkout}', '{"privacy_policy_url": null, "terms_of_service_url": null}'),
  '{test,checkout}', '{"privacy_policy_url": null, "terms_of_service_url": null}');
