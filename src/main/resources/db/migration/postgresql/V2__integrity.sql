-- How far each entity's journal reached when its writer last said so: shows a tail that was lost since.
CREATE TABLE head_anchor (
  persistence_id VARCHAR(255) NOT NULL,
  sequence_number BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (persistence_id)
);

-- Snapshots that are not what they should be, kept for whoever looks into it.
CREATE TABLE snapshot_quarantine (
  id BIGSERIAL PRIMARY KEY,
  set_aside_at BIGINT NOT NULL,
  reason VARCHAR(1000) NOT NULL,
  persistence_id VARCHAR(255) NOT NULL,
  sequence_number BIGINT NOT NULL,
  created BIGINT NOT NULL,
  snapshot_ser_id INTEGER NOT NULL,
  snapshot_ser_manifest VARCHAR(255) NOT NULL,
  snapshot_payload BYTEA NOT NULL
);

-- Entities that cannot be rebuilt from verified data. Deleting a row lets its entity try again.
CREATE TABLE quarantine (
  persistence_id VARCHAR(255) NOT NULL,
  "at" BIGINT NOT NULL,
  version BIGINT NOT NULL,
  reason VARCHAR(1000) NOT NULL,
  PRIMARY KEY (persistence_id)
);

-- Each node's latest sign that its journal writes.
CREATE TABLE canary (
  node VARCHAR(255) NOT NULL,
  "at" BIGINT NOT NULL,
  PRIMARY KEY (node)
);
