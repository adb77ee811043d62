-- units whose keys have to go: written with what says so, destroyed once that is on the disk, or at the next start
CREATE TABLE erasing (unit {key});
