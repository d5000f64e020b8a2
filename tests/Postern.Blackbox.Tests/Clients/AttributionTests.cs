using System.Globalization;
using System.Net;
using System.Text;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>Records name the process that asked, over every way into the main listener.</summary>
public sealed class AttributionTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    public void Dispose() => _postern.Dispose();

    [NeedsFact("linux")]
    public async Task Records_name_the_process_that_asked_and_verify()
    {
        var address = $"127.0.0.1:{Ports.Free()}";
        await using (var program = await _postern.StartAsync("listens on ", "run", "--listen", address))
        {
            using var proxied = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy("http://" + address) });
            using var direct = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            await proxied.GetAsync(new Uri("http://169.254.169.254/"), TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<HttpRequestException>(() => proxied.GetAsync(new Uri("https://169.254.169.254/"), TestContext.Current.CancellationToken));
            await direct.GetAsync(new Uri($"http://{address}/fetch?url=http%3A%2F%2F169.254.169.254%2F"), TestContext.Current.CancellationToken);
            using var asked = new StringContent("{}", Encoding.UTF8, "application/json");
            await direct.PostAsync(new Uri($"http://{address}/hook/claude"), asked, TestContext.Current.CancellationToken);
        }

        var evidence = Path.Combine(_postern.Home, "evidence");
        var records = string.Concat(Directory.GetFiles(evidence).Select(File.ReadAllText)).Split('\n');
        var process = string.Create(CultureInfo.InvariantCulture, $"\"pid\":{Environment.ProcessId}}}");
        foreach (var transport in (string[])["forward", "connect", "fetch", "hook"])
        {
            Assert.Contains(records, record => record.Contains($"\"transport\":\"{transport}\"", StringComparison.Ordinal) && record.Contains(process, StringComparison.Ordinal));
        }

        // The program was killed: the tail may miss its checkpoint, and nothing else.
        Assert.Contains("sound", (await _postern.RunAsync("evidence", "verify", evidence)).Output, StringComparison.Ordinal);
    }
}
