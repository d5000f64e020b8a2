using Postern.Engine.Configuration.Sections;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>Appends events to a file, one on a line. Destinations and rules are nobody else's business: the file is its owner's.</summary>
internal sealed class FileSink(EmitFileSection settings, EmitInstance instance) : IEmitSink
{
    private const long BytesPerMb = 1024 * 1024;

    private readonly EmitEncoder _encoder = new(settings.Format, instance);

    /// <inheritdoc/>
    public string Name => "file";

    /// <inheritdoc/>
    public bool Wants(EmitEvent told) => told.IsWorth(settings.MinSeverity) && _encoder.Takes(told);

    /// <inheritdoc/>
    public async ValueTask<int> TellAsync(IReadOnlyList<EmitEvent> events, CancellationToken cancel)
    {
        if (new FileInfo(settings.Path) is { Exists: true } full && full.Length >= settings.MaxMb * BytesPerMb)
        {
            File.Move(settings.Path, settings.Path + ".1", overwrite: true);
        }

        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(settings.Path, options);
        await using (file.ConfigureAwait(false))
        {
            foreach (var told in events)
            {
                await file.WriteAsync(_encoder.Line(told), cancel).ConfigureAwait(false);
                file.WriteByte((byte)'\n');
            }

            file.Flush(flushToDisk: true);
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The file is open only while something is written.
    }
}
