using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Telemetry.Otlp;

/// <summary>Which span an exchange is, and of which trace: of the one its request named (W3C trace context), else one of its own.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="SpanId">16 hexadecimal digits.</param>
/// <param name="ParentId">The same of the span that caused it; empty for a trace of its own.</param>
internal readonly record struct SpanIdentity(string TraceId, string SpanId, string ParentId)
{
    private const int TraceBytes = 16;
    private const int SpanBytes = 8;

    /// <summary>The same for every record of one exchange, and after a restart too: telling twice makes no second span.</summary>
    public static SpanIdentity Of(EmitEvent told)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"postern span {told.Record.Id.Chain:x8} {told.Run} {told.Record.Exchange}")));
        var own = new SpanIdentity(Convert.ToHexStringLower(hash.AsSpan(0, TraceBytes)), Convert.ToHexStringLower(hash.AsSpan(TraceBytes, SpanBytes)), string.Empty);

        // 00-TRACE-PARENT-FLAGS, checked where it was taken.
        return told.Record.Trace.Split('-') is [_, var trace, var parent, _] ? own with { TraceId = trace, ParentId = parent } : own;
    }
}
