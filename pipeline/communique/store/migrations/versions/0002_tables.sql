-- The tables of version 0002 in SQLite, as the migration to it makes them.

CREATE TABLE actions (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    iati_finance_type INTEGER,
    iati_delivered INTEGER NOT NULL,
    CONSTRAINT pk_actions PRIMARY KEY (id)
);

CREATE TABLE amount_bases (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_amount_bases PRIMARY KEY (id)
);

CREATE TABLE comparators (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_comparators PRIMARY KEY (id)
);

CREATE TABLE currency_bases (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_currency_bases PRIMARY KEY (id)
);

CREATE TABLE date_precisions (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_date_precisions PRIMARY KEY (id)
);

CREATE TABLE date_roles (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_date_roles PRIMARY KEY (id)
);

CREATE TABLE kinds (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    iati_organisation_type INTEGER,
    CONSTRAINT pk_kinds PRIMARY KEY (id)
);

CREATE TABLE mention_roles (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_mention_roles PRIMARY KEY (id)
);

CREATE TABLE notice_codes (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_notice_codes PRIMARY KEY (id)
);

CREATE TABLE party_roles (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_party_roles PRIMARY KEY (id)
);

CREATE TABLE publication_bases (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_publication_bases PRIMARY KEY (id)
);

CREATE TABLE purposes (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    dac_sector INTEGER,
    kiel TEXT,
    CONSTRAINT pk_purposes PRIMARY KEY (id)
);

CREATE TABLE rate_units (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_rate_units PRIMARY KEY (id)
);

CREATE TABLE runs (
    id TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    version TEXT NOT NULL,
    settings TEXT NOT NULL,
    releases_read INTEGER NOT NULL,
    releases_failed INTEGER NOT NULL,
    words INTEGER NOT NULL,
    CONSTRAINT pk_runs PRIMARY KEY (id)
);

CREATE TABLE statuses (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    firm BOOLEAN NOT NULL,
    fts TEXT,
    kiel TEXT,
    CONSTRAINT pk_statuses PRIMARY KEY (id)
);

CREATE TABLE uncounted_reasons (
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_uncounted_reasons PRIMARY KEY (id)
);

CREATE TABLE failures (
    run_id TEXT NOT NULL,
    path TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_failures PRIMARY KEY (run_id, path),
    CONSTRAINT fk_failures_run_id_runs FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);

CREATE TABLE releases (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT,
    raw_sha256 TEXT,
    media_type TEXT,
    title TEXT,
    publisher TEXT,
    published_on DATE,
    published_basis TEXT NOT NULL,
    dateline_place TEXT,
    language TEXT,
    characters INTEGER NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_releases PRIMARY KEY (id),
    CONSTRAINT fk_releases_published_basis_publication_bases FOREIGN KEY(published_basis) REFERENCES publication_bases (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_releases_published_on ON releases (published_on);

CREATE TABLE status_iati (
    status TEXT NOT NULL,
    transaction_type INTEGER NOT NULL,
    CONSTRAINT pk_status_iati PRIMARY KEY (status, transaction_type),
    CONSTRAINT fk_status_iati_status_statuses FOREIGN KEY(status) REFERENCES statuses (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE amounts (
    id TEXT NOT NULL,
    release_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    currency TEXT,
    currency_basis TEXT NOT NULL,
    value NUMERIC,
    low NUMERIC,
    high NUMERIC,
    comparator TEXT NOT NULL,
    per TEXT,
    part_of_id TEXT,
    equivalent_of_id TEXT,
    basis TEXT NOT NULL,
    CONSTRAINT pk_amounts PRIMARY KEY (id),
    CONSTRAINT fk_amounts_release_id_releases FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_amounts_currency_basis_currency_bases FOREIGN KEY(currency_basis) REFERENCES currency_bases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_amounts_comparator_comparators FOREIGN KEY(comparator) REFERENCES comparators (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_amounts_per_rate_units FOREIGN KEY(per) REFERENCES rate_units (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_amounts_part_of_id_amounts FOREIGN KEY(part_of_id) REFERENCES amounts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_amounts_equivalent_of_id_amounts FOREIGN KEY(equivalent_of_id) REFERENCES amounts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_amounts_basis_amount_bases FOREIGN KEY(basis) REFERENCES amount_bases (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_amounts_equivalent_of_id ON amounts (equivalent_of_id);

CREATE INDEX ix_amounts_part_of_id ON amounts (part_of_id);

CREATE INDEX ix_amounts_release_id ON amounts (release_id);

CREATE TABLE dates (
    id TEXT NOT NULL,
    release_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    value TEXT,
    begin_date DATE,
    end_date DATE,
    precision TEXT,
    anchor TEXT NOT NULL,
    rule TEXT NOT NULL,
    CONSTRAINT pk_dates PRIMARY KEY (id),
    CONSTRAINT fk_dates_release_id_releases FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_dates_precision_date_precisions FOREIGN KEY(precision) REFERENCES date_precisions (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_dates_release_id ON dates (release_id);

CREATE TABLE notices (
    id TEXT NOT NULL,
    release_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    CONSTRAINT pk_notices PRIMARY KEY (id),
    CONSTRAINT fk_notices_release_id_releases FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_notices_code_notice_codes FOREIGN KEY(code) REFERENCES notice_codes (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_notices_release_id ON notices (release_id);

CREATE TABLE parties (
    id TEXT NOT NULL,
    release_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    title TEXT,
    represents_id TEXT,
    is_issuer BOOLEAN NOT NULL,
    CONSTRAINT pk_parties PRIMARY KEY (id),
    CONSTRAINT fk_parties_release_id_releases FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_parties_kind_kinds FOREIGN KEY(kind) REFERENCES kinds (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_parties_represents_id_parties FOREIGN KEY(represents_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_parties_name ON parties (name);

CREATE INDEX ix_parties_release_id ON parties (release_id);

CREATE INDEX ix_parties_represents_id ON parties (represents_id);

CREATE TABLE records (
    release_id TEXT NOT NULL,
    schema_version TEXT NOT NULL,
    version TEXT NOT NULL,
    model TEXT NOT NULL,
    model_version TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,
    lexicons_sha256 TEXT NOT NULL,
    settings_sha256 TEXT NOT NULL,
    json TEXT NOT NULL,
    CONSTRAINT pk_records PRIMARY KEY (release_id),
    CONSTRAINT fk_records_release_id_releases FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE commitments (
    id TEXT NOT NULL,
    release_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    action TEXT NOT NULL,
    status TEXT NOT NULL,
    said_by_id TEXT,
    counted_reason TEXT,
    confidence FLOAT NOT NULL,
    rules TEXT NOT NULL,
    CONSTRAINT pk_commitments PRIMARY KEY (id),
    CONSTRAINT fk_commitments_release_id_releases FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_commitments_action_actions FOREIGN KEY(action) REFERENCES actions (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_commitments_status_statuses FOREIGN KEY(status) REFERENCES statuses (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_commitments_said_by_id_parties FOREIGN KEY(said_by_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_commitments_counted_reason_uncounted_reasons FOREIGN KEY(counted_reason) REFERENCES uncounted_reasons (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_commitments_action ON commitments (action);

CREATE INDEX ix_commitments_release_id ON commitments (release_id);

CREATE INDEX ix_commitments_said_by_id ON commitments (said_by_id);

CREATE INDEX ix_commitments_status ON commitments (status);

CREATE TABLE conversions (
    amount_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    value NUMERIC,
    low NUMERIC,
    high NUMERIC,
    rate NUMERIC,
    rate_date DATE,
    source TEXT NOT NULL,
    gap TEXT,
    CONSTRAINT pk_conversions PRIMARY KEY (amount_id, currency),
    CONSTRAINT ck_conversions_rate_or_gap CHECK ((rate IS NULL) = (gap IS NOT NULL)),
    CONSTRAINT fk_conversions_amount_id_amounts FOREIGN KEY(amount_id) REFERENCES amounts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE party_aliases (
    party_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    CONSTRAINT pk_party_aliases PRIMARY KEY (party_id, alias),
    CONSTRAINT fk_party_aliases_party_id_parties FOREIGN KEY(party_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_party_aliases_alias ON party_aliases (alias);

CREATE TABLE party_identifiers (
    party_id TEXT NOT NULL,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_party_identifiers PRIMARY KEY (party_id, scheme),
    CONSTRAINT fk_party_identifiers_party_id_parties FOREIGN KEY(party_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_party_identifiers_value ON party_identifiers (value);

CREATE TABLE commitment_amounts (
    commitment_id TEXT NOT NULL,
    amount_id TEXT NOT NULL,
    counted BOOLEAN NOT NULL,
    CONSTRAINT pk_commitment_amounts PRIMARY KEY (commitment_id, amount_id),
    CONSTRAINT fk_commitment_amounts_commitment_id_commitments FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_commitment_amounts_amount_id_amounts FOREIGN KEY(amount_id) REFERENCES amounts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_commitment_amounts_amount_id ON commitment_amounts (amount_id);

CREATE TABLE commitment_dates (
    commitment_id TEXT NOT NULL,
    date_id TEXT NOT NULL,
    role TEXT NOT NULL,
    CONSTRAINT pk_commitment_dates PRIMARY KEY (commitment_id, date_id, role),
    CONSTRAINT fk_commitment_dates_commitment_id_commitments FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_commitment_dates_date_id_dates FOREIGN KEY(date_id) REFERENCES dates (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_commitment_dates_role_date_roles FOREIGN KEY(role) REFERENCES date_roles (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_commitment_dates_date_id ON commitment_dates (date_id);

CREATE TABLE commitment_parties (
    commitment_id TEXT NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    party_id TEXT NOT NULL,
    CONSTRAINT pk_commitment_parties PRIMARY KEY (commitment_id, role, position),
    CONSTRAINT fk_commitment_parties_commitment_id_commitments FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_commitment_parties_role_party_roles FOREIGN KEY(role) REFERENCES party_roles (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_commitment_parties_party_id_parties FOREIGN KEY(party_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_commitment_parties_party_id ON commitment_parties (party_id);

CREATE TABLE commitment_purposes (
    commitment_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    CONSTRAINT pk_commitment_purposes PRIMARY KEY (commitment_id, purpose),
    CONSTRAINT fk_commitment_purposes_commitment_id_commitments FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_commitment_purposes_purpose_purposes FOREIGN KEY(purpose) REFERENCES purposes (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE items (
    id TEXT NOT NULL,
    commitment_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    quantity NUMERIC,
    unit TEXT,
    description TEXT NOT NULL,
    CONSTRAINT pk_items PRIMARY KEY (id),
    CONSTRAINT fk_items_commitment_id_commitments FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_items_commitment_id ON items (commitment_id);

CREATE TABLE mentions (
    id TEXT NOT NULL,
    release_id TEXT NOT NULL,
    party_id TEXT,
    amount_id TEXT,
    date_id TEXT,
    commitment_id TEXT,
    item_id TEXT,
    notice_id TEXT,
    role TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    quote TEXT NOT NULL,
    page INTEGER,
    paragraph INTEGER,
    line INTEGER,
    path TEXT,
    CONSTRAINT pk_mentions PRIMARY KEY (id),
    CONSTRAINT ck_mentions_of_one_fact CHECK (CASE WHEN party_id IS NULL THEN 0 ELSE 1 END + CASE WHEN amount_id IS NULL THEN 0 ELSE 1 END + CASE WHEN date_id IS NULL THEN 0 ELSE 1 END + CASE WHEN commitment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN item_id IS NULL THEN 0 ELSE 1 END + CASE WHEN notice_id IS NULL THEN 0 ELSE 1 END = 1),
    CONSTRAINT fk_mentions_release_id_releases FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_mentions_party_id_parties FOREIGN KEY(party_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_mentions_amount_id_amounts FOREIGN KEY(amount_id) REFERENCES amounts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_mentions_date_id_dates FOREIGN KEY(date_id) REFERENCES dates (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_mentions_commitment_id_commitments FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_mentions_item_id_items FOREIGN KEY(item_id) REFERENCES items (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_mentions_notice_id_notices FOREIGN KEY(notice_id) REFERENCES notices (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_mentions_role_mention_roles FOREIGN KEY(role) REFERENCES mention_roles (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_mentions_amount_id ON mentions (amount_id);

CREATE INDEX ix_mentions_commitment_id ON mentions (commitment_id);

CREATE INDEX ix_mentions_date_id ON mentions (date_id);

CREATE INDEX ix_mentions_item_id ON mentions (item_id);

CREATE INDEX ix_mentions_notice_id ON mentions (notice_id);

CREATE INDEX ix_mentions_party_id ON mentions (party_id);

CREATE INDEX ix_mentions_release_id ON mentions (release_id);
