#!/bin/bash
# Runs .tiebreak/tests.sh, in which every command must succeed, then each function whose name begins with
# "test".
exec {tiebreak}>&3 3>&-
source "$1"
tiebreak_broken() {
  echo "{\"stage\":\"tests\",\"names\":[\"AssertionError\"],\"message\":\"line $2 of the test ended with status $1\"}" >&"$tiebreak"
}
trap 'tiebreak_broken $? $LINENO' ERR
set -eE
source .tiebreak/tests.sh
set +eE
trap - ERR
tiebreak_ran=0 tiebreak_good=true
for tiebreak_test in $(compgen -A function test); do
  tiebreak_verdict=pass tiebreak_message=
  ( set -e; "$tiebreak_test" )
  tiebreak_status=$?
  if [ "$tiebreak_status" != 0 ]; then
    tiebreak_good=false tiebreak_verdict=fail tiebreak_message="it ended with status $tiebreak_status"
  fi
  tiebreak_ran=$((tiebreak_ran + 1))
  echo "{\"test\":\"$tiebreak_test\",\"verdict\":\"$tiebreak_verdict\",\"message\":\"$tiebreak_message\"}" >&"$tiebreak"
done
[ "$tiebreak_ran" = 0 ] && tiebreak_ran=1
echo "{\"stage\":\"done\",\"ran\":$tiebreak_ran,\"good\":$tiebreak_good}" >&"$tiebreak"
$tiebreak_good
