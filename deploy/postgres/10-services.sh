#!/bin/bash
# Gives each service a role and a database of its own, in which no other service's role gets a connection.
#
# PostgreSQL's image runs it once, in an empty data folder. Running it again does no harm: it adds what is missing and
# sets the passwords to those of the environment. That is how a password is changed (docs/containers.md).
set -euo pipefail

for service in partnership training talent notify; do
  # psql reads the password from its environment, so no list of processes shows it.
  psql --set=ON_ERROR_STOP=1 --no-psqlrc --quiet --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
    --set=service="$service" --set=secret="SUNMAO_${service^^}_DATABASE_PASSWORD" <<'SQL'
\getenv password :secret
SELECT format('CREATE ROLE %I LOGIN', :'service')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'service') \gexec
ALTER ROLE :"service" PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'service', :'service')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
SQL
done

# Who watches sees numbers of all of it and rows of nobody.
psql --set=ON_ERROR_STOP=1 --no-psqlrc --quiet --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\getenv password SUNMAO_MONITOR_DATABASE_PASSWORD
SELECT 'CREATE ROLE monitor LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'monitor') \gexec
ALTER ROLE monitor PASSWORD :'password';
GRANT pg_monitor TO monitor;
GRANT CONNECT ON DATABASE postgres, partnership, training, talent, notify TO monitor;
SQL
