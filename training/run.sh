#!/usr/bin/env bash
# Trains and exports the shipped model, as it was made: six runs in a row, three more
# that become teachers with the mean of two, and one that learns from the teachers on reports that nobody coded.
#   sh training/run.sh            needs .venv-train (make train sets it up), ../shared/gold, ../shared/bench
# STEMMA_GOLD and STEMMA_BENCH name other places of the data; JUDGED names a folder of judged reports in
# the gold form with their texts in text/, which then train the model too. About six hours on
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
for corpus in fakes voa muc-dev wikievents worldwide; do
  "$python" training/standoff.py unpack "training/coded/$corpus.jsonl" "$coded"
done
"$python" training/standoff.py unpack training/coded/own.jsonl "$own"
judged=()
[ -n "${JUDGED:-}" ] && judged=(--gold "$JUDGED")

# Trains a run: its name, then what it learns from and how.
run() { name=$1; shift; "$python" training/train.py --scale "$scale" --out "$runs/$name" "$@"; }
train_part=(--gold "$STEMMA_GOLD/train" --gold "$coded")
with_own=("${train_part[@]}" --gold "$own" "${judged[@]}")

# 1: the coded reports and who-says-so alone; stopped early, it only warms the heads up.
run a --epochs 7 --stop 200 --words --polnear 0.6 --threads "$threads"
# 2: every corpus that carries a label we need.
run b --init "$runs/a/net.pt" "${train_part[@]}" --epochs 5 --stop 400 --words --polnear 0.5 --muc4 0.8 \
  --events 0.3 --factuality 0.25 --threads "$threads"
# 3: with the reports of our own, to the end of the schedule (96 of them were written by then).
run c --init "$runs/b/net.pt" "${with_own[@]}" --epochs 5.5 --words --heads-rate 0.0015 --polnear 0.35 \
  --muc4 0.4 --events 0.15 --factuality 0.12 --threads "$threads"
# 4: all of them once more, at lower rates.
run d --init "$runs/c/net.pt" "${with_own[@]}" --epochs 1.8 --words --polnear 0.6 --muc4 0.1 --events 0.05 \
  --factuality 0.05 --encoder-rate 0.00015 --heads-rate 0.001 --seed 2 --threads "$threads"
# 5 and 6: the spans of who-says-so get ends, and the arguments of the public sets a proposer of their own;
# the vectors of word pieces stay as they are. In half precision and two processes: 2.5 times as fast.
fast=(--processes "${PROCESSES:-2}" --threads 1 ${HALF---half} --batch 8 --clip 2 "${with_own[@]}")
run e --init "$runs/d/net.pt" "${fast[@]}" --seed 5 --epochs 10 --stop 900 --encoder-rate 0.00025 \
  --polnear 0.676 --muc4 1.045 --events 0.354 --factuality 0.165
run f --init "$runs/e/net.pt" "${fast[@]}" --seed 6 --epochs 9 --encoder-rate 0.00025 \
  --polnear 0.373 --muc4 0.576 --events 0.195 --factuality 0.1025
# The mean of run 6 and run 4: better than either on the development reports.
first="$runs/first.pt"
"$python" training/blend.py "$first" 0.7 "$runs/f/net.pt" 0.3 "$runs/d/net.pt"
# 7 to 9: three more by other shares of the corpora. None measured better alone; with the mean they teach.
run g --init "$first" "${fast[@]}" --seed 7 --epochs 4 --encoder-rate 0.00022 --mean 0.997 \
  --polnear 1.2 --muc4 1.2 --events 1.75 --factuality 0.08
"$python" training/blend.py "$runs/h0.pt" 0.5 "$runs/g/mean.pt" 0.5 "$first"
run h --init "$runs/h0.pt" "${fast[@]}" --seed 8 --epochs 1.2 --encoder-rate 0.0001 --heads-rate 0.0005 \
  --mean 0.99 --polnear 0.9 --muc4 1.0 --events 0.25 --rams 0.9 --plover 1.9 --factuality 0.05
"$python" training/blend.py "$runs/j0.pt" 0.35 "$runs/g/mean.pt" 0.65 "$first"
run j --init "$runs/j0.pt" "${fast[@]}" --seed 11 --epochs 3 --encoder-rate 0.0002 --mean 0.995 \
  --polnear 1.3 --muc4 1.0 --events 0.15 --rams 0.4 --plover 0.8 --factuality 0.05
teachers=()
for one in first g/mean h/net j/mean; do
  folder="$runs/teachers/${one%%/*}"
  "$python" training/export.py "$runs/$one.pt" "$folder" > "$runs/export.log"
  teachers+=("$folder")
done
# 10: what the four say together of 947 reports that nobody coded, beside the coded ones.
export STEMMA_LESSONS=$PWD/training/cache/lessons
"$python" training/teach.py "${teachers[@]}"
run k --init "$first" "${fast[@]}" --seed 21 --epochs 3 --encoder-rate 0.00015 --heads-rate 0.0007 --mean 0.995 \
  --taught 1.26 --polnear 0.35 --muc4 0.25 --events 0.12 --rams 0.1 --factuality 0.05
# Run 10, its running mean and what it began with: of some fifteen such means, the one that kept every floor.
"$python" training/blend.py "$runs/blend.pt" 0.35 "$runs/k/net.pt" 0.35 "$runs/k/mean.pt" 0.3 "$first"
"$python" training/shares.py "$STEMMA_GOLD/train" "$coded" "$own" > "$runs/shares.json"
"$python" training/shares.py --least 2 "$STEMMA_GOLD/train" "$coded" "$own" > "$runs/twice.json"
model=src/stemma/extract/local/model
"$python" training/export.py "$runs/blend.pt" "$model" --bench bench/heads.npz --shares "$runs/shares.json" \
  --twice "$runs/twice.json"
# Who-says-so, MUC-4's fillers and WikiEvents' arguments, over the encoder as it is now.
"$python" training/over.py "$model" bench/heads.npz --threads "$threads" --scale "$scale"
# The engine's form of the heads, of the weights as they are now.
"$python" training/graphs.py "$model" --texts "$STEMMA_GOLD/train/text"
"$python" training/calibrate.py "$model" --write
