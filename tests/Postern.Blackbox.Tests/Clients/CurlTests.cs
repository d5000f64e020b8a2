namespace Postern.Blackbox.Tests.Clients;

/// <summary>curl, the way people use it.</summary>
public sealed class CurlTests
{
    [NeedsFact("curl nginx")]
    public async Task Fetches_over_every_version_of_http()
    {
        await using var stage = new Stage();
        await stage.StartNginxAsync();

        var output = await stage.SucceedAsync("""
            curl -sS $PLAIN/hello
            curl -sS --http1.0 $PLAIN/hello
            curl -sS --proxytunnel $PLAIN/hello
            curl -sS --http1.1 -w '%{http_version}\n' $TLS/hello
            curl -sS --http2 -w '%{http_version}\n' $TLS/hello
            curl -sS --http1.0 $TLS/hello
            """);

        Assert.Equal(
            """
            hello over HTTP/1.1
            hello over HTTP/1.1
            hello over HTTP/1.1
            hello over HTTP/1.1
            1.1
            hello over HTTP/2.0
            2
            hello over HTTP/1.1

            """,
            output);
    }

    [NeedsFact("curl nginx")]
    public async Task Follows_redirects_and_keeps_connections()
    {
        await using var stage = new Stage();
        await stage.StartNginxAsync();

        var output = await stage.SucceedAsync("""
            for origin in $PLAIN $TLS; do
              curl -sS -L -o /dev/null -w '%{http_code} %{num_redirects} %{num_connects}\n' $origin/moved
              curl -sS --http1.1 -o /dev/null -o /dev/null -o /dev/null -w '%{http_code} %{num_connects}\n' $origin/hello $origin/hello $origin/hello
            done
            """);

        const string Each = "200 1 1\n200 1\n200 0\n200 0\n";
        Assert.Equal(Each + Each, output);
    }

    [NeedsFact("curl nginx")]
    public async Task A_head_request_gets_the_headers_of_the_resource()
    {
        await using var stage = new Stage();
        var nginx = await stage.StartNginxAsync();
        await File.WriteAllTextAsync(Path.Combine(nginx.Files, "page.txt"), "twenty-two characters\n", TestContext.Current.CancellationToken);

        var output = await stage.SucceedAsync("""
            for origin in $PLAIN $TLS; do curl -sS --head $origin/page.txt | tr -d '\r' | tr A-Z a-z | grep -E '^(content-length|content-type|accept-ranges):' | sort; done
            """);

        const string Each = "accept-ranges: bytes\ncontent-length: 22\ncontent-type: text/plain\n";
        Assert.Equal(Each + Each, output);
    }

    [NeedsFact("curl nginx")]
    public async Task Revalidates_and_asks_for_ranges()
    {
        await using var stage = new Stage();
        var nginx = await stage.StartNginxAsync();
        await File.WriteAllTextAsync(Path.Combine(nginx.Files, "page.txt"), "twenty-two characters\n", TestContext.Current.CancellationToken);

        var output = await stage.SucceedAsync("""
            for origin in $PLAIN $TLS; do
              curl -sS -o page.txt --etag-save tag $origin/page.txt
              curl -sS -o /dev/null -w '%{http_code} %{size_download}\n' --etag-compare tag $origin/page.txt
              curl -sS -r 7-9 -w ' %{http_code}\n' $origin/page.txt
              head -c 7 page.txt >part && curl -sS -C - -o part -w '%{http_code} ' $origin/page.txt && cat part
              curl -sS -r 900- -o /dev/null -w '%{http_code}\n' $origin/page.txt
            done
            """);

        const string Each = "304 0\ntwo 206\n206 twenty-two characters\n416\n";
        Assert.Equal(Each + Each, output);
    }

    [NeedsFact("curl nginx")]
    public async Task Decodes_what_the_server_compressed()
    {
        await using var stage = new Stage();
        var nginx = await stage.StartNginxAsync();
        var text = string.Concat(Enumerable.Range(0, 5000).Select(static n => $"line {n * 7919 % 100_003} of a page that compresses well\n"));
        await File.WriteAllTextAsync(Path.Combine(nginx.Files, "page.txt"), text, TestContext.Current.CancellationToken);

        var output = await stage.SucceedAsync("for origin in $PLAIN $TLS; do curl -sS --compressed $origin/packed/page.txt; done");

        Assert.Equal(text + text, output);
    }

    [NeedsFact("curl nginx")]
    public async Task Fifty_at_once_all_get_their_answer()
    {
        await using var stage = new Stage();
        await stage.StartNginxAsync();

        var output = await stage.SucceedAsync("""
            for n in $(seq 25); do for origin in $PLAIN $TLS; do curl -sS -o /dev/null -w '%{http_code}\n' $origin/hello >>codes & done; done
            wait
            sort codes | uniq -c | tr -s ' '
            """);

        Assert.Equal(" 50 200\n", output);
    }
}
