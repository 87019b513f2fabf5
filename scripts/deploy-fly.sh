#!/usr/bin/env bash
# Deploys a fleet to Fly.io, and brings one that is there up to date. What exists already is left as it is: a second run changes nothing.
#   scripts/deploy-fly.sh --app NAME [options]
#     --org SLUG           the organisation; personal by default
#     --region CODE        where silos are made; beside the database. What fly.toml says by default
#     --network NAME       the Fly network that new apps of this deployment get: that of the app where it is there already; else "default", the
#                          organisation's own, where the database is Managed Postgres, which no other network reaches; else the app's name
#     --count N            how many silos; where it is left out, as many as there are, and two at first
#     --database CLUSTER   a Managed Postgres cluster to attach, by its id; or set DATABASE_URL in the environment
#     --create-database PLAN   make a Managed Postgres cluster NAME-db with pgvector, unless it is there, and attach it. What the plans (basic,
#                          starter, launch, scale, performance) cost is in FLY_IO_DEPLOYMENT.md
#     --kafka              also a Kafka broker of its own, NAME-kafka
#     --frontend           also the pages as an app of their own, NAME-web
#     --dry-run            say what would be done, and change nothing
# Settings that are secret are taken from the environment when they are set there and Fly does not have them yet: DATABASE_URL,
# DATABASE_DIRECT_URL, CLUSTER_SECRET, OPERATOR_KEY, ESCALATION_URL, PUBLIC_URL, those of email (EMAIL_…, GMAIL_…) and WhatsApp (TWILIO_…), and
# KAFKA_BOOTSTRAP_SERVERS, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD, KAFKA_SECURITY_PROTOCOL, KAFKA_SASL_MECHANISM for a broker elsewhere.
# CLUSTER_SECRET and OPERATOR_KEY are made where nobody gives them. No secret is printed or stands in an argument; the operator's key that was
# made is kept in data/fly/NAME.operator-key, which only you can read. The grain engine is the one that fly.toml says.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "deploy: $*"; }
fail() { echo "deploy: $*" >&2; exit 1; }
usage() { sed -n 's/^#   \( *\)/\1/p' "$0" >&2; exit 2; }

app="" org=personal region="" network="" count="" database="" plan="" kafka="" frontend="" dry=""
while [ $# -gt 0 ]; do
    case "$1" in
        --app | --org | --region | --network | --count | --database | --create-database)
            if [ -z "${2:-}" ]; then usage; fi
            name=${1#--}
            declare "${name/create-database/plan}=$2"
            shift 2
            ;;
        --kafka) kafka=yes; shift ;;
        --frontend) frontend=yes; shift ;;
        --dry-run) dry=yes; shift ;;
        *) usage ;;
    esac
done
[[ $app =~ ^[a-z][a-z0-9-]{1,40}$ ]] || fail "give the app a name with --app: a small letter, then small letters, digits and '-'. It must be free on all of Fly, and is its address: NAME.fly.dev."
[[ $count =~ ^([1-9][0-9]?)?$ ]] || fail "--count must be a number from 1 to 99."
[[ $org =~ ^[a-z0-9][a-z0-9-]*$ ]] || fail "--org must be an organisation's short name, as 'fly orgs list' shows it."
[[ $region =~ ^([a-z]{3})?$ ]] || fail "--region must be the three letters of a region, as 'fly platform regions' shows them."
[[ $network =~ ^([a-z][a-z0-9-]*)?$ ]] || fail "--network must begin with a letter and hold letters, digits and '-' only."
[[ $database =~ ^([A-Za-z0-9]+)?$ ]] || fail "--database must be a cluster's id, as 'fly mpg list' shows it."
case "$plan" in
    "" | basic | starter | launch | scale | performance) ;;
    *) fail "--create-database must name a plan: basic, starter, launch, scale or performance." ;;
esac
[ -z "$plan" ] || [ -z "$database" ] || fail "--database attaches a cluster that is there and --create-database makes one: give one of the two."
[ -z "$plan$database" ] || [ -z "${DATABASE_URL:-}" ] || fail "DATABASE_URL is set, and --database or --create-database would be another: take one of the two."
region=${region:-$(sed -n 's/^primary_region = "\(.*\)"/\1/p' fly.toml)}
# Where people come in.
public=${PUBLIC_URL:-https://$app${frontend:+-web}.fly.dev}

for program in fly jq curl git; do
    command -v "$program" > /dev/null || fail "$program is needed$([ "$program" != fly ] || echo ": see https://fly.io/docs/flyctl/install/"), and was not found."
done
fly version > /dev/null || fail "fly does not start."
fly auth whoami > /dev/null 2>&1 || fail "nobody is signed in: run 'fly auth login', or set FLY_API_TOKEN."

# What changes something. In a dry run it is only said; what stands on standard input is never.
change() {
    if [ -n "$dry" ]; then echo "would run: fly $*"; return; fi
    fly "$@" || fail "'fly $1 ${2:-}' failed; what it said is above. Run this again when that is mended: what is done stays done."
}

# The same for commands that tell a password when they are done, and at a terminal ask for what they have a default for: with nobody there
# they take the default, and only what goes wrong is seen, since that is written to standard error.
change_unseen() {
    if [ -n "$dry" ]; then change "$@"; else change "$@" < /dev/null > /dev/null; fi
}

# Apps by name, and the network of each: none is the organisation's default one. Where nothing is there yet, as in a dry run, there are none.
apps=$(fly apps list --org "$org" --json | jq -c 'map({ key: (.Name // .name), value: (.Network // .network // "") }) | from_entries') \
    || fail "the apps of the organisation '$org' cannot be listed."
exists() { jq -e --arg app "$1" 'has($app)' > /dev/null <<< "$apps"; }
network_of() { jq -r --arg app "$1" '.[$app] | if . == "" then "default" else . end' <<< "$apps"; }
# Names of secrets, one a line.
secrets_of() {
    if ! exists "$1"; then return; fi
    fly secrets list --app "$1" --json | jq -r '.[] | .name // .Name' || fail "the secrets of $1 cannot be listed."
}
has() { grep -qxF "$2" <<< "$1"; }

create() {
    if exists "$1"; then return; fi
    say "creating the app $1"
    local where=()
    [ "$network" = default ] || where=(--network "$network")
    change apps create "$1" --org "$org" "${where[@]}" --yes
    [ -n "$dry" ] || apps=$(jq -c --arg app "$1" --arg network "${where[1]:-}" '.[$app] = $network' <<< "$apps")
}

# Lines NAME="value" for `fly secrets import`, which takes # for a comment outside of quotes.
pending=""
give() {
    case "$2" in
        *\"* | *$'\n'* | *$'\r'*) fail "$1 holds a quotation mark or a line break, which 'fly secrets import' cannot carry." ;;
    esac
    pending+="$1=\"$2\""$'\n'
}
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

# Staged: what is deployed next has them, and nothing is restarted twice.
import() {
    [ -n "$pending" ] || return 0
    say "setting secrets of $1: $(grep -oE '^[A-Z_]+' <<< "$pending" | tr '\n' ' ')"
    if [ -n "$dry" ]; then change secrets import --app "$1" --stage; else printf '%s' "$pending" | change secrets import --app "$1" --stage; fi
    pending=""
    staged[$1]=yes
}
declare -A staged=()

# Whether all of an app's machines run the image that bears this label, with the secrets that the app has now.
runs() {
    if [ -n "${staged[$1]:-}" ] || ! exists "$1"; then return 1; fi
    local secrets machines
    secrets=$(fly secrets list --app "$1" --json) || fail "the secrets of $1 cannot be listed."
    # Some that an earlier run set and broke off before it deployed them.
    jq -e 'all(.[]; .status != "Staged" and .status != "Partial")' > /dev/null <<< "$secrets" || return 1
    machines=$(fly machine list --app "$1" --json) || fail "the machines of $1 cannot be listed."
    jq -e --arg wanted "$2" 'length > 0 and all(.[]; .image_ref.tag == $wanted)' > /dev/null <<< "$machines"
}

# A label for what is in the tree now at these paths: the same is not deployed twice. What is not committed has no name, and is deployed each time.
label_of() {
    local path tree trees="" changed=""
    for path in "$@"; do
        tree=$(git rev-parse --short=12 "HEAD:$path") || fail "this is no git repository with a commit that holds ${path:-it}."
        trees+=$tree
        if [ -n "$(git status --porcelain -- "./$path")" ]; then changed=-changed-$(date +%s); fi
    done
    [ $# = 1 ] || trees=$(git hash-object --stdin <<< "$trees" | cut -c 1-12)
    echo "$trees$changed"
}

# --- The network, before anything is made in it: an app never changes its network

managed=""
if [ -n "$plan$database" ] || [[ ${DATABASE_URL:-} == *.flympg.net* ]]; then managed=yes; fi
if exists "$app"; then
    there=$(network_of "$app")
    [ -z "$network" ] || [ "$network" = "$there" ] || fail "$app is in the network '$there' for good, and --network says '$network'."
    network=$there
fi
if [ -z "$network" ]; then network=${managed:+default}; fi
network=${network:-$app}
# Fly carries nothing from one private network to another.
[ -z "$managed" ] || [ "$network" = default ] \
    || fail "Managed Postgres is in the organisation's default network, and nothing in the network '$network' can reach it: use --network default with a new app, or a database elsewhere by DATABASE_URL."
for other in ${kafka:+"$app-kafka"} ${frontend:+"$app-web"}; do
    if exists "$other" && [ "$(network_of "$other")" != "$network" ]; then
        fail "$other is in the network '$(network_of "$other")' and the silos are in '$network', where it cannot reach them."
    fi
done

# --- The apps

create "$app"
[ -z "$kafka" ] || create "$app-kafka"
[ -z "$frontend" ] || create "$app-web"

# --- Their secrets

known=$(secrets_of "$app")
kept=""

# The cluster's id, by its name; nothing where there is none. Without any cluster fly says so in words, also where it is asked for JSON.
cluster_of() {
    local clusters
    clusters=$(fly mpg list --org "$org" --json) || fail "the Managed Postgres clusters of '$org' cannot be listed."
    if [[ $clusters != \[* ]]; then return; fi
    jq -r --arg name "$1" 'map(select(.name == $name)) | .[0].id // empty' <<< "$clusters"
}
create_database() {
    database=$(cluster_of "$app-db")
    if [ -z "$database" ]; then
        say "creating the Managed Postgres cluster $app-db ($plan), which takes some minutes"
        change_unseen mpg create --name "$app-db" --org "$org" --region "$region" --plan "$plan" --pg-major-version 17
        if [ -n "$dry" ]; then database=ID-of-$app-db; else database=$(cluster_of "$app-db"); fi
        [ -n "$database" ] || fail "the cluster $app-db was made and 'fly mpg list --org $org' does not show it yet: run this again."
    fi
    local extensions="[]"
    if [[ $database != ID-of-* ]]; then extensions=$(fly mpg databases extensions list "$database" --json < /dev/null) || fail "the extensions of $app-db cannot be listed."; fi
    jq -e 'any(.[]; .name == "vector" and .installed != null)' > /dev/null <<< "$extensions" || change mpg databases extensions enable vector --cluster "$database"
}
if ! has "$known" DATABASE_URL; then
    if [ -n "${DATABASE_URL:-}" ]; then
        give DATABASE_URL "$DATABASE_URL"
    elif [ -n "$plan$database" ]; then
        if [ -n "$plan" ]; then create_database; fi
        say "attaching the Managed Postgres cluster $database"
        change_unseen mpg attach "$database" --app "$app"
        staged[$app]=yes
    else
        fail "the silos need a database: have one made with --create-database basic, give the id of one that is there with --database, or set DATABASE_URL. See FLY_IO_DEPLOYMENT.md."
    fi
fi
channels=(
    EMAIL_FROM EMAIL_SMTP_URL EMAIL_WEBHOOK_SECRET EMAIL_AUTHSERV_ID
    GMAIL_ADDRESS GMAIL_CLIENT_ID GMAIL_CLIENT_SECRET GMAIL_REFRESH_TOKEN GMAIL_TOPIC GMAIL_PUSH_AUDIENCE GMAIL_PUSH_ACCOUNT GMAIL_PUSH_TOKEN
    TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_WHATSAPP_FROM TWILIO_WEBHOOK_URL TWILIO_TEMPLATE_SID
)
for name in DATABASE_DIRECT_URL ESCALATION_URL "${channels[@]}"; do
    if [ -n "${!name:-}" ] && ! has "$known" "$name"; then give "$name" "${!name}"; fi
done
# No secrets, but what is kept with them is also there when somebody deploys without this script. The pages' proxy comes by the private
# network, and its word about who called is taken; where it is new, people come in by another address. All of Fly's private networks are
# named, because this one's own addresses are known only when its first machine runs; nothing else gets through from the others.
if [ -n "$frontend" ] && ! has "$known" TRUSTED_PROXIES; then
    give TRUSTED_PROXIES fdaa::/16
    give PUBLIC_URL "$public"
elif ! has "$known" PUBLIC_URL; then
    give PUBLIC_URL "$public"
fi
has "$known" CLUSTER_SECRET || give CLUSTER_SECRET "${CLUSTER_SECRET:-$(random)}"
if ! has "$known" OPERATOR_KEY; then
    if [ -n "${OPERATOR_KEY:-}" ]; then
        give OPERATOR_KEY "$OPERATOR_KEY"
    else
        # Kept first: a key that Fly has and nobody knows would be of no use.
        kept=data/fly/$app.operator-key
        if [ -z "$dry" ]; then
            (umask 077 && mkdir -p data/fly && { [ -s "$kept" ] || random > "$kept"; })
            give OPERATOR_KEY "$(cat "$kept")"
        else
            give OPERATOR_KEY "made when this is run"
        fi
    fi
fi

if [ -n "$kafka" ]; then
    broker=$(secrets_of "$app-kafka")
    # Fly gives no secret back: where one side lacks it, both get a new one.
    if ! has "$broker" KAFKA_SASL_PASSWORD || ! has "$known" KAFKA_SASL_PASSWORD || ! has "$known" KAFKA_SECURITY_PROTOCOL; then
        password=$(random)
        give KAFKA_BOOTSTRAP_SERVERS "$app-kafka.internal:9092"
        give KAFKA_SASL_USERNAME fte
        give KAFKA_SASL_PASSWORD "$password"
        # As deploy/fly/kafka/start sets the broker up.
        give KAFKA_SECURITY_PROTOCOL SASL_PLAINTEXT
        give KAFKA_SASL_MECHANISM PLAIN
        import "$app"
        give KAFKA_SASL_USERNAME fte
        give KAFKA_SASL_PASSWORD "$password"
        import "$app-kafka"
    fi
else
    for name in KAFKA_BOOTSTRAP_SERVERS KAFKA_SASL_USERNAME KAFKA_SASL_PASSWORD KAFKA_SECURITY_PROTOCOL KAFKA_SASL_MECHANISM; do
        if [ -n "${!name:-}" ] && ! has "$known" "$name"; then give "$name" "${!name}"; fi
    done
fi
import "$app"

# --- What runs: the broker first, then the silos that use it, then the pages before them

if [ -n "$kafka" ]; then
    label=$(label_of deploy/fly/kafka)
    # fly goes into that folder first, and looks for its file from there.
    runs "$app-kafka" "$label" || change deploy deploy/fly/kafka --config fly.toml --app "$app-kafka" --primary-region "$region" \
        --image-label "$label" --ha=false --no-public-ips --remote-only --yes
fi

label=$(label_of "")
if runs "$app" "$label"; then
    say "the silos of $app run what is here already"
else
    change deploy . --config fly.toml --app "$app" --primary-region "$region" --image-label "$label" \
        --build-arg "VERSION=$(scripts/version)" --build-arg "REVISION=$(git rev-parse HEAD)" --remote-only --yes
fi

if [ -n "$count" ]; then
    running=0
    if exists "$app"; then running=$(fly machine list --app "$app" --json | jq '[.[] | select(.state != "destroyed")] | length'); fi
    [ "$running" = "$count" ] || change scale count "$count" --app "$app" --region "$region" --yes
fi

if [ -n "$frontend" ]; then
    # All that its image is made of.
    label=$(label_of frontend deploy/fly/frontend scripts/frontend scripts/image-publish .dockerignore)
    runs "$app-web" "$label" || change deploy . --config deploy/fly/frontend/fly.toml --app "$app-web" --primary-region "$region" --image-label "$label" \
        --env "SILO_HOST=$app.internal" --remote-only --yes
fi

# --- Whether it works

[ -z "$dry" ] || { say "nothing was changed."; exit 0; }
# The first request also waits for a name and a certificate.
curl --fail --silent --show-error --output /dev/null --max-time 10 --retry 12 --retry-delay 5 --retry-all-errors "https://$app.fly.dev/health/ready" \
    || fail "the fleet is deployed, and https://$app.fly.dev/health/ready does not answer 200; 'fly logs --app $app' says why."
fly status --app "$app"
say "the fleet is at $public/, the console at $public/console/"
[ -z "$kept" ] || say "the first operator's key is in $kept; keep it safe and delete that file"
