using Postern.Engine.Configuration;

namespace Postern.Program.Checkup;

/// <summary>All checks, in the order in which a start would trip over them.</summary>
internal static class Checks
{
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(string? configPath, Home home, CancellationToken cancel)
    {
        var (configuration, config) = ConfigurationCheck.Run(configPath);
        var evidence = config.FlightRecorder.Dir is { Length: > 0 } dir ? dir : home.Evidence;
        return
        [
            configuration,
            HomeCheck.Run(home),
            ClockCheck.Run(TimeProvider.System),
            CryptographyCheck.Run(),
            .. AuthorityCheck.Run(config.TlsInterception, home),
            .. EvidenceCheck.Run(evidence),
            await ListenerCheck.RunAsync(ListenAddress.TryParse(config.FetchProxy.Listen, out var address) ? address : new ListenAddress("127.0.0.1", 8888), cancel).ConfigureAwait(false),
        ];
    }
}
