using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Postern.Engine.A2a;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Engine.Media;

/// <summary>
/// Media that stand in base64 within JSON, in results of MCP and in messages of A2A: kind, label and size are held against the media policy.
/// What else is in them the views decode and read.
/// </summary>
internal static class BlobLook
{
    /// <summary>What tells one format from another stands in the first bytes.</summary>
    private const int HeadBytes = 512;

    /// <summary>Looks; what was found stands in the scratch.</summary>
    public static void Run(Exchange exchange, Message message, Scratch scratch)
    {
        var policy = exchange.Policy.Policy;
        var isA2a = policy.A2a.ScanRawParts && exchange.A2a is { Kind: A2aKind.Message or A2aKind.Task };
        var isResult = message.FactsRef.Mcp.IsMcp && message.Direction == Direction.Inbound;
        if (!policy.Media.IsEnabled || !(isA2a || isResult) || !message.TryFind(PartKind.Body, out var body) || !Mentions(message.Of(body)))
        {
            return;
        }

        Look(exchange, message, message.Memory.Slice(body.Start, body.Length), scratch);
    }

    /// <summary>Apart from the path of what holds no media, which must not pay for the closure.</summary>
    private static void Look(Exchange exchange, Message message, ReadOnlyMemory<byte> json, Scratch scratch)
    {
        try
        {
            using var document = Inspection.JsonBody.Parse(json);
            Walk(document.RootElement, blob => Judge(blob, exchange, message, scratch));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The views say what is wrong with it.
        }
    }

    /// <summary>Most results hold no media and are told apart without being parsed; a label in disguise makes a text of it, which is read.</summary>
    private static bool Mentions(ReadOnlySpan<byte> body) => body.IndexOf("mimeType"u8) >= 0 || body.IndexOf("mediaType"u8) >= 0 || body.IndexOf("\"blob\""u8) >= 0;

    private static void Walk(JsonElement value, Action<JsonElement> judge)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Walk(item, judge);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            judge(value);
            foreach (var member in value.EnumerateObject())
            {
                Walk(member.Value, judge);
            }
        }
    }

    private static void Judge(JsonElement item, Exchange exchange, Message message, Scratch scratch)
    {
        if (BytesIn(item) is not { } base64)
        {
            return;
        }

        var type = (Text(item, "mimeType") ?? Text(item, "mediaType") ?? string.Empty).Split(';')[0].Trim();
        var start = HeadOf(base64);
        if (start.IsEmpty && base64.Length > 0 && MediaClaim.Of(type).IsMedia)
        {
            Findings.Report(exchange, message, MediaRules.Malformed, scratch);
            return;
        }

        if (MediaHead.Of(type, start) is not { } head || IsPlayedResult(head, message))
        {
            return;
        }

        MediaLook.JudgeHead(exchange, message, head, scratch);
        var policy = exchange.Policy.Policy.Media;
        if (message.Direction == Direction.Inbound && head.Format is { Family: MediaFamily.Image } image)
        {
            if (!policy.ImageTypes.Contains(image.Name))
            {
                Findings.Report(exchange, message, MediaRules.ImageType, scratch);
            }

            if (base64.Length / 4 * 3L > policy.MaxImageBytes)
            {
                Findings.Report(exchange, message, MediaRules.TooLarge, scratch);
            }
        }
    }

    /// <summary>What a tool plays under its own label is what it was called for: MCP has a type of content for it.</summary>
    private static bool IsPlayedResult(MediaHead head, Message message) =>
        message.FactsRef.Mcp.IsMcp && !head.IsDisguised && head.Format is { Family: MediaFamily.Audio or MediaFamily.Video };

    /// <summary>MCP calls the bytes <c>data</c> or <c>blob</c>, A2A <c>bytes</c> or <c>raw</c>.</summary>
    private static string? BytesIn(JsonElement item) => Text(item, "blob") ?? Text(item, "raw") ?? Text(item, "bytes") ?? (item.TryGetProperty("mimeType"u8, out _) ? Text(item, "data") : null);

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The first bytes in either alphabet of base64; empty when they are in none.</summary>
    private static ReadOnlySpan<byte> HeadOf(string base64)
    {
        var head = base64.AsSpan(0, Math.Min(base64.Length, HeadBytes)).TrimEnd('=');
        var bytes = new byte[HeadBytes];
        var text = head.ToString().Replace('+', '-').Replace('/', '_');
        return Base64Url.DecodeFromChars(text.AsSpan(0, text.Length % 4 == 1 ? text.Length - 1 : text.Length), bytes, out _, out var written) is OperationStatus.Done
            ? bytes.AsSpan(0, written)
            : default;
    }
}
