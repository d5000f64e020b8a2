namespace Postern.Blackbox.Tests.Clients;

/// <summary>git over HTTPS against its own server.</summary>
public sealed class GitTests
{
    private const string Setup = """
        export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
        git init -q seed
        for n in $(seq 60); do head -c 50000 /dev/urandom >seed/file-$n.bin; done
        git -C seed add -A
        git -C seed commit -q -m first
        git clone -q --bare seed nginx/git/tree.git
        git -C nginx/git/tree.git config http.receivepack true

        """;

    [NeedsFact("git nginx fcgiwrap /usr/lib/git-core/git-http-backend")]
    public async Task Clones_pushes_and_pulls()
    {
        await using var stage = new Stage();
        var nginx = await stage.StartNginxAsync();
        await nginx.ServeGitAsync();

        var output = await stage.SucceedAsync(Setup + """
            git clone -q $TLS/git/tree.git one
            git clone -q $TLS/git/tree.git two
            head -c 3000000 /dev/urandom >one/large.bin
            git -C one add -A
            git -C one commit -q -m second
            git -C one push -q
            git -C two pull -q
            diff -r -x .git one two
            ls two | wc -l
            """);

        Assert.Equal("61\n", output);
    }

    [NeedsFact("git nginx fcgiwrap /usr/lib/git-core/git-http-backend")]
    public async Task Clones_through_a_tunnel_that_stays_closed()
    {
        await using var stage = new Stage("tls_interception: { enabled: false }\n");
        var nginx = await stage.StartNginxAsync();
        await nginx.ServeGitAsync();

        var output = await stage.SucceedAsync(Setup + """
            export GIT_SSL_CAINFO=$SSL_CERT_FILE
            git clone -q $TLS/git/tree.git one
            ls one | wc -l
            """);

        Assert.Equal("60\n", output);
        Assert.All(Tunnels.Closed(stage), static opaque => Assert.True(opaque > 0));
        Assert.True(Tunnels.Closed(stage).Sum() > 3_000_000);
    }
}
