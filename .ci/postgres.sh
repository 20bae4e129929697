# Starts a PostgreSQL of its own on a socket in a temporary folder, as a user without rights (its programs
# refuse to run as root), and sets STEMMA_TEST_POSTGRES. Sourced by .ci/run; nothing of it outlives the run.
start_postgres() {
  as_user=()
  programs=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2> /dev/null | sort | tail -1)
  [ -n "$programs" ] || { echo "ci: no PostgreSQL; its tests are skipped" >&2; return 0; }
  folder=$(mktemp -d)
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as_user=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  fi
  chmod 755 "$folder"
  (cd "$folder" && "${as_user[@]}" "$programs/initdb" -D data -A trust -U stemma --no-sync -E UTF8 --locale=C > /dev/null)
  (cd "$folder" && "${as_user[@]}" "$programs/pg_ctl" -D data -w -l log start > /dev/null \
    -o "-c listen_addresses='' -c unix_socket_directories=$folder -c fsync=off -c max_connections=60")
  export STEMMA_TEST_POSTGRES="postgresql://stemma@/postgres?host=$folder"
  stop_postgres() {
    (cd "$folder" && "${as_user[@]}" "$programs/pg_ctl" -D data -m immediate stop > /dev/null) || true
    rm -rf "$folder"
  }
  trap stop_postgres EXIT
}
