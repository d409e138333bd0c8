-- wrk's part of `asking.read`: paths in turn, "{n}" in them a new number each time; result as JSON.
local paths, n = {}, math.floor(os.time() % 1000000) * 100000

function init(args)
  paths = args
end

function request()
  n = n + 1
  local here = paths[n % #paths + 1]:gsub("{n}", string.format("%d", n))
  return wrk.format("GET", here)
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "wrong": %d, "microseconds": %d, "p95": %d}\n',
    summary.requests, e.connect + e.read + e.write + e.status + e.timeout,
    summary.duration, latency:percentile(95)))
end
