-- Who has a subscription may buy another one at a checkout, until the seller says where such buyers go instead.
update accounts set settings = jsonb_set(jsonb_set(settings, '{live,checkout,subscribers_go_to}', 'null'), '{test,checkout,subscribers_go_to}', 'null');
