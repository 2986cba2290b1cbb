BEGIN TRANSACTION;
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
	PRIMARY KEY (id), 
	FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(part_of_id) REFERENCES amounts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(equivalent_of_id) REFERENCES amounts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "amounts" VALUES('7edf141ad485d923:a1','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',1,'EUR','symbol',1500000,NULL,NULL,'=',NULL,NULL,NULL,'new');
INSERT INTO "amounts" VALUES('7edf141ad485d923:a2','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',2,'EUR','symbol',500000.25,NULL,NULL,'=',NULL,'7edf141ad485d923:a1',NULL,'new');
CREATE TABLE commitment_amounts (
	commitment_id TEXT NOT NULL, 
	amount_id TEXT NOT NULL, 
	counted INTEGER NOT NULL CHECK (counted IN (0, 1)), 
	PRIMARY KEY (commitment_id, amount_id), 
	FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(amount_id) REFERENCES amounts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "commitment_amounts" VALUES('7edf141ad485d923:c1','7edf141ad485d923:a1',1);
INSERT INTO "commitment_amounts" VALUES('7edf141ad485d923:c1','7edf141ad485d923:a2',0);
CREATE TABLE commitment_dates (
	commitment_id TEXT NOT NULL, 
	date_id TEXT NOT NULL, 
	role TEXT NOT NULL, 
	PRIMARY KEY (commitment_id, date_id, role), 
	FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(date_id) REFERENCES dates (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "commitment_dates" VALUES('7edf141ad485d923:c1','7edf141ad485d923:d2','made');
CREATE TABLE commitment_parties (
	commitment_id TEXT NOT NULL, 
	role TEXT NOT NULL CHECK (role IN ('provider', 'receiver')), 
	position INTEGER NOT NULL, 
	party_id TEXT NOT NULL, 
	PRIMARY KEY (commitment_id, role, position), 
	FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(party_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "commitment_parties" VALUES('7edf141ad485d923:c1','provider',1,'7edf141ad485d923:p1');
INSERT INTO "commitment_parties" VALUES('7edf141ad485d923:c1','receiver',1,'7edf141ad485d923:p2');
CREATE TABLE commitment_purposes (
	commitment_id TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	PRIMARY KEY (commitment_id, purpose), 
	FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "commitment_purposes" VALUES('7edf141ad485d923:c1','health');
INSERT INTO "commitment_purposes" VALUES('7edf141ad485d923:c1','other');
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
	PRIMARY KEY (id), 
	FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(status) REFERENCES statuses (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(said_by_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "commitments" VALUES('7edf141ad485d923:c1','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',1,'fund','pledged','7edf141ad485d923:p3','part_of_total',0.75,'provide
future');
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
	PRIMARY KEY (id), 
	FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "dates" VALUES('7edf141ad485d923:d1','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',1,'2024-04-05','2024-04-05','2024-04-05',NULL,'absolute','day');
INSERT INTO "dates" VALUES('7edf141ad485d923:d2','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',2,NULL,NULL,NULL,NULL,'release','weekday');
CREATE TABLE items (
	id TEXT NOT NULL, 
	commitment_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	quantity NUMERIC, 
	unit TEXT, 
	description TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "items" VALUES('7edf141ad485d923:c1.i1','7edf141ad485d923:c1',1,2,NULL,'ambulances');
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
	PRIMARY KEY (id), 
	CONSTRAINT of_one_fact CHECK ((party_id IS NOT NULL) + (amount_id IS NOT NULL) + (date_id IS NOT NULL) + (commitment_id IS NOT NULL) + (item_id IS NOT NULL) + (notice_id IS NOT NULL) = 1), 
	FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(party_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(amount_id) REFERENCES amounts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(date_id) REFERENCES dates (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(commitment_id) REFERENCES commitments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(item_id) REFERENCES items (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(notice_id) REFERENCES notices (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "mentions" VALUES('7edf141ad485d923:m1','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',NULL,NULL,NULL,NULL,NULL,'7edf141ad485d923:n1','fact',225,231,'Friday');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m2','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8','7edf141ad485d923:p1',NULL,NULL,NULL,NULL,NULL,'fact',0,10,'Havna Fund');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m3','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8','7edf141ad485d923:p1',NULL,NULL,NULL,NULL,NULL,'fact',85,95,'Havna Fund');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m4','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8','7edf141ad485d923:p2',NULL,NULL,NULL,NULL,NULL,'fact',52,57,'Molde');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m5','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8','7edf141ad485d923:p3',NULL,NULL,NULL,NULL,NULL,'fact',198,205,'Ane Vik');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m6','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',NULL,'7edf141ad485d923:a1',NULL,NULL,NULL,NULL,'fact',109,121,'€1.5 million');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m7','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',NULL,'7edf141ad485d923:a2',NULL,NULL,NULL,NULL,'fact',153,165,'€0.5 million');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m8','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',NULL,NULL,'7edf141ad485d923:d1',NULL,NULL,NULL,'fact',66,78,'5 April 2024');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m9','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',NULL,NULL,'7edf141ad485d923:d2',NULL,NULL,NULL,'fact',225,231,'Friday');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m10','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',NULL,NULL,NULL,NULL,'7edf141ad485d923:c1.i1',NULL,'fact',17,31,'two ambulances');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m11','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',NULL,NULL,NULL,'7edf141ad485d923:c1',NULL,NULL,'trigger',96,108,'will provide');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m12','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',NULL,NULL,NULL,'7edf141ad485d923:c1',NULL,NULL,'evidence',59,188,'Molde, 5 April 2024 – The Havna Fund will provide €1.5 million to the town of Molde, of which €0.5 million is for two ambulances.');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m13','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',NULL,NULL,NULL,'7edf141ad485d923:c1',NULL,NULL,'restated',11,16,'gives');
INSERT INTO "mentions" VALUES('7edf141ad485d923:m14','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',NULL,NULL,NULL,'7edf141ad485d923:c1',NULL,NULL,'condition',233,269,'subject to the approval of the board');
CREATE TABLE notices (
	id TEXT NOT NULL, 
	release_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	message TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "notices" VALUES('7edf141ad485d923:n1','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',1,'unresolved_date','not resolved');
CREATE TABLE parties (
	id TEXT NOT NULL, 
	release_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	country TEXT, 
	title TEXT, 
	represents_id TEXT, 
	is_issuer INTEGER NOT NULL CHECK (is_issuer IN (0, 1)), 
	PRIMARY KEY (id), 
	FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(represents_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "parties" VALUES('7edf141ad485d923:p1','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',1,'Havna Fund','nonprofit',NULL,NULL,NULL,1);
INSERT INTO "parties" VALUES('7edf141ad485d923:p2','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',2,'Molde','public_body','NO',NULL,NULL,0);
INSERT INTO "parties" VALUES('7edf141ad485d923:p3','7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8',3,'Ane Vik','person',NULL,'Director','7edf141ad485d923:p1',0);
CREATE TABLE party_aliases (
	party_id TEXT NOT NULL, 
	alias TEXT NOT NULL, 
	PRIMARY KEY (party_id, alias), 
	FOREIGN KEY(party_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "party_aliases" VALUES('7edf141ad485d923:p1','the Havna Fund');
CREATE TABLE party_identifiers (
	party_id TEXT NOT NULL, 
	scheme TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (party_id, scheme), 
	FOREIGN KEY(party_id) REFERENCES parties (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "party_identifiers" VALUES('7edf141ad485d923:p1','lei','5493');
CREATE TABLE records (
	release_id TEXT NOT NULL, 
	schema_version TEXT NOT NULL, 
	json TEXT NOT NULL, 
	PRIMARY KEY (release_id), 
	FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "records" VALUES('7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8','1.0','{"schema_version":"1.0","release":{"id":"7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8","source":"a/havna.txt","raw_sha256":null,"media_type":null,"title":"Havna Fund gives","issuer":"p1","published_on":"2024-04-05","published_basis":"none","dateline_place":null,"language":null,"characters":271},"text":"Havna Fund gives two ambulances and €1.5 million to Molde\n\nMolde, 5 April 2024 – The Havna Fund will provide €1.5 million to the town of Molde, of which €0.5 million is for two ambulances.\nDirector Ane Vik signed the deed on Friday, subject to the approval of the board.\n","parties":[{"id":"p1","name":"Havna Fund","aliases":["the Havna Fund"],"kind":"nonprofit","country":null,"title":null,"represents":null,"identifiers":{"lei":"5493"},"mentions":[{"start":0,"end":10,"quote":"Havna Fund"},{"start":85,"end":95,"quote":"Havna Fund"}]},{"id":"p2","name":"Molde","aliases":[],"kind":"public_body","country":"NO","title":null,"represents":null,"identifiers":{},"mentions":[{"start":52,"end":57,"quote":"Molde"}]},{"id":"p3","name":"Ane Vik","aliases":[],"kind":"person","country":null,"title":"Director","represents":"p1","identifiers":{},"mentions":[{"start":198,"end":205,"quote":"Ane Vik"}]}],"amounts":[{"id":"a1","mention":{"start":109,"end":121,"quote":"€1.5 million"},"currency":"EUR","currency_basis":"symbol","value":"1500000","low":null,"high":null,"comparator":"=","per":null,"part_of":null,"equivalent_of":null,"basis":"new"},{"id":"a2","mention":{"start":153,"end":165,"quote":"€0.5 million"},"currency":"EUR","currency_basis":"symbol","value":"500000.25","low":null,"high":null,"comparator":"=","per":null,"part_of":"a1","equivalent_of":null,"basis":"new"}],"dates":[{"id":"d1","mention":{"start":66,"end":78,"quote":"5 April 2024"},"value":"2024-04-05","begin":"2024-04-05","end":"2024-04-05","precision":null,"anchor":"absolute","rule":"day"},{"id":"d2","mention":{"start":225,"end":231,"quote":"Friday"},"value":null,"begin":null,"end":null,"precision":null,"anchor":"release","rule":"weekday"}],"commitments":[{"id":"c1","trigger":{"start":96,"end":108,"quote":"will provide"},"evidence":[{"start":59,"end":188,"quote":"Molde, 5 April 2024 – The Havna Fund will provide €1.5 million to the town of Molde, of which €0.5 million is for two ambulances."}],"restated":[{"start":11,"end":16,"quote":"gives"}],"providers":["p1"],"receivers":["p2"],"said_by":"p3","action":"fund","status":"pledged","amounts":["a1","a2"],"items":[{"quantity":"2","unit":null,"description":"ambulances","mention":{"start":17,"end":31,"quote":"two ambulances"}}],"dates":[{"date":"d2","role":"made"}],"purposes":["health","other"],"programme":null,"condition":{"start":233,"end":269,"quote":"subject to the approval of the board"},"counted":{"amounts":["a1"],"reason":"part_of_total"},"confidence":0.75,"rules":["provide","future"]}],"notices":[{"code":"unresolved_date","message":"not resolved","mention":{"start":225,"end":231,"quote":"Friday"}}],"provenance":{"tool":"communique","version":"0","model":"none","model_version":"0","model_sha256":"0000000000000000000000000000000000000000000000000000000000000000","lexicons_sha256":"0000000000000000000000000000000000000000000000000000000000000000","settings_sha256":"0000000000000000000000000000000000000000000000000000000000000000"}}');
CREATE TABLE releases (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	source TEXT, 
	raw_sha256 TEXT, 
	media_type TEXT, 
	title TEXT, 
	published_on DATE, 
	published_basis TEXT NOT NULL, 
	dateline_place TEXT, 
	language TEXT, 
	characters INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "releases" VALUES('7edf141ad485d923610277c13f6da212da05f4b5cbb55ffc39dd1ba7ba20b1c8','a/havna.txt.json','a/havna.txt',NULL,NULL,'Havna Fund gives','2024-04-05','none',NULL,NULL,271,'Havna Fund gives two ambulances and €1.5 million to Molde

Molde, 5 April 2024 – The Havna Fund will provide €1.5 million to the town of Molde, of which €0.5 million is for two ambulances.
Director Ane Vik signed the deed on Friday, subject to the approval of the board.
');
CREATE TABLE status_iati (
	status TEXT NOT NULL, 
	transaction_type INTEGER NOT NULL, 
	PRIMARY KEY (status, transaction_type), 
	FOREIGN KEY(status) REFERENCES statuses (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "status_iati" VALUES('pledged',12);
INSERT INTO "status_iati" VALUES('agreed',2);
INSERT INTO "status_iati" VALUES('allocated',2);
INSERT INTO "status_iati" VALUES('delivered',3);
INSERT INTO "status_iati" VALUES('delivered',4);
CREATE TABLE statuses (
	id TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	firm INTEGER NOT NULL, 
	fts TEXT, 
	kiel TEXT, 
	PRIMARY KEY (id)
);
INSERT INTO "statuses" VALUES('proposed',0,0,NULL,NULL);
INSERT INTO "statuses" VALUES('planned',1,0,NULL,NULL);
INSERT INTO "statuses" VALUES('pledged',2,1,'pledge','commitment');
INSERT INTO "statuses" VALUES('agreed',3,1,'commitment','commitment');
INSERT INTO "statuses" VALUES('allocated',4,1,'commitment','allocation');
INSERT INTO "statuses" VALUES('delivered',5,1,'paid','allocation');
INSERT INTO "statuses" VALUES('withdrawn',6,0,NULL,NULL);
CREATE INDEX ix_releases_published_on ON releases (published_on);
CREATE INDEX ix_parties_represents_id ON parties (represents_id);
CREATE INDEX ix_parties_release_id ON parties (release_id);
CREATE INDEX ix_parties_name ON parties (name);
CREATE INDEX ix_amounts_equivalent_of_id ON amounts (equivalent_of_id);
CREATE INDEX ix_amounts_release_id ON amounts (release_id);
CREATE INDEX ix_amounts_part_of_id ON amounts (part_of_id);
CREATE INDEX ix_dates_release_id ON dates (release_id);
CREATE INDEX ix_notices_release_id ON notices (release_id);
CREATE INDEX ix_party_aliases_alias ON party_aliases (alias);
CREATE INDEX ix_commitments_action ON commitments (action);
CREATE INDEX ix_commitments_status ON commitments (status);
CREATE INDEX ix_commitments_release_id ON commitments (release_id);
CREATE INDEX ix_commitments_said_by_id ON commitments (said_by_id);
CREATE INDEX ix_commitment_parties_party_id ON commitment_parties (party_id);
CREATE INDEX ix_items_commitment_id ON items (commitment_id);
CREATE INDEX ix_mentions_item_id ON mentions (item_id);
CREATE INDEX ix_mentions_notice_id ON mentions (notice_id);
CREATE INDEX ix_mentions_commitment_id ON mentions (commitment_id);
CREATE INDEX ix_mentions_release_id ON mentions (release_id);
CREATE INDEX ix_mentions_date_id ON mentions (date_id);
CREATE INDEX ix_mentions_amount_id ON mentions (amount_id);
CREATE INDEX ix_mentions_party_id ON mentions (party_id);
CREATE VIEW v_commitments AS 
SELECT
    c.id AS commitment_id,
    r.published_on,
    (SELECT group_concat(name, ', ') FROM (
        SELECT p.name FROM commitment_parties cp JOIN parties p ON p.id = cp.party_id
        WHERE cp.commitment_id = c.id AND cp.role = 'provider' ORDER BY cp.position)) AS provider,
    (SELECT group_concat(name, ', ') FROM (
        SELECT p.name FROM commitment_parties cp JOIN parties p ON p.id = cp.party_id
        WHERE cp.commitment_id = c.id AND cp.role = 'receiver' ORDER BY cp.position)) AS receiver,
    c.action,
    c.status,
    (SELECT group_concat(told, '; ') FROM (
        SELECT coalesce(a.currency, '?') || ' ' || CASE WHEN a.value IS NOT NULL THEN a.value ELSE a.low || '-' || a.high END AS told
        FROM commitment_amounts ca JOIN amounts a ON a.id = ca.amount_id
        WHERE ca.commitment_id = c.id ORDER BY a.number)) AS sums,
    (SELECT group_concat(told, '; ') FROM (
        SELECT cd.role || ' ' || coalesce(d.value, m.quote) AS told
        FROM commitment_dates cd JOIN dates d ON d.id = cd.date_id LEFT JOIN mentions m ON m.date_id = d.id
        WHERE cd.commitment_id = c.id ORDER BY d.number)) AS dates,
    (SELECT group_concat(purpose, ', ') FROM (
        SELECT purpose FROM commitment_purposes cp WHERE cp.commitment_id = c.id ORDER BY purpose)) AS purposes,
    (SELECT group_concat(told, '; ') FROM (
        SELECT trim(coalesce(i.quantity || ' ', '') || coalesce(i.unit || ' ', '') || i.description) AS told
        FROM items i WHERE i.commitment_id = c.id ORDER BY i.number)) AS items,
    (SELECT m.quote FROM mentions m WHERE m.commitment_id = c.id AND m.role = 'condition' ORDER BY m.start_char LIMIT 1) AS condition,
    (SELECT p.name FROM parties p WHERE p.id = c.said_by_id) AS said_by,
    c.confidence,
    (SELECT m.quote FROM mentions m WHERE m.commitment_id = c.id AND m.role = 'evidence' ORDER BY m.start_char LIMIT 1) AS quote,
    r.title,
    coalesce(r.source, r.name) AS source,
    r.id AS release_id
FROM commitments c JOIN releases r ON r.id = c.release_id
ORDER BY r.published_on, r.name, c.number;
CREATE VIEW v_counted AS 
SELECT
    c.id AS commitment_id,
    r.published_on,
    (SELECT group_concat(name, ', ') FROM (
        SELECT p.name FROM commitment_parties cp JOIN parties p ON p.id = cp.party_id
        WHERE cp.commitment_id = c.id AND cp.role = 'provider' ORDER BY cp.position)) AS provider,
    (SELECT group_concat(name, ', ') FROM (
        SELECT p.name FROM commitment_parties cp JOIN parties p ON p.id = cp.party_id
        WHERE cp.commitment_id = c.id AND cp.role = 'receiver' ORDER BY cp.position)) AS receiver,
    c.action,
    c.status,
    a.currency,
    coalesce(a.value, a.high) AS amount,
    a.comparator,
    c.confidence,
    (SELECT m.quote FROM mentions m WHERE m.commitment_id = c.id AND m.role = 'evidence' ORDER BY m.start_char LIMIT 1) AS quote,
    r.title,
    coalesce(r.source, r.name) AS source,
    r.id AS release_id
FROM commitment_amounts ca
JOIN amounts a ON a.id = ca.amount_id
JOIN commitments c ON c.id = ca.commitment_id
JOIN releases r ON r.id = c.release_id
WHERE ca.counted = 1
ORDER BY r.published_on, r.name, c.number, a.number;
COMMIT;