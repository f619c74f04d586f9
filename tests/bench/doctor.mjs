// `iae doctor` on the whole base.
import { ran } from './command.mjs';

/** Seconds and MiB; fails when the doctor finds something. */
export const examined = (database) => ran(database, 'doctor');
