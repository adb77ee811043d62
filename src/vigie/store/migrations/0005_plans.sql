CREATE TABLE watchlist (
  id {text} NOT NULL PRIMARY KEY, expires {big} NOT NULL, handling {int} NOT NULL, unit {big} NOT NULL, body {blob}
);
CREATE TABLE watch_entry (
  list {text} NOT NULL, kind {text} NOT NULL, value {text} NOT NULL, added {big} NOT NULL, officer {text} NOT NULL,
  note {blob},
  PRIMARY KEY (list, kind, value)
){clustered};
CREATE INDEX watch_entry_value ON watch_entry (kind, value);

CREATE TABLE draw_commitment (
  site {text} NOT NULL, day {text} NOT NULL, commitment {text} NOT NULL, published {big} NOT NULL, revealed {text},
  PRIMARY KEY (site, day)
){clustered};
CREATE TABLE shift_plan (
  id {text} NOT NULL PRIMARY KEY, site {text} NOT NULL, day {text} NOT NULL, shift {text} NOT NULL,
  moment {big} NOT NULL, body {blob} NOT NULL
);
CREATE INDEX shift_plan_shift ON shift_plan (site, day, shift, moment);
CREATE TABLE draw (
  plan {text} NOT NULL, visit {text} NOT NULL, stratum {text} NOT NULL, propensity {real} NOT NULL,
  rank {big} NOT NULL, scanner {text} NOT NULL, moment {big} NOT NULL,
  PRIMARY KEY (plan, visit)
){clustered};
CREATE INDEX draw_visit ON draw (visit, moment);

CREATE TABLE sent_order (
  id {text} NOT NULL PRIMARY KEY, site {text} NOT NULL, visit {text} NOT NULL, moment {big} NOT NULL,
  body {text} NOT NULL, acknowledged {big}, acknowledged_by {text} NOT NULL
);
CREATE INDEX sent_order_visit ON sent_order (visit, moment);
CREATE INDEX sent_order_site ON sent_order (site, moment);
CREATE INDEX sent_order_waiting ON sent_order (moment) WHERE acknowledged IS NULL;
