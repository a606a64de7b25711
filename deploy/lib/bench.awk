# Medians of sorted samples as a table and as JSON; see bench.sh for the form of the input.
BEGIN {
  while ((getline line < goals) > 0) {
    split(line, goal, "\t")
    goal_ending[++goal_count] = goal[1]; goal_metric[goal_count] = goal[2]; goal_most[goal_count] = goal[3]
    goal_kind[goal_count] = goal[4]
  }
}
{
  key = $1 SUBSEP $2
  if (!(key in unit)) { order[++rows] = key; unit[key] = $3 }
  value[key, $4, ++count[key, $4]] = $5
}
function median(key, side,   n) {
  n = count[key, side]
  return n % 2 ? value[key, side, (n + 1) / 2] : (value[key, side, n / 2] + value[key, side, n / 2 + 1]) / 2
}
function numbers(key, side,   n) {
  n = count[key, side]
  if (!n) return "null"
  return sprintf("{\"median\": %.3f, \"min\": %.3f, \"max\": %.3f}", median(key, side), value[key, side, 1], value[key, side, n])
}
function goal_of(name, metric,   i, ending) {
  for (i = 1; i <= goal_count; i++) {
    ending = goal_ending[i]
    if (goal_metric[i] == metric && substr(name, length(name) - length(ending) + 1) == ending) return i
  }
  return 0
}
END {
  printf "%-34s %-8s %10s %10s %10s %10s %6s  %s\n", "case", "metric", "median", "min", "max", "peer", "ratio", "goal"
  printf "{\n  \"name\": \"%s\",\n  \"machine\": \"%s\",\n  \"measures\": [", name, machine > json
  for (i = 1; i <= rows; i++) {
    key = order[i]; split(key, part, SUBSEP); n = count[key, "ours"]
    ours = median(key, "ours")
    peer = count[key, "peer"] ? median(key, "peer") : ""
    ratio = peer == "" || peer == 0 ? "" : sprintf("%.2f", ours / peer)
    judged = goal_of(part[1], part[2])
    by_ratio = judged && goal_kind[judged] == "ratio"
    bound = judged && !(by_ratio && ratio == "") ? "<= " goal_most[judged] (by_ratio ? " x" : "") : ""
    met = bound == "" ? "" : ((by_ratio ? ratio : ours) + 0 <= goal_most[judged] + 0 ? "met" : "missed")
    printf "%-34s %-8s %10.2f %10.2f %10.2f %10s %6s  %s\n", part[1], part[2] " " unit[key], ours, value[key, "ours", 1], \
      value[key, "ours", n], peer == "" ? "-" : sprintf("%.2f", peer), ratio == "" ? "-" : ratio, \
      bound == "" ? "-" : bound " " met
    printf("%s\n    {\"case\": \"%s\", \"metric\": \"%s\", \"unit\": \"%s\", \"ours\": %s, \"peer\": %s, \"peer_name\": %s, \"ratio\": %s, \"goal\": %s, \"met\": %s}", \
      (i == 1 ? "" : ","), part[1], part[2], unit[key], numbers(key, "ours"), numbers(key, "peer"), \
      peer_name == "" ? "null" : "\"" peer_name "\"", ratio == "" ? "null" : ratio, \
      bound == "" ? "null" : "\"" bound (by_ratio ? "" : " " unit[key]) "\"", bound == "" ? "null" : (met == "met" ? "true" : "false")) > json
  }
  printf "\n  ]\n}\n" > json
}
