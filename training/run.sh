#!/usr/bin/env bash
# Trains and exports the shipped model, as it was made: six runs in a row, each starting from the last.
#   sh training/run.sh            needs .venv-train (make train sets it up), ../shared/gold, ../shared/bench
# STEMMA_GOLD and STEMMA_BENCH name other places of the data; JUDGED names a folder of judged reports in
# the gold form with their texts in text/, which then train the model too. About three and a half hours on
# two cores that other work shares, minutes on a GPU. HALF= (empty) where the processor has no bfloat16.
# SCALE=.01 does a hundredth of all steps: whether everything still works, in minutes; its model is worthless.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv-train/bin/python}
export STEMMA_GOLD=${STEMMA_GOLD:-$PWD/../shared/gold} STEMMA_BENCH=${STEMMA_BENCH:-$PWD/../shared/bench}
export PYTHONPATH=src OMP_NUM_THREADS=${THREADS:-2}
threads=${THREADS:-2} scale=${SCALE:-1}
runs=training/runs coded=training/cache/coded own=training/cache/own
rm -rf "$coded" "$own"
for corpus in fakes voa muc-dev wikievents worldwide; do "$python" training/standoff.py unpack "training/coded/$corpus.jsonl" "$coded"; done
"$python" training/standoff.py unpack training/coded/own.jsonl "$own"
judged=()
[ -n "${JUDGED:-}" ] && judged=(--gold "$JUDGED")

# 1: the coded reports and who-says-so alone; stopped early, it only warms the heads up.
"$python" training/train.py --scale "$scale" --out "$runs/a" --epochs 7 --stop 200 --words --polnear 0.6 --threads "$threads"
# 2: every corpus that carries a label we need.
"$python" training/train.py --scale "$scale" --out "$runs/b" --init "$runs/a/net.pt" --gold "$STEMMA_GOLD/train" --gold "$coded" \
  --epochs 5 --stop 400 --words --polnear 0.5 --muc4 0.8 --events 0.3 --factuality 0.25 --threads "$threads"
# 3: with the reports of our own, to the end of the schedule (96 of them were written by then).
"$python" training/train.py --scale "$scale" --out "$runs/c" --init "$runs/b/net.pt" --gold "$STEMMA_GOLD/train" --gold "$coded" \
  --gold "$own" "${judged[@]}" --epochs 5.5 --words --heads-rate 0.0015 --polnear 0.35 --muc4 0.4 --events 0.15 \
  --factuality 0.12 --threads "$threads"
# 4: all of them once more, at lower rates.
"$python" training/train.py --scale "$scale" --out "$runs/d" --init "$runs/c/net.pt" --gold "$STEMMA_GOLD/train" --gold "$coded" \
  --gold "$own" "${judged[@]}" --epochs 1.8 --words --polnear 0.6 --muc4 0.1 --events 0.05 --factuality 0.05 \
  --encoder-rate 0.00015 --heads-rate 0.001 --seed 2 --threads "$threads"
# 5 and 6: the spans of who-says-so get ends, and the arguments of the public sets a proposer of their own;
# the vectors of word pieces stay as they are. In half precision and two processes: 2.5 times as fast.
fast=(--processes "${PROCESSES:-2}" --threads 1 ${HALF---half} --batch 8 --clip 2 --encoder-rate 0.00025)
fast+=(--gold "$STEMMA_GOLD/train" --gold "$own" "${judged[@]}")
"$python" training/train.py --scale "$scale" --out "$runs/e" --init "$runs/d/net.pt" --gold "$coded" "${fast[@]}" --seed 5 \
  --epochs 10 --stop 900 --polnear 0.676 --muc4 1.045 --events 0.354 --factuality 0.165
"$python" training/train.py --scale "$scale" --out "$runs/f" --init "$runs/e/net.pt" --gold "$coded" "${fast[@]}" --seed 6 \
  --epochs 9 --polnear 0.373 --muc4 0.576 --events 0.195 --factuality 0.1025
# The mean of run 6 and run 4: better than either on the development reports.
"$python" training/blend.py "$runs/blend.pt" 0.7 "$runs/f/net.pt" 0.3 "$runs/d/net.pt"
"$python" training/shares.py "$STEMMA_GOLD/train" "$coded" "$own" > "$runs/shares.json"
"$python" training/export.py "$runs/blend.pt" src/stemma/extract/local/model --bench bench/heads.npz \
  --shares "$runs/shares.json"
# Who-says-so and MUC-4's fillers, over the encoder as it is now: nothing else changes by them.
"$python" training/over.py src/stemma/extract/local/model bench/heads.npz --threads "$threads" --scale "$scale"
# The engine's form of the heads, of the weights as they are now.
"$python" training/graphs.py src/stemma/extract/local/model --texts "$STEMMA_GOLD/train/text"
STEMMA_GOLD="$STEMMA_GOLD" "$python" training/calibrate.py src/stemma/extract/local/model --write
