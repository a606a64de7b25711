# Picks the highest of the versions in "known" (lowest first) that satisfies the npm version range in "range".
# Prints it, or nothing. An exact version is printed as it is.
function number(text) { return text ~ /^[0-9]+$/ ? text + 0 : -1 }
function parse(text, into,   parts, n) {
  sub(/^[v=]+/, "", text); sub(/[-+].*/, "", text)
  n = split(text, parts, ".")
  into[1] = n >= 1 ? number(parts[1]) : -1
  into[2] = n >= 2 && into[1] >= 0 ? number(parts[2]) : -1
  into[3] = n >= 3 && into[2] >= 0 ? number(parts[3]) : -1
}
function key(a, b, c) { return a * 1000000 + b * 1000 + c }
function holds(word, version,   op, low, high, p, v) {
  op = word; sub(/[0-9vxX*].*/, "", op)
  sub(/^[~^<>=]+/, "", word)
  if (word ~ /^[xX*]?$/) return 1
  parse(word, p); parse(version, v)
  v0 = key(v[1], v[2], v[3])
  low = key(p[1], p[2] < 0 ? 0 : p[2], p[3] < 0 ? 0 : p[3])
  if (p[2] < 0) high = key(p[1] + 1, 0, 0)
  else if (p[3] < 0) high = key(p[1], p[2] + 1, 0)
  else high = low + 1
  if (op == ">=") return v0 >= low
  if (op == ">") return v0 >= high
  if (op == "<") return v0 < low
  if (op == "<=") return v0 < high
  if (op == "^") return v0 >= low && v0 < key(p[1] + 1, 0, 0)
  if (op == "~" || op == "~>") return v0 >= low && v0 < (p[2] < 0 ? key(p[1] + 1, 0, 0) : key(p[1], p[2] + 1, 0))
  return v0 >= low && v0 < high
}
BEGIN {
  if (range ~ /^[v=]*[0-9]+\.[0-9]+\.[0-9]+$/) { sub(/^[v=]+/, "", range); print range; exit }
  count = split(known, versions, " ")
  alternatives = split(range, options, /\|\|/)
  for (i = count; i >= 1; i--) {
    for (o = 1; o <= alternatives; o++) {
      option = options[o]
      while (match(option, /[~^<>=]+[ \t]+/)) {
        gap = substr(option, RSTART, RLENGTH); gsub(/[ \t]/, "", gap)
        option = substr(option, 1, RSTART - 1) gap substr(option, RSTART + RLENGTH)
      }
      if (match(option, /[ \t]-[ \t]/)) option = ">=" trim(substr(option, 1, RSTART - 1)) " <=" trim(substr(option, RSTART + 3))
      words = split(option, word, /[ \t]+/)
      good = 1
      for (w = 1; w <= words; w++) if (word[w] != "" && !holds(word[w], versions[i])) good = 0
      if (good) { print versions[i]; exit }
    }
  }
}
function trim(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }
