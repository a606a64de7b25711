# Flattens a JSON document into lines "path<TAB>value", with "." between the keys of a path.
function fail() { print "package.json is not valid JSON" > "/dev/stderr"; exit 2 }
function space() { while (at <= size && index(" \t\r\n", substr(text, at, 1))) at++ }
function string(   out, c) {
  at++
  out = ""
  while (at <= size) {
    c = substr(text, at, 1)
    if (c == "\"") { at++; return out }
    if (c == "\\") {
      at++
      c = substr(text, at, 1)
      if (c == "n" || c == "t" || c == "r") c = " "
      else if (c == "u") { c = "?"; at += 4 }
    }
    out = out c
    at++
  }
  fail()
}
function value(path,   c, key, n, start) {
  space()
  c = substr(text, at, 1)
  if (c == "{") {
    at++; space()
    if (substr(text, at, 1) == "}") { at++; return }
    while (1) {
      space()
      if (substr(text, at, 1) != "\"") fail()
      key = string(); space()
      if (substr(text, at, 1) != ":") fail()
      at++
      value(path == "" ? key : path "." key); space()
      c = substr(text, at, 1); at++
      if (c == "}") return
      if (c != ",") fail()
    }
  } else if (c == "[") {
    at++; space()
    if (substr(text, at, 1) == "]") { at++; return }
    n = 0
    while (1) {
      value(path "." n++); space()
      c = substr(text, at, 1); at++
      if (c == "]") return
      if (c != ",") fail()
    }
  } else if (c == "\"") {
    print path "\t" string()
  } else {
    start = at
    while (at <= size && index("+-.0123456789abcdefghijklmnopqrstuvwxyzE", substr(text, at, 1))) at++
    if (at == start) fail()
    print path "\t" substr(text, start, at - start)
  }
}
{ text = text $0 "\n" }
END { sub(/^\xef\xbb\xbf/, "", text); size = length(text); at = 1; value("") }
