-- Tells what wrk measured as one line of JSON.
function done(summary, latency)
  io.write(string.format(
    '{"perSecond":%f,"p50":%f,"p95":%f,"p99":%f,"bytes":%d,"errors":%d}\n',
    summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    summary.bytes / math.max(summary.requests, 1),
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  ))
end
