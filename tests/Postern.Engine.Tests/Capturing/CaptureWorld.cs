using System.Text;
using Postern.Engine.Capturing;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Capturing;

/// <summary>An inspector that captures, and what it captured.</summary>
internal sealed class CaptureWorld : ICapture
{
    private readonly Inspector _inspector;

    public CaptureWorld(string yaml = "", bool isRaw = false, int maxBytes = 1024 * 1024, SecurityPolicy? policy = null)
    {
        World = new TestWorld(yaml, policy: policy);
        Terms = new CaptureTerms(maxBytes, isRaw);
        _inspector = new Inspector(new InspectorSeams(World, new InProcessSessions(), World, World, World, TimeProvider.System, new byte[32]) { Captures = this });
    }

    public TestWorld World { get; }

    public CaptureTerms? Terms { get; }

    /// <summary>Everything that was captured, as bytes.</summary>
    public List<byte[]> Taken { get; } = [];

    /// <summary>What holds of the exchange in which <see cref="RuleAsync(Message)"/> rules.</summary>
    public Exchange Exchange => field ??= World.Exchange();

    public Capture Last => Capture.Read(Taken[^1]) ?? throw new InvalidOperationException("not a capture");

    public string LastText => Encoding.UTF8.GetString(Last.Bytes.Span);

    public void Take(byte[] capture) => Taken.Add(capture);

    /// <summary>Rules, and takes and drops what was cleared.</summary>
    public async Task<bool> RuleAsync(Message message)
    {
        var ruling = await _inspector.InspectAsync(Exchange, message, TestContext.Current.CancellationToken);
        if (!ruling.TryClear(out var cleared, out _))
        {
            message.Dispose();
            return false;
        }

        cleared.Take().Dispose();
        return true;
    }

    /// <summary>A request with a JSON body.</summary>
    public static Message Post(string url, string json, params (string Name, string Value)[] headers)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, "POST");
        writer.Add(PartKind.Url, url);
        foreach (var (name, value) in headers)
        {
            writer.Header(name, value);
        }

        writer.Body(Encoding.UTF8.GetBytes(json));
        return writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound) { Whole = true, Content = ContentKind.Json });
    }
}
