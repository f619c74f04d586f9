// Milliseconds of the machine, the same in all threads.
export const now = () => Number(process.hrtime.bigint()) / 1e6;
