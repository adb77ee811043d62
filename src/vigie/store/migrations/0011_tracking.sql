-- how many events of boxes each facility told of per hour (of receipt): what says that a terminal went silent
CREATE TABLE heard (
  place {text} NOT NULL, facility {text} NOT NULL, hour {big} NOT NULL, n {big} NOT NULL,
  PRIMARY KEY (place, facility, hour)
){clustered};

-- which ship (IMO number, or name in capitals) a radio identity belongs to, as it last said of itself
CREATE TABLE ship_radio (ship {text} NOT NULL, mmsi {text} NOT NULL, PRIMARY KEY (ship, mmsi)){clustered};

CREATE INDEX notice_code ON notice (code, id);
