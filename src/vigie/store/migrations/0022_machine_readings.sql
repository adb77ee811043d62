-- what the machine says of a scan: the newest reading alone; the body is sealed with the unit of the scan
CREATE TABLE machine_reading (scan {text} NOT NULL PRIMARY KEY, moment {big} NOT NULL, place {text} NOT NULL,
  unit {big} NOT NULL, body {blob});
CREATE INDEX machine_reading_unit ON machine_reading (unit);
