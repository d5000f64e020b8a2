using System.Diagnostics;
using System.Globalization;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>rsyslog on loopback, over UDP and TCP, which writes what it understood of each message into a file.</summary>
internal sealed class Rsyslog : IAsyncDisposable
{
    private const int Attempts = 5;
    private readonly string _directory;
    private BackgroundProcess? _process;

    private Rsyslog(string directory) => _directory = directory;

    /// <summary>The port, of UDP and of TCP.</summary>
    public int Port { get; private set; }

    /// <summary>Starts it with all its state in <paramref name="directory"/>; on <paramref name="port"/> when one is given.</summary>
    public static async Task<Rsyslog> StartAsync(string directory, int? port = null)
    {
        var rsyslog = new Rsyslog(directory);
        for (var attempt = 1; ; attempt++)
        {
            rsyslog.Port = port ?? Ports.Free();
            var file = Path.Combine(directory, "rsyslog.conf");
            await File.WriteAllTextAsync(file, rsyslog.Configuration());

            // It goes on without an input whose port is taken, and says so before it says that it is there.
            var start = new ProcessStartInfo(Programs.PathOf("rsyslogd"), ["-n", "-f", file, "-i", Path.Combine(directory, "rsyslog.pid")]);
            rsyslog._process = await BackgroundProcess.TryStartAsync(start, "start");
            if (rsyslog._process is not null && !rsyslog._process.ToString().Contains("error", StringComparison.OrdinalIgnoreCase))
            {
                return rsyslog;
            }

            await rsyslog.DisposeAsync();
            if (attempt == Attempts)
            {
                throw new InvalidOperationException("rsyslog did not start.");
            }
        }
    }

    /// <summary>The first lines it wrote: priority, host, program, event and message, each after a tab.</summary>
    public async Task<string[][]> TakenAsync(int count)
    {
        var file = Path.Combine(_directory, "taken.log");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(file) || File.ReadAllLines(file).Length < count)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        return [.. File.ReadAllLines(file).Select(static line => line.Split('\t'))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    /// <summary>What it said, for the message of a failing test.</summary>
    public override string ToString() => _process?.ToString() ?? "";

    private string Configuration() => string.Create(CultureInfo.InvariantCulture, $$"""
        global(workDirectory="{{_directory}}" maxMessageSize="64k" processInternalMessages="on")
        module(load="imudp")
        module(load="imtcp")
        input(type="imudp" address="127.0.0.1" port="{{Port}}")
        input(type="imtcp" address="127.0.0.1" port="{{Port}}")
        template(name="taken" type="string" string="%pri%\t%hostname%\t%app-name%\t%msgid%\t%msg%\n")
        template(name="said" type="string" string="%app-name%: %msg%\n")
        if $app-name == "gate" then action(type="omfile" file="{{_directory}}/taken.log" template="taken")
        else action(type="omfile" file="/dev/stdout" template="said")

        """);
}
