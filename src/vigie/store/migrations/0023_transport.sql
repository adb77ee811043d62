-- who gets which entry of the own log, for ever; what waits lies beyond `acked` of exchange_partner.
-- purpose: what a thing is for, '' of a note; added: when it was added to the log, rising, as TAXII counts
ALTER TABLE exchange_outbox ADD COLUMN purpose {text} NOT NULL DEFAULT '';
ALTER TABLE exchange_outbox ADD COLUMN added {big} NOT NULL DEFAULT 0;
CREATE INDEX exchange_outbox_added ON exchange_outbox (partner, purpose, added);
ALTER TABLE exchange_partner ADD COLUMN acked {big} NOT NULL DEFAULT -1;
ALTER TABLE exchange_size ADD COLUMN added {big} NOT NULL DEFAULT 0;
-- how delivering to a partner goes; since: when it stopped, 0 while it goes; next_try: when it is tried again
CREATE TABLE exchange_delivery (partner {text} NOT NULL PRIMARY KEY, since {big} NOT NULL, failures {big} NOT NULL,
  code {text} NOT NULL, next_try {big} NOT NULL);
-- tokens of clients that speak TAXII: only their hash is kept; ends: until when one is good
CREATE TABLE exchange_token (digest {text} NOT NULL PRIMARY KEY, partner {text} NOT NULL, officer {text} NOT NULL,
  made {big} NOT NULL, ends {big} NOT NULL);
CREATE INDEX exchange_token_partner ON exchange_token (partner);
-- what became of what clients pushed by TAXII: names of things and codes, nothing of what they say
CREATE TABLE exchange_pushed (id {text} NOT NULL PRIMARY KEY, partner {text} NOT NULL, made {big} NOT NULL,
  body {text} NOT NULL)
