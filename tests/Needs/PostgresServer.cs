using System.Diagnostics;

namespace Postern.Needs;

/// <summary>Debian's PostgreSQL for one test class: its own data directory, a Unix socket, a password, no root. A child of the test, and ended with it.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    /// <summary>What tests that use it ask of the machine.</summary>
    public const string Needed = "linux setpriv /usr/lib/postgresql";

    /// <summary>The password of the only user, to be looked for where it must not be.</summary>
    public const string Password = "planted-db-password-1";

    private const string Nobody = "65534";

    private readonly string _home = Directory.CreateTempSubdirectory("pg-").FullName;
    private Process? _server;

    /// <summary>Where it is, as Npgsql says it.</summary>
    public string Connection => $"Host={_home};Username=postgres;Password={Password};Database=postgres";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Need.SkipReason(Needed) is not null)
        {
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(_home, "password"), Password);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "-R", Nobody, _home);
        }

        await RunAsync(Of("initdb"), "-D", Path.Combine(_home, "data"), "-U", "postgres", "-A", "scram-sha-256", "--pwfile", Path.Combine(_home, "password"), "--no-sync", "-E", "UTF8", "--locale=C");
        await StartAsync();
    }

    /// <summary>Starts it, and returns when it answers.</summary>
    public async Task StartAsync()
    {
        var server = _server = Process.Start(AsNobody(Of("postgres"), "-D", Path.Combine(_home, "data"), "-k", _home, "-c", "listen_addresses=", "-c", "fsync=off"))!;
        while (await server.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                // Somebody has to read the rest, or it blocks.
                _ = server.StandardError.BaseStream.CopyToAsync(Stream.Null);
                return;
            }
        }

        throw new InvalidOperationException("PostgreSQL did not start");
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task StopAsync()
    {
        if (_server is { } server)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
            _server = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_home, recursive: true);
    }

    private static string Of(string program) =>
        Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", program)).Where(File.Exists).OrderDescending(StringComparer.Ordinal).First();

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var run = Process.Start(program == "chown" ? Quiet(program, arguments) : AsNobody(program, arguments))!;
        var output = run.StandardOutput.ReadToEndAsync();
        var error = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.True(run.ExitCode == 0, $"{program}: {error}{await output}");
    }

    private static ProcessStartInfo AsNobody(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? Quiet("setpriv", ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", program, .. arguments])
        : Quiet(program, arguments);

    private static ProcessStartInfo Quiet(string program, string[] arguments) =>
        new(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
}
