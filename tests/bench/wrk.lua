-- Asks for the page of the address; when a file is given, for each of its lines in turn, each thread from a place of its own. Tells what
-- wrk measured as one line of JSON.
local threads = 0

function setup(thread)
  thread:set("rank", threads)
  threads = threads + 1
end

function init(args)
  if not args[1] then return end
  local lines, made = {}, {}
  for line in io.lines(args[1]) do
    made[line] = made[line] or wrk.format("GET", line)
    lines[#lines + 1] = made[line]
  end
  local place = rank * math.floor(#lines / 2)
  request = function()
    place = place % #lines + 1
    return lines[place]
  end
end

function done(summary, latency)
  io.write(string.format(
    '{"perSecond":%f,"p50":%f,"p95":%f,"p99":%f,"bytes":%d,"errors":%d}\n',
    summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    summary.bytes / math.max(summary.requests, 1),
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  ))
end
