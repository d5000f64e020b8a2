using System.Collections.Specialized;
using System.Text.Json;

namespace Postern.Transports.Tests.Telemetry.Emit;

/// <summary>One request as it arrived.</summary>
internal sealed record Delivery(string Path, string ContentType, NameValueCollection Headers, byte[] Body)
{
    /// <summary>What it was answered.</summary>
    public int Status { get; init; }

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
