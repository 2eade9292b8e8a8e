#!/usr/bin/env bash
# Measures the figures of docs/benchmarks.md again: `harness/bench/measure.sh [part ...]`, all parts unless some are named.
# Nothing is asserted. Each part prints its machine's load, for a busy machine spoils wall times.
set -euo pipefail
cd "$(dirname "$0")/../.."
export LC_ALL=C

jar=harness/bench/target/etalon-bench.jar
mvn --batch-mode --quiet package -pl harness/bench,harness/cli -am -DskipTests
one=(java -XX:ActiveProcessorCount=1 -XX:+UseSerialGC)

judge() {
  "${one[@]}" -Xmx2g -jar $jar judge "$@"
}
part_ordered() {
  for clients in 4 16 64; do
    "${one[@]}" -Xmx1g -jar $jar ordered clients=$clients
  done
  "${one[@]}" -Xmx1g -jar $jar ordered unknown=0.01
  "${one[@]}" -Xmx1g -jar $jar ordered unknown=0.1
}
part_judge() {
  judge
  judge unknown=0.01
  judge unknown=0.1
  judge fault=lost
  judge fault=stale
}
part_chain() {
  "${one[@]}" -Xmx2g -jar $jar chain
  "${one[@]}" -Xmx2g -jar $jar chain unknown=0.01
}
part_search() {
  "${one[@]}" -Xmx2g -jar $jar search
  "${one[@]}" -Xmx2g -jar $jar search unknown=0.01
  "${one[@]}" -Xmx2g -jar $jar search clients=16 fault=stale
  "${one[@]}" -Xmx2g -jar $jar search removes=0.3 unknown=0.01
  "${one[@]}" -Xmx2g -jar $jar search puts=0.1
}
part_process() {
  java -XX:+UseSerialGC -Xmx2g -jar $jar process candidate=harness/cli/target/etalon.jar launcher=harness/cli/target/bin/etalon ${BASELINE:+baseline=$BASELINE}
}
part_memory() {
  java -XX:+UseSerialGC -jar $jar memory
  java -XX:+UseSerialGC -jar $jar memory unknown=0.01
  java -XX:+UseSerialGC -jar $jar memory decider=chain
  java -XX:+UseSerialGC -jar $jar memory decider=search
}
part_online() {
  "${one[@]}" -Xmx128m -jar $jar online operations=1e8
  "${one[@]}" -Xmx128m -jar $jar online operations=1e7 unknown=0.01
}
part_faults() {
  for fault in lost stale overwrite; do
    "${one[@]}" -Xmx128m -jar $jar online operations=1e6 fault=$fault
  done
}
part_jmh() {
  java -cp $jar org.openjdk.jmh.Main -rf text -rff harness/bench/target/jmh.txt
}
part_recorder() {
  java -XX:+UseSerialGC -jar $jar recorder
  java -cp $jar org.openjdk.jmh.Main -prof gc RecorderBenchmark
}
part_client() {
  java -XX:+UseSerialGC -Xmx1g -jar $jar client
}
part_detect() {
  java -XX:+UseSerialGC -Xmx1g -jar $jar detect
  java -XX:+UseSerialGC -Xmx1g -jar $jar detect http=2
}
part_kill() {
  java -Xmx6g -jar $jar kill kills=100
}
part_rounds() {
  for scenario in http/same-validator; do
    time java -jar harness/cli/target/etalon.jar race --scenario $scenario --target tomcat || true
  done
}
part_peers() {
  java -Xmx8g -jar $jar peers limit=60
}

parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(ordered judge chain search process memory online faults jmh recorder client detect kill rounds peers)
lscpu | grep -E '^(Model name|CPU\(s\))' || true
java -version 2>&1 | head -n 1
for part in "${parts[@]}"; do
  echo
  echo "== $part, load $(cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null || echo unknown)"
  "part_$part"
done
