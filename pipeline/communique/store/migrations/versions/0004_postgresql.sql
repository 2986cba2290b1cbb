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
COMMENT ON TABLE link_decisions IS 'What people decided about commitments and parties of different releases; outlasts every load.';
COMMENT ON COLUMN link_decisions.later IS 'the key of a commitment or party';
COMMENT ON COLUMN link_decisions.earlier IS 'the key of another';
COMMENT ON COLUMN link_decisions.relation IS 'how the first stands to the other; null: they are two';
COMMENT ON COLUMN link_decisions.later_words IS 'place and words of its trigger, or its name, by which it is known again';
COMMENT ON COLUMN link_decisions.decided_by IS 'a person''s name';
CREATE TABLE relations (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_relations PRIMARY KEY (id)
);
COMMENT ON TABLE relations IS 'How a commitment stands to an earlier one, of another release, of the same undertaking.';
COMMENT ON COLUMN relations.rank IS 'from 0 in the order of the vocabulary';
CREATE TABLE update_effects (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_update_effects PRIMARY KEY (id)
);
COMMENT ON TABLE update_effects IS 'What an update does to the sum: puts another in its place, or adds to it.';
COMMENT ON COLUMN update_effects.rank IS 'from 0 in the order of the vocabulary';
CREATE TABLE actors (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    CONSTRAINT pk_actors PRIMARY KEY (id),
    CONSTRAINT fk_actors_kind_kinds FOREIGN KEY(kind) REFERENCES kinds (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_actors_name ON actors (name);
COMMENT ON TABLE actors IS 'Parties across releases.';
COMMENT ON COLUMN actors.name IS 'the commonest of its names';
COMMENT ON COLUMN actors.kind IS 'a word of kinds';
COMMENT ON COLUMN actors.country IS 'ISO 3166 alpha-2';
CREATE TABLE undertakings (
    id TEXT NOT NULL,
    first_told DATE,
    last_told DATE,
    status TEXT NOT NULL,
    tellings INTEGER NOT NULL,
    CONSTRAINT pk_undertakings PRIMARY KEY (id),
    CONSTRAINT fk_undertakings_status_statuses FOREIGN KEY(status) REFERENCES statuses (id) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE undertakings IS 'What is undertaken, each once, however many releases tell of it.';
COMMENT ON COLUMN undertakings.id IS 'the key of the commitment that tells it first';
COMMENT ON COLUMN undertakings.first_told IS 'the day of that release';
COMMENT ON COLUMN undertakings.status IS 'a word of statuses';
COMMENT ON COLUMN undertakings.tellings IS 'commitments that tell of it';
CREATE TABLE undertaking_sums (
    undertaking_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    total NUMERIC NOT NULL,
    drawn NUMERIC NOT NULL,
    CONSTRAINT pk_undertaking_sums PRIMARY KEY (undertaking_id, currency),
    CONSTRAINT fk_undertaking_sums_undertaking_id_undertakings FOREIGN KEY(undertaking_id) REFERENCES undertakings (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE undertaking_sums IS 'What an undertaking comes to.';
COMMENT ON COLUMN undertaking_sums.currency IS 'ISO 4217';
COMMENT ON COLUMN undertaking_sums.total IS 'what it comes to, as last told';
COMMENT ON COLUMN undertaking_sums.drawn IS 'what of it was drawn or delivered, as far as told';
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
COMMENT ON TABLE actor_parties IS 'The parties of releases that are one actor.';
COMMENT ON COLUMN actor_parties.score IS 'how surely, from 0 to 1';
COMMENT ON COLUMN actor_parties.reason IS 'what joined them';
COMMENT ON COLUMN actor_parties.decided_by IS 'rule or person';
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
COMMENT ON TABLE links IS 'How a commitment stands to an earlier one of the same undertaking.';
COMMENT ON COLUMN links.relation IS 'a word of relations';
COMMENT ON COLUMN links.effect IS 'a word of update_effects';
COMMENT ON COLUMN links.score IS 'how surely, from 0 to 1';
COMMENT ON COLUMN links.reasons IS 'one a line';
COMMENT ON COLUMN links.decided_by IS 'rule or person';
CREATE TABLE new_money (
    commitment_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount NUMERIC NOT NULL,
    CONSTRAINT pk_new_money PRIMARY KEY (commitment_id, currency),
    CONSTRAINT fk_new_money_commitment_id_commitments FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE new_money IS 'What a commitment adds to what was undertaken before.';
COMMENT ON COLUMN new_money.currency IS 'ISO 4217';
COMMENT ON COLUMN new_money.amount IS 'below zero where a sum is cut or taken back';
CREATE TABLE tellings (
    commitment_id TEXT NOT NULL,
    undertaking_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    CONSTRAINT pk_tellings PRIMARY KEY (commitment_id),
    CONSTRAINT fk_tellings_commitment_id_commitments FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_tellings_undertaking_id_undertakings FOREIGN KEY(undertaking_id) REFERENCES undertakings (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_tellings_undertaking_id ON tellings (undertaking_id);
COMMENT ON TABLE tellings IS 'The commitments that tell of an undertaking.';
COMMENT ON COLUMN tellings.number IS 'from 1 in the order in which it was told';
