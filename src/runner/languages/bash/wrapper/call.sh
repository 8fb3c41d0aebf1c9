#!/bin/bash
# Calls a function with words. Its value is what it prints; a status other than 0 counts as a thrown error.
exec {tiebreak}>&3 3>&-
tiebreak_main=$1 tiebreak_name=$2
shift 2
tiebreak_arguments=("$@")
set --
source "$tiebreak_main"
if [ -z "$tiebreak_name" ] || ! declare -F -- "$tiebreak_name" >/dev/null; then
  echo '{"stage":"missing"}' >&"$tiebreak"
  exit 1
fi
"$tiebreak_name" "${tiebreak_arguments[@]}" > .tiebreak/value
tiebreak_status=$?
cat .tiebreak/value
if [ "$tiebreak_status" = 0 ]; then
  echo '{"returned":true}' >&"$tiebreak"
else
  echo "{\"stage\":\"call\",\"names\":[\"$tiebreak_status\"],\"message\":\"it returned the status $tiebreak_status\"}" >&"$tiebreak"
fi
exit "$tiebreak_status"
