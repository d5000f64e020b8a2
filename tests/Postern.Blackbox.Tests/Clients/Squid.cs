using System.Diagnostics;
using System.Globalization;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>squid on loopback, which shows every request and every response to an ICAP server, and carries nothing without it.</summary>
internal sealed class Squid : IAsyncDisposable
{
    private const int Attempts = 5;
    private readonly BackgroundProcess _process;

    private Squid(BackgroundProcess process, int port) => (_process, Proxy) = (process, new Uri("http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Where it listens.</summary>
    public Uri Proxy { get; }

    /// <summary>Starts it with its configuration in <paramref name="directory"/>.</summary>
    public static async Task<Squid> StartAsync(string directory, int icapPort)
    {
        var file = Path.Combine(directory, "squid.conf");
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var port = Ports.Free();
            await File.WriteAllTextAsync(file, Configuration(port, icapPort));
            if (await BackgroundProcess.TryStartAsync(new ProcessStartInfo(Programs.PathOf("squid"), ["-N", "-d", "1", "-f", file]), "Accepting HTTP Socket connections") is { } process)
            {
                return new Squid(process, port);
            }
        }

        throw new InvalidOperationException("squid did not start.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>What it said, for the message of a failing test.</summary>
    public override string ToString() => _process.ToString();

    // As docs/ways-in.md has it, and nothing kept or written that the test does not need.
    private static string Configuration(int port, int icapPort) => string.Create(CultureInfo.InvariantCulture, $$"""
        http_port 127.0.0.1:{{port}}
        visible_hostname squid
        pid_filename none
        cache deny all
        access_log none
        cache_log /dev/null
        cache_store_log none
        netdb_filename none
        coredump_dir none
        pinger_enable off
        shutdown_lifetime 0 seconds
        http_access allow all
        icap_enable on
        icap_send_client_ip on
        icap_service ask reqmod_precache icap://127.0.0.1:{{icapPort}}/reqmod bypass=off
        icap_service answer respmod_precache icap://127.0.0.1:{{icapPort}}/respmod bypass=off
        adaptation_access ask allow all
        adaptation_access answer allow all

        """);
}
