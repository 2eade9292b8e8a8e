#!/bin/sh
# Sends the requests of a witness again: A1 lost update
# Rebuilt from the record, on a fresh key, with bodies that name their version. A race is not won at every try:
#   for i in $(seq 100); do sh replay.sh; done
# The command "etalon race" aligns the racers far better than a shell can.
set -u
recorded='https://store.test/'
BUCKET=${BUCKET:?name a bucket you may write to}
: "${AWS_ACCESS_KEY_ID:?}" "${AWS_SECRET_ACCESS_KEY:?}"  # never in a file
URL=${URL:-$recorded}$BUCKET/
SIGN="--aws-sigv4 aws:amz:${AWS_REGION:-us-east-1}:s3 --user $AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"
KEY=etalon-replay-$(date +%s)-$$
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# send NAME CURL-ARGUMENTS...: keeps the header fields of the answer, and tells what came back
send() {
  name=$1; shift
  curl -sS --max-time 30 $SIGN -D "$dir/$name.head" -o "$dir/$name.body" "$@" "$URL$KEY" \
    || echo "$name: no answer"
  echo "$name: $(head -n 1 "$dir/$name.head" 2>/dev/null | tr -cd ' -~') $(tag "$name" | tr -cd ' -~')"
}
# tag NAME: the entity tag of an answer
tag() { sed -n 's/^[Ee][Tt][Aa][Gg]: *//p' "$dir/$1.head" 2>/dev/null | tr -d '\r' | tail -n 1; }
# show NAME: what a read returned
show() { echo "$1 showed: $(head -c 60 "$dir/$1.body" 2>/dev/null | tr -cd ' -~')"; }

# what was there before
send put_w0_1 -X PUT -H 'Content-Type: application/octet-stream' --data-binary 'w0#1'
send w0_1

# 1: w0 GET
send answer1
show answer1

# in flight together
# 2: w1 PUT If-Match "t" (w0#1)
send answer2 -X PUT -H 'Content-Type: application/octet-stream' --data-binary 'w1#1' -H "If-Match: $(tag w0_1)" &
# 3: w2 PUT If-Match "t" (w0#1)
send answer3 -X PUT -H 'Content-Type: application/octet-stream' --data-binary 'w2#1' -H "If-Match: $(tag w0_1)" &
wait

# 4: w0 GET
send answer4
show answer4
