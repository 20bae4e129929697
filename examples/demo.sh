#!/bin/sh
# Twelve reports on one invented story, and the question: who says so?
# Run by `make demo`; STEMMA is the command, CASEBOOK the file to write anew.
set -eu
cd "$(dirname "$0")/.."
STEMMA=${STEMMA:-.venv/bin/stemma}
CASEBOOK=${CASEBOOK:-demo.casebook}
PYTHON=$(dirname "$STEMMA")/python

ask() {
  printf '\n\n━━━ %s\n' "$1"
  shift
  printf '    $ %s' "$STEMMA"
  for word in "$@"; do
    case $word in *" "*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
  done
  printf '\n\n'
  "$STEMMA" "$@"
}

rm -f "$CASEBOOK" "$CASEBOOK-wal" "$CASEBOOK-shm"
ask "Twelve reports of October 2021, from a wire agency to an armed group" \
  add examples/reports --casebook "$CASEBOOK"
ask "What they hold" status --casebook "$CASEBOOK"
ask "Two soldiers died at the bridge. Who says so?" \
  claims --casebook "$CASEBOOK" --text "State television"
ask "A captain has changed sides. Who says so?" \
  claims --casebook "$CASEBOOK" --type REALIGN --text Senn

ask "What happened, how often is it told, and on how many independent words?" \
  story market --limit 3 --casebook "$CASEBOOK"
ask "Where do the reports differ, and who says which?" \
  disputes "Grel Pass" --limit 1 --casebook "$CASEBOOK"

printf "\n\n━━━ So many reports. On whose word? (examples/who_says_so.py)\n"
"$PYTHON" examples/who_says_so.py "$CASEBOOK"

printf '\n\n━━━ Now you\n'
printf '    %s\n' \
  "$STEMMA claims --casebook $CASEBOOK --type ASSAULT --place Kolmaz" \
  "$STEMMA claims --casebook $CASEBOOK --hedged" \
  "$STEMMA claims --casebook $CASEBOOK --source Courier" \
  "$STEMMA show longitude-kolmaz --casebook $CASEBOOK" \
  "$STEMMA lineage --casebook $CASEBOOK" \
  "$STEMMA desk --casebook $CASEBOOK" \
  "$STEMMA read examples/reports/highland-centre.html" \
  "the story, and what is true in it: examples/README.md"
