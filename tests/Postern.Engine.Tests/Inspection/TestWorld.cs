using System.Net;
using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Inspection;

/// <summary>An inspector with every seam in the test's hands.</summary>
internal sealed class TestWorld : IEvidenceSink, IResolver, IApprover, IHalt
{
    private readonly IPAddress[] _addresses;
    private readonly StringBuilder _evidence = new();
    private int _appends;

    public TestWorld(string yaml = "", string address = "93.184.216.34", SecurityPolicy? policy = null, TimeProvider? time = null, ISessionStore? sessions = null)
    {
        var read = ConfigReader.Read(yaml, "test.yaml");
        Assert.Empty(read.Errors);
        Policy = policy ?? PolicyCompiler.Compile(read.Config!).Policy!;
        _addresses = [IPAddress.Parse(address)];
        Sessions = sessions ?? new InProcessSessions();
        Inspector = new Inspector(new InspectorSeams(this, Sessions, this, this, this, time ?? TimeProvider.System, new byte[32]));
    }

    public SecurityPolicy Policy { get; }

    public Inspector Inspector { get; }

    public ISessionStore Sessions { get; }

    /// <summary>Sessions whose running conversations were ended.</summary>
    public List<string> Cut { get; } = [];

    public void CutOff(string actor) => Cut.Add(actor);

    public int FailFrom { get; set; } = int.MaxValue;

    public bool IsHalted { get; set; }

    public string? Stopped { get; set; }

    public string LastGrant { get; private set; } = "";

    public bool Stops(string actor) => IsHalted || Stopped == actor;

    public CancellationToken Halted(string actor) => new(IsHalted);

    public bool Approves { get; set; }

    public List<ApprovalRequest> Asked { get; } = [];

    /// <summary>What happens before the answer.</summary>
    public Action WhileAsked { get; set; } = static () => { };

    /// <summary>What this world itself allocated, for the allocation test.</summary>
    public long AllocatedByFake { get; set; }

    public int Lookups { get; private set; }

    public List<(EvidenceKind Kind, Effect Effect, Effect? Observed, long Pieces)> Records { get; } = [];

    /// <summary>Every text that went into evidence.</summary>
    public string Evidence => _evidence.ToString();

    /// <summary>The rules of the last ruling, with what they said besides.</summary>
    public string[] Found { get; private set; } = [];

    public Exchange Exchange() => new("tester", "test", new PolicySnapshot(1, "hash", Policy));

    public static Message Request(string url, string method = "GET", params (string Name, string Value)[] headers)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, method);
        writer.Add(PartKind.Url, url);
        foreach (var (name, value) in headers)
        {
            writer.Header(name, value);
        }

        return writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound) { Whole = true });
    }

    public static Message Body(string text, in MessageFacts facts)
    {
        using var writer = new MessageWriter();
        writer.Body(Encoding.UTF8.GetBytes(text));
        return writer.Seal(facts);
    }

    public async Task<Refused?> RuleAsync(Exchange exchange, Message message)
    {
        var ruling = await Inspector.InspectAsync(exchange, message, TestContext.Current.CancellationToken);
        Found = [.. ruling.Findings.Select(static finding => $"{finding.Rule.Id} {finding.Detail}".TrimEnd())];
        if (ruling.TryClear(out var cleared, out var refused))
        {
            cleared.Take().Dispose();
            return null;
        }

        message.Dispose();
        return refused;
    }

    public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel)
    {
        if (++_appends >= FailFrom)
        {
            throw new EvidenceLostException("full");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        LastGrant = draft.Grant ?? "";
        Records.Add((draft.Kind, draft.Effect, draft.Observed, draft.Pieces));
        _evidence.Append(Encoding.ASCII.GetString(draft.Destination)).Append(' ').Append(draft.Note).Append('\n');
        foreach (var finding in draft.Findings)
        {
            _evidence.Append(finding.Rule.Id).Append(' ').Append(finding.Where).Append(' ').Append(finding.View).Append('\n');
        }

        AllocatedByFake += GC.GetAllocatedBytesForCurrentThread() - before;
        return new(new EvidenceId(1, _appends));
    }

    public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        Lookups++;
        return new(host.EndsWith(".invalid", StringComparison.Ordinal) ? [] : _addresses);
    }

    public ValueTask<Approval> ApproveAsync(ApprovalRequest request, CancellationToken cancel)
    {
        Asked.Add(request);
        WhileAsked();
        return new(Approves ? new Approval(true, "tester") : Approval.None);
    }
}
