using System.Net;
using System.Text;
using Postern.Engine.Capturing;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Inspection;
using Postern.Program.Judging;

namespace Postern.Program.Replaying;

/// <summary>The outside as it was when a message was captured: its time, what names resolved to. A person who is asked says yes, and it is known that they were.</summary>
internal sealed class CapturedWorld : TimeProvider, IResolver, IApprover
{
    /// <summary>Names whose answers are remembered; of more the last ones asked are unknown.</summary>
    private const int MaxNames = 100_000;

    private readonly Dictionary<string, IPAddress[]> _answers = new(StringComparer.Ordinal);
    private readonly NobodyThere _nobody = new();
    private DateTimeOffset _now;

    /// <summary>True when the message would wait for a person.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Names that nobody asked for then; they are judged as if they had an ordinary address.</summary>
    public long Unresolved { get; private set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Goes to the moment of a capture.</summary>
    public void Enter(Capture capture)
    {
        (_now, WasAsked) = (capture.Record.Time, false);
        if (capture.Addresses is { } addresses && Uri.TryCreate(Encoding.ASCII.GetString(capture.Record.Draft.Destination), UriKind.Absolute, out var origin)
            && (_answers.Count < MaxNames || _answers.ContainsKey(origin.Host)))
        {
            _answers[origin.Host] = [.. addresses];
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _now;

    /// <inheritdoc/>
    public override long GetTimestamp() => _now.UtcTicks;

    /// <inheritdoc/>
    public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        if (_answers.TryGetValue(host, out var known))
        {
            return new(known);
        }

        Unresolved++;
        return _nobody.ResolveAsync(host, cancel);
    }

    /// <inheritdoc/>
    public ValueTask<Approval> ApproveAsync(ApprovalRequest request, CancellationToken cancel)
    {
        WasAsked = true;
        return new(new Approval(true, "replay"));
    }
}
