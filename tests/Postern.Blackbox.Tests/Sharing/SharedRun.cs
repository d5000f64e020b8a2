using System.Net;
using Postern.Blackbox.Tests.Clients;

namespace Postern.Blackbox.Tests.Sharing;

/// <summary>One of the processes that share their state, and an agent of it.</summary>
internal sealed class SharedRun : IAsyncDisposable
{
    public SharedRun(string name, BackgroundProcess process)
    {
        (Name, Process) = (name, process);
        var said = process.ToString().Split('\n');
        Client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy("http://" + After(said, "listens on ")) });
        Control = After(said, "dashboard and control API on ");
    }

    public string Name { get; }

    public BackgroundProcess Process { get; }

    public HttpClient Client { get; }

    public string Control { get; }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }

    private static string After(string[] said, string mark) =>
        said.Where(line => line.Contains(mark, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..].Split(' ', ';')[0].TrimEnd('/')).First();
}
