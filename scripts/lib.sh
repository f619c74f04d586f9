# shellcheck shell=bash
# What the scripts share. To be sourced.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Folder of the highest installed Postgres: postgres_bin [MAJOR]
postgres_bin() {
  local candidates=("${PG_BIN_DIR:-}") found
  while read -r found; do candidates+=("$found"); done < <(
    find /usr/lib/postgresql -maxdepth 2 -path "*/${1:-*}/bin" 2>/dev/null | sort -Vr
  )
  candidates+=("$(dirname "$(command -v initdb || echo /)")")
  for found in "${candidates[@]}"; do
    [ -n "$found" ] && [ -x "$found/initdb" ] && [ -x "$found/postgres" ] && echo "$found" && return
  done
  return 1
}

# Folder of the tools of the LLVM that rustc is built on.
llvm_bin() { echo "/usr/lib/llvm-$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')/bin"; }

# Builds the program. scripts/test, which has compiled the tests, has it built along with them: the same dependencies, where
# those of the program alone would all be compiled once more.
build_program() {
  # shellcheck disable=SC2086 # none, or one option
  setpriv --pdeathsig TERM -- cargo build --workspace --bin iae ${BUILT_WITH:-}
}

# Builds the release program, and says to what is run next where it stands and where the data of this size is: measured SIZE
measured() {
  case $1 in
    m) measured_folder=$(data_dir)/bench ;;
    l) measured_folder=$(data_dir)/bench-l ;;
    *) fail "Taille inconnue : « $1 ». Écrivez SIZE=m pour une région, SIZE=l pour le pays." ;;
  esac
  if [ "$1" = l ] && [ ! -d "$measured_folder/postgres" ]; then
    [ "$(df -BG --output=avail "$(data_dir)" | tail -1 | tr -dc 0-9)" -ge 25 ] ||
      fail "Les données du pays demandent 25 Go libres dans $(data_dir), ou ailleurs avec IAE_DATA_DIR."
  fi
  scripts/install rust postgres node load
  scripts/front
  say "Compilation optimisée (plusieurs minutes la première fois)"
  setpriv --pdeathsig TERM -- cargo build --workspace --release --bin iae
  IAE=${CARGO_TARGET_DIR:-target}/release/iae
  IAE_HTTP_PORT=$(free_port)
  IAE_CONNECT_PORT=$(free_port)
  PG_BIN=$(postgres_bin)
  POSTGRES_LOG=$measured_folder/postgres.log
  BENCH_FOLDER=$measured_folder
  BENCH_SIZE=$1
  export IAE IAE_HTTP_PORT IAE_CONNECT_PORT PG_BIN POSTGRES_LOG BENCH_FOLDER BENCH_SIZE
  unset IAE_DATA_DIR DATABASE_URL
}

# The account Postgres runs under: it refuses root.
server_account() {
  if [ "$(id -u)" != 0 ]; then
    id -un
  elif id postgres >/dev/null 2>&1; then
    echo postgres
  else
    echo nobody
  fi
}

# Where the demonstration keeps its data: in the project when Postgres may go there, else beside the system's.
data_dir() {
  if [ -n "${IAE_DATA_DIR:-}" ]; then
    mkdir -p "$IAE_DATA_DIR" && (cd "$IAE_DATA_DIR" && pwd)
    return
  fi
  local folder=$root/.data account
  account=$(server_account)
  if [ "$(id -u)" = 0 ] && ! setpriv --reuid "$account" --regid "$(id -g "$account")" --init-groups test -x "$root"; then
    folder=/var/lib/iae-dev
  elif [ ! -w "$root" ]; then
    folder=${XDG_STATE_HOME:-$HOME/.local/state}/iae-dev
  fi
  mkdir -p "$folder" && echo "$folder"
}

# As many ports of 127.0.0.1 nobody listens on, all different, on a line: free_ports NUMBER
free_ports() {
  local port ports=()
  while [ "${#ports[@]}" -lt "$1" ]; do
    port=$(free_port)
    [[ " ${ports[*]} " == *" $port "* ]] || ports+=("$port")
  done
  echo "${ports[*]}"
}

# A port of 127.0.0.1 nobody listens on.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
  done
}
