namespace Postern.Blackbox.Tests.Clients;

/// <summary>Python's standard library, which finds proxy and certificates in the environment.</summary>
public sealed class PythonTests
{
    [NeedsFact("python3 nginx")]
    public async Task Urllib_reads_pages()
    {
        await using var stage = new Stage();
        await stage.StartNginxAsync();

        var output = await stage.SucceedAsync("""
            python3 - <<'END'
            import os, urllib.request
            for origin in os.environ["PLAIN"], os.environ["TLS"]:
                with urllib.request.urlopen(origin + "/moved") as answer:
                    print(answer.status, answer.read().decode(), end="")
            END
            """);

        Assert.Equal("200 hello over HTTP/1.1\n200 hello over HTTP/1.1\n", output);
    }
}
