using System.Buffers;
using System.Globalization;
using System.Text;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Policy;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>
/// Sends events as RFC 5424 messages: one in a datagram over UDP (RFC 5426), counted over TCP and TLS (RFC 6587, RFC 5425). Syslog
/// confirms nothing: what a server that goes away had not read yet is told again only as far as the broken connection shows it.
/// </summary>
internal sealed class SyslogSink(EmitSyslogSection settings, EmitInstance instance) : IEmitSink
{
    // RFC 5424 section 6: no longer than this, printable ASCII.
    private const int MaxHostCharacters = 255;

    private readonly EmitEncoder _encoder = new(settings.Format, instance);
    private readonly SyslogWire _wire = new(new Uri(settings.Address), settings.CaCert);
    private readonly string _host = instance.Name.Length is > 0 and <= MaxHostCharacters && !instance.Name.AsSpan().ContainsAnyExceptInRange('!', '~') ? instance.Name : "-";

    /// <inheritdoc/>
    public string Name => "syslog";

    /// <inheritdoc/>
    public bool Wants(EmitEvent told) => told.IsWorth(settings.MinSeverity) && _encoder.Takes(told);

    /// <inheritdoc/>
    public async ValueTask<int> TellAsync(IReadOnlyList<EmitEvent> events, CancellationToken cancel)
    {
        await _wire.SendAsync(events.Select(Message), cancel).ConfigureAwait(false);
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _wire.Dispose();

    /// <summary>The message of an event.</summary>
    internal ReadOnlyMemory<byte> Message(EmitEvent told)
    {
        var entry = told.Entry;
        var priority = (settings.Facility * 8) + LevelOf(entry.Urgency);
        var head = string.Create(CultureInfo.InvariantCulture, $"<{priority}>1 {EntryFields.Stamp(entry.Time)} {_host} {settings.Tag} {Environment.ProcessId} {entry.Event} - ");
        var line = _encoder.Line(told);
        var message = new ArrayBufferWriter<byte>(head.Length + line.Length);
        Encoding.ASCII.GetBytes(head, message);
        message.Write(line.Span);
        return message.WrittenMemory;
    }

    /// <summary>RFC 5424, table 2.</summary>
    private static int LevelOf(Urgency urgency) => urgency switch
    {
        Urgency.Critical => 2,
        Urgency.Warn => 4,
        _ => 6,
    };
}
