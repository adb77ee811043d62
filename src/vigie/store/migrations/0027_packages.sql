-- packages of files that travel beside the exchange's log: the ZIP lies as a blob, sealed with the unit that stands here
CREATE TABLE package (sha256 {text} NOT NULL PRIMARY KEY, kind {text} NOT NULL, origin {text} NOT NULL,
  container {text} NOT NULL, kept {big} NOT NULL, until {big} NOT NULL, size {big} NOT NULL, unit {big} NOT NULL);
CREATE INDEX package_until ON package (until);
CREATE INDEX package_container ON package (container);
CREATE INDEX package_unit ON package (unit);
-- scans that came of a package and of nothing else: they go with it
CREATE TABLE package_scan (sha256 {text} NOT NULL, scan {text} NOT NULL, PRIMARY KEY (sha256, scan)){clustered};
CREATE INDEX package_scan_scan ON package_scan (scan);
