INSERT INTO users (id, kind, email, first_name, last_name, is_superuser, created_at) VALUES
  ('01900000-0000-7000-8000-000000000001', 'job_seeker', 'camille.martin@candidat.exemple.fr', 'Camille', 'Martin', false, '2026-01-05'),
  ('01900000-0000-7000-8000-000000000002', 'professional', 'nadia.roux@ml.exemple.fr', 'Nadia', 'Roux', false, '2026-01-05'),
  ('01900000-0000-7000-8000-000000000003', 'professional', 'louis.petit@asso.exemple.fr', 'Louis', 'Petit', false, '2026-01-05'),
  ('01900000-0000-7000-8000-000000000004', 'professional', 'sonia.klein@aci.exemple.fr', 'Sonia', 'Klein', false, '2026-01-05'),
  ('01900000-0000-7000-8000-000000000005', 'professional', 'paul.weber@ddets.exemple.fr', 'Paul', 'Weber', false, '2026-01-05'),
  ('01900000-0000-7000-8000-000000000006', 'itou_staff', 'ana.diaz@equipe.exemple.fr', 'Ana', 'Diaz', true, '2026-01-05');
INSERT INTO organisations (id, family, kind, siret, name, email, address_line_1, post_code, city, department_code, latitude, longitude, created_at, updated_at) VALUES
  ('01900000-0000-7000-8000-000000000011', 'prescriber', 'ML', '21570463700011', 'Mission locale de Metz', 'contact@ml.exemple.fr', '1 rue des Tanneurs', '57000', 'Metz', '57', 49.1194, 6.1727, '2026-01-05', '2026-01-05'),
  ('01900000-0000-7000-8000-000000000012', 'prescriber', 'OTHER', '21570463700029', 'Association Tremplin', 'contact@asso.exemple.fr', '4 rue des Clercs', '57000', 'Metz', '57', 49.1194, 6.1757, '2026-01-05', '2026-01-05'),
  ('01900000-0000-7000-8000-000000000013', 'company', 'ACI', '21570463700037', 'Les Jardins de la Seille', 'contact@aci.exemple.fr', '12 rue de la Seille', '57000', 'Metz', '57', 49.1094, 6.1827, '2026-01-05', '2026-01-05'),
  ('01900000-0000-7000-8000-000000000014', 'institution', 'DDETS IAE', NULL, 'DDETS de la Moselle', 'contact@ddets.exemple.fr', '1 rue Chanoine Collin', '57000', 'Metz', '57', 49.1194, 6.1727, '2026-01-05', '2026-01-05');
INSERT INTO prescriber_organisations (organisation_id, kind, authorisation_status, authorisation_updated_at) VALUES
  ('01900000-0000-7000-8000-000000000011', 'ML', 'VALIDATED', '2026-01-05'),
  ('01900000-0000-7000-8000-000000000012', 'OTHER', 'NOT_REQUIRED', '2026-01-05');
INSERT INTO institutions (organisation_id, region_code)
  SELECT '01900000-0000-7000-8000-000000000014', region_code FROM departments WHERE code = '57';
INSERT INTO conventions (id, asp_id, kind, siret_signature, is_active, created_at) VALUES
  ('01900000-0000-7000-8000-000000000021', 5700, 'ACI', '21570463700037', true, '2026-01-05');
INSERT INTO companies (organisation_id, source, convention_id, spontaneous_open_since) VALUES
  ('01900000-0000-7000-8000-000000000013', 'ASP', '01900000-0000-7000-8000-000000000021', '2026-01-05');
INSERT INTO memberships (id, user_id, organisation_id, is_admin, joined_at, updated_at) VALUES
  ('01900000-0000-7000-8000-000000000031', '01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000011', true, '2026-01-05', '2026-01-05'),
  ('01900000-0000-7000-8000-000000000032', '01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000012', true, '2026-01-05', '2026-01-05'),
  ('01900000-0000-7000-8000-000000000033', '01900000-0000-7000-8000-000000000004', '01900000-0000-7000-8000-000000000013', true, '2026-01-05', '2026-01-05'),
  ('01900000-0000-7000-8000-000000000034', '01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-000000000014', true, '2026-01-05', '2026-01-05');
INSERT INTO candidates (id, birth_date, birth_country_code, post_code, city, department_code, created_at, updated_at, search) VALUES
  ('01900000-0000-7000-8000-000000000001', '1995-04-12', '100', '57000', 'Metz', '57', '2026-01-05', '2026-01-05', folded('Martin Camille'));
