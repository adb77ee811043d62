-- heads of partners' logs that other partners were shown and showed us; state: open (growth not proved yet), good,
-- split (it cannot be true beside what we were shown), past (an administrator believes the partner again);
-- asked: how often growth was asked for, missed: batches that came without it; against: size of our head it was judged by
CREATE TABLE exchange_seen (origin {text} NOT NULL, shown_by {text} NOT NULL, size {big} NOT NULL, told {blob} NOT NULL,
  signature {blob} NOT NULL, at {big} NOT NULL, asked {big} NOT NULL, missed {big} NOT NULL, state {text} NOT NULL,
  against {big} NOT NULL, PRIMARY KEY (origin, shown_by)){clustered};
