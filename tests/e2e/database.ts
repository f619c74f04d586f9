// What time does, done in the database of the demonstration: no journey waits for a right of years to end.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const FOLDER = process.env.IAE_DATA_DIR;

/** The right that the prefect gave to this organisation ended yesterday; the task that tells so is due. */
export function theRightEndedYesterday(organisation: string) {
  run(
    `WITH aged AS (
       UPDATE habilitations h
       SET ordered_on = h.ordered_on - (h.ends_on - current_date + 1)
         , starts_on = h.starts_on - (h.ends_on - current_date + 1)
         , ends_on = current_date - 1
       FROM organisations o
       WHERE o.id = h.organisation_id AND o.name = :'name' AND h.state = 'granted'
       RETURNING h.organisation_id, h.starts_on, h.ends_on
     )
     UPDATE prescriber_organisations p
     SET authorised_days = datemultirange(daterange(aged.starts_on, aged.ends_on, '[]'))
     FROM aged
     WHERE p.organisation_id = aged.organisation_id;
     SELECT graphile_worker.add_job('follow_habilitations', '{}'::json);`,
    organisation,
  );
}

/** Runs statements in which :'name' stands for this text. */
function run(statements: string, name: string) {
  if (!FOLDER) throw new Error('the database is that of scripts/e2e, which tells its folder with IAE_DATA_DIR');
  const port = readFileSync(`${FOLDER}/port`, 'utf8').trim();
  const options = ['-XqAt', '-v', 'ON_ERROR_STOP=1', '-v', `name=${name}`, `postgres://iae@127.0.0.1:${port}/iae`];
  execFileSync('psql', options, { input: statements, encoding: 'utf8' });
}
