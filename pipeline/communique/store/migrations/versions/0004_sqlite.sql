CREATE TABLE link_decisions (
    later TEXT NOT NULL,
    earlier TEXT NOT NULL,
    relation TEXT,
    later_words TEXT NOT NULL,
    earlier_words TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    note TEXT,
    CONSTRAINT pk_link_decisions PRIMARY KEY (later, earlier)
);
CREATE TABLE relations (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_relations PRIMARY KEY (id)
);
CREATE TABLE update_effects (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_update_effects PRIMARY KEY (id)
);
CREATE TABLE actors (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    CONSTRAINT pk_actors PRIMARY KEY (id),
    CONSTRAINT fk_actors_kind_kinds FOREIGN KEY(kind) REFERENCES kinds (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_actors_name ON actors (name);
CREATE TABLE undertakings (
    id TEXT NOT NULL,
    first_told DATE,
    last_told DATE,
    status TEXT NOT NULL,
    tellings INTEGER NOT NULL,
    CONSTRAINT pk_undertakings PRIMARY KEY (id),
    CONSTRAINT fk_undertakings_status_statuses FOREIGN KEY(status) REFERENCES statuses (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE undertaking_sums (
    undertaking_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    total NUMERIC NOT NULL,
    drawn NUMERIC NOT NULL,
    CONSTRAINT pk_undertaking_sums PRIMARY KEY (undertaking_id, currency),
    CONSTRAINT fk_undertaking_sums_undertaking_id_undertakings FOREIGN KEY(undertaking_id) REFERENCES undertakings (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE actor_parties (
    party_id TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    score FLOAT NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    CONSTRAINT pk_actor_parties PRIMARY KEY (party_id),
    CONSTRAINT fk_actor_parties_party_id_parties FOREIGN KEY(party_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_actor_parties_actor_id_actors FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_actor_parties_actor_id ON actor_parties (actor_id);
CREATE TABLE links (
    later_id TEXT NOT NULL,
    earlier_id TEXT NOT NULL,
    relation TEXT NOT NULL,
    effect TEXT,
    score FLOAT NOT NULL,
    reasons TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    CONSTRAINT pk_links PRIMARY KEY (later_id),
    CONSTRAINT fk_links_later_id_commitments FOREIGN KEY(later_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_links_earlier_id_commitments FOREIGN KEY(earlier_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_links_relation_relations FOREIGN KEY(relation) REFERENCES relations (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_links_effect_update_effects FOREIGN KEY(effect) REFERENCES update_effects (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_links_earlier_id ON links (earlier_id);
CREATE TABLE new_money (
    commitment_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount NUMERIC NOT NULL,
    CONSTRAINT pk_new_money PRIMARY KEY (commitment_id, currency),
    CONSTRAINT fk_new_money_commitment_id_commitments FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE tellings (
    commitment_id TEXT NOT NULL,
    undertaking_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    CONSTRAINT pk_tellings PRIMARY KEY (commitment_id),
    CONSTRAINT fk_tellings_commitment_id_commitments FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_tellings_undertaking_id_undertakings FOREIGN KEY(undertaking_id) REFERENCES undertakings (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_tellings_undertaking_id ON tellings (undertaking_id);
