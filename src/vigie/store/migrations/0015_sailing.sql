-- where each radio identity (MMSI) was last heard at sea: what the next position is compared with
CREATE TABLE ship_fix (
  mmsi {text} NOT NULL PRIMARY KEY, moment {big} NOT NULL, lat_e6 {big} NOT NULL, lon_e6 {big} NOT NULL
);

-- ships (IMO number, or name in capitals) that lost hours at sea, by the log entry that told it; only ever added
CREATE TABLE ship_lost (ship {text} NOT NULL, hlc {big} NOT NULL, PRIMARY KEY (ship, hlc)){clustered};
CREATE INDEX ship_radio_mmsi ON ship_radio (mmsi);
