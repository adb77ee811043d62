-- scans: what is known of each lies sealed; pictures and files lie as blobs beside the database, sealed with the same unit
-- coded: whether master and companded copy were made
-- number, segment: the box a scan belongs to; '' and 0 while it waits; claimed: the number its file names
CREATE TABLE scan (
  id {text} NOT NULL PRIMARY KEY, number {text} NOT NULL, segment {big} NOT NULL, claimed {text} NOT NULL,
  site {text} NOT NULL, scanner {text} NOT NULL, moment {big} NOT NULL, received {big} NOT NULL, pixels {text} NOT NULL,
  series {text} NOT NULL, entry {big} NOT NULL, entry_unit {big} NOT NULL, unit {big} NOT NULL, coded {big} NOT NULL,
  body {blob} NOT NULL
);
CREATE INDEX scan_box ON scan (number, segment);
CREATE INDEX scan_claimed ON scan (claimed);
CREATE INDEX scan_received ON scan (received);
CREATE INDEX scan_pixels ON scan (pixels);
CREATE INDEX scan_series ON scan (series);
CREATE INDEX scan_coded ON scan (coded, received);
CREATE INDEX scan_unit ON scan (unit);
CREATE INDEX scan_entry_unit ON scan (entry_unit);
-- readings of a scan: machine, operator, ground truth, aggregate
CREATE TABLE scan_report (scan {text} NOT NULL, place {big} NOT NULL, kind {text} NOT NULL, moment {big} NOT NULL,
  unit {big} NOT NULL, body {blob} NOT NULL, PRIMARY KEY (scan, place)){clustered};
CREATE INDEX scan_report_unit ON scan_report (unit);
-- the register of scanners, each as it stands; the log says how it came to stand so
CREATE TABLE scanner (name {text} NOT NULL PRIMARY KEY, site {text} NOT NULL, body {text} NOT NULL);
