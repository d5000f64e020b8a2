using Xunit;

namespace Postern.Engine.Tests.Detection.Tools;

/// <summary>What developers and their agents run every day: a false alarm costs as much as a miss.</summary>
public sealed class EverydayCommandTests
{
    private const string Commands = """"
        git add -A && git commit -m "Handle IFS=, and set -- in the reader; see rm -rf / in docs"
        ===
        git commit -F - <<'EOF'
        Fix the parser

        It read ~/.ssh/id_rsa from `cat` in the docs.
        EOF
        ===
        for f in src/*.ts; do npx prettier --write "$f"; done
        ===
        for f in a.txt b.txt c.txt; do wc -l "$f"; done
        ===
        for i in 1 2 3 4 5; do curl -sf http://localhost:3000/health && break; sleep 1; done
        ===
        for d in api web worker; do (cd "services/$d" && npm ci && npm test); done
        ===
        while read -r line; do echo "$line"; done < list.txt
        ===
        while IFS=, read -r name mail; do echo "$name <$mail>"; done < people.csv
        ===
        files=(src/a.ts src/b.ts); npx eslint "${files[@]}"
        ===
        args=(--silent --coverage); npm test -- "${args[@]}"
        ===
        log() { echo "[$(date +%T)] $1"; }; log "start"; npm run build; log "done"
        ===
        retry() { for i in 1 2 3; do "$@" && return 0; sleep 2; done; return 1; }; retry npm ci
        ===
        set -euo pipefail; npm ci && npm run build
        ===
        set -- $(git rev-parse HEAD HEAD~1); echo "$1"
        ===
        cat > scripts/build.sh <<'EOF'
        #!/usr/bin/env bash
        set -e
        npm ci
        npm run build
        EOF
        chmod +x scripts/build.sh && ./scripts/build.sh
        ===
        cat > hello.py <<'EOF'
        import json, sys
        print(json.dumps({"x": 1}))
        EOF
        python3 hello.py
        ===
        cat > Dockerfile <<EOF
        FROM node:22
        WORKDIR /app
        COPY . .
        RUN npm ci
        EOF
        ===
        cat <<EOF > config.json
        {"version": "$(git describe --tags)", "built": "$(date -u +%FT%TZ)"}
        EOF
        ===
        python3 - <<'EOF'
        import csv
        with open('data.csv') as f:
            for row in csv.DictReader(f):
                print(row['name'])
        EOF
        ===
        python3 -c "import json; print(json.load(open('package.json'))['version'])"
        ===
        python3 -c "import sys; print(sys.version)"
        ===
        python3 -c "from pathlib import Path; Path('out').mkdir(exist_ok=True)"
        ===
        python3 -c "import subprocess; print(subprocess.run(['git','status'],capture_output=True).stdout)"
        ===
        python3 -c "open('out.txt','w').write('hello')"
        ===
        node -e "console.log(require('./package.json').version)"
        ===
        node -p "process.versions.node"
        ===
        node -e "const fs=require('fs'); fs.writeFileSync('out.json', JSON.stringify({a:1}))"
        ===
        node -e "require('fs').rmSync('dist',{recursive:true,force:true})"
        ===
        ruby -e 'puts File.read("Gemfile").lines.size'
        ===
        perl -ne 'print if /error/i' app.log
        ===
        sed -n '1,40p' src/app.ts
        ===
        sed -i 's/foo/bar/g' src/app.ts
        ===
        sed -e 's/a/b/' -e 's/c/d/' notes.md
        ===
        awk -F: '{print $1}' users.txt | sort -u
        ===
        awk 'NR==1 || /ERROR/' app.log
        ===
        grep -rn "process.env" src/ --include=*.ts
        ===
        grep -rn "password" src --exclude-dir=node_modules --exclude=.env
        ===
        grep -c '' README.md
        ===
        grep -E "^(GET|POST) /api" access.txt | head -20
        ===
        grep -q DATABASE_URL .env && echo set
        ===
        rg -n "TODO|FIXME" -g '!node_modules'
        ===
        find . -name '*.py' -not -path './.venv/*' | xargs wc -l
        ===
        find src -name '*.test.ts' -newer package.json
        ===
        ls -la ~/.config && ls ~/projects
        ===
        docker compose -f docker-compose.dev.yml up -d --build
        ===
        docker compose logs --tail=100 api
        ===
        docker run --rm -v "$PWD":/app -w /app node:22 npm test
        ===
        docker build --build-arg VERSION=1.2.3 -t app:1.2.3 .
        ===
        docker images --format '{{.Repository}}:{{.Tag}}'
        ===
        docker ps -q | wc -l
        ===
        kubectl get pods -n staging -o wide
        ===
        kubectl describe deployment api -n staging
        ===
        kubectl logs -f deploy/api -n staging --since=10m
        ===
        kubectl rollout status deployment/api
        ===
        kubectl apply --dry-run=client -o yaml -k overlays/dev
        ===
        psql -h db.example -U app -d app -c "select id, name from users limit 10"
        ===
        psql app -f migrations/001_init.sql
        ===
        psql -c '\d users' app
        ===
        sqlite3 app.db 'select count(*) from orders where total > 100'
        ===
        npm run build --workspaces --if-present
        ===
        npm ci --prefer-offline && npx tsc --noEmit
        ===
        npx jest --testPathPattern=auth --coverage=false
        ===
        pnpm -r test
        ===
        pip install -e '.[dev]'
        ===
        pytest tests/ -x -q -k "not slow"
        ===
        go build ./... && go vet ./...
        ===
        cargo clippy --all-targets -- -D warnings
        ===
        mvn -q -DskipTests package
        ===
        make -C build -j"$(nproc)"
        ===
        cmake -DCMAKE_BUILD_TYPE=Release -S . -B build
        ===
        gcc -O2 -I/usr/include/openssl -Iinclude -o app main.c -lssl
        ===
        tar -czf /tmp/site.tgz -C dist .
        ===
        tar --exclude=.env --exclude=node_modules -czf build.tgz src
        ===
        rsync -av --exclude=.env --exclude .git src/ backup/
        ===
        curl -sS -o /tmp/openapi.json https://api.example.com/openapi.json
        ===
        curl -sX POST https://api.example.com/v1/items -H 'Content-Type: application/json' -d @payload.json
        ===
        curl -s "https://api.example.com/items?page=$((page + 1))" | jq -r '.items[].id'
        ===
        curl -I http://localhost:8080/health
        ===
        echo "total: $(( $(wc -l < a.txt) + $(wc -l < b.txt) ))"
        ===
        echo "${VERSION:-$(git describe --always)}"
        ===
        NODE_ENV=production PORT=3000 node server.js
        ===
        export PATH="$HOME/.local/bin:$PATH" && which uv
        ===
        cp .env.example .env
        ===
        test -f .env || cp .env.example .env
        ===
        git check-ignore .env && git rm --cached .env
        ===
        git diff --stat main...HEAD
        ===
        git diff --no-index old.txt new.txt
        ===
        git log --grep='fix' --oneline -- src/auth
        ===
        git stash push -m "wip" && git switch main
        ===
        gh pr view 12 --json title,body
        ===
        gh pr create --title "Fix key loading" --body "Reads the key from ~/.config/app/key only when it exists. Does not touch ~/.ssh/id_rsa anymore"
        ===
        x=5; y=$((x*2)); echo "$y"
        ===
        names="a b c"; for n in $names; do mkdir -p "out/$n"; done
        ===
        if [ -f package-lock.json ]; then npm ci; else npm install; fi
        ===
        case "$1" in start) npm start;; test) npm test;; esac
        ===
        trap 'kill $PID' EXIT; node server.js & PID=$!; sleep 1
        ===
        rm -rf dist build && mkdir -p dist
        ===
        cat package.json | jq '.dependencies | keys'
        ===
        terraform plan -out plan.bin
        ===
        helm template ./chart -f values.dev.yaml
        ===
        openssl x509 -in cert.pem -noout -dates
        ===
        diff <(sort a.txt) <(sort b.txt)
        ===
        date +%s > /tmp/start && time npm run build
        ===
        cat postern.yaml && postern config check
        ===
        postern mcp pins list && postern evidence verify
        ===
        echo '{"a":1}' > tmp.json; python3 -m json.tool tmp.json
        ===
        seq 1 10 | xargs -n1 -I{} echo item-{}
        ===
        ssh deploy@host.example 'systemctl status app'
        """";

    public static TheoryData<string> All => [.. Commands.ReplaceLineEndings("\n").Split("\n===\n")];

    [Theory]
    [MemberData(nameof(All))]
    public void Leaves_ordinary_commands_alone(string command) => Assert.Empty(ToolCalls.RulesOfCommand(command));

    [Theory]
    [InlineData("run", """{"command":"npm","args":["test","--","--watch=false"]}""")]
    [InlineData("run", """{"command":"git","args":["commit","-m","docs: explain rm -rf / and cat ~/.ssh/id_rsa"]}""")]
    [InlineData("run", """{"program":"node","args":["server.js"],"env":{"NODE_ENV":"test","PORT":"3000","PATH":"/usr/bin:/bin"}}""")]
    [InlineData("run", """{"command":"docker run --rm","args":["alpine","echo","hi"]}""")]
    [InlineData("run", """{"commands":["npm ci","npm test"]}""")]
    [InlineData("execute_python", """{"code":"import pandas as pd\ndf = pd.read_csv('data/sales.csv')\nprint(df.describe())"}""")]
    [InlineData("execute_python", """{"code":"import os\nos.makedirs('out', exist_ok=True)\nprint(os.listdir('.'))"}""")]
    [InlineData("run_javascript", """{"code":"const r = await fetch('https://api.example.com/x'); console.log(await r.json())"}""")]
    [InlineData("code_interpreter", """{"language":"python","code":"import re\nprint(re.sub('a','b','banana'))"}""")]
    [InlineData("str_replace_editor", """{"command":"view","path":"src/main.py"}""")]
    [InlineData("browser_evaluate", """{"function":"() => document.title"}""")]
    [InlineData("create_issue", """{"title":"x","url":"example.com/page","body":"see http://localhost:3000"}""")]
    [InlineData("calculator", """{"expression":"2*(3+4)"}""")]
    [InlineData("update_row", """{"table":"users","id":1000000,"params":["a","b"]}""")]
    public void Leaves_ordinary_calls_alone(string tool, string arguments) => Assert.Empty(ToolCalls.Rules(tool, arguments));
}
