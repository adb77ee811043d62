-- the worklist: one narrow row per visit, bodies beside it. due: 2**53 where not known. status: place in `Status`.
-- reefer, empty_box: -1 where not said. gone leads every sort index: today's boxes are found without stepping over years.
CREATE TABLE visit (
  id {key}, container {text} NOT NULL, segment {big} NOT NULL, opened {big} NOT NULL, unit {big} NOT NULL,
  changed {big} NOT NULL, site {text} NOT NULL, terminal {text} NOT NULL, due {big} NOT NULL,
  score_milli {big} NOT NULL, band {text} NOT NULL, mandatory {int} NOT NULL, status {int} NOT NULL,
  stratum {text} NOT NULL, loading {text} NOT NULL, unloading {text} NOT NULL, carrier {text} NOT NULL,
  vessel {text} NOT NULL, voyage {text} NOT NULL, hs2 {text} NOT NULL, size_type {text} NOT NULL,
  reefer {int} NOT NULL, empty_box {int} NOT NULL, fired {big} NOT NULL, doubts {big} NOT NULL,
  handling {int} NOT NULL, claimed_by {text} NOT NULL, watched {int} NOT NULL, selected {int} NOT NULL,
  reasons {text} NOT NULL, gone {int} NOT NULL,
  UNIQUE (container, segment)
);
CREATE TABLE visit_body (id {key}, body {blob});
CREATE INDEX visit_unit ON visit (unit);
CREATE INDEX visit_order ON visit (gone, id, site, handling);
CREATE INDEX visit_site ON visit (gone, site, id, handling);
-- site and handling ride along, so that reach is judged without opening rows
CREATE INDEX visit_due ON visit (gone, due, id, site, handling);
CREATE INDEX visit_score_milli ON visit (gone, score_milli, id, site, handling);
CREATE INDEX visit_changed ON visit (gone, changed, id, site, handling);
CREATE INDEX visit_container ON visit (gone, container, id, site, handling);
CREATE INDEX visit_vessel ON visit (gone, vessel, id, site, handling);
CREATE INDEX visit_voyage ON visit (gone, voyage, id, site, handling);
CREATE INDEX visit_carrier ON visit (gone, carrier, id, site, handling);
CREATE INDEX visit_loading ON visit (gone, loading, id, site, handling);
CREATE INDEX visit_unloading ON visit (gone, unloading, id, site, handling);
CREATE INDEX visit_terminal ON visit (gone, terminal, id, site, handling);
CREATE INDEX visit_hs2 ON visit (gone, hs2, id, site, handling);
CREATE INDEX visit_size_type ON visit (gone, size_type, id, site, handling);
CREATE INDEX visit_fired ON visit (gone, fired, id, site, handling);
-- flags and columns that mostly hold their first value: only the other rows are indexed
CREATE INDEX visit_mandatory ON visit (gone, mandatory, id, site) WHERE mandatory = 1;
CREATE INDEX visit_watched ON visit (gone, watched, id, site) WHERE watched = 1;
CREATE INDEX visit_selected ON visit (gone, selected, id, site) WHERE selected = 1;
CREATE INDEX visit_reefer ON visit (gone, reefer, id, site) WHERE reefer = 1;
CREATE INDEX visit_empty_box ON visit (gone, empty_box, id, site) WHERE empty_box = 1;
CREATE INDEX visit_doubts ON visit (gone, doubts, id, site) WHERE doubts > 0;
CREATE INDEX visit_claimed_by ON visit (gone, claimed_by, id, site) WHERE claimed_by <> '';
CREATE INDEX visit_stratum ON visit (gone, stratum, id, site) WHERE stratum <> '';
CREATE INDEX visit_status ON visit (gone, status, id, site) WHERE status > 0;
CREATE INDEX visit_handling ON visit (gone, handling, id, site) WHERE handling > 0;

CREATE TABLE assessment (
  visit {big} NOT NULL, hlc {big} NOT NULL, unit {big} NOT NULL, policy {text} NOT NULL, score_milli {big} NOT NULL,
  band {text} NOT NULL, mandatory {int} NOT NULL, features {blob} NOT NULL, body {blob},
  PRIMARY KEY (visit, hlc)
){clustered};
CREATE INDEX assessment_hlc ON assessment (hlc, visit);

-- back: the term read from its end, so that a range scan finds equal endings too
CREATE TABLE lookup (
  kind {text} NOT NULL, term {text} NOT NULL, back {text} NOT NULL, visit {big} NOT NULL,
  PRIMARY KEY (kind, term, visit)
){clustered};
CREATE INDEX lookup_back ON lookup (kind, back);
CREATE INDEX lookup_visit ON lookup (visit);

-- party_term.hash: keyed hash of a word of the name, or of the word less one letter; the name itself is sealed
CREATE TABLE party (key {key}, unit {big} NOT NULL, body {blob});
CREATE INDEX party_unit ON party (unit);
CREATE TABLE party_term (hash {big} NOT NULL, party {big} NOT NULL, PRIMARY KEY (hash, party)){clustered};
CREATE INDEX party_term_party ON party_term (party);
CREATE TABLE visit_party (
  visit {big} NOT NULL, role {text} NOT NULL, party {big} NOT NULL, PRIMARY KEY (visit, role, party)
){clustered};
CREATE INDEX visit_party_party ON visit_party (party, visit);
CREATE TABLE party_merge (key {key}, into_key {big} NOT NULL, hlc {big} NOT NULL);

-- overrides, outcomes, acknowledgements: facts of the log, laid out for reading
CREATE TABLE act (
  kind {text} NOT NULL, hlc {big} NOT NULL, visit {text} NOT NULL, officer {text} NOT NULL, moment {big} NOT NULL,
  tag {text} NOT NULL, unit {big} NOT NULL, body {blob},
  PRIMARY KEY (kind, hlc)
){clustered};
CREATE INDEX act_visit ON act (visit, kind, hlc);
CREATE INDEX act_moment ON act (kind, moment);
CREATE INDEX act_unit ON act (unit);
