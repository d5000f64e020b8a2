using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Media;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Media;

/// <summary>A response of media through an inspector of its own.</summary>
internal sealed class MediaWorld(string yaml = "")
{
    private readonly TestWorld _world = new(yaml);

    public string Evidence => _world.Evidence;

    /// <summary>What left of the body, null when nothing did; the names of the headers that left; the rules that were found.</summary>
    public async Task<(byte[]? Body, string[] Headers, string[] Rules)> PassAsync(string type, byte[] body, bool isWhole = true, Direction direction = Direction.Inbound)
    {
        var exchange = _world.Exchange();
        Assert.Null(await _world.RuleAsync(exchange, TestWorld.Request("https://example.com/")));
        var ruling = await _world.Inspector.InspectAsync(exchange, Make(type, body, isWhole, direction), TestContext.Current.CancellationToken);
        var rules = ruling.Findings.Select(static finding => finding.Rule.Id).ToArray();
        if (!ruling.TryClear(out var cleared, out var refused))
        {
            return (null, [], [.. refused.Findings.Select(static finding => finding.Rule.Id)]);
        }

        using var message = cleared.Take();
        var headers = new List<string>();
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind == PartKind.HeaderValue)
            {
                headers.Add(System.Text.Encoding.ASCII.GetString(message.NameOf(part)));
            }
        }

        return (message.ReleasableBody.ToArray(), [.. headers], rules);
    }

    private static Message Make(string type, byte[] body, bool isWhole, Direction direction)
    {
        using var writer = new MessageWriter();
        if (direction == Direction.Outbound)
        {
            writer.Add(PartKind.Method, "POST");
            writer.Add(PartKind.Url, "https://example.com/upload");
        }

        writer.Header("Content-Type", type);
        writer.Header("ETag", "\"abc\"");
        writer.Header("Content-MD5", "Q2hlY2sgSW50ZWdyaXR5IQ==");
        writer.Header("Cache-Control", "no-store");
        var media = MediaHead.Of(type, body);
        var content = type.EndsWith("xml", StringComparison.Ordinal) || type == "text/html" ? ContentKind.Html : ContentKind.Text;
        if (isWhole)
        {
            writer.Body(body);
        }

        return writer.Seal(new MessageFacts(direction == Direction.Inbound ? MessageKind.Response : MessageKind.Request, direction)
        {
            Status = 200,
            Whole = isWhole,
            Media = media,
            Content = media is { IsOpaque: true } && direction == Direction.Inbound ? ContentKind.Opaque : content,
        });
    }
}
